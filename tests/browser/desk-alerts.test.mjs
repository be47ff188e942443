// The agents' page makes itself noticed in a tab that nobody sees: its timers are throttled to once a minute there and
// nothing is drawn, so every alert hangs on the socket's own messages.
//   node --test tests/browser/desk-alerts.test.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atWork } from './desk-at-work.mjs';
import { accessible, card, composer, log, logIn, openPage, page, server, shot } from './desk-page.mjs';

/**
 * Stand-ins that write down what they are asked (a headless browser has neither loudspeaker nor desktop), and a browser
 * that throttles to the utmost: from `window.sleep()` to `window.wakeUp()` no timer and no frame of the screen comes.
 */
const standIns = () => page.addInitScript(() => {
  window.told = { tones: 0, shown: [] };
  const param = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
  window.AudioContext = class {
    state = 'running';
    currentTime = 0;
    createGain() { return { gain: param, connect: (x) => x }; }
    createOscillator() { return { frequency: {}, connect: (x) => x, start: () => window.told.tones++, stop() {} }; }
  };
  window.Notification = class {
    static permission = 'granted';
    static requestPermission() { return Promise.resolve('granted'); }
    constructor(title, options) { window.told.shown.push([title, options.body, options.tag]); window.last = this; }
    close() {}
  };
  let asleep = false;
  const late = [];
  const kept = { setTimeout: window.setTimeout, setInterval: window.setInterval, requestAnimationFrame: window.requestAnimationFrame };
  for (const [name, real] of Object.entries(kept)) {
    window[name] = (work, ...rest) => real.call(window, (...args) => (asleep ? late.push(() => work(...args)) : work(...args)), ...rest);
  }
  Object.defineProperty(document, 'visibilityState', { get: () => (asleep ? 'hidden' : 'visible') });
  document.hasFocus = () => !asleep;
  window.sleep = () => { asleep = true; document.dispatchEvent(new Event('visibilitychange')); };
  window.wakeUp = () => { asleep = false; late.splice(0).forEach((work) => work()); document.dispatchEvent(new Event('visibilitychange')); };
});
/** Waits outside the page, whose own timers are dead. */
async function until(what, expression, wanted) {
  let found;
  for (const end = Date.now() + 4000; Date.now() < end;) {
    found = await page.evaluate(expression);
    if (JSON.stringify(found) === JSON.stringify(wanted)) return;
    await new Promise((done) => { setTimeout(done, 20); });
  }
  assert.deepEqual(found, wanted, what);
}
async function loud() {
  await openPage();
  await standIns();
  server.presence = 'online';
  const all = await atWork();
  await page.keyboard.press('s');
  await page.getByRole('switch', { name: 'Short sound' }).check();
  await page.getByRole('switch', { name: 'Desktop notifications' }).check();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.waitForFunction(() => window.told.tones === 2);
  await page.waitForTimeout(1250);
  await page.evaluate(() => { window.told = { tones: 0, shown: [] }; window.sleep(); });
  return all;
}

test('in a hidden tab without timers a message sounds, notifies and counts in the title at once', async () => {
  const { a } = await loud();
  server.writes(a, 'Pronto?');
  await until('title', () => document.title, '(1) Desk · Ferramenta Olmo');
  await until('told', () => window.told, { tones: 2, shown: [['Number 41 writes', 'Pronto?', 'sportello-visitor-41']] });
  server.writes(a, 'Ci siete?');
  await until('title', () => document.title, '(2) Desk · Ferramenta Olmo');
  await page.evaluate(() => window.wakeUp());
  await until('title', () => document.title, 'Desk · Ferramenta Olmo');
  await log().locator('.mark-line', { hasText: 'New' }).waitFor();
  await shot('unread-mark');
  await accessible('unread mark');
});

test('each kind of call on the agent has its notification, and a press on it leads there', async () => {
  const { d, others } = await loud();
  const shown = () => window.told.shown.map(([title]) => title);
  server.arrives('Avete viti da 6?');
  await until('waiting', shown, ['Somebody is waiting']);
  server.offer(d, 30);
  server.send({ type: 'transfer_offer', ticket: others, name: 'Bruno', seconds: 30 });
  server.send({ type: 'invited', ticket: others, name: 'Bruno' });
  const all = ['Somebody is waiting', 'A visitor for you', 'A colleague gives you number 48', 'You are asked to look at number 48'];
  await until('all', shown, all);
  await until('title', () => document.title, '(2) Desk · Ferramenta Olmo');
  await page.evaluate(() => { window.wakeUp(); window.last.onclick(); });
  await page.locator('.who h2', { hasText: 'Sergio' }).waitFor();
});

test('colleagues are told that a hidden page shows nothing, and that it is back', async () => {
  const { a } = await loud();
  const told = () => server.heard.filter((f) => f.type === 'look').map((f) => f.ticket);
  for (let i = 0; i < 100 && told().length < 2; i++) await new Promise((done) => { setTimeout(done, 20); });
  await page.evaluate(() => window.wakeUp());
  for (let i = 0; i < 100 && told().length < 3; i++) await new Promise((done) => { setTimeout(done, 20); });
  assert.deepEqual(told(), [a, 0, a]);
});

test('away means silence for newcomers, never for one’s own chats', async () => {
  const { a } = await loud();
  server.presence = 'away';
  server.send({ type: 'agents', agents: server.agents() });
  server.arrives('Siete aperti?');
  server.writes(a, 'Allora?');
  await until('shown', () => window.told.shown.map(([title]) => title), ['Number 41 writes']);
});

test('notifications for a closed page are offered where the browser can, and say what is wrong where not', async () => {
  await openPage();
  await page.addInitScript(() => { delete window.PushManager; });
  await logIn();
  await page.keyboard.press('s');
  const button = page.getByRole('switch', { name: 'When this page is closed' });
  await page.getByText('This browser does so only over https.').waitFor();
  assert.equal(await button.isDisabled(), true);
  await accessible('push impossible');
  await openPage();
  await page.addInitScript(() => { Notification.requestPermission = () => Promise.resolve('denied'); });
  await logIn();
  await page.keyboard.press('s');
  await page.getByRole('switch', { name: 'When this page is closed' }).check({ force: true }).catch(() => {});
  await page.getByText('The browser does not allow them for this page.').waitFor();
  assert.equal(await page.getByRole('switch', { name: 'When this page is closed' }).isChecked(), false);
  assert.equal(await card().count() + await composer().count(), 1, 'the desk is still there');
});
