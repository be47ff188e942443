// The customer's card: what the company's service knows, asked by one signed webhook. Whatever the service does, the
// card says something within its time, and the chat never waits for it.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { script, test } from './lib/report.mjs';
import { Chat, http, logIn, newCid } from './lib/chat.mjs';
import { built, Server, tinySite, until } from './lib/program.mjs';
import { startService } from '../../demo/service.mjs';

const KEY = 'una-chiave-di-prova-lunga';
const PASSWORD = 'una-parola-lunga-per-la-prova';
const ENTRIES = { orari: ['Quali sono gli orari?', 'Siamo aperti dalle 9 alle 18.'] };
const CARD = { name: 'Maria Rossi', lines: [{ label: 'Cliente dal', value: '2019' }],
  orders: [{ id: 'OL-1', state: 'spedito', date: '2027-03-01', url: 'https://olmo.example/o/1' }], notes: 'Vuole la fattura.' };

const json = (response, status, value) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
const manners = {
  good: (r) => json(r, 200, CARD),
  unknown: (r) => json(r, 404, {}),
  empty: (r) => r.writeHead(204).end(),
  hangs: () => {},
  '500': (r) => json(r, 500, {}),
  redirects: (r) => r.writeHead(302, { Location: '/good' }).end(),
  html: (r) => r.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html>'),
  'a script for an order’s address': (r) => json(r, 200, { ...CARD, orders: [{ id: 'a', state: 'b', url: 'javascript:alert(1)' }] }),
  'a number for a name': (r) => json(r, 200, { name: 4 }),
  'too many lines': (r) => json(r, 200, { lines: Array.from({ length: 21 }, () => ({ label: 'a', value: 'b' })) }),
  huge: (r) => r.writeHead(200).end(`{"notes":"${'x'.repeat(5 << 20)}"}`),
};

/** The company's service: keeps what it was asked, and counts what was not signed. */
async function startCompany() {
  const company = { manner: 'good', asked: [], forged: 0 };
  const server = createServer((request, response) => {
    const pieces = [];
    request.on('error', () => {});
    response.on('error', () => {});
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString(), id = request.headers['webhook-id'], at = request.headers['webhook-timestamp'];
      const right = `v1,${createHmac('sha256', KEY).update(`${id}.${at}.${body}`).digest('base64')}`;
      if (request.headers['webhook-signature'] !== right) company.forged++;
      company.asked.push(JSON.parse(body));
      manners[company.manner](response);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(company, { port: server.address().port, stop: () => (server.closeAllConnections(), server.close()) });
}

script('customer', async () => {
  if (!built()) return;
  const company = await startCompany();
  const shop = await startService({ secret: KEY });
  const settings = (port, path) => ({ 'webhooks.clienti.url': `http://127.0.0.1:${port}/${path}`, 'webhooks.clienti.secret': 'olmo', customer_card: 'clienti',
    customer_card_timeout_ms: 1000, webhook_hosts: [`127.0.0.1:${port}`], 'departments.negozio.name': 'Negozio', 'departments.ordini.name': 'Ordini',
    'limits.messages_per_minute': 1000, 'limits.messages_burst': 100 });
  const env = { SPORTELLO_SECRET_OLMO: KEY };
  const open = async (site) => {
    const server = await Server.start({ site, env });
    const file = join(site, 'password');
    writeFileSync(file, PASSWORD);
    for (const [name, role, departments] of [['anna', 'admin', 'all'], ['ugo', 'agent', 'ordini']]) {
      const made = await server.command('user', 'add', name, '--role', role, '--departments', departments, '--password-file', file);
      assert.equal(made.code, 0, made.err);
    }
    return { server, cookie: await logIn({ port: server.port, name: 'anna', password: PASSWORD }) };
  };
  const site = tinySite(ENTRIES, settings(company.port, 'clienti'));
  const { server, cookie } = await open(site);
  let people = 0;
  /** A visitor who has left a message, with a contact of their own. */
  const leaves = async (contact, at = server) => {
    const chat = await Chat.open({ port: at.port });
    await chat.ask('quali sono gli orari?');
    chat.send({ type: 'message', cid: newCid('m'), name: 'Maria', contact: contact ?? `maria${++people}@example.com`, text: 'Richiamatemi' });
    const { ticket } = await chat.take((f) => f.type === 'state' && f.ticket);
    return { chat, ticket };
  };
  const card = async (ticket, { at = server, as = cookie } = {}) => {
    const answer = await http({ port: at.port, path: `/desk/api/customer?ticket=${ticket}`, headers: { Cookie: as } });
    return { status: answer.status, ...JSON.parse(answer.text) };
  };

  await test('a card comes, asked for by a signed call that says what is known', async () => {
    const { ticket } = await leaves('maria.rossi@example.com');
    assert.deepEqual(await card(ticket), { status: 200, customer: CARD, why: '' });
    const asked = company.asked.at(-1);
    assert.equal(asked.type, 'clienti');
    assert.equal(asked.data.email, 'maria.rossi@example.com');
    assert.equal(asked.data.name, 'Maria');
    assert.equal(asked.data.ticket, String(ticket));
    assert.equal(asked.data.department, 'negozio');
    assert.equal(asked.lang, 'it');
    assert.equal(asked.intent, undefined);
    assert.equal(company.forged, 0);
  });

  await test('within a minute the service is asked once for a visitor', async () => {
    const { ticket } = await leaves();
    const before = company.asked.length;
    for (let i = 0; i < 5; i++) assert.deepEqual((await card(ticket)).customer, CARD);
    assert.equal(company.asked.length, before + 1);
  });

  await test('a telephone number is told as one', async () => {
    const { ticket } = await leaves('+39 333 1234567');
    await card(ticket);
    assert.equal(company.asked.at(-1).data.phone, '+39 333 1234567');
    assert.equal(company.asked.at(-1).data.email, undefined);
  });

  for (const manner of ['unknown', 'empty']) {
    await test(`the service's manner is “${manner}”: nobody knows this customer`, async () => {
      company.manner = manner;
      const { ticket } = await leaves();
      assert.deepEqual(await card(ticket), { status: 200, customer: null, why: 'unknown' });
    });
  }

  for (const manner of Object.keys(manners).filter((name) => !['good', 'unknown', 'empty'].includes(name))) {
    await test(`the service's manner is “${manner}”: the card is not available, in time, and the chat goes on`, async () => {
      company.manner = manner;
      const { chat, ticket } = await leaves();
      const began = Date.now(), asked = card(ticket);
      await chat.ask('quali sono gli orari?');
      assert.ok(Date.now() - began < 8000);
      assert.deepEqual(await asked, { status: 200, customer: null, why: 'not_available' });
      // It is not left alone for what comes next here.
      company.manner = 'good';
      assert.deepEqual((await card((await leaves()).ticket)).customer, CARD);
    });
  }

  await test('a service that keeps failing is left alone for a while', async () => {
    company.manner = '500';
    const before = company.asked.length;
    for (let i = 0; i < 8; i++) assert.equal((await card((await leaves()).ticket)).why, 'not_available');
    assert.equal(company.asked.length, before + 5);
    assert.match(server.log, /customer_card_failing/);
    assert.ok(!/maria\d+@/.test(server.log), 'no contact in the log');
    company.manner = 'good';
  });

  await test('of a visitor nobody knows anything about the service is not asked', async () => {
    const chat = await Chat.open({ port: server.port });
    await chat.ask('quali sono gli orari?');
    chat.send({ type: 'human', cid: newCid('h') });
    const { ticket } = await chat.take((f) => f.type === 'state' && f.who === 'waiting');
    const before = company.asked.length;
    assert.deepEqual(await card(ticket), { status: 200, customer: null, why: 'not_asked' });
    assert.equal(company.asked.length, before);
  });

  await test('nobody sees a card without a login, of no ticket, or of nonsense', async () => {
    assert.equal((await card(1001, { as: '' })).status, 401);
    assert.equal((await card(99_999)).status, 404);
    for (const ticket of ['', 'x', '-1', '1x']) assert.equal((await card(ticket)).status, 400);
  });

  await test('an agent of another department sees no card: there is no such ticket', async () => {
    const { ticket } = await leaves();
    const ugo = await logIn({ port: server.port, name: 'ugo', password: PASSWORD });
    assert.equal((await card(ticket, { as: ugo })).status, 404);
    assert.equal((await card(ticket)).status, 200);
  });

  await test('the server ends while a card is awaited', async () => {
    const other = await open(tinySite(ENTRIES, settings(company.port, 'clienti')));
    company.manner = 'hangs';
    const { ticket } = await leaves(null, other.server);
    const asked = card(ticket, { at: other.server, as: other.cookie }).catch(() => null);
    await until('it was asked', () => company.asked.at(-1).data.ticket === String(ticket));
    assert.equal((await other.server.stop()).code, 0);
    await asked;
    company.manner = 'good';
  });

  await test('the demo’s service knows Maria and her orders', async () => {
    const other = await open(tinySite(ENTRIES, settings(shop.port, 'clienti')));
    const { ticket } = await leaves('maria.rossi@example.com', other.server);
    const { customer } = await card(ticket, { at: other.server, as: other.cookie });
    assert.equal(customer.name, 'Maria Rossi');
    assert.deepEqual(customer.orders.map((o) => o.id), ['OL-204518', 'OL-198004']);
    await other.server.stop();
  });

  await server.stop();
  company.stop();
  await shop.close();
});
