// What only polls can do: be lost, come twice, come from another page, be held. What sockets and polls do alike is in wire.mjs.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { note, script, test } from './lib/report.mjs';
import { Agent, Chat, http, logIn } from './lib/chat.mjs';
import { Poll } from './lib/poll.mjs';
import { chatUrl, Connection } from '../../web-widget/talk/connection.js';
import { climb } from '../../web-widget/talk/climb.js';
import { pollWith } from '../../web-widget/talk/poll.js';
import { built, demoSite, Server, told, until, wait } from './lib/program.mjs';

const PAGE = 'https://shop.example', CONNECTIONS = 12;
const HOLD_MS = 25_000, GRACE_MS = 20_000;

let server;

/** Posts a body (an object, or bytes as they are): {status, headers, json}. */
async function post(body, headers = {}, more = {}) {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const answer = await http({ port: server.port, method: 'POST', path: '/chat/poll', body: bytes, ...more,
    headers: { Origin: PAGE, 'Content-Type': 'text/plain;charset=UTF-8', 'Content-Length': bytes.length, ...headers } });
  return { ...answer, json: answer.text.startsWith('{') ? JSON.parse(answer.text) : null };
}

/** A line that has been welcomed: its name, its token. */
async function line(more = {}) {
  const { json } = await post({ lang: 'it', ...more });
  assert.equal(json.frames[0].type, 'welcome', JSON.stringify(json));
  return { line: json.line, token: json.frames[0].token, got: json.from + json.frames.length };
}

const end = (name) => post({ line: name, end: true });
const say = (cid, text = 'ciao') => ({ type: 'say', cid, text });
const visitor = (more = {}) => Chat.open({ port: server.port, transport: Poll, ...more });

/** Sends bytes slowly or not to the end; what comes until the server hangs up, and after how many ms. */
function raw(bytes, { drip } = {}) {
  return new Promise((done) => {
    const socket = connect({ port: server.port, host: '127.0.0.1' }), began = Date.now();
    let answer = '';
    const timer = drip && setInterval(() => socket.write(drip), 500);
    socket.on('data', (piece) => (answer += piece.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      done({ answer, ms: Date.now() - began });
    });
    socket.write(bytes);
  });
}

async function origins() {
  for (const [what, Origin] of [['a foreign page', 'https://evil.example'], ['no Origin', undefined], ['Origin null', 'null'],
    ['an Origin that begins like an allowed one', `${PAGE}.evil.example`], ['the allowed host over http', 'http://shop.example']])
    await test(`a poll from ${what} is refused, and its page may read nothing of it`, async () => {
      const headers = { 'Content-Type': 'text/plain', ...(Origin && { Origin }) };
      const { status, headers: got, text } = await http({ port: server.port, method: 'POST', path: '/chat/poll', body: '{"lang":"it"}', headers });
      assert.equal(status, 403);
      assert.equal(got['access-control-allow-origin'], undefined);
      assert.equal(got.vary, 'Origin');
      assert.equal(text, '{"code":"forbidden"}');
    });
  await test('an allowed page may read its answers, those of errors too, and no cache mixes them up', async () => {
    for (const Origin of [PAGE, `http://127.0.0.1:${server.port}`])
      for (const [body, status] of [[{ lang: 'it' }, 200], ['{', 400], [{ line: 'nobody' }, 404]]) {
        const answer = await post(body, { Origin });
        assert.equal(answer.status, status);
        assert.equal(answer.headers['access-control-allow-origin'], Origin);
        assert.equal(answer.headers.vary, 'Origin');
        assert.equal(answer.headers['cache-control'], 'no-store');
        assert.equal(answer.headers['access-control-allow-credentials'], undefined);
        if (answer.json.line) await end(answer.json.line);
      }
  });
}

async function requests() {
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])
    await test(`${method} is not how to poll: 405`, async () => {
      const answer = await http({ port: server.port, method, path: '/chat/poll', headers: { Origin: PAGE } });
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.allow, 'POST');
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
    });
  for (const type of ['application/json', 'text/html', 'text/plainer', 'application/x-www-form-urlencoded', ''])
    await test(`a body of type “${type}” gets 415`, async () => {
      assert.equal((await post({ lang: 'it' }, { 'Content-Type': type })).status, 415);
    });
  for (const [what, body] of [['nothing', ''], ['no object', '[]'], ['broken JSON', '{"send":['], ['a member twice', '{"got":0,"got":0}'],
    ['nesting without an end', '['.repeat(60_000)], ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d])], ['a NUL', '{"send":[{"a":"\\u0000"}]}'],
    ['a send that is no list', '{"send":{}}'], ['a number below 0', '{"got":-1}'], ['a line that is no text', '{"line":5}'],
    ['a line of 1,000 characters', JSON.stringify({ line: 'x'.repeat(1000) })]])
    await test(`a body with ${what} gets 400`, async () => {
      const { status, json } = await post(body instanceof Buffer ? body.toString('latin1') : body);
      assert.deepEqual([status, json], [400, { code: 'bad_frame' }]);
    });
  await test('a body of 131,072 bytes is read, of one more not', async () => {
    const body = JSON.stringify({ lang: 'it' }).padEnd(131_072);
    const { status, json } = await post(body);
    assert.equal(status, 200);
    await end(json.line);
    assert.equal((await post(`${body} `)).status, 413);
  });
  await test('a body in chunks, or of gigabytes, gets 413 before it is read', async () => {
    const head = `POST /chat/poll HTTP/1.1\r\nHost: h\r\nOrigin: ${PAGE}\r\nContent-Type: text/plain\r\n`;
    for (const length of ['Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":', 'Content-Length: 5000000000\r\n\r\n{', 'Content-Length: -1\r\n\r\n'])
      assert.match((await raw(head + length)).answer, /^HTTP\/1\.1 4(13|00)/);
  });
  await test('a body that comes byte by byte is cut', async () => {
    const { answer, ms } = await raw(`POST /chat/poll HTTP/1.1\r\nHost: h\r\nOrigin: ${PAGE}\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\n{`, { drip: ' ' });
    assert.equal(answer, '');
    assert.ok(ms > 9000 && ms < 14_000, `${ms} ms`);
  });
  await test('a body that never comes is cut', async () => {
    const { ms } = await raw(`POST /chat/poll HTTP/1.1\r\nHost: h\r\nOrigin: ${PAGE}\r\nContent-Type: text/plain\r\nContent-Length: 50\r\n\r\n{`);
    assert.ok(ms < 20_000, `${ms} ms`);
  });
  await test('ten thousand frames in one body are a flood: closed with 1008', async () => {
    const { line: name, got } = await line();
    const { json } = await post({ line: name, got, sent: 0, send: Array(10_000).fill({ a: 1 }) });
    assert.equal(json.close, 1008);
    assert.ok(json.heard <= 201, `${json.heard} were taken`);
    assert.equal((await post({ line: name })).status, 404);
  });
  await test('polls that bring nothing are not free either', async () => {
    const { line: name } = await line();
    const answers = [];
    for (let i = 0; i < 10 && !answers.some(({ json }) => json?.close); i++)
      answers.push(...(await Promise.all(Array.from({ length: 40 }, () => post({ line: name })))));
    assert.ok(answers.some(({ json }) => json?.close === 1008), JSON.stringify(answers.at(-1)));
  });
  await test('a first frame that is no hello gets wrong_order, and hello may come later', async () => {
    const { json } = await post({ send: [{ type: 'human', cid: 'a' }] });
    assert.equal(json.frames[0].code, 'wrong_order');
    const { json: next } = await post({ line: json.line, got: 1, sent: 1, send: [{ type: 'hello', lang: 'it' }] });
    assert.equal(next.frames[0].type, 'welcome');
    await end(json.line);
  });
}

async function counting() {
  await test('what a lost answer held comes again with the next', async () => {
    const { line: name, got } = await line();
    const first = await post({ line: name, got, sent: 0, send: [say('lost')] });
    const again = await post({ line: name, got, sent: 1, send: [] });
    assert.equal(first.json.heard, 1);
    assert.deepEqual(again.json.frames.slice(0, first.json.frames.length), first.json.frames);
    const on = post({ line: name, got: got + again.json.frames.length, sent: 1, send: [say('next')] });
    assert.equal((await on).json.from, got + again.json.frames.length);
    await end(name);
  });
  await test('a poll that comes twice is taken once', async () => {
    const { line: name, got } = await line();
    await post({ line: name, got, sent: 0, send: [say('one')] });
    const before = await server.metric('sportello_frames_received_total');
    const { json } = await post({ line: name, got, sent: 0, send: [say('one'), say('two')] });
    assert.equal(json.heard, 2);
    assert.equal((await server.metric('sportello_frames_received_total')) - before, 1);
    await end(name);
  });
  for (const [what, body] of [['frames of its own are missing', { got: 0, sent: 3 }], ['it has what was never sent', { got: 1000, sent: 0 }]])
    await test(`a poll by which ${what} gets 400`, async () => {
      const { line: name } = await line();
      assert.deepEqual([(await post({ line: name, ...body })).json, (await post(body)).json], [{ code: 'bad_field' }, { code: 'bad_field' }]);
      await end(name);
    });
  await test('of two polls at once the older is answered at once, the newer one waits', async () => {
    const { line: name, got } = await line();
    const older = post({ line: name, got, sent: 0 });
    await until('the older one to be held', async () => (await server.metric('sportello_sockets')) > 0);
    await wait(100);
    const began = Date.now(), newer = post({ line: name, got, sent: 0 });
    assert.deepEqual((await older).json.frames, []);
    assert.ok(Date.now() - began < 5000);
    const third = post({ line: name, got, sent: 0, send: [say('now')] });
    assert.deepEqual((await newer).json.frames, []);
    assert.equal((await third).json.heard, 1);
    await end(name);
  });
  await test("two pages of a visitor have lines of their own, each with what it lacks", async () => {
    const one = await visitor();
    await one.ask('quali sono gli orari?');
    const two = await visitor({ token: one.token, after: 1 });
    await until('what is behind 1', () => two.events.size === one.seq - 1);
    assert.notEqual(one.socket.line, two.socket.line);
    await two.ask('ciao');
    await until('the same for both', () => one.seq === two.seq);
    one.close();
    await two.ask('ciao');
    two.close();
  });
  await test("who names somebody else's token gets what that token gets, and no line of theirs", async () => {
    const one = await visitor();
    await one.ask('ciao');
    const { json } = await post({ line: one.socket.line.slice(0, -1) + (one.socket.line.endsWith('A') ? 'B' : 'A'), token: one.token });
    assert.deepEqual(json, { code: 'not_found' });
    one.close();
  });
}

/** The widget's own connection, with sockets that never open and the real polls below it. */
async function widget() {
  await test("the widget's own polls carry a conversation where no socket opens", async () => {
    const frames = [], links = [];
    class Blocked {
      constructor() {
        setTimeout(() => this.onclose?.(), 1);
      }
      send() {}
      close() {}
    }
    const outside = { WebSocket: Blocked, setTimeout, clearTimeout, now: Date.now, random: Math.random,
      fetch: (url, init) => fetch(url, { ...init, headers: { Origin: PAGE } }) };
    outside.fallback = async () => ({ Poll: pollWith(outside), climb });
    const connection = new Connection({ url: chatUrl(`${server.url}/`), outside, hello: () => ({ type: 'hello', lang: 'it', after: 0 }),
      onFrame: (f) => frames.push(f), onLink: (link) => links.push(link) });
    connection.start();
    await until('the welcome', () => links.at(-1) === 'on');
    for (let i = 1; i <= 3; i++) {
      connection.send({ type: 'say', cid: `w-${i}`, text: 'quali sono gli orari?' });
      await until('the reply', () => frames.filter((f) => f.from === 'bot').length === i);
    }
    const seqs = frames.filter((f) => f.type === 'message').map((f) => f.seq);
    assert.deepEqual(seqs, [...new Set(seqs)].sort((a, b) => a - b));
    const lines = await server.metric('sportello_poll_lines');
    connection.stop();
    await until('the end of its line', async () => (await server.metric('sportello_poll_lines')) < lines);
  });
}

async function holding() {
  await test('with nothing to say a poll is held, and answered within 25 seconds', async () => {
    const { line: name, got } = await line();
    const began = Date.now();
    const { json } = await post({ line: name, got, sent: 0 });
    const ms = Date.now() - began;
    assert.deepEqual([json.frames, json.close], [[], undefined]);
    assert.ok(ms > HOLD_MS - 5000 && ms <= HOLD_MS + 500, `${ms} ms`);
    await end(name);
  });
  await test('who is between two polls is there; who comes no more is gone after twenty seconds', async () => {
    await until('nobody', async () => (await server.metric('sportello_visitors')) === 0, GRACE_MS + 10_000);
    const chat = await visitor();
    await chat.ask('ciao');
    chat.socket.paused = true;
    await wait(1000);
    chat.destroy();
    const began = Date.now();
    await wait(GRACE_MS - 8000);
    assert.equal(await server.metric('sportello_visitors'), 1);
    await until('the end', async () => (await server.metric('sportello_visitors')) === 0);
    assert.ok(Date.now() - began < GRACE_MS + 3000, 'a browser that is gone is noticed though its poll was held');
    assert.deepEqual([await server.metric('sportello_poll_lines'), await server.metric('sportello_outbox_bytes')], [0, 0]);
  });
  await test('a visitor who polls is there for the agent, and not after the last poll', async () => {
    const added = await server.command('user', 'add', 'ada', '--role', 'agent', '--random-password');
    assert.equal(added.code, 0, told(added));
    const password = added.out.trim();
    const cookie = await logIn({ port: server.port, name: 'ada', password });
    const agent = await Agent.open({ port: server.port, cookie });
    const chat = await visitor();
    chat.send({ type: 'human', cid: 'h' });
    await chat.take((f) => f.type === 'state' && f.who === 'waiting');
    agent.send({ type: 'presence', state: 'online' });
    // The visitor may read of the waiting a moment before the desk does.
    await agent.take((f) => f.type === 'ticket' && f.ticket.state === 'waiting');
    agent.send({ type: 'next' });
    const { ticket } = await agent.take((f) => f.type === 'ticket' && f.ticket.mine);
    await chat.take((f) => f.type === 'state' && f.who === 'agent');
    agent.send({ type: 'say', cid: 'hello', ticket: ticket.ticket, text: 'Buongiorno' });
    const words = await chat.take((f) => f.from === 'agent');
    assert.match(JSON.stringify(words.blocks), /Buongiorno/);
    /** As a page that is opened now is told. */
    const there = async () => {
      const page = await Agent.open({ port: server.port, cookie });
      const { tickets } = await page.take('queue');
      page.close();
      return tickets.find((one) => one.ticket === ticket.ticket).visitor_online;
    };
    for (let i = 0; i < 5; i++) {
      await chat.ack(chat.say(`ancora ${i}`));
      assert.equal(await there(), true);
    }
    chat.destroy();
    assert.equal(await there(), true);
    await until('the agent to see it', async () => !(await there()), GRACE_MS + 5000);
    agent.close();
  });
}

async function ends() {
  await test('one address has a limit, with a time to wait; a line that has ended gives its place back', async () => {
    const lines = [];
    let refused;
    while (!refused && lines.length < 100) {
      const answer = await post({ lang: 'it' });
      if (answer.status === 200) lines.push(answer.json.line);
      else refused = answer;
    }
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers['retry-after']) > 0);
    assert.equal(refused.headers['access-control-allow-origin'], PAGE);
    note(`lines of one address: ${lines.length}`);
    assert.ok(lines.length <= CONNECTIONS);
    await end(lines.pop());
    const { status, json } = await post({ lang: 'it' });
    assert.equal(status, 200);
    for (const name of [...lines, json.line]) await end(name);
  });
  await test('at the end of the server a poll that is held is told; after it the visitor goes on with the token', async () => {
    const chat = await visitor({ after: 0 });
    const { seq } = await chat.ask('ciao');
    await wait(200);
    const stopped = server.stop();
    await until('the word', () => chat.closed);
    assert.equal(chat.code, 1001);
    assert.deepEqual(await stopped, { code: 0, signal: null });
    server = await Server.start({ site: server.site, data: server.data });
    assert.equal((await post({ line: chat.socket.line, got: 1, sent: 1 })).status, 404);
    const again = await visitor({ token: chat.token, after: 0 });
    assert.equal(again.welcome.seq, seq);
    again.close();
  });
  await test('a server that dies takes nothing acknowledged with it', async () => {
    const chat = await visitor({ after: 0 });
    const cids = [];
    for (let i = 0; i < 8; i++) cids.push(chat.say(`prova ${i}`));
    for (const cid of cids) await chat.ack(cid);
    await server.kill();
    await until('the end', () => chat.closed);
    server = await Server.start({ site: server.site, data: server.data });
    const again = await visitor({ token: chat.token, after: 0 });
    const events = await again.history();
    assert.deepEqual(events.filter((f) => f.from === 'visitor').map((f) => f.cid), cids);
    again.close();
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
  });
}

await script('polls', async () => {
  if (!built()) return;
  const site = demoSite({ allowed_origins: [PAGE], 'limits.address_connections': CONNECTIONS, 'limits.messages_per_minute': 1000, 'limits.messages_burst': 100 });
  server = await Server.start({ site });
  await origins();
  await requests();
  await counting();
  await widget();
  await holding();
  await ends();
});
