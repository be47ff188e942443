// The agents' page in a real browser against a server that does as docs/protocol.md says.
//   node --test tests/browser/desk.test.mjs
// Environment: WEB (folder of the built browser code, build/web), CHROMIUM (/usr/bin/chromium), SHOTS (a folder: keeps
// pictures of each state).

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { chromium } from 'playwright-core';
import { DeskFake } from './desk-fake-server.mjs';
import { scene } from './desk-scene.mjs';

const WEB = process.env.WEB ?? 'build/web';
const SHOTS = process.env.SHOTS;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

let browser, server, context, page, troubles;

before(async () => {
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS });
});
after(() => browser.close());

beforeEach(async () => {
  server = await new DeskFake(WEB).start();
  await openPage();
});
afterEach(async () => {
  await context.close();
  await server.stop();
  assert.deepEqual(troubles, [], 'the page logged errors or broke its security policy');
});

/** A fresh browser profile. Errors of scripts and breaches of the CSP are collected. */
async function openPage(options = {}) {
  await context?.close();
  troubles = [];
  const usual = { locale: 'en-GB', viewport: { width: 1360, height: 820 }, reducedMotion: 'reduce' };
  context = await browser.newContext({ ...usual, ...options });
  page = await context.newPage();
  page.setDefaultTimeout(6000);
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|TrustedScript/i.test(message.text())) troubles.push(message.text());
  });
}

async function shot(name) {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/desk-${name}.png` });
}

/** Nothing that axe-core finds; it runs in the page's isolated world, past the CSP, as an extension would. */
async function accessible(state) {
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const run = (expression) => session.send('Runtime.evaluate', {
    expression, contextId: executionContextId, awaitPromise: true, returnByValue: true,
  });
  await run(AXE);
  const { result } = await run(`axe.run().then((r) => JSON.stringify(r.violations.map((v) =>
    v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 140) + ' ' + n.any.map((a) => a.message).join('; ')).join('\\n    '))))`);
  await session.detach();
  assert.equal(result.value, '[]', `axe-core in the state “${state}”`);
}

async function logIn({ at = '/desk' } = {}) {
  server.loggedIn = true;
  await page.goto(server.url + at);
  await page.getByRole('button', { name: 'Take the next' }).waitFor();
  await page.locator('.bar-user', { hasText: server.user }).waitFor({ state: 'attached' });
}
const row = (ticket) => page.locator('.row').filter({ has: page.getByText(String(ticket), { exact: true }) });
const log = () => page.getByRole('log');
const composer = () => page.getByLabel('Your message');

test('a wrong password is told, too many slow down with the seconds, the right one opens the desk', async () => {
  await page.goto(`${server.url}/desk`);
  await page.getByLabel('Name').fill('Anna');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('alert').filter({ hasText: 'Write your name and your password.' }).waitFor();
  for (let i = 0; i < 2; i++) {
    await page.getByLabel('Password').fill('sbagliata');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Name or password is wrong.' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'login-password');
  }
  await shot('login-wrong');
  await accessible('login, wrong password');
  await page.keyboard.press('Enter');
  await page.getByText(/Too many attempts. Try again in [123] seconds?\./).waitFor();
  await shot('login-slow');
  assert.equal(await page.getByRole('button', { name: 'Log in' }).getAttribute('aria-disabled'), 'true');
  await page.locator('button[type=submit][aria-disabled=false]').waitFor();
  await page.getByLabel('Password').fill('girasole');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Take the next' }).waitFor();
  assert.equal((await server.gets('hello')).lang, 'en');
});

test('the queue stands in fair order with places, questions and why the assistant gave up', async () => {
  const { a, b, c, d } = scene(server);
  await logIn();
  const waiting = page.locator('section.waiting .row');
  await waiting.nth(3).waitFor();
  const numbers = await waiting.locator('.slip > span:last-child').allTextContents();
  assert.deepEqual(numbers.map(Number), [a, b, c, d]);
  assert.deepEqual(await waiting.locator('.place > span:last-child').allTextContents(), ['1', '2', '3', '4']);
  assert.match(await waiting.nth(0).textContent(), /trapano.*None of the suggestions fitted/s);
  assert.match(await waiting.nth(1).textContent(), /en.*Where is my order.*Asked for a person/s);
  assert.match(await waiting.nth(2).textContent(), /Call back.*\+39 0444 123456/s);
  assert.match(await page.locator('section.waiting').textContent(), /nobody is picked out of turn/);
  const before = await waiting.nth(0).locator('.wait > span').first().textContent();
  await page.waitForFunction((old) => document.querySelector('section.waiting .wait > span')?.textContent !== old, before);
  await shot('queue');
  await accessible('queue');
});

test('looking ahead shows the conversation but cannot jump the queue', async () => {
  const { a, b } = scene(server);
  await logIn();
  await row(b).click();
  await log().getByText('Where is my order?').waitFor();
  await page.getByText('Read only: this visitor waits in turn.').waitFor();
  assert.equal(await composer().count(), 0);
  await shot('looking-ahead');
  await accessible('looking ahead');
  await page.getByRole('button', { name: 'Take the next' }).click();
  await composer().waitFor();
  assert.equal(server.tickets.get(a).state, 'claimed');
  assert.equal(server.tickets.get(b).state, 'waiting');
});

test('taking the next by key opens its chat with history, card and composer, and both write', async () => {
  const { a } = scene(server);
  await logIn();
  await row(a).waitFor();
  await page.keyboard.press('n');
  await composer().waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'composer');
  const text = await log().textContent();
  assert.match(text, /Yesterday|Friday|Saturday/);
  assert.match(text, /aperti il sabato.*8:30 alle 12:30.*trapano martedì/s);
  assert.match(text, /confidence 41\s%.*knowledge\/it\/resi\.md:12/s);
  const card = page.getByRole('region', { name: 'Hand-off' });
  assert.match(await card.textContent(), /madrino balla.*Read as.*mandrino balla.*None of the suggestions.*Posso restituire un prodotto\?\s*41/s);
  await page.keyboard.type('Buongiorno Marta, ');
  await server.gets('typing');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('certo, basta lo scontrino.');
  await page.keyboard.press('Enter');
  const said = await server.gets('say');
  assert.equal(said.text, 'Buongiorno Marta, \ncerto, basta lo scontrino.');
  assert.match(said.cid, /^[A-Za-z0-9_-]{1,64}$/);
  await log().locator('.own .sent').waitFor();
  assert.equal(await log().locator('.own').count(), 1, 'the echo and the acknowledgement are one message');
  server.send({ type: 'typing', ticket: a, from: 'visitor' });
  await log().getByText('Marta is typing…').waitFor();
  await shot('chat');
  await accessible('chat');
  server.writes(a, 'Perfetto, grazie!');
  await log().getByText('Perfetto, grazie!').waitFor();
  assert.equal(await log().getByText('is typing…').count(), 0);
});

test('a message that is refused stays, with its reason, and is tried again under the same cid', async () => {
  const { a } = scene(server);
  await logIn();
  await page.keyboard.press('n');
  await composer().fill('Un momento che controllo.');
  server.refuseNext = 'not_saved';
  await page.keyboard.press('Enter');
  await log().getByText(/Not sent: The server cannot save/).waitFor();
  await page.waitForFunction(() => {
    const box = document.querySelector('[role=log]');
    return box.scrollHeight - box.scrollTop - box.clientHeight < 5;
  });
  await shot('failed');
  await accessible('failed message');
  const first = await server.gets('say');
  const since = server.heard.length;
  await page.getByRole('button', { name: 'Try again' }).click();
  assert.equal((await server.gets('say', since)).cid, first.cid);
  await log().locator('.own .sent').waitFor();
  assert.equal(server.events.get(a).filter((e) => e.from === 'agent').length, 1);
});

test('an unread message in another own chat counts in the list and in the title', async () => {
  const { a, b } = scene(server);
  await logIn();
  await page.keyboard.press('n');
  await composer().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.locator('.who h2', { hasText: 'Visitor' }).waitFor();
  server.writes(a, 'Ci siete?');
  server.writes(a, 'Pronto?');
  await row(a).getByText('2 unread messages').waitFor();
  await page.waitForFunction(() => document.title === '(2) Desk · Ferramenta Olmo');
  await shot('unread');
  await page.keyboard.press('Alt+ArrowUp');
  await log().getByText('Pronto?').waitFor();
  await page.waitForFunction(() => document.title === 'Desk · Ferramenta Olmo');
  server.writes(b, 'Hello?');
  await row(b).getByText('1 unread message').waitFor();
});

test('a chat is handed back with a note, and closed with a cause', async () => {
  scene(server);
  await logIn();
  await page.keyboard.press('n');
  await composer().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  await page.getByRole('dialog', { name: 'Hand back to the assistant' }).waitFor();
  await shot('hand-back');
  await accessible('hand back');
  await page.getByLabel('Note (optional)').fill('Cambio concordato, porta lo scontrino.');
  await page.getByRole('dialog').getByRole('button', { name: 'Hand back' }).click();
  assert.equal((await server.gets('back')).note, 'Cambio concordato, porta lo scontrino.');
  await page.getByText('Number 41 is back with the assistant.').waitFor();
  await page.keyboard.press('n');
  await composer().waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('dialog', { name: 'Close number 42' }).waitFor();
  await page.getByText('No answer').click();
  await shot('close');
  await accessible('close');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  assert.equal((await server.gets('close')).cause, 'no_answer');
  await page.getByText('Number 42 is closed.').waitFor();
  await accessible('notices');
});

test('a message shows its contact as a link and is marked as answered', async () => {
  const { e } = scene(server);
  await logIn();
  await page.locator('section.messages .row', { hasText: 'luca.ferri@example.org' }).click();
  const link = page.getByRole('region', { name: 'Hand-off' }).getByRole('link', { name: 'luca.ferri@example.org' });
  assert.equal(await link.getAttribute('href'), 'mailto:luca.ferri@example.org');
  await shot('message');
  await accessible('message');
  await page.getByRole('button', { name: 'Mark as answered' }).click();
  const closed = await server.gets('close');
  assert.deepEqual([closed.ticket, closed.cause], [e, 'answered']);
  await page.getByText('No messages to answer.').waitFor();
});

test('an offer counts down, is accepted by key, and disappears when its time is over', async () => {
  const { a, b } = scene(server);
  await logIn();
  await row(b).waitFor();
  server.offer(b, 4);
  await page.getByRole('heading', { name: 'A visitor for you' }).waitFor();
  await page.locator('.ring text', { hasText: /^[12]$/ }).waitFor();
  await page.getByRole('heading', { name: 'A visitor for you' }).waitFor({ state: 'detached' });
  assert.ok(!server.heard.some((f) => f.type === 'accept'));
  server.offer(a, 30);
  await page.locator('.ring text', { hasText: /^(30|29|28)$/ }).waitFor();
  await shot('offer');
  await accessible('offer');
  await page.keyboard.press('a');
  await composer().waitFor();
  assert.equal((await server.gets('accept')).ticket, a);
});

test('after a loss the page says so, comes back, asks from where it stood and sends again what was not acknowledged', async () => {
  const { a } = scene(server);
  await logIn();
  await page.keyboard.press('n');
  await composer().waitFor();
  await page.getByRole('radio', { name: 'Online' }).check();
  await server.gets('presence');
  server.mute = true;
  await composer().fill('Arrivo subito.');
  await page.keyboard.press('Enter');
  const first = await server.gets('say');
  server.away = true;
  server.cut();
  await page.getByText('Your chats are kept for you for 2 minutes.').waitFor();
  await log().getByText('Will be sent when the connection is back').waitFor();
  await shot('lost');
  await accessible('connection lost');
  await composer().fill('E aggiungo una cosa.');
  await page.keyboard.press('Enter');
  server.writes(a, 'Va bene, aspetto.');
  server.presence = 'away';
  server.mute = false;
  server.away = false;
  const since = server.heard.length;
  await page.getByText('Your chats are kept').waitFor({ state: 'detached', timeout: 8000 });
  await log().getByText('Va bene, aspetto.').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.own .sent').length === 2);
  const sent = server.heard.slice(since);
  assert.equal(sent.filter((f) => f.type === 'say')[0].cid, first.cid);
  assert.equal(sent.find((f) => f.type === 'open').after, 6, 'resumes after the last event it had');
  assert.equal(sent.find((f) => f.type === 'presence').state, 'online', 'says its presence again');
  const texts = server.events.get(a).filter((e) => e.from === 'agent').map((e) => e.blocks[0].children[0].text);
  assert.deepEqual(texts, ['Arrivo subito.', 'E aggiungo una cosa.'], 'each stored once');
});

test('a session that has ended leads to the log in form, and the chats are there afterwards', async () => {
  const { a } = scene(server);
  await logIn();
  await page.keyboard.press('n');
  await composer().waitFor();
  server.loggedIn = false;
  server.cut();
  await page.getByText('Your session has ended.').waitFor();
  await page.getByLabel('Name').fill('Anna');
  await page.getByLabel('Password').fill('girasole');
  await page.keyboard.press('Enter');
  await composer().waitFor();
  await row(a).waitFor();
});

test('a long history comes page by page and in order', async () => {
  const ticket = server.arrives('Una lunga storia');
  for (let i = 0; i < 450; i++) server.writes(ticket, `riga ${i}`);
  await logIn();
  await row(ticket).click();
  await log().getByText('riga 449', { exact: true }).waitFor();
  assert.equal(await log().locator('.bubble').count(), 451);
  assert.deepEqual(server.heard.filter((f) => f.type === 'open').map((f) => f.after), [0, 200, 400]);
  const atEnd = () => page.waitForFunction(() => {
    const box = document.querySelector('[role=log]');
    return box.scrollHeight - box.scrollTop - box.clientHeight < 5;
  });
  await atEnd();
  await log().evaluate((box) => { box.scrollTop = 0; });
  await page.waitForTimeout(50);
  server.writes(ticket, 'una nuova');
  await page.getByRole('button', { name: 'New messages' }).click();
  await atEnd();
});

test('the watch over the security policy sees a breach', async () => {
  await logIn();
  await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
  await page.evaluate(() => { try { document.body.innerHTML = '<p>'; } catch { /* as it should be */ } });
  await page.waitForTimeout(100);
  assert.equal(troubles.length, 2);
  troubles = [];
});

test('the visitor who leaves is told, and the conversation stays readable until put away', async () => {
  const { a } = scene(server);
  await logIn();
  await page.keyboard.press('n');
  await composer().waitFor();
  server.store(a, { type: 'state', who: 'closed' });
  server.change(a, { state: 'closed', mine: false });
  await page.getByText('This conversation has ended.').waitFor();
  await log().getByText('trapano').first().waitFor();
  await accessible('ended');
  await page.getByRole('button', { name: 'Put away' }).click();
  await page.getByRole('heading', { name: /are waiting to be served|All quiet/ }).waitFor();
});

test('no words of a visitor become markup or a dangerous link', async () => {
  const words = (text) => ({ type: 'text', text });
  const paragraph = (...children) => ({ type: 'paragraph', children });
  const ticket = server.arrives('<img src=x onerror=alert(1)><b>grassetto</b>');
  server.store(ticket, {
    type: 'message', from: 'bot', blocks: [
      paragraph({ type: 'link', href: 'javascript:alert(1)', children: [words('cliccami')] }),
      {
        type: 'list', ordered: true, children: [{
          type: 'item', children: [paragraph({ type: 'link', href: 'https://olmo.example/', children: [words('buono')] })],
        }],
      },
      { type: 'code_lines', text: 'a\n  b' }, { type: 'hologram', text: 'sconosciuto' },
    ],
  });
  await logIn();
  await row(ticket).click();
  await log().getByText('<img src=x onerror=alert(1)>').waitFor();
  assert.equal(await log().locator('img, b, script').count(), 0);
  assert.equal(await log().getByRole('link', { name: 'cliccami' }).count(), 0);
  assert.equal(await log().getByRole('link', { name: 'buono' }).getAttribute('href'), 'https://olmo.example/');
  await log().getByText('sconosciuto').waitFor();
  await accessible('all kinds of blocks');
});

test('keys: the list of them opens with ?, and single keys can be switched off', async () => {
  scene(server);
  await logIn();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await shot('keys');
  await accessible('keys');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  await log().waitFor();
  await page.getByRole('button', { name: 'Settings' }).click();
  await accessible('settings');
  await shot('settings');
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).uncheck();
  await page.getByRole('button', { name: 'Done' }).click();
  const since = server.heard.length;
  await page.keyboard.press('n');
  await page.waitForTimeout(100);
  assert.ok(!server.heard.slice(since).some((f) => f.type === 'next'));
});

test('Italian browsers get Italian, and the chosen language is kept', async () => {
  await openPage({ locale: 'it-IT' });
  scene(server);
  server.loggedIn = true;
  await page.goto(`${server.url}/desk`);
  await page.getByRole('button', { name: 'Servi il prossimo' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'it');
  assert.equal((await server.gets('hello')).lang, 'it');
  await page.keyboard.press('n');
  await page.getByLabel('Il tuo messaggio').waitFor();
  await shot('italian');
  await accessible('italian');
  await page.getByRole('button', { name: 'Impostazioni' }).click();
  await page.getByLabel('English').check();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Take the next' }).waitFor();
});

test('dark mode and forced colours keep everything readable', async () => {
  await openPage({ colorScheme: 'dark' });
  const { d } = scene(server);
  await logIn();
  await page.keyboard.press('n');
  await composer().waitFor();
  await composer().fill('Buongiorno! Guardo subito.');
  await page.keyboard.press('Enter');
  await log().locator('.own .sent').waitFor();
  server.offer(d, 30);
  await page.getByRole('heading', { name: 'A visitor for you' }).waitFor();
  await shot('dark');
  await accessible('dark');
  await page.emulateMedia({ forcedColors: 'active' });
  await shot('forced-colors');
  await accessible('forced colours');
});

test('on a phone there is one column at a time, and everything is reached', async () => {
  await openPage({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });
  scene(server);
  await logIn();
  await row(41).waitFor();
  await shot('phone-lists');
  await accessible('phone, lists');
  await page.getByRole('button', { name: 'Take the next' }).tap();
  await composer().waitFor();
  await shot('phone-chat');
  await accessible('phone, chat');
  await composer().fill('Buongiorno!');
  await page.getByRole('button', { name: 'Send' }).tap();
  await log().locator('.own .sent').waitFor();
  await page.getByRole('button', { name: 'Details' }).tap();
  await page.getByRole('heading', { name: 'Why it came to you' }).waitFor();
  await shot('phone-card');
  await accessible('phone, card');
  const focused = (selector) => page.waitForFunction((s) => document.activeElement?.matches(s), selector);
  await focused('.card');
  await page.getByRole('button', { name: 'Back to the chat' }).tap();
  await focused('#chat');
  await page.getByRole('button', { name: 'Back to the lists' }).tap();
  await focused('.row[aria-current]');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false, 'nothing sticks out sideways');
  await row(41).tap();
  await composer().waitFor();
});

test('a tablet shows lists and chat, the card in the place of the chat', async () => {
  await openPage({ viewport: { width: 900, height: 700 } });
  scene(server);
  await logIn();
  await page.keyboard.press('n');
  await composer().waitFor();
  await shot('tablet');
  await page.keyboard.press('Escape');
  await page.keyboard.press('i');
  await page.getByRole('heading', { name: 'Why it came to you' }).waitFor();
  await shot('tablet-card');
  await accessible('tablet, card');
});

test('sound and notifications come only when wanted, and notifications only when the page is not in front', async () => {
  // Stand-ins that write down what they are asked: a headless browser has neither loudspeaker nor desktop.
  await page.addInitScript(() => {
    window.told = { tones: 0, shown: [] };
    const param = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
    window.AudioContext = class {
      state = 'running';
      currentTime = 0;
      createGain() { return { gain: param, connect: (x) => x }; }
      createOscillator() {
        return { frequency: {}, connect: (x) => x, start: () => window.told.tones++, stop() {} };
      }
    };
    window.Notification = class {
      static permission = 'default';
      static requestPermission() { this.permission = 'granted'; return Promise.resolve('granted'); }
      constructor(title, options) { window.told.shown.push([title, options.body, options.tag]); }
    };
    document.hasFocus = () => !window.behind;
  });
  const told = () => page.evaluate(() => window.told);
  const { a } = scene(server);
  await logIn();
  await page.keyboard.press('n');
  await composer().waitFor();
  server.writes(a, 'Prima');
  await log().getByText('Prima').waitFor();
  assert.deepEqual(await told(), { tones: 0, shown: [] }, 'nothing unasked');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('switch', { name: 'Short sound' }).check();
  await page.getByRole('switch', { name: 'Desktop notifications' }).check();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.waitForFunction(() => window.told.tones === 2);
  await page.evaluate(() => { window.behind = true; window.dispatchEvent(new Event('blur')); });
  await page.waitForTimeout(1250);
  server.writes(a, 'Dopo');
  await page.waitForFunction(() => window.told.tones === 4);
  assert.deepEqual((await told()).shown, [['Number 41 writes', 'Dopo', 'sportello-visitor-41']]);
  await page.waitForFunction(() => document.title.startsWith('(1) '));
  await page.evaluate(() => { window.behind = false; window.dispatchEvent(new Event('focus')); });
  await page.waitForFunction(() => !document.title.startsWith('('));
});

test('a page opened anew finds the own chat again, with what was written', async () => {
  scene(server);
  await logIn();
  await page.keyboard.press('n');
  await composer().fill('Eccomi.');
  await page.keyboard.press('Enter');
  await log().locator('.own .sent').waitFor();
  await page.reload();
  await log().getByText('Eccomi.').waitFor();
  await composer().waitFor();
  assert.equal(await log().locator('.own').count(), 1);
});

test('logging out ends the session and shows nothing of it any more', async () => {
  scene(server);
  await logIn();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Good to see you' }).waitFor();
  assert.equal(server.loggedIn, false);
  assert.equal(await page.getByText('trapano').count(), 0);
  await shot('login');
});
