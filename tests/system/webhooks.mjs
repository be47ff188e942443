// Flows that call a company's service, whatever that service does: the visitor always gets a sentence, and a way to a
// person. Forms that are corrected, abandoned, republished and fed with nonsense; signed-in visitors; numbers that
// nobody asked for, which are found nowhere in the data afterwards.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { script, test } from './lib/report.mjs';
import { Chat, newCid, plain } from './lib/chat.mjs';
import { built, Server, tinySite, until } from './lib/program.mjs';

const KEY = 'una-chiave-di-prova-lunga';
const SITE_KEY = 'la-chiave-del-sito-di-prova';
const OPEN_HOURS = /dalle 9 alle 18/;
const ELSE = /non riesco a vedere/;
const ENTRIES = {
  spedizione: ['Quanto costa la spedizione?', 'La spedizione costa **sei euro** in tutta Italia.'],
  orari: ['Quali sono gli orari del negozio?', 'Siamo aperti dal lunedì al venerdì, dalle 9 alle 18.'],
  reso: ['Come faccio a restituire un prodotto?', 'Porta il prodotto con lo scontrino entro trenta giorni.'],
};

const json = (response, status, value) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));

/** What the service may do with a call; `n` counts the requests with the same id. */
const manners = {
  good: (response) => json(response, 200, { stato: 'in viaggio' }),
  hangs: () => {},
  late: (response) => setTimeout(() => manners.good(response), 1200),
  huge: (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(`{"stato":"${'x'.repeat(5 << 20)}"}`),
  html: (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Manutenzione</title>'),
  '500 once': (response, n) => (n === 1 ? json(response, 500, {}) : manners.good(response)),
  redirects: (response) => response.writeHead(302, { Location: `http://127.0.0.1:${response.socket.localPort}/good` }).end(),
  closes: (response) => response.socket.destroy(),
  deep: (response) => response.writeHead(200).end(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`),
  list: (response) => json(response, 200, ['in viaggio']),
  many: (response) => json(response, 200, Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`v${i}`, 1]))),
};

/** The company's service: keeps what it was sent, and checks every signature. */
class Service {
  static async start(manner = 'good') {
    const service = new Service();
    Object.assign(service, { manner, calls: [], forged: 0, seen: new Map(), held: [] });
    service.server = createServer((request, response) => {
      const pieces = [];
      request.on('error', () => {});
      response.on('error', () => {});
      request.on('data', (piece) => pieces.push(piece));
      request.on('end', () => service.take(request, Buffer.concat(pieces).toString(), response));
    });
    await new Promise((done) => service.server.listen(0, '127.0.0.1', done));
    service.port = service.server.address().port;
    return service;
  }

  take(request, body, response) {
    const id = request.headers['webhook-id'], at = request.headers['webhook-timestamp'];
    const right = `v1,${createHmac('sha256', KEY).update(`${id}.${at}.${body}`).digest('base64')}`;
    if (request.headers['webhook-signature'] !== right || Math.abs(at - Date.now() / 1000) > 300) this.forged++;
    if (request.headers['idempotency-key'] !== id) this.forged++;
    const n = (this.seen.get(id) ?? 0) + 1;
    this.seen.set(id, n);
    this.calls.push({ id, path: request.url, body: JSON.parse(body) });
    manners[this.manner](response, n);
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }
}

const flow = (id, lines) => `intent: ${id}\ntitle: "${id}"\npatterns: ["prova ${id}"]\n${lines}`;
const CALL = (webhook, extra = '') => `steps:
  - call: {webhook: ${webhook}, timeout_ms: 600, into: o, ${extra}else: [{say: "Ora non riesco a vedere.", buttons: ["[Parla con una persona](agent:)"]}]}
  - say: "L'ordine è {o.stato}."
`;
const NUMBER = 'slots:\n  numero: {type: regex, match: "[A-Z]{2}-[0-9]{4}", ask: "Che numero?", tries: 2}\n';

const flows = (changed) => ({
  una: flow('una', CALL('ordini')),
  sicura: flow('sicura', CALL('ordini', 'safe: true, ')),
  lenta: flow('lenta', CALL('ordini').replace('600', '15000')),
  privata: flow('privata', CALL('privata')),
  nome: flow('nome', CALL('nome')),
  ordine: flow('ordine', NUMBER + CALL('ordini', 'send: {numero: "{numero}"}, ')),
  cambia: flow('cambia', `${NUMBER}${changed ? '  cap: {type: number, ask: "Che CAP?"}\n' : ''}steps: [{say: "${changed ? 'Nuovo' : 'Vecchio'} {numero}${changed ? ' {cap}' : ''}."}]\n`),
  parole: flow('parole', 'slots:\n  cosa: {type: text, ask: "Che cosa?"}\nsteps: [{say: "Capito {cosa}."}]\n'),
  scoppia: flow('scoppia', 'slots:\n  codice: {type: regex, match: "(a+)+b", ask: "Che codice?", tries: 1}\nsteps: [{say: "Codice {codice}."}]\n'),
  // Circles are refused by the check; what it lets pass may still be more than a turn runs.
  gira: flow('gira', `slots:\n  n: {type: number, ask: "Un numero?"}\nsteps:\n${'  - set: {a: "= n + 1"}\n'.repeat(250)}  - say: "Fatto {a}."\n`),
  soci: flow('soci', 'identity: true\nstranger: [{say: "Prima entra nel sito."}]\nsteps: [{say: "Ciao {visitor.id}."}]\n'),
  riservata: flow('riservata', 'identity: true\nsteps: [{say: "Ciao {visitor.id}."}]\n'),
  rimborso: flow('rimborso', 'slots:\n  iban: {type: regex, match: "[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", ask: "Quale IBAN?"}\nsteps: [{say: "Sul conto {iban}."}]\n'),
});

function writeFlows(site, changed) {
  mkdirSync(join(site, 'intents/it'), { recursive: true });
  for (const [name, text] of Object.entries(flows(changed))) writeFileSync(join(site, `intents/it/${name}.yaml`), text);
}

const b64 = (bytes) => Buffer.from(bytes).toString('base64url');
function identity(user, seconds, key = SITE_KEY) {
  const head = `v1.${b64(user)}.${Math.floor(Date.now() / 1000) + seconds}`;
  return `${head}.${createHmac('sha256', key).update(head).digest('base64url')}`;
}

const said = (frame) => plain(frame.blocks);
/** The next message of the assistant's that was not taken yet. */
const reply = (chat) => chat.take((f) => f.type === 'message' && f.from === 'bot');

script('webhooks', async () => {
  if (!built()) return;
  const service = await Service.start();
  const site = tinySite(ENTRIES, {
    'webhooks.ordini.url': `http://127.0.0.1:${service.port}/ordini`, 'webhooks.ordini.secret': 'ordini',
    'webhooks.privata.url': 'https://127.0.0.2:1/x', 'webhooks.privata.secret': 'ordini',
    'webhooks.nome.url': `https://localhost:${service.port}/x`, 'webhooks.nome.secret': 'ordini',
    webhook_hosts: [`127.0.0.1:${service.port}`], identity_secret: 'sito',
    'limits.messages_per_minute': 1000, 'limits.messages_burst': 100,
  });
  writeFlows(site, false);
  const data = join(site, 'data');
  const env = { SPORTELLO_SECRET_ORDINI: KEY, SPORTELLO_SECRET_SITO: SITE_KEY };
  let server = await Server.start({ site, data, env });
  const open = (options = {}) => Chat.open({ port: server.port, ...options });

  /** Whatever came of it, a person can be had. */
  const personIsThere = async (chat) => {
    chat.send({ type: 'human', cid: newCid('h') });
    const f = await chat.take((x) => (x.type === 'state' && x.who === 'waiting') || (x.type === 'message' && x.from === 'bot' && x.options?.some((o) => /^(message|agent):/.test(o.id))));
    assert.ok(f);
  };

  await test('an answer is said, and typing shown until then', async () => {
    const chat = await open();
    const cid = chat.say('prova una');
    await chat.ack(cid);
    await chat.take('typing');
    assert.match(said(await reply(chat)), /L'ordine è in viaggio/);
    assert.equal(service.calls.at(-1).body.intent, 'una');
    assert.equal(service.calls.at(-1).body.visitor, undefined);
    chat.close();
  });

  for (const manner of ['hangs', 'late', 'huge', 'html', 'redirects', 'closes', 'deep', 'list', 'many', '500 once']) {
    await test(`the service's manner is “${manner}”: the flow takes its way out, once, and a person can be had`, async () => {
      service.manner = manner;
      const before = service.calls.length;
      const chat = await open();
      chat.say('prova una');
      const frame = await reply(chat);
      assert.match(said(frame), ELSE);
      assert.ok(frame.options.some((o) => o.id.startsWith('agent:')));
      assert.equal(service.calls.length, before + 1);
      await personIsThere(chat);
      chat.close();
    });
  }

  await test('what is safe is tried again under the same id', async () => {
    service.manner = '500 once';
    const before = service.calls.length;
    const chat = await open();
    chat.say('prova sicura');
    assert.match(said(await reply(chat)), /in viaggio/);
    const calls = service.calls.slice(before);
    assert.equal(calls.length, 2);
    assert.equal(calls[0].id, calls[1].id);
    assert.deepEqual(calls[0].body, calls[1].body);
    chat.close();
  });

  for (const name of ['privata', 'nome']) {
    await test(`an address of this machine that is not listed is refused (${name})`, async () => {
      service.manner = 'good';
      const before = service.calls.length;
      const chat = await open();
      chat.say(`prova ${name}`);
      assert.match(said(await reply(chat)), ELSE);
      assert.equal(service.calls.length, before);
      await until('the log says why', () => /webhook_failing/.test(server.log) && /loopback/.test(server.log));
      chat.close();
    });
  }

  await test('what is written meanwhile waits; a wish for a person does not', async () => {
    service.manner = 'hangs';
    const chat = await open();
    chat.say('prova una');
    await chat.take('typing');
    chat.say('quali sono gli orari del negozio?');
    assert.match(said(await reply(chat)), ELSE);
    assert.match(said(await reply(chat)), OPEN_HOURS);
    chat.close();
    const other = await open(), called = service.calls.length;
    other.say('prova lenta');
    await other.take('typing');
    await until('the call is there', () => service.calls.length === called + 1);
    const began = Date.now();
    await personIsThere(other);
    assert.ok(Date.now() - began < 5000, 'a webhook of 15 s is not waited for');
    other.close();
  });

  await test('kill -9 during a call: the next start calls again under the same id, and the visitor gets the answer', async () => {
    service.manner = 'hangs';
    const before = service.calls.length;
    const chat = await open();
    const { token } = chat;
    chat.say('prova lenta');
    await until('the call is there', () => service.calls.length === before + 1);
    await server.kill();
    service.manner = 'late';
    server = await Server.start({ site, data, env });
    const again = await open({ token, after: 0 });
    assert.match(said(await again.take((f) => f.type === 'message' && f.from === 'bot' && /ordine/.test(said(f)))), /in viaggio/);
    assert.equal(service.calls.length, before + 2);
    assert.equal(service.calls[before].id, service.calls[before + 1].id);
    assert.deepEqual(service.calls[before].body.data, service.calls[before + 1].body.data);
    assert.match(said(await again.ask('quali sono gli orari del negozio?')), OPEN_HOURS);
    again.close();
  });

  await test('SIGTERM during a call: the same', async () => {
    service.manner = 'hangs';
    const before = service.calls.length;
    const chat = await open();
    const { token } = chat;
    chat.say('prova lenta');
    await until('the call is there', () => service.calls.length === before + 1);
    assert.equal((await server.stop()).code, 0);
    service.manner = 'good';
    server = await Server.start({ site, data, env });
    await until('it is called again', () => service.calls.length === before + 2);
    const again = await open({ token, after: 0 });
    await again.take((f) => f.type === 'message' && /in viaggio/.test(said(f)));
    assert.equal(service.calls[before].id, service.calls[before + 1].id);
    again.close();
  });

  await test('forms: nonsense, 4,000 characters, an expression that explodes, and a circle', async () => {
    service.manner = 'good';
    const chat = await open();
    assert.match(said(await chat.ask('prova parole')), /Che cosa/);
    const long = said(await chat.ask('x'.repeat(4000)));
    assert.ok(long.length > 0);
    assert.match(said(await chat.ask('prova scoppia')), /Che codice/);
    const began = Date.now();
    const frame = await chat.ask('a'.repeat(3990));
    assert.ok(Date.now() - began < 5000, 'an expression is bounded');
    assert.ok(said(frame).length > 0);
    await chat.ask('a'.repeat(200));
    await chat.ask('lascia stare');
    assert.match(said(await chat.ask('prova gira')), /Un numero/);
    const end = await chat.ask('5');
    assert.ok(said(end).length > 0);
    assert.ok(end.options?.some((o) => /^(agent|message):/.test(o.id)), JSON.stringify(end));
    await personIsThere(chat);
    chat.close();
  });

  await test('a form goes on on the edition it began with, also on another page and after a restart', async () => {
    const chat = await open(), other = await open(), third = await open();
    for (const c of [chat, other, third]) assert.match(said(await c.ask('prova cambia')), /Che numero/);
    writeFlows(site, true);
    const result = await server.command('publish', '--force');
    assert.equal(result.code, 0, result.err);
    assert.match(said(await chat.ask('AB-1234')), /Vecchio AB-1234/);
    assert.match(said(await chat.ask('prova cambia')), /Che numero/);
    assert.match(said(await chat.ask('AB-1234')), /Che CAP/);
    other.close();
    await until('it has gone', () => other.closed);
    const page = await open({ token: other.token, after: 2 });
    assert.match(said(await page.ask('AB-1234')), /Vecchio AB-1234/);
    third.close();
    await server.stop();
    server = await Server.start({ site, data, env });
    const later = await open({ token: third.token, after: 2 });
    assert.match(said(await later.ask('AB-1234')), /Vecchio AB-1234/);
    for (const c of [chat, page, later]) c.close();
  });

  await test('who is signed in on the site gets in; a stranger does not', async () => {
    const rows = [[identity('maria', 60), /Ciao maria/], [undefined, /Prima entra/], [identity('maria', -1), /Prima entra/],
      [identity('maria', 60, 'una-chiave-inventata'), /Prima entra/], [identity('maria', 60).replace('v1.', 'v2.'), /Prima entra/],
      [identity('maria', 40 * 86_400), /Prima entra/], ['x'.repeat(500), /Prima entra/]];
    for (const [token, wanted] of rows) {
      const chat = await open({ identity: token });
      assert.match(said(await chat.ask('prova soci')), wanted, token);
      if (token === undefined) assert.ok(said(await chat.ask('prova riservata')).length > 0);
      chat.close();
    }
    const chat = await open({ identity: identity('maria', 60) });
    chat.say('prova una');
    await reply(chat);
    assert.deepEqual(service.calls.at(-1).body.visitor, { id: 'maria' });
    chat.close();
  });

  await test('numbers that no form asked for are nowhere in the data', async () => {
    const chat = await open();
    await chat.ask('la mia carta 4111 1111 1111 1111 non funziona');
    await chat.ask('e nemmeno 5500005555555559');
    await chat.ask('sono RSSMRA85T10A562S e voglio i soldi su IT60X0542811101000000123456');
    await chat.ask('prova rimborso');
    assert.match(said(await chat.ask('IT54W8000000292100645211111 con carta 4242424242424242')), /IT54W8000000292100645211111/);
    await personIsThere(chat);
    chat.send({ type: 'message', cid: newCid('m'), text: 'la carta 4000056655665556', contact: 'ugo@example.org', name: 'Ugo' });
    await chat.take((f) => f.type === 'message' && f.from === 'system');
    chat.close();
    const bytes = readdirSync(data).filter((n) => n.startsWith('sportello.db')).map((n) => readFileSync(join(data, n), 'latin1')).join('');
    for (const number of ['4111 1111 1111 1111', '5500005555555559', 'RSSMRA85T10A562S', 'IT60X0542811101000000123456', '4242424242424242', '4000056655665556'])
      assert.ok(!bytes.includes(number), number);
    assert.ok(bytes.includes('IT54W8000000292100645211111'));
  });

  await test('figures tell of calls; all were signed', async () => {
    assert.ok((await server.metric('sportello_webhooks_total')) >= 1);
    assert.ok((await server.metric('sportello_webhook_tries_total')) >= 1);
    assert.equal(await server.metric('sportello_webhooks_open'), 0);
    assert.equal(service.forged, 0);
  });

  assert.equal((await server.stop()).code, 0);
  await service.stop();
});
