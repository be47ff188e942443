// The agents' page in a real browser against a server that does as docs/protocol.md says: logging in, the queue, the chat.
//   node --test tests/browser/desk.test.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, composer, log, logIn, page, row, server, shot } from './desk-page.mjs';
import { scene } from './desk-scene.mjs';

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
  assert.match(text, /^Yesterday/);
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
