// What docs/widget.md promises to those who build pages: each attribute, property, part, method, event and stored key of its
// tables is tried in a real browser. A row that nobody tries fails the first test.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { harness, root } from './widget-page.mjs';
import { startFakeServer } from './fake-server.mjs';

const { visit } = harness();

/** The words in backticks of the first cell of each row under a heading of the page. */
function promised(heading) {
  const page = readFileSync(new URL('../../docs/widget.md', import.meta.url), 'utf8');
  const part = page.split(/^## /m).find((one) => one.startsWith(heading)) ?? '';
  const cells = part.split('\n').filter((line) => /^\| (`|.*Storage`)/.test(line)).map((line) => line.split(' | ')[heading.startsWith('What is stored') ? 1 : 0]);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word));
}

const style = (node, name) => node.evaluate((one, what) => getComputedStyle(one)[what], name);
const fills = (node) => node.evaluate((one) => [...one.querySelectorAll('*')].flatMap((part) => [getComputedStyle(part).fill, getComputedStyle(part).stroke]));
const put = (chat, name, value) => chat.evaluate((node, [what, given]) => node.setAttribute(what, given), [name, value]);
const luminance = (colour) => (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
/** What is drawn in the panel's face, as soon as it is not what it was. */
const drawing = async (chat, was = '') => {
  const node = chat.locator('.face .picture');
  for (let tries = 0; tries < 100; tries++) {
    const now = await node.innerHTML().catch(() => was);
    if (now && now !== was) return now;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the face did not change');
};

/** A trial of each row: attributes. */
const attributes = {
  async lang() {
    const { chat } = await visit({ tag: 'lang="en"' });
    await chat.getByRole('button', { name: 'Open the chat' }).waitFor();
    await put(chat, 'lang', 'it');
    await chat.getByRole('button', { name: 'Apri la chat' }).waitFor();
    await chat.evaluate((node) => node.removeAttribute('lang'));
    await chat.getByRole('button', { name: 'Apri la chat' }).waitFor(); // The page's.
  },
  async accent() {
    const { chat, open } = await visit({ tag: 'accent="rgb(120, 20, 30)"' });
    await open();
    assert.equal(await style(chat.locator('.top'), 'backgroundColor'), 'rgb(120, 20, 30)');
    await put(chat, 'accent', 'not a colour');
    assert.equal(await style(chat.locator('.top'), 'backgroundColor'), 'rgb(27, 111, 138)');
  },
  async position() {
    const { page, chat, launcher } = await visit({ tag: 'position="start"' });
    const middle = page.viewportSize().width / 2;
    const left = async () => (await launcher.boundingBox()).x < middle;
    assert.equal(await left(), true);
    await put(chat, 'position', 'end');
    assert.equal(await left(), false);
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    assert.equal(await left(), true, 'where lines end');
  },
  async avatar() {
    const { chat, server, open } = await visit({ tag: 'avatar="leo"' });
    await open();
    const leo = await drawing(chat);
    assert.ok(server.requests.some((path) => path.endsWith('/face-leo.js')));
    await put(chat, 'avatar', 'dado');
    await drawing(chat, leo);
    await put(chat, 'avatar', 'initials');
    await chat.locator('.face .initials', { hasText: 'O' }).waitFor();
    assert.equal(await chat.locator('.face .picture svg:visible').count(), 0);
  },
  async 'avatar-parts'() {
    const { chat, open } = await visit({ tag: 'avatar-parts="glasses"' });
    await open();
    const glasses = await drawing(chat);
    await put(chat, 'avatar-parts', '');
    const bare = await drawing(chat, glasses);
    await chat.evaluate((node) => node.removeAttribute('avatar-parts'));
    const own = await drawing(chat, bare);
    assert.equal(new Set([glasses, bare, own]).size, 3);
  },
  async theme() {
    const { chat, open, panel } = await visit({ tag: 'theme="dark"' });
    await open();
    const ground = () => style(panel, 'backgroundColor');
    assert.ok(luminance(await ground()) < 200, await ground());
    await put(chat, 'theme', 'light');
    assert.ok(luminance(await ground()) > 600, await ground());
    const before = await style(chat.locator('.row.bot .bubble').first(), 'borderTopWidth');
    await put(chat, 'theme', 'contrast');
    const after = await style(chat.locator('.row.bot .bubble').first(), 'borderTopWidth');
    assert.ok(parseFloat(after) > parseFloat(before) || parseFloat(after) >= 1, 'edges');
  },
  async hint() {
    const { chat } = await visit({ tag: 'hint="Serve una mano?" hint-after="1"' });
    await chat.getByRole('button', { name: /Serve una mano/ }).waitFor();
  },
  async 'hint-on'() {
    const { page, chat } = await visit({ tag: 'hint="Serve una mano?" hint-after="1" hint-on="/altro* /no"' });
    await page.waitForTimeout(2300);
    assert.equal(await chat.getByText('Serve una mano?').count(), 0);
    await page.evaluate(() => history.pushState(null, '', '/altro/qui'));
    await chat.getByRole('button', { name: /Serve una mano/ }).waitFor();
  },
  async 'hint-after'() {
    const { page, chat } = await visit({ tag: 'hint="Serve una mano?" hint-after="4"' });
    await page.waitForTimeout(2000);
    assert.equal(await chat.getByText('Serve una mano?').count(), 0);
    await chat.getByRole('button', { name: /Serve una mano/ }).waitFor();
  },
  async contact() {
    const { page, chat, launcher } = await visit({ tag: 'contact="+39 055 123456"', given: { down: true } });
    await put(chat, 'contact', 'info@olmo.example'); // It is read when it is needed.
    await launcher.click();
    assert.equal(await chat.getByRole('link', { name: 'info@olmo.example' }).getAttribute('href', { timeout: 20_000 }), 'mailto:info@olmo.example');
    page.complaints.length = 0; // The browser's own lines about a server that is not there.
  },
  async identity() {
    const { server, open } = await visit({ tag: 'identity="un-gettone"' });
    await open();
    assert.equal(server.received.find(({ type }) => type === 'hello').identity, 'un-gettone');
  },
  async server() {
    const other = await startFakeServer({ root });
    try {
      const { page, server, open } = await visit({ tag: `server="${other.url}"`, reach: `${other.url} ${other.url.replace('http', 'ws')}` });
      await open();
      assert.ok(other.requests.includes('/chat'));
      assert.ok(!server.requests.includes('/chat'));
      await page.context().close();
    } finally {
      await other.close();
    }
  },
};

const colours = ['hair', 'skin', 'clothes', 'accent', 'ground'];
/** Set on the element, and on what is around it. */
const properties = {
  async '--sportello-accent'() {
    const { page, chat, open } = await visit({ tag: 'position="end"' });
    await open();
    await page.evaluate(() => document.documentElement.style.setProperty('--sportello-accent', 'rgb(1, 90, 3)'));
    assert.equal(await style(chat.locator('.top'), 'backgroundColor'), 'rgb(1, 90, 3)');
    await put(chat, 'accent', 'rgb(90, 2, 3)');
    assert.equal(await style(chat.locator('.top'), 'backgroundColor'), 'rgb(90, 2, 3)', 'the attribute wins');
  },
  async '--sportello-size'() {
    const { chat, launcher } = await visit({ tag: 'position="end"' });
    const before = (await launcher.boundingBox()).width;
    await chat.evaluate((node) => node.style.setProperty('--sportello-size', '32px'));
    assert.equal(Math.round((await launcher.boundingBox()).width), Math.round(before * 2));
  },
  async '--sportello-offset'() {
    const { page, launcher } = await visit({ tag: 'position="end"' });
    await page.evaluate(() => document.documentElement.style.setProperty('--sportello-offset', '100px'));
    const box = await launcher.boundingBox();
    assert.equal(Math.round(page.viewportSize().height - box.y - box.height), 100);
  },
  async '--sportello-display'() {
    const { page, launcher } = await visit({ tag: 'position="end"' });
    await page.evaluate(() => document.documentElement.style.setProperty('--sportello-display', 'none'));
    assert.equal(await launcher.isVisible(), false);
  },
  ...Object.fromEntries(colours.map((part) => [`--avatar-${part}`, async () => {
    const { page, chat, launcher, open } = await visit({ tag: 'avatar="olma"' });
    await page.evaluate((name) => document.body.style.setProperty(name, 'rgb(1, 200, 3)'), `--avatar-${part}`);
    assert.ok((await fills(launcher)).includes('rgb(1, 200, 3)'), 'small');
    await open();
    await drawing(chat);
    assert.ok((await fills(chat.locator('.face .picture'))).includes('rgb(1, 200, 3)'), 'large');
  }])),
};

const methods = {
  async 'open()'() {
    const { chat, panel } = await visit({ tag: 'lang="it"' });
    await chat.evaluate((node) => node.open());
    assert.equal(await panel.isVisible(), true, 'when the promise is kept it stands');
  },
  async 'close()'() {
    const { chat, panel, open, bubble, say } = await visit({ tag: 'lang="it"' });
    await chat.evaluate((node) => node.close()); // Nothing was open: nothing happens.
    await open();
    await say('Che orari fate?');
    await bubble('lunedì').waitFor();
    await chat.evaluate((node) => node.close());
    assert.equal(await panel.isVisible(), false);
    await chat.evaluate((node) => node.open());
    await bubble('lunedì').waitFor();
  },
  async 'say(text)'() {
    const { chat, server, panel, bubble } = await visit({ tag: 'lang="it"' });
    await chat.evaluate((node) => node.say('Che orari fate?'));
    assert.equal(await panel.isVisible(), true);
    await bubble('lunedì').waitFor();
    assert.deepEqual(server.received.filter(({ type }) => type === 'say').map(({ text }) => text), ['Che orari fate?']);
  },
};

/** All that the page hears in the life of a chat, with what goes along; told once for all trials. */
let once;
const heard = () => (once ??= life());
async function life() {
  const { page, chat, server, open, say, bubble } = await visit({ tag: 'lang="it"' });
  await page.evaluate(() => {
    const list = (window.list = []);
    for (const name of ['open', 'close', 'message', 'state', 'handoff'])
      document.addEventListener(`sportello:${name}`, ({ type, detail, bubbles, composed }) => list.push({ type, detail, out: bubbles && composed }));
  });
  await open();
  await say('Quanto costa la spedizione? segreto');
  await bubble('6,50').waitFor();
  await chat.locator('.human').click();
  await chat.locator('.queue .ticket').waitFor();
  server.agentJoins('Marta Rossi');
  server.agentSays('parola-di-marta');
  await bubble('parola-di-marta').waitFor();
  await chat.evaluate((node) => node.close());
  const list = await page.evaluate(() => window.list);
  assert.ok(list.every(({ out }) => out));
  assert.ok(!/segreto|6,50|parola-di-marta/.test(JSON.stringify(list)), 'no words of the conversation');
  return (type) => list.filter((one) => one.type === type);
}
const events = {
  async 'sportello:open'() {
    assert.equal((await heard())('sportello:open').length, 1);
  },
  async 'sportello:close'() {
    assert.equal((await heard())('sportello:close').length, 1);
  },
  async 'sportello:message'() {
    const said = (await heard())('sportello:message').map(({ detail }) => detail);
    assert.deepEqual(Object.keys(said[0]).sort(), ['from', 'replayed', 'seq']);
    assert.equal(new Set(said.map(({ seq }) => seq)).size, said.length, 'once for each');
    assert.ok(['visitor', 'bot', 'agent'].every((from) => said.some((one) => one.from === from)), JSON.stringify(said));
  },
  async 'sportello:state'() {
    const states = (await heard())('sportello:state').map(({ detail }) => detail);
    assert.ok(states.some(({ link }) => link), 'the line');
    assert.ok(['waiting', 'agent'].every((who) => states.some((one) => one.who === who && one.ticket > 0)), JSON.stringify(states));
  },
  async 'sportello:handoff'() {
    const [{ detail }, ...more] = (await heard())('sportello:handoff');
    assert.deepEqual([Object.keys(detail).sort(), detail.who, more], [['ticket', 'who'], 'waiting', []]);
  },
};

const stores = {
  async 'sportello:SERVER'() {
    const { page, server, open, say, bubble } = await visit({ tag: 'lang="it"' });
    const kept = () => page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)]);
    await open();
    assert.deepEqual(await kept(), [[], []]);
    server.muted = true;
    await say('Che orari fate?');
    const key = `sportello:${server.url}`;
    await page.waitForFunction((name) => sessionStorage.getItem(name)?.includes('Che orari'), key);
    server.muted = false;
    server.cut();
    await bubble('lunedì').waitFor();
    await page.waitForFunction((name) => !sessionStorage.getItem(name)?.includes('Che orari'), key);
    assert.deepEqual((await kept())[0], [key]);
  },
  async 'sportello:face'() {
    const { page, open } = await visit({ tag: 'lang="it"' });
    await open();
    await page.locator('sportello-chat').getByRole('button', { name: /Nascondi/ }).click();
    assert.equal(await page.evaluate(() => localStorage.getItem('sportello:face')), 'off');
  },
  async 'sportello:hint'() {
    const { page, chat } = await visit({ tag: 'hint="Serve una mano?" hint-after="1"' });
    await chat.locator('.hint button').last().click();
    assert.deepEqual(await page.evaluate(() => [...Object.entries(localStorage)]), [['sportello:hint', 'away']]);
  },
};

const tables = { Attributes: attributes, 'Looks: custom properties': properties, 'Methods and events': { ...methods, ...events }, 'What is stored': stores };

test('each row of the tables of docs/widget.md is tried here', () => {
  for (const [heading, trials] of Object.entries(tables))
    assert.deepEqual([...new Set(promised(heading))].sort(), Object.keys(trials).sort(), heading);
});

for (const trials of Object.values(tables)) for (const [name, trial] of Object.entries(trials)) test(`${name} does what the page for builders says`, trial);

test('the parts that may be styled are there', async () => {
  const { page, launcher, panel, chat, open } = await visit({ tag: 'hint="Serve una mano?" hint-after="1"' });
  await chat.getByText('Serve una mano?').waitFor();
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(['launcher', 'panel', 'hint'].map((part) => `sportello-chat::part(${part}) { outline: 3px solid rgb(9, 9, 9) }`).join(''));
    document.adoptedStyleSheets = [sheet];
  });
  assert.equal(await style(chat.locator('.hint'), 'outlineColor'), 'rgb(9, 9, 9)');
  assert.equal(await style(launcher, 'outlineColor'), 'rgb(9, 9, 9)');
  await open();
  assert.equal(await style(panel, 'outlineColor'), 'rgb(9, 9, 9)');
});
