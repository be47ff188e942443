// Nothing that visitors, colleagues, editors or other systems write ever runs on the agents' page: each payload stands
// in every place that shows words or addresses of others, in real Chromium, under the page's policy and without it.
//   node --test tests/browser/desk-xss.test.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgive, logIn, openPage, page, server, troubles } from './desk-page.mjs';
import { PAYLOADS } from './desk-xss-payloads.mjs';

const SLOW_MS = 20_000;
/** So many tickets stand on the page at once. */
const BATCH = 26;
let ran;

/** Whatever runs is heard: the function that payloads call, dialogs, and the page going elsewhere. */
async function listen() {
  ran = [];
  await page.exposeFunction('xss', (...words) => { ran.push(`xss ${words}`); });
  page.on('dialog', (dialog) => {
    ran.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('framenavigated', (frame) => {
    if (!frame.url().startsWith(server.url)) ran.push(`went to ${frame.url()}`);
  });
}

/** A ticket that has the payload wherever a ticket, its conversation or its card may have words. */
function poisoned(x, i) {
  const say = (type, more) => ({ type, children: [{ type: 'text', text: x }], ...more });
  const ticket = server.arrives(x, {
    waited: i * 1000, reply: x, options: [{ id: x, title: x, href: x }],
    ticket: {
      state: ['waiting', 'claimed', 'message', 'callback', 'parked'][i % 5], mine: i % 10 === 1, department: x, department_name: x,
      why: i % 7 === 0 ? x : 'asked', tried: [{ id: x, title: x, confidence: 0.4, source: x }], corrected: `${x} ${x}`, page: x,
      page_title: x, owner: i % 2 ? x : undefined, contact: i % 5 === 2 || i % 5 === 3 ? x : undefined, name: x, text: x,
      tags: [x.slice(0, 40)], slots: [{ name: x, value: x }], outside: x, lookers: [x], notes: 1, due: i % 3 ? Date.now() : undefined,
      transfer: i % 10 === 1 ? { to: 2, name: x, until: Date.now() + 1e6 } : undefined,
    },
  });
  server.store(ticket, {
    type: 'message', from: 'bot', source: x, fallback: true, confidence: 0.4, entry: { id: x, title: x }, blocks: [
      say('paragraph'), say('heading', { level: 3 }), say('list', { ordered: true }), say('quote'), { type: 'code_lines', text: x },
      { type: 'code', text: x }, { type: 'image', src: x, alt: x }, { type: x, text: x }, say('card', { title: x, src: x }),
      { type: 'paragraph', children: [say('link', { href: x }), say('strong'), say('emphasis'), { type: 'break' }] },
    ],
  });
  server.store(ticket, { type: 'message', from: 'agent', name: x, blocks: [say('paragraph')] });
  server.store(ticket, { type: 'message', from: 'system', blocks: [say('paragraph')] });
  server.store(ticket, { type: 'message', from: 'visitor', blocks: [say('paragraph')] });
  server.store(ticket, { type: 'state', who: 'agent', name: x });
  server.notes.set(ticket, [{ type: 'note', ticket, id: i + 1, at: Date.now(), name: x, text: x }]);
  server.cards.set(ticket, { earlier: [{ ticket: 7, at: 1, question: x, state: i % 4 ? 'closed' : x, owner: x }] });
  server.customers.set(ticket, {
    name: x, lines: [{ label: x, value: x }], orders: [{ id: x, state: x, date: x, url: x }], notes: x,
  });
  return ticket;
}

/** Opens each ticket and waits until its conversation, its notes and its cards are there. */
const openEach = (wanted) => page.evaluate(async (numbers) => {
  const until = async (what, holds) => {
    for (let tries = 0; tries < 400; tries++) {
      if (holds()) return;
      await new Promise((done) => { setTimeout(done, 5); });
    }
    throw new Error(`waited in vain for ${what}`);
  };
  const rowOf = (n) => [...document.querySelectorAll('.row')].find((row) => row.querySelector('.slip > :last-child')?.textContent === String(n));
  for (const n of numbers) {
    rowOf(n).click();
    await until(`number ${n}`, () => document.querySelector('.chat .slip > :last-child')?.textContent === String(n));
    await until(`the conversation of ${n}`, () => document.querySelectorAll('.bubble').length >= 5);
    await until(`the notes of ${n}`, () => document.querySelector('.note-words'));
    await until(`the cards of ${n}`, () => document.querySelector('.customer-name') && document.querySelector('.earlier li'));
    for (const link of document.querySelectorAll('a')) {
      if (!['http:', 'https:', 'mailto:', 'tel:'].includes(link.protocol)) throw new Error(`a link to ${link.href} at ${n}`);
    }
    const foreign = document.querySelector('#desk :is(script, style, iframe, object, embed, base, meta, link, video, audio, [onerror], [onload])')
      ?? [...document.querySelectorAll('#desk img, #desk form')].find((x) => !x.matches('.composer, .reply, .note-writer, .face'));
    if (foreign) throw new Error(`markup at ${n}: ${foreign.outerHTML.slice(0, 200)}`);
  }
  return numbers.length;
}, wanted);

/** Everything that is not of one ticket. */
function poisonTheRest(x, ticket) {
  server.send({ type: 'lookers', ticket, names: [x], typing: [x] });
  server.send({ type: 'transfer_offer', ticket, name: x, text: x, seconds: 30 });
  server.send({ type: 'transferred', ticket, name: x, value: -1 });
  server.send({ type: 'invited', ticket, name: x });
  server.send({ type: 'missed', ticket, cause: 'taken', name: x });
  server.send({ type: 'missed', ticket: ticket + 1, cause: x, name: x });
  server.send({ type: 'error', code: x, message: x });
  server.send({ type: 'typing', ticket, from: 'visitor' });
  server.send({ type: 'agents', agents: [{ id: 2, name: x, presence: x, chats: 1, capacity: 2, picture: 'agents/2' }] });
}

/** Several in a row, each able to stand alone. */
const together = Array.from({ length: PAYLOADS.length / 8 }, (_, i) => PAYLOADS.slice(i * 8, i * 8 + 8).join('\n'));

for (const [policy, options, words] of [
  ['under the page’s policy', {}, PAYLOADS], ['even without the policy', { bypassCSP: true }, together],
]) {
  test(`${PAYLOADS.length} payloads as names, messages, page titles, tags, notes, entries and customers: 0 run, ${policy}`, async () => {
    assert.ok(PAYLOADS.length >= 200);
    await openPage(options);
    page.setDefaultTimeout(SLOW_MS);
    await listen();
    for (let i = 0; i < words.length; i += BATCH) {
      server.tickets.clear();
      const batch = words.slice(i, i + BATCH);
      const tickets = batch.map(poisoned);
      await logIn();
      await page.locator('.row').nth(batch.length - 1).waitFor();
      assert.equal(await openEach(tickets), batch.length);
      for (const x of batch) poisonTheRest(x, tickets[0]);
      await page.locator('.missed').waitFor();
    }
    assert.deepEqual(ran, []);
    assert.deepEqual(troubles, [], 'nothing even tried');
  });
}

test('suggested answers, canned replies, words to check and the site’s own name: 0 run', async () => {
  await openPage({ bypassCSP: true });
  await listen();
  const ticket = server.arrives('ciao');
  await logIn();
  await page.keyboard.press('n');
  for (let i = 0; i < PAYLOADS.length; i += 20) {
    const some = PAYLOADS.slice(i, i + 20);
    server.suggestions = some.slice(0, 3).map((x, n) => ({ id: `${i}${n}`, title: x, text: x, confidence: 0.4 }));
    server.snippets = some.map((x, n) => ({ id: i + n, name: x, text: x }));
    server.wrong = new Map([['scritto', some.slice(0, 5)]]);
    server.send({
      type: 'welcome', user: 'Anna', role: 'agent', presence: 'online', capacity: 4, site: { name: some[0], assistant: some[1], lang: 'it' },
      departments: some.map((x) => ({ id: x, name: x })),
    });
    server.writes(ticket, `di nuovo ${i}`);
    await page.locator('.suggestion-title', { hasText: some[0] }).first().waitFor();
    await page.keyboard.type('/');
    await page.locator('.slash li').nth(some.length - 1).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(' scritto');
    await page.locator('.mark-chip').first().waitFor();
    await page.locator('#composer').fill('');
    await page.keyboard.press('Escape');
    await page.keyboard.press('t');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('r');
  }
  assert.deepEqual(ran, []);
});

test('notices, what waits to be learnt and own replies on their pages: 0 run', async () => {
  await openPage({ bypassCSP: true });
  await listen();
  server.role = 'admin';
  const text = (x) => ({ lang: 'it', line: x, text: x, wordings: x });
  const notices = PAYLOADS.map((x, i) => ({
    id: i + 1, from: 1, until: Date.now() + 1e7, changed: 1, by: x, department: x, mine: i % 2 === 0, texts: [text(x)],
  }));
  const groups = PAYLOADS.map((x, i) => ({
    number: i + 1, lang: 'it', times: 1, last: 1, wordings: [{ number: i, text: x }], proposal: { entry: x, title: x, confidence: 0.4 },
    taught_by: [{ number: i, by: x, at: 1, entry: i % 2 ? x : '', answer: x }], candidates: [{ entry: x, title: x, confidence: 0.2 }],
  }));
  server.routes = {
    'GET notices': (_, { answer }) => answer(200, { now: Date.now(), languages: ['it'], departments: [], notices }),
    'GET proposals': (_, { answer }) => answer(200, { groups }),
  };
  server.snippets = PAYLOADS.map((x, i) => ({ id: i, name: x, text: x }));
  await logIn();
  for (const [name, last] of [['notices', '.board-item'], ['learn', '.board-item'], ['snippets', '.page li']]) {
    await page.locator(`.pages a[href="#${name}"]`).click();
    await page.locator(last).nth(PAYLOADS.length - 1).waitFor();
    assert.equal(await page.locator('.page :is(script, iframe, object, embed, img, style, [onerror], [onload])').count(), 0, name);
  }
  assert.deepEqual(ran, []);
});

test('what is found, who works here and who did what, on their pages: 0 run', async () => {
  await openPage({ bypassCSP: true });
  await listen();
  server.role = 'admin';
  const chats = PAYLOADS.map((x, i) => ({
    ticket: i + 1, state: 'closed', department: x, department_name: x, lang: 'it', at: 1, closed: 1, name: x, owner: x, question: x, cause: x,
    tags: [x], excerpt: [{ text: x, mark: i % 2 === 0 }, { text: x }],
  }));
  const people = PAYLOADS.map((x, i) => ({
    id: i + 1, name: x, role: 'agent', departments: x, languages: 'it', capacity: 0, email: x, picture: 0, totp: false, disabled: i % 2 === 0,
  }));
  const lines = PAYLOADS.map((x, i) => ({ id: i + 1, at: 1, name: x, act: i % 2 ? 'login' : x, detail: x, address: x }));
  server.routes = {
    'GET search': (_, { answer }) => answer(200, { chats }),
    'GET search/choices': (_, { answer }) => answer(200, { departments: PAYLOADS.map((x) => ({ id: x, name: x })), agents: PAYLOADS, tags: PAYLOADS }),
    'GET people': (_, { answer }) => answer(200, { people, departments: [], languages: ['it'], capacity: 3 }),
    'GET audit': (_, { answer }) => answer(200, { lines, more: false }),
  };
  await logIn();
  for (const name of ['search', 'people']) {
    await page.locator(`.pages a[href="#${name}"]`).click();
    await page.getByText(PAYLOADS.at(-1).trim().split('\n')[0].trim(), { exact: false }).first().waitFor({ state: 'attached' });
    await page.waitForTimeout(300);
    assert.equal(await page.locator('.page :is(script, iframe, object, embed, style, [onerror], [onload])').count(), 0, name);
    assert.equal(await page.locator('.page img:not([src*="agents/"])').count(), 0, name);
  }
  assert.deepEqual(ran, []);
});

test('the live view and what its numbers counted: 0 run', async () => {
  await openPage({ bypassCSP: true });
  await listen();
  server.role = 'admin';
  const numbers = ['asked', 'answered', 'handed_over', 'joined'].map((name) => ({ name, unit: 'count', by_department: true, rows: name }));
  const values = { asked: 9, answered: 8, handed_over: 7, joined: 6 };
  const department = (x) => ({ department: x, department_name: x });
  const live = {
    at: Date.now(), numbers, all: { values }, days: [{ day: '2027-01-18', values }],
    queue: PAYLOADS.map((x) => ({ ...department(x), waiting: 1, longest: 1000, open_callbacks: 1, parked: 1, with_agents: 1, open_messages: 1, overdue: 1 })),
    agents: PAYLOADS.map((x) => ({ name: x, presence: 'online', chats: 1, capacity: 3 })),
    departments: PAYLOADS.map((x) => ({ ...department(x), values })),
    entries: PAYLOADS.map((x) => ({ entry: x, title: x, answered: 1, thumbs_up: 1, thumbs_down: 1, handed_after: 1 })),
  };
  const rows = PAYLOADS.map((x, i) => ({ conversation: i + 1, ticket: i + 1, at: 1, value: 5, ...department(x), text: x, owner: x, entry: x, title: x, state: x }));
  server.routes = {
    'GET live': (_, { answer }) => answer(200, live),
    'GET live/rows': (_, { answer }) => answer(200, { rows }),
  };
  await logIn();
  await page.locator('.pages a[href="#live"]').click();
  await page.getByRole('row').nth(4 * PAYLOADS.length).waitFor({ state: 'attached' });
  for (const href of await page.locator('.page a').evaluateAll((links) => links.map((a) => a.protocol))) assert.match(href, /^https?:$/);
  await page.locator('a.figure').first().click();
  await page.locator('.live-row').nth(PAYLOADS.length - 1).waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.locator('.page :is(script, iframe, object, embed, img, style, [onerror], [onload])').count(), 0);
  assert.deepEqual(ran, []);
});

test('the watch hears what runs', async () => {
  await openPage({ bypassCSP: true });
  await listen();
  await logIn();
  await page.evaluate(() => {
    const box = document.createElement('div');
    document.body.append(box);
    box.innerHTML = '<img src=x onerror=xss(1)>';
    const other = document.createElement('div');
    document.body.append(other);
    other.innerHTML = '<img src=x onerror=alert(2)>';
  });
  for (let i = 0; i < 100 && ran.length < 2; i++) await page.waitForTimeout(20);
  assert.deepEqual(ran.sort(), ['dialog 2', 'xss 1']);
  forgive();
});
