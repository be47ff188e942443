// The agents' page: everything around the chats, in a real browser against the fake server: the card, notes, tags,
// transfers, invitations, who else looks.
//   node --test tests/browser/desk-work.test.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atWork, dialog, focusedId } from './desk-at-work.mjs';
import { accessible, card, composer, page, row, server, shot } from './desk-page.mjs';

test('the card has what the assistant collected, the page, the customer, earlier chats and the outside number', async () => {
  await atWork();
  await card().getByText('Marta Bortolin').waitFor();
  const table = card().getByRole('table', { name: 'Collected by the assistant' });
  assert.match(await table.textContent(), /numero d’ordineAB-1234emailmarta@example\.org/);
  assert.match(await card().textContent(), /On the page.*Trapani a percussione.*Outside numberRT-2291/s);
  assert.equal(await card().getByRole('link', { name: /trapani/ }).getAttribute('href'), 'https://olmo.example/it/prodotti/trapani?marca=forza&pagina=2');
  assert.equal(await card().getByRole('link', { name: 'AB-1234' }).getAttribute('href'), 'https://olmo.example/ordini/AB-1234');
  assert.match(await card().textContent(), /Earlier chats.*31.*Avete punte per il gres\?.*closed · Chiara/s);
  await shot('card');
  await accessible('card with everything');
});

test('a customer card that fails says so and is asked for again', async () => {
  server.cardBreaks = true;
  await atWork();
  await card().getByText('The server is busy. Try again in a moment.').waitFor();
  await shot('card-failed');
  await accessible('card failed');
  server.cardBreaks = false;
  await card().getByText('The customer card is not available at the moment.').waitFor();
  await card().locator('.customer').getByRole('button', { name: 'Try again' }).click();
  await card().getByText('Marta Bortolin').waitFor();
  await card().locator('.earlier').getByRole('button', { name: 'Try again' }).click();
  await card().getByText('Avete punte per il gres?').waitFor();
});

test('notes: those of colleagues are there, a new one is written by key, a refused one is tried again', async () => {
  const { a } = await atWork();
  await card().getByText('Ha già chiamato ieri').waitFor();
  await page.keyboard.press('m');
  await focusedId('note');
  await page.keyboard.type('Proposto il cambio.');
  await page.keyboard.press('Enter');
  const said = await server.gets('note');
  assert.deepEqual([said.ticket, said.text], [a, 'Proposto il cambio.']);
  await card().locator('.note', { hasText: 'Proposto il cambio.' }).getByText(/^You ·/).waitFor();
  assert.equal(await card().locator('.note').count(), 3, 'the echo and what was written are one');
  server.refuseNext = 'not_saved';
  const since = server.heard.length;
  await page.keyboard.type('E la garanzia.');
  await page.keyboard.press('Enter');
  await card().getByText(/Not sent: The server cannot save/).waitFor();
  await accessible('refused note');
  await card().getByRole('button', { name: 'Try again' }).click();
  await card().locator('.note:not(.failed)', { hasText: 'E la garanzia.' }).waitFor();
  const cids = server.heard.slice(since).filter((f) => f.type === 'note').map((f) => f.cid);
  assert.equal(new Set(cids).size, 1);
  server.noted(a, 'Chiara', 'Ok per me.');
  await card().getByText('Ok per me.').waitFor();
  assert.ok(!server.heard.some((f) => f.type === 'typing'), 'the visitor is not told of notes being written');
});

test('tags are added, removed, limited, and stand in the list', async () => {
  const { a } = await atWork();
  await page.keyboard.press('g');
  await focusedId('tags');
  await page.keyboard.type('Mandrino, garanzia');
  await page.keyboard.press('Enter');
  await server.gets('tags');
  await card().getByRole('button', { name: 'Remove mandrino' }).waitFor();
  assert.deepEqual(server.tickets.get(a).tags, ['reso', 'trapano', 'mandrino', 'garanzia']);
  await row(a).getByText('+2').waitFor();
  await card().getByRole('button', { name: 'Remove reso' }).press('Enter');
  await card().getByRole('button', { name: 'Remove reso' }).waitFor({ state: 'detached' });
  await focusedId('tags'); // The keyboard goes on where it was before it came to what is gone.
  await page.locator('#tags').fill('x'.repeat(41));
  await page.keyboard.press('Enter');
  await card().getByText('A tag has 40 bytes at most.').waitFor();
  await accessible('a tag too long');
});

test('a transfer: a free colleague is chosen, the chat waits and goes when they accept', async () => {
  const { a } = await atWork();
  await page.keyboard.press('t');
  await dialog('Transfer number 41').waitFor();
  assert.equal(await page.getByRole('radio', { name: /Chiara/ }).isDisabled(), true, 'she takes no more');
  await shot('transfer');
  await accessible('transfer');
  await page.getByLabel('Note for whoever gets it').fill('Sa tutto dei trapani');
  await page.getByRole('button', { name: 'Offer' }).click();
  const said = await server.gets('transfer');
  assert.deepEqual([said.user, said.text, said.ticket], [2, 'Sa tutto dei trapani', a]);
  await page.getByText('Offered to Bruno: waiting for an answer').waitFor();
  await composer().waitFor();
  await shot('transfer-waits');
  await accessible('transfer waits');
  server.change(a, { mine: false, owner: 'Bruno', owner_id: 2, transfer: undefined });
  server.send({ type: 'transferred', ticket: a, name: 'Bruno', value: 1 });
  await page.getByText('Bruno has taken number 41.').waitFor();
  await page.getByText('Bruno is serving this visitor.').waitFor();
  assert.equal(await page.getByText('no longer yours').count(), 0);
});

test('a transfer to a department goes to its queue, and a refused one is told', async () => {
  const { a } = await atWork();
  server.refuseNext = 'no_department';
  for (const last of [false, true]) {
    await page.keyboard.press('t');
    await page.getByRole('radio', { name: 'Magazzino' }).check();
    await page.getByRole('button', { name: 'Transfer', exact: true }).last().click();
    await page.getByText(last ? 'Number 41 is in the queue of Magazzino.' : 'There is no such department').waitFor();
  }
  assert.equal(server.tickets.get(a).department, 'magazzino');
});

test('a colleague’s chat on offer is accepted by key, after a visitor of the queue', async () => {
  const { d, others } = await atWork();
  server.offer(d, 30);
  server.send({ type: 'transfer_offer', ticket: others, name: 'Bruno', text: 'Tu li conosci', seconds: 30 });
  await page.getByRole('heading', { name: 'Bruno wants to give you a chat' }).waitFor();
  await page.waitForFunction(() => document.title.startsWith('(2) '));
  await shot('offers');
  await accessible('two offers');
  await page.keyboard.press('d');
  assert.equal((await server.gets('decline')).ticket, d);
  await page.keyboard.press('a');
  const answer = await server.gets('transfer_answer');
  assert.deepEqual([answer.ticket, answer.value], [others, 1]);
  await page.locator('.who h2', { hasText: 'Sergio' }).waitFor();
  await composer().waitFor();
});

test('a colleague is invited; an invitation leads to a chat where only notes can be written', async () => {
  const { a, others } = await atWork();
  await page.keyboard.press('v');
  await dialog('Ask somebody to look at number 41').waitFor();
  await shot('invite');
  await accessible('invite');
  await page.getByRole('radio', { name: /Chiara/ }).check();
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  assert.deepEqual([(await server.gets('invite')).user, (await server.gets('invite')).ticket], [3, a]);
  server.send({ type: 'invited', ticket: others, name: 'Bruno' });
  await page.getByText('Bruno asks you to look at number 48.').waitFor();
  await row(others).click();
  await page.getByText('Bruno asked you to look: you can write notes.').waitFor();
  assert.equal(await composer().count(), 0);
  await page.keyboard.press('m');
  await page.keyboard.type('Controlla la candela.');
  assert.equal((await server.gets('typing')).ticket, others, 'colleagues see that a note is being written');
  await page.keyboard.press('Enter');
  await card().getByText('Controlla la candela.').waitFor();
  await shot('invited');
  await accessible('invited');
});

test('who else looks and types is seen, and colleagues are told what is on this screen', async () => {
  const { a, b } = await atWork();
  server.send({ type: 'lookers', ticket: a, names: ['Anna', 'Bruno', 'Chiara'], typing: ['Chiara'] });
  await page.getByText('Bruno is looking').waitFor();
  await page.getByText('Chiara is typing').waitFor();
  await accessible('lookers');
  await row(b).click();
  const told = () => server.heard.filter((f) => f.type === 'look').map((f) => f.ticket);
  for (let i = 0; i < 50 && told().at(-1) !== b; i++) await page.waitForTimeout(20);
  assert.deepEqual(told(), [a, b]);
});
