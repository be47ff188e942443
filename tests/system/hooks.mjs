// Tickets told to the company's services: each step once and under one id, whatever the receiver does and whenever the
// server dies; what could not be sent is listed, and sent when it is asked for.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { script, test } from './lib/report.mjs';
import { Agent, Chat, logIn, newCid } from './lib/chat.mjs';
import { built, Server, tinySite, told, until } from './lib/program.mjs';

const KEY = 'una-chiave-di-prova-lunga';
const ENTRIES = { orari: ['Quali sono gli orari del negozio?', 'Siamo aperti dal lunedì al venerdì, dalle 9 alle 18.'] };

/** What a receiver does with the nth request of the same id. */
const manners = {
  good: (response) => response.writeHead(204).end(),
  hangs: () => {},
  '500 once': (response, n) => response.writeHead(n === 1 ? 500 : 200).end(),
  gone: (response) => response.writeHead(410).end('{"nobody":"here"}'),
  redirects: (response) => response.writeHead(307, { Location: `http://127.0.0.1:${response.socket.localPort}/good` }).end(),
  busy: (response, n) => (n === 1 ? response.writeHead(429, { 'Retry-After': '2' }).end() : response.writeHead(200).end()),
};

/** All receivers, by the path; each has its manner, and keeps what it was sent. */
class Receivers {
  static async start(names) {
    const all = new Receivers();
    Object.assign(all, { manner: { ...names }, calls: [], forged: 0, seen: new Map() });
    all.server = createServer((request, response) => {
      const pieces = [];
      request.on('error', () => {});
      response.on('error', () => {});
      request.on('data', (piece) => pieces.push(piece));
      request.on('end', () => all.take(request, Buffer.concat(pieces).toString(), response));
    });
    await new Promise((done) => all.server.listen(0, '127.0.0.1', done));
    all.port = all.server.address().port;
    return all;
  }

  take(request, body, response) {
    const id = request.headers['webhook-id'], at = request.headers['webhook-timestamp'], name = request.url.slice(1);
    const right = `v1,${createHmac('sha256', KEY).update(`${id}.${at}.${body}`).digest('base64')}`;
    if (request.headers['webhook-signature'] !== right || Math.abs(at - Date.now() / 1000) > 60) this.forged++;
    const key = `${name} ${id}`, n = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, n);
    this.calls.push({ name, id, at: Date.now(), text: body, body: JSON.parse(body) });
    manners[this.manner[name]](response, n);
  }

  of(name, type) {
    return this.calls.filter((c) => c.name === name && (!type || c.body.type === type));
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }
}

async function listed(server, ...words) {
  const result = await server.command('hooks', 'list', '--json', ...words);
  assert.equal(result.code, 0, told(result));
  return result.out.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

async function handOff(server, text = 'voglio parlare con una persona') {
  const chat = await Chat.open({ port: server.port });
  await chat.ask('quali sono gli orari del negozio?');
  const cid = newCid();
  chat.send({ type: 'human', cid });
  const state = await chat.take((f) => f.type === 'state' && f.who === 'waiting');
  return { chat, ticket: state.ticket, text };
}

script('hooks', async () => {
  if (!built()) return;
  const names = { buono: 'good', inciampa: '500 once', andato: 'gone', altrove: 'redirects', occupato: 'busy', appeso: 'good', scelto: 'good' };
  const receivers = await Receivers.start(names);
  const settings = { webhook_hosts: [`127.0.0.1:${receivers.port}`], 'limits.messages_per_minute': 1000, 'limits.messages_burst': 100 };
  for (const name of Object.keys(names)) {
    settings[`ticket_hooks.${name}.url`] = `http://127.0.0.1:${receivers.port}/${name}`;
    settings[`ticket_hooks.${name}.secret`] = 'sportello';
  }
  settings['ticket_hooks.scelto.events'] = ['message'];
  settings['ticket_hooks.segreto.url'] = `http://127.0.0.1:${receivers.port}/buono`;
  settings['ticket_hooks.segreto.secret'] = 'nessuno';
  settings['ticket_hooks.privato.url'] = 'https://127.0.0.2:1/x';
  settings['ticket_hooks.privato.secret'] = 'sportello';
  const site = tinySite(ENTRIES, settings);
  const data = join(site, 'data'), env = { SPORTELLO_SECRET_SPORTELLO: KEY };
  let server = await Server.start({ site, data, env });
  let first;

  await test('a hand-off is told at once, signed, with what the visitor asked', async () => {
    first = await handOff(server);
    await until('it is told', () => receivers.of('buono').length === 1);
    const { body, id } = receivers.of('buono')[0];
    assert.match(id, /^msg_[0-9a-f]{32}$/);
    assert.equal(body.type, 'ticket.handed_off');
    assert.equal(body.data.ticket, first.ticket);
    assert.equal(body.data.state, 'waiting');
    assert.equal(body.data.lang, 'it');
    assert.ok(body.data.department);
    assert.match(body.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal(receivers.forged, 0);
  });

  await test('who asks for a pause gets it, and then the same under the same id', async () => {
    await until('it is told again', () => receivers.of('occupato').length === 2);
    const [a, b] = receivers.of('occupato');
    assert.equal(a.id, b.id);
    assert.equal(a.text, b.text);
    assert.ok(b.at - a.at >= 1900, `${b.at - a.at} ms`);
  });

  await test('what is refused for good, and a redirect, are dead at once; an address of this machine too', async () => {
    await until('they are listed', async () => (await listed(server)).filter((d) => d.state === 'dead').length >= 3);
    const dead = (await listed(server)).filter((d) => d.state === 'dead');
    const why = Object.fromEntries(dead.map((d) => [d.target, d.last_error]));
    assert.match(why.andato, /410/);
    assert.match(why.altrove, /307.*redirects are not followed/);
    assert.match(why.privato, /loopback/);
    assert.equal(receivers.of('good').length, 0);
    for (const d of dead) assert.equal(d.tries, 1);
    const waiting = (await listed(server)).find((d) => d.target === 'segreto');
    assert.equal(waiting.state, 'waiting');
    assert.match(waiting.last_error, /nessuno/);
  });

  await test('a stumble is tried again after about ten seconds, under the same id', async () => {
    await until('it is told again', () => receivers.of('inciampa').length === 2, 30_000);
    const [a, b] = receivers.of('inciampa');
    assert.equal(a.id, b.id);
    assert.ok(b.at - a.at >= 7900 && b.at - a.at < 25_000, `${b.at - a.at} ms`);
  });

  await test('the dead are sent when somebody says so, one or all', async () => {
    const id = (await listed(server)).find((d) => d.target === 'andato').id;
    receivers.manner.andato = 'good';
    const one = await server.command('hooks', 'retry', String(id));
    assert.equal(one.code, 0, told(one));
    await until('it arrives', () => receivers.of('andato').length === 2);
    assert.equal(receivers.of('andato')[0].id, receivers.of('andato')[1].id);
    await until('it is known', async () => !(await listed(server)).some((d) => d.target === 'andato'));
    assert.equal((await server.command('hooks', 'retry', String(id))).code, 1);
    assert.equal((await server.command('hooks', 'retry', '999999')).code, 1);
    assert.equal((await server.command('hooks', 'retry')).code, 2);
    assert.equal((await server.command('hooks', 'retry', '1', '--all-dead')).code, 2);
    receivers.manner.altrove = 'good';
    const all = await server.command('hooks', 'retry', '--all-dead', '--json');
    assert.deepEqual(JSON.parse(all.out), { retried: 2 });
    await until('it arrives', () => receivers.of('altrove').length === 2);
  });

  await test('kill -9 in the middle: after the start it goes out again, under the same id', async () => {
    receivers.manner.appeso = 'hangs';
    const before = receivers.of('appeso').length;
    const second = await handOff(server);
    await until('it has begun', () => receivers.of('appeso').length === before + 1);
    await server.kill();
    receivers.manner.appeso = 'good';
    server = await Server.start({ site, data, env });
    await until('it arrives', () => receivers.of('appeso').length === before + 2);
    const [a, b] = receivers.of('appeso').slice(-2);
    assert.equal(a.id, b.id);
    assert.equal(a.text, b.text);
    assert.equal(a.body.data.ticket, second.ticket);
    // The one who had it already was not told twice.
    assert.equal(receivers.of('buono').filter((c) => c.body.data.ticket === second.ticket).length, 1);
  });

  await test('claimed and closed: the agent, and the whole transcript', async () => {
    const added = await server.command('user', 'add', 'Anna', '--role', 'agent', '--random-password');
    const cookie = await logIn({ port: server.port, name: 'Anna', password: added.out.trim() });
    const agent = await Agent.open({ port: server.port, cookie });
    agent.send({ type: 'presence', state: 'online' });
    agent.send({ type: 'next' });
    const { ticket: mine } = await agent.take((f) => f.type === 'ticket' && f.ticket.state === 'claimed');
    agent.send({ type: 'say', cid: newCid('a'), ticket: mine.ticket, text: 'Buongiorno, «eccomi»!' });
    await agent.take('ack');
    agent.send({ type: 'close', cid: newCid('a'), ticket: mine.ticket });
    await until('both are told', () => receivers.of('buono', 'ticket.closed').length === 1);
    const claimed = receivers.of('buono', 'ticket.claimed').find((c) => c.body.data.ticket === mine.ticket);
    assert.equal(claimed.body.data.agent, 'Anna');
    assert.equal(claimed.body.data.transcript, undefined);
    const { data: d } = receivers.of('buono', 'ticket.closed')[0].body;
    assert.equal(d.state, 'closed');
    assert.ok(d.cause);
    const lines = d.transcript.map((m) => `${m.from}: ${m.text}`);
    assert.ok(lines.some((l) => /^visitor: quali sono gli orari/.test(l)), lines.join('\n'));
    assert.ok(lines.some((l) => /^bot: .*dalle 9 alle 18/.test(l)));
    assert.ok(d.transcript.some((m) => m.from === 'agent' && m.name === 'Anna' && m.text === 'Buongiorno, «eccomi»!'));
    agent.close();
  });

  await test('a message is told, with who left it, to who asked for messages only', async () => {
    const chat = await Chat.open({ port: server.port });
    chat.send({ type: 'message', cid: newCid(), text: 'Richiamatemi, "grazie"', contact: 'maria@example.com', name: 'Maria' });
    await until('it is told', () => receivers.of('scelto').length === 1);
    const { body } = receivers.of('scelto')[0];
    assert.equal(body.type, 'ticket.message');
    assert.deepEqual(body.data.visitor, { name: 'Maria', contact: 'maria@example.com' });
    assert.equal(body.data.text, 'Richiamatemi, "grazie"');
    chat.close();
  });

  await test('nothing was forged or told twice, and no secret stands in the log', async () => {
    assert.equal(receivers.forged, 0);
    const ids = new Set(receivers.of('buono').map((c) => c.id));
    assert.equal(ids.size, receivers.of('buono').length);
    assert.ok(!server.log.includes(KEY));
    assert.ok(!server.log.includes('maria@example.com'));
    assert.ok((await server.metric('sportello_deliveries_total')) > 0);
  });

  await server.stop();
  await receivers.stop();
});
