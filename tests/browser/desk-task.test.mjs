// The agents' page: messages and callbacks as work, what helps while writing, what was missed, and who may see what, in
// a real browser against the fake server.
//   node --test tests/browser/desk-task.test.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atWork, dialog, focusedId } from './desk-at-work.mjs';
import { busy } from './desk-busy.mjs';
import { accessible, card, composer, log, logIn, openPage, page, row, server, shot } from './desk-page.mjs';

test('a message: taken by key, dated, answered by e-mail, marked as answered', async () => {
  const { late } = await atWork();
  await page.getByText('2 overdue').waitFor();
  await page.locator('section.messages .row', { hasText: 'Giulia Riva' }).click();
  await page.getByText('Nobody’s yet').waitFor();
  await page.getByRole('button', { name: /^overdue since/ }).waitFor();
  await accessible('message of nobody');
  await page.keyboard.press('o');
  await page.getByText('Yours to answer').waitFor();
  assert.equal(server.tickets.get(late).owner_id, 1);
  await page.keyboard.press('u');
  await dialog('Answer number 47 by').waitFor();
  await shot('due');
  await accessible('due');
  await page.getByRole('button', { name: 'Tomorrow' }).click();
  assert.ok((await server.gets('due')).at > Date.now());
  await page.getByText('1 overdue').waitFor();
  await page.keyboard.press('r');
  await focusedId('composer');
  await page.keyboard.type('Buongiorno, sì: dalle 8:30.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Ferramenta Olmo');
  await shot('reply');
  await accessible('reply by e-mail');
  await page.keyboard.press('Control+Enter');
  assert.equal((await server.gets('reply')).text, 'Buongiorno, sì: dalle 8:30.\nFerramenta Olmo');
  await page.getByText('The answer to number 47 goes out by e-mail.').waitFor();
  assert.deepEqual([(await server.gets('close')).cause, (await server.gets('close')).ticket], ['answered', late]);
});

test('an answer by e-mail that is refused keeps its words', async () => {
  const { late } = await atWork();
  server.change(late, { mine: true, owner: 'Anna', owner_id: 1 });
  await page.locator('section.messages .row', { hasText: 'Giulia Riva' }).click();
  await page.getByLabel(/Answer by e-mail/).fill('Certo.');
  server.refuseNext = 'not_saved';
  await page.getByRole('button', { name: 'Send and close' }).click();
  await page.getByText(/Not sent: The server cannot save/).waitFor();
  await accessible('refused e-mail');
  await page.getByRole('button', { name: 'Edit' }).click();
  assert.equal(await page.getByLabel(/Answer by e-mail/).inputValue(), 'Certo.');
  await page.getByRole('button', { name: 'Send, keep open' }).click();
  await page.getByText('The answer to number 47 goes out by e-mail.').waitFor();
  await log().getByText('Certo.').waitFor();
  await page.getByRole('button', { name: 'Mark as answered' }).click();
  assert.equal((await server.gets('close')).cause, 'answered');
});

test('where the site sends no e-mail the address leads to the agent’s own program', async () => {
  server.mail = false;
  const { late } = await atWork();
  server.change(late, { mine: true, owner: 'Anna', owner_id: 1 });
  await page.locator('section.messages .row', { hasText: 'Giulia Riva' }).click();
  await page.getByText('This desk sends no e-mail.').waitFor();
  assert.equal(await page.getByLabel(/Answer by e-mail/).count(), 0);
  assert.match(await page.locator('.task .call a').getAttribute('href'), /^mailto:/);
  await shot('no-mail');
  await accessible('no e-mail');
  await page.getByRole('button', { name: 'Mark as answered' }).click();
  assert.equal((await server.gets('close')).cause, 'answered');
});

test('a colleague’s message can be read, not answered', async () => {
  await atWork();
  await page.locator('section.messages .row', { hasText: 'Luca Ferri' }).click();
  await page.getByText('Bruno is on it').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Mark as answered' }).count(), 0);
  const before = server.heard.length;
  await page.keyboard.press('o');
  await page.keyboard.press('c');
  await page.waitForTimeout(100);
  assert.ok(!server.heard.slice(before).some((f) => ['own', 'close'].includes(f.type)));
});

test('a callback whose turn it is has the number to press', async () => {
  const { c } = await atWork();
  server.claim(c);
  await page.locator('section.mine .row', { hasText: 'Ditta Zanin' }).click();
  await page.getByText('They asked to be called:').waitFor();
  const calls = page.getByRole('link', { name: '+39 0444 123456' });
  assert.deepEqual([...new Set(await calls.evaluateAll((all) => all.map((x) => x.getAttribute('href'))))], ['tel:+390444123456']);
  await shot('callback');
  await accessible('callback');
});

test('suggested answers by key, canned replies behind /, words to check, teaching by key', async () => {
  const { a } = await atWork();
  await page.getByRole('button', { name: 'Insert: Posso restituire un prodotto?' }).waitFor();
  await page.keyboard.press('Alt+1');
  await focusedId('composer');
  assert.equal(await composer().inputValue(), 'Certo: entro 30 giorni, con lo scontrino.');
  await shot('suggested');
  await accessible('suggested answer');
  await page.keyboard.press('Enter');
  await log().locator('.own .sent').waitFor();
  for (let i = 0; i < 50 && !server.asked.some((q) => q.name === 'confirm'); i++) await page.waitForTimeout(20);
  assert.deepEqual(server.asked.find((q) => q.name === 'confirm').body, { ticket: a, entry: 'reso' });
  await page.keyboard.type('/');
  await page.getByRole('option', { name: /saluto/ }).waitFor();
  await shot('slash');
  await accessible('canned replies');
  await page.keyboard.press('Enter');
  assert.equal(await composer().inputValue(), 'Buongiorno Marta, sono Anna.');
  await page.keyboard.type(' Serve lo scontrrino');
  await page.getByRole('button', { name: /Replace “scontrrino” with “scontrino”/ }).click();
  assert.match(await composer().inputValue(), /Serve lo scontrino$/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await page.getByText('Proposed to the editors').waitFor();
  assert.equal(server.asked.find((q) => q.name === 'teach').body.ticket, a);
});

test('what was missed stands there until it is read, and unread words have a line before them', async () => {
  const { a, b } = await atWork();
  server.away = true;
  server.cut();
  await page.getByText('No connection').waitFor();
  server.writes(a, 'Ci siete ancora?');
  server.missed = [{ ticket: b, cause: 'taken', name: 'Bruno' }, { ticket: 39, cause: 'lease_lost' }];
  server.away = false;
  await page.getByRole('heading', { name: 'You missed this' }).waitFor({ timeout: 9000 });
  const hello = server.heard.filter((f) => f.type === 'hello').at(-1);
  assert.equal(hello.after_event, server.event, 'it says what it has seen');
  await log().locator('.mark-line', { hasText: 'You missed this' }).waitFor();
  assert.match(await page.locator('.missed').textContent(), /42 Bruno has taken it\..*39 It went back to the queue/s);
  await shot('missed');
  await accessible('missed');
  await page.keyboard.press('x');
  await page.locator('.missed').waitFor({ state: 'detached' });
  await page.keyboard.press('r');
  await page.keyboard.type('Eccomi');
  await page.keyboard.press('Enter');
  await log().locator('.mark-line').waitFor({ state: 'detached' });
});

test('a page opened anew after a crash says what its agent had seen', async () => {
  await atWork();
  const seen = server.event;
  await page.goto('about:blank');
  server.missed = [{ ticket: 41, cause: 'accepted', name: 'Bruno' }];
  await logIn();
  await page.getByText('Bruno has taken it.').waitFor();
  assert.equal(server.heard.filter((f) => f.type === 'hello').at(-1).after_event, seen);
});

test('the department filter is reached by key and hides the others’ tickets, never one’s own', async () => {
  const { a, b } = await atWork();
  await page.keyboard.press('f');
  await focusedId('filter');
  await page.getByLabel('Department').selectOption({ label: 'Magazzino' });
  await row(b).waitFor();
  await row(a).waitFor();
  assert.equal(await page.locator('section.waiting .row').count(), 1);
  await shot('filter');
  await accessible('filter');
});

test('an editor has no counter', async () => {
  server.role = 'editor';
  server.loggedIn = true;
  await page.goto(`${server.url}/desk`);
  await page.locator('.bar-user', { hasText: server.user }).waitFor({ state: 'attached' });
  assert.equal(await page.getByRole('button', { name: 'Take the next' }).count(), 0);
  assert.equal(await page.getByRole('radio', { name: 'Online' }).count(), 0);
  await accessible('editor');
});

test('on a phone the card’s fields are reached, and nothing sticks out', async () => {
  await openPage({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });
  busy(server);
  await logIn();
  await page.getByRole('button', { name: 'Take the next' }).tap();
  await composer().waitFor();
  await page.getByRole('button', { name: 'Insert: Posso restituire un prodotto?' }).waitFor();
  await shot('phone-work');
  await accessible('phone, work');
  await page.getByRole('button', { name: 'Details' }).tap();
  await page.getByLabel('A note that only colleagues see').fill('Dal telefono.');
  await page.getByRole('button', { name: 'Add the note' }).tap();
  await card().getByText('Dal telefono.').waitFor();
  await shot('phone-notes');
  await accessible('phone, notes');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false);
});

test('dark and forced colours keep the work readable', async () => {
  const { others } = await atWork({ colorScheme: 'dark' });
  server.send({ type: 'transfer_offer', ticket: others, name: 'Bruno', seconds: 30 });
  server.send({ type: 'missed', ticket: 39, cause: 'lease_lost' });
  await page.getByText('You missed this').waitFor();
  await shot('dark-work');
  await accessible('dark, work');
  await page.emulateMedia({ forcedColors: 'active' });
  await shot('forced-work');
  await accessible('forced colours, work');
});
