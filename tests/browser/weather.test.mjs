// Bad weather between a browser and the real server: the server killed between any two steps of a chat, and a line whose
// frames come twice, late, in another order, or in words that nobody knows. What was said is there once, and in order.
//   node tests/browser/weather.test.mjs
// Environment: BUILD, SAN as for the system tests; ASSETS (browser code instead of the program's own); CHROMIUM.

import assert from 'node:assert/strict';
import { launch, openPage } from './browser.mjs';
import { script, skip, test } from '../system/lib/report.mjs';
import { Agent, logIn } from '../system/lib/chat.mjs';
import { built, demoSite, Server, told, until, wait } from '../system/lib/program.mjs';

const LIMITS = { 'limits.address_messages_per_minute': 100000, 'limits.messages_per_minute': 1000, 'limits.messages_burst': 100 };
const args = process.env.ASSETS ? ['--assets', process.env.ASSETS] : [];

/** Numbers by chance that are the same every time. */
function chance(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** Frames towards the page in bunches: shuffled, some twice, with others between them that no widget knows. */
async function storm(page, seed, counts) {
  const next = chance(seed);
  const strange = () => ['{"type":"confetti","seq":3,"colour":"red"}', '{"type":"message","seq":-4,"blocks":7}', '{"seq":2}', '[]', 'null', '{"type":"state","who":"martian"}',
    '{"type":"ack","cid":"nobody","seq":1}', '{"type":"error","code":"unknown_type"}', '{"type":"__proto__"}'][Math.floor(next() * 9)];
  await page.routeWebSocket(/\/chat$/, (near) => {
    const far = near.connectToServer();
    let held = [];
    let timer = null;
    const release = () => {
      timer = null;
      for (const frame of held.splice(0).map((one) => [next(), one]).sort((a, b) => a[0] - b[0]).map(([, one]) => one)) near.send(frame);
    };
    far.onMessage((frame) => {
      counts.frames += 1;
      held.push(frame);
      if (next() < 0.5) held.push(frame);
      if (next() < 0.3) held.push(strange());
      timer ??= setTimeout(release, next() * 250);
    });
    near.onMessage((frame) => far.send(frame));
  });
}

/** The words that stand in the conversation, row by row, as the visitor sees them. */
const rows = (chat) => chat.locator('.rows .row .bubble').evaluateAll((bubbles) => bubbles.map((one) => one.innerText.trim()));

function visitorOf(page) {
  const chat = page.locator('sportello-chat');
  return {
    page, chat,
    say: async (text) => {
      await chat.locator('#compose').fill(text);
      await chat.locator('#compose').press('Enter');
    },
    bubble: (text) => chat.locator('.bubble', { hasText: text }),
    async open() {
      await page.waitForFunction(() => customElements.get('sportello-chat'));
      await page.evaluate(() => document.querySelector('sportello-chat').open());
      await chat.locator('.starters button:visible, .row.visitor').first().waitFor();
    },
  };
}

async function agentOf(server, password) {
  const cookie = await logIn({ port: server.port, name: 'Marta', password });
  const agent = await Agent.open({ port: server.port, cookie });
  agent.send({ type: 'presence', state: 'online' });
  return agent;
}

await script('bad weather', async () => {
  if (!built()) return;
  const browser = await launch().catch((error) => skip('bad weather in browsers', String(error)));
  if (!browser) return;
  let server = await Server.start({ site: demoSite(LIMITS), args });
  const added = await server.command('user', 'add', 'Marta', '--role', 'agent', '--random-password');
  assert.equal(added.code, 0, told(added));
  const password = added.out.trim();

  for (const seed of [1, 2, 3]) {
    await test(`frames twice, late, in another order and unknown ones: all is there once, in order (${seed})`, async () => {
      const page = await openPage(browser, { reducedMotion: 'reduce' });
      page.setDefaultTimeout(40_000);
      const counts = { frames: 0 };
      await storm(page, seed, counts);
      await page.goto(`${server.url}/?lang=it`);
      const visitor = visitorOf(page);
      await visitor.open();
      const questions = ['Quanto costa la spedizione?', 'Quali sono gli orari del negozio?', 'Che corsi organizzate?', 'Come posso restituire un prodotto?'];
      for (const question of questions) await visitor.say(question);
      await visitor.bubble('6,50').first().waitFor();
      await visitor.say('Duplicate le chiavi?');
      await visitor.chat.locator('.human').click();
      const ticket = Number(/\d+/.exec(await visitor.chat.locator('.queue .ticket', { hasText: /\d/ }).innerText())[0]);
      const agent = await agentOf(server, password);
      agent.send({ type: 'next' });
      await visitor.chat.locator('.face[data-face="human-here"]').waitFor();
      await visitor.say('Eccomi, sono qui.');
      await visitor.chat.locator('.going').first().waitFor({ state: 'detached' });
      assert.ok(counts.frames > 8);
      await wait(1500); // What is held back has come.
      const shown = await rows(visitor.chat);
      // The same visitor in fair weather.
      const fair = await page.context().newPage();
      await fair.goto(`${server.url}/?lang=it`);
      const calm = visitorOf(fair);
      await calm.open();
      await calm.bubble('Eccomi').waitFor();
      assert.deepEqual(shown, await rows(calm.chat));
      for (const question of [...questions, 'Duplicate le chiavi?', 'Eccomi, sono qui.']) assert.equal(shown.filter((text) => text === question).length, 1, question);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
      // What stays open would be the next one's place with this agent.
      agent.send({ type: 'close', cid: 'done', ticket, cause: 'solved' });
      await agent.take('ack');
      agent.close();
    });
  }

  await test('the server killed between any two steps of a chat: nothing is lost and nothing is twice', async () => {
    const page = await openPage(browser, { reducedMotion: 'reduce' });
    page.setDefaultTimeout(40_000);
    const { site, data, port } = server;
    const { chat, say, bubble, open } = visitorOf(page);
    let agent = null;
    const again = async () => {
      await server.kill();
      agent?.destroy();
      agent = null;
      server = await Server.start({ site, data, port, args });
    };
    await page.goto(`${server.url}/?lang=it`);
    const here = async () => {
      agent = await agentOf(server, password);
    };
    /** Each step, and what shows that it has been done, sooner or later. */
    const steps = [
      ['the panel is open', open],
      ['a question', () => say('Quanto costa la spedizione?'), () => bubble('6,50').first().waitFor()],
      ['a button', () => chat.locator('.row.bot .options:not(.past) .option:visible').first().click(), () => chat.locator('.row.visitor').nth(1).waitFor()],
      ['a thumb', () => chat.getByRole('button', { name: 'La risposta è utile' }).first().click()],
      ['an open question', () => say('chiavi'), () => chat.locator('.option', { hasText: 'Nessuna' }).first().waitFor()],
      ['a person is asked for', () => chat.locator('.human').click(), () => chat.locator('.queue .ticket', { hasText: /\d/ }).waitFor()],
      ['while it waits', () => say('Quali sono gli orari del negozio?'), () => bubble(/8[.:]30/).first().waitFor()],
      ['a person comes', async () => {
        await here();
        agent.send({ type: 'next' });
      }, async () => {
        // A wish to take the next is not kept over a crash: who presses finds the ticket where it was.
        await here();
        agent.send({ type: 'next' });
        await chat.locator('.face[data-face="human-here"]').waitFor();
      }],
      ['to the person', () => say('Buongiorno Marta'), () => bubble('Buongiorno Marta').waitFor()],
      ['once more', () => say('Ci siete?'), () => bubble('Ci siete?').waitFor()],
    ];
    for (const [what, act, done] of steps) {
      await act();
      await again();
      await done?.().catch((error) => {
        throw new Error(`${what}: ${error}`);
      });
      await again();
    }
    await until('all is acknowledged', async () => (await chat.locator('.going').count()) === 0);
    const shown = await rows(chat);
    for (const text of ['Quanto costa la spedizione?', 'chiavi', 'Quali sono gli orari del negozio?', 'Buongiorno Marta', 'Ci siete?'])
      assert.equal(shown.filter((one) => one === text).length, 1, `${text} in ${JSON.stringify(shown)}`);
    await page.reload();
    await open();
    await bubble('Ci siete?').waitFor();
    assert.deepEqual(await rows(chat), shown, 'after a reload');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  await browser.close();
  await server.stop();
});
