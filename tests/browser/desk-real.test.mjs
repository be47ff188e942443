// The agents' page against the real program: two agents in two browsers, visitors by socket; and what visitors and
// colleagues write, as a script would have it, through the real server.
//   node tests/browser/desk-real.test.mjs
// Environment: BUILD, SAN as for the system tests; ASSETS (browser code instead of the program's own); CHROMIUM.

import assert from 'node:assert/strict';
import { launch, openPage } from './browser.mjs';
import { PAYLOADS } from './desk-xss-payloads.mjs';
import { Agent, Chat, logIn, newCid } from '../system/lib/chat.mjs';
import { script, skip, test } from '../system/lib/report.mjs';
import { built, demoSite, Server, told } from '../system/lib/program.mjs';

const LIMITS = { 'limits.address_connections': 2000, 'limits.address_messages_per_minute': 100000 };
const AGENTS = ['Anna', 'Bruno'];

/** Users of the name given, with their passwords. */
async function usersOf(server) {
  const passwords = {};
  for (const name of AGENTS) {
    const added = await server.command('user', 'add', name, '--role', 'agent', '--random-password');
    assert.equal(added.code, 0, told(added));
    passwords[name] = added.out.trim().split(/\s+/).at(-1);
  }
  return passwords;
}

/** An agent's page that is logged in and online. */
async function deskOf(browser, server, name, password) {
  const page = await openPage(browser, { locale: 'en-GB', viewport: { width: 1360, height: 820 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(15_000);
  await page.goto(`${server.url}/desk`);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'Online' }).check();
  return page;
}

/** A visitor in the queue. */
async function visitorOf(server, words) {
  const chat = await Chat.open({ port: server.port });
  await chat.ack(chat.say(words));
  chat.send({ type: 'human', cid: newCid() });
  const { ticket } = await chat.take((f) => f.type === 'position' || (f.type === 'state' && f.ticket));
  return { chat, ticket };
}

/** A message left by a visitor, with the words wherever they may be. */
async function messageOf(server, words) {
  const chat = await Chat.open({ port: server.port, page: `https://olmo.example/?q=${encodeURIComponent(words)}` });
  await chat.ack(chat.say(words));
  const cid = newCid();
  chat.send({ type: 'message', cid, text: words, contact: 'a@olmo.example', name: words.slice(0, 80) });
  await chat.ack(cid);
  chat.close();
}

async function transferTests(browser, server, passwords) {
  const anna = await deskOf(browser, server, 'Anna', passwords.Anna);
  const bruno = await deskOf(browser, server, 'Bruno', passwords.Bruno);
  const { chat } = await visitorOf(server, 'il mio trapano balla');
  const card = (page) => page.getByRole('region', { name: 'Hand-off' });

  await test('a chat is taken, noted and tagged; the colleague sees who looks', async () => {
    await anna.locator('section.waiting .row').first().waitFor();
    await anna.keyboard.press('n');
    await anna.getByLabel('Your message').waitFor();
    await anna.keyboard.type('Buongiorno!');
    await anna.keyboard.press('Enter');
    await chat.take((f) => f.type === 'message' && f.from === 'agent');
    await anna.keyboard.press('Escape');
    await anna.keyboard.press('m');
    await anna.keyboard.type('Scontrino sì, scatola no.');
    await anna.keyboard.press('Enter');
    await card(anna).locator('.note', { hasText: 'Scontrino' }).getByText(/^You/).waitFor();
    await anna.keyboard.press('Escape');
    await anna.keyboard.press('g');
    await anna.keyboard.type('Reso');
    await anna.keyboard.press('Enter');
    await card(anna).getByRole('button', { name: 'Remove reso' }).waitFor();
    await bruno.locator('section.others .row').first().click();
    await card(bruno).getByText('Scontrino sì').waitFor();
    await anna.getByText('Bruno is looking').waitFor();
  });

  await test('a chat offered to a colleague is accepted and the visitor goes on with them', async () => {
    // The window proposes whoever is free as it opens.
    await anna.getByText('Online · 0 of 3 chats').first().waitFor();
    await anna.keyboard.press('Escape');
    await anna.keyboard.press('t');
    await anna.getByLabel('Note for whoever gets it').fill('Tuo?');
    await anna.getByRole('button', { name: 'Offer' }).click();
    await bruno.getByRole('heading', { name: 'Anna wants to give you a chat' }).waitFor();
    await bruno.keyboard.press('a');
    await bruno.getByLabel('Your message').waitFor();
    await anna.getByText('Bruno is serving this visitor.').waitFor();
    await bruno.keyboard.type('Eccomi, sono Bruno.');
    await bruno.keyboard.press('Enter');
    await chat.take((f) => f.type === 'message' && f.from === 'agent' && f.name === 'Bruno');
  });

  await test('a message left is taken, dated and marked as answered', async () => {
    await messageOf(server, 'mi serve la fattura');
    await anna.locator('section.messages .row').first().click();
    await anna.keyboard.press('o');
    await anna.getByText('Yours to answer').waitFor();
    await anna.keyboard.press('u');
    await anna.getByRole('button', { name: 'Tomorrow' }).click();
    await anna.getByRole('button', { name: /^by / }).waitFor();
    await bruno.locator('section.messages').getByText('Anna').waitFor();
    await anna.getByRole('button', { name: 'Mark as answered' }).click();
    await anna.getByText('No messages to answer.').waitFor();
  });

  await test('neither page complained', async () => {
    assert.deepEqual([...anna.complaints, ...bruno.complaints].filter((c) => !/404|40[13]/.test(c)), []);
  });
  chat.close();
  await anna.context().close();
  await bruno.context().close();
}

/** Where visitors are offered, an agent with room gets several offers at once: each is seen, the first visitor's first. */
async function pushTests(browser, args) {
  const server = await Server.start({ site: demoSite({ 'desk.assign': 'push', 'desk.offer_seconds': 60 }), args });
  try {
    const passwords = await usersOf(server);
    const waiting = [await visitorOf(server, 'chi è il primo?'), await visitorOf(server, 'chi è il secondo?')];
    const anna = await deskOf(browser, server, 'Anna', passwords.Anna);
    await test('of two visitors offered at once the first is answered first, and the second is not lost', async () => {
      const offer = anna.locator('.offer');
      await offer.getByText('then one more').waitFor();
      for (const { ticket } of waiting) {
        await offer.locator('h2').getByText(String(ticket), { exact: true }).waitFor();
        await anna.keyboard.press('Escape');
        await anna.keyboard.press('a');
        await anna.locator('section.mine .row', { hasText: String(ticket) }).waitFor();
      }
      await offer.waitFor({ state: 'detached' });
    });
    for (const { chat } of waiting) chat.close();
    await anna.context().close();
  } finally {
    await server.stop();
  }
}

/** A connection that says more than so many frames at once is cut. */
const AT_ONCE = 60;

/** Notes and tags with the words, on every message, by a colleague. */
async function writeNotes(server, password, words) {
  const cookie = await logIn({ port: server.port, name: 'Bruno', password });
  let agent = await Agent.open({ port: server.port, cookie });
  const { tickets } = await agent.take('queue');
  for (const [i, { ticket }] of tickets.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) {
      agent.close();
      agent = await Agent.open({ port: server.port, cookie });
    }
    const text = words[i % words.length];
    for (const frame of [{ type: 'note', text }, { type: 'tags', text: text.replaceAll(',', ' ').slice(0, 30) }]) {
      const cid = newCid();
      agent.send({ ...frame, ticket, cid });
      await agent.take((f) => f.cid === cid, 20_000);
    }
  }
  agent.close();
}

script('desk-real', async () => {
  if (!built()) return skip('desk-real', 'the program is not built');
  const args = process.env.ASSETS ? ['--assets', process.env.ASSETS] : [];
  const server = await Server.start({ site: demoSite(LIMITS), args });
  const browser = await launch();
  try {
    await pushTests(browser, args);
    const passwords = await usersOf(server);
    await transferTests(browser, server, passwords);

    await test(`${PAYLOADS.length} payloads as messages, names, pages, notes and tags through the real server: 0 run`, async () => {
      for (const words of PAYLOADS) await messageOf(server, words);
      await writeNotes(server, passwords.Bruno, PAYLOADS);
      const page = await deskOf(browser, server, 'Anna', passwords.Anna);
      const ran = [];
      await page.exposeFunction('xss', () => ran.push('xss'));
      page.on('dialog', (dialog) => {
        ran.push(dialog.message());
        void dialog.dismiss();
      });
      await page.locator('section.messages .row').nth(80).waitFor();
      for (let more = page.locator('.list-more'); await more.count() > 0;) await more.click();
      const opened = await page.evaluate(async () => {
        const rows = [...document.querySelectorAll('section.messages .row')];
        for (const row of rows) {
          row.click();
          for (let i = 0; i < 400 && !(document.querySelector('.note-words') && document.querySelector('.bubble')); i++) {
            await new Promise((done) => { setTimeout(done, 5); });
          }
          if (document.querySelector('#desk :is(.chat, .card, .lists) :is(script, iframe, object, embed, img, style)')) throw new Error(document.querySelector('.who').textContent);
          if ([...document.querySelectorAll('a')].some((a) => !['http:', 'https:', 'mailto:', 'tel:'].includes(a.protocol))) throw new Error('a link');
        }
        return rows.length;
      });
      assert.equal(opened, PAYLOADS.length);
      assert.deepEqual(ran, []);
      assert.deepEqual(page.complaints.filter((c) => /Security Policy|Trusted/.test(c)), []);
      await page.context().close();
    });
  } finally {
    await browser.close();
    await server.stop();
  }
});
