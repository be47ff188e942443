// The agents' page: how it looks, speaks and makes itself noticed, in every mode and width.
//   node --test tests/browser/desk-look.test.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  accessible, composer, forgive, log, logIn, openPage, page, row, server, shot, troubles,
} from './desk-page.mjs';
import { scene } from './desk-scene.mjs';

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
  forgive();
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
