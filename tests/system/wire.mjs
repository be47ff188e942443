// Whatever a stranger sends to the program's sockets is refused in words or cut, and the next visitor is served.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { note, script, test } from './lib/report.mjs';
import { Chat, http, newCid } from './lib/chat.mjs';
import { built, demoSite, Server, until, wait } from './lib/program.mjs';
import { Poll } from './lib/poll.mjs';
import { frame, Socket } from './lib/socket.mjs';

const TEXT = 1, BINARY = 2;
const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
const SECONDS = { half: 2, slow: 3, hello: 2 };

let server;

/** An opening with parts replaced; undefined leaves a header out. */
function opening(parts = {}) {
  const all = { method: 'GET', path: '/chat', version: '13', protocol: 'sportello.v1', origin: `http://127.0.0.1:${server.port}`,
    key: KEY, connection: 'Upgrade', upgrade: 'websocket', more: '', ...parts };
  const header = (name, value) => (value === undefined ? '' : `${name}: ${value}\r\n`);
  return `${all.method} ${all.path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${header('Upgrade', all.upgrade)}` +
    `${header('Connection', all.connection)}${header('Origin', all.origin)}${all.key}${header('Sec-WebSocket-Version', all.version)}` +
    `${header('Sec-WebSocket-Protocol', all.protocol)}${all.more}\r\n`;
}

/** Sends bytes and collects what comes until the end, or until `ms` of silence. */
function raw(bytes, ms = 400) {
  return new Promise((done) => {
    const socket = connect({ port: server.port, host: '127.0.0.1' });
    let answer = '';
    const finish = () => {
      socket.destroy();
      done({ answer, status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0) });
    };
    socket.setTimeout(ms, finish);
    socket.on('data', (piece) => (answer += piece.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', finish);
    socket.write(bytes);
  });
}

/** A visitor who has been welcomed, with the raw socket below. */
const visitor = (transport = Socket, more = {}) => Chat.open({ port: server.port, transport, ...more });

/** Sends raw frame bytes; the code of the `error` that answers. */
async function complaint(chat, bytes) {
  chat.socket.raw(Buffer.from(bytes));
  return (await chat.take('error')).code;
}

/** The code a connection is closed with. */
async function closing(chat, patience = 20_000) {
  await until('the end of the connection', () => chat.closed, patience);
  return chat.code;
}

async function stillServes() {
  const chat = await visitor();
  await chat.ack(chat.say('ciao'));
  chat.close();
}

const refusedOpenings = [
  ['no Origin', { origin: undefined }, 403],
  ['a foreign Origin', { origin: 'https://evil.example' }, 403],
  ['Origin null', { origin: 'null' }, 403],
  ['an Origin of the same name and another port', { origin: 'http://127.0.0.1:1' }, 403],
  ['an Origin that begins like an allowed one', () => ({ origin: `http://127.0.0.1:${server.port}.evil.example` }), 403],
  ['no key', { key: '' }, 400],
  ['an empty key', { key: 'Sec-WebSocket-Key: \r\n' }, 400],
  ['a short key', { key: 'Sec-WebSocket-Key: abc\r\n' }, 400],
  ['a long key', { key: `Sec-WebSocket-Key: ${'A'.repeat(200)}\r\n` }, 400],
  ['a key that is not base64', { key: 'Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!==\r\n' }, 400],
  ['no version', { version: undefined }, 400],
  ['version 8', { version: '8' }, 400],
  ['version 13 and more', { version: '13, 8' }, 400],
  ['no subprotocol', { protocol: undefined }, 400],
  ['another subprotocol', { protocol: 'sportello.v9' }, 400],
  ['two subprotocols', { protocol: 'sportello.desk.v1, sportello.v1' }, 400],
  ['the name of the page protocol', { protocol: 'http' }, 400],
  ['another path', { path: '/' }, 400],
  ['POST', { method: 'POST' }, 400],
  ['no Connection header', { connection: undefined }, 400],
  ['an upgrade to h2c', { upgrade: 'h2c', connection: 'Upgrade, HTTP2-Settings', more: 'HTTP2-Settings: AAMAAABkAAQAAP__\r\n' }, 400],
  ['the desk without a session', { path: '/desk/socket', protocol: 'sportello.desk.v1' }, 401],
  ['the desk with a made-up session', { path: '/desk/socket', protocol: 'sportello.desk.v1', more: `Cookie: sportello_desk=x\r\n` }, 401],
];

/** These may be answered or not; the program has to live. */
const rubbish = [
  ['nothing but line ends', '\r\n\r\n\r\n\r\n'],
  ['half a request line', 'GET\r\n\r\n'],
  ['a preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00'],
  ['a greeting of TLS', Buffer.from('160301020001000001fc0303', 'hex')],
  ['bytes of all values', Buffer.from(Array.from({ length: 4096 }, (_, i) => i & 255))],
  ['a header without an end', `GET / HTTP/1.1\r\nHost: ${'x'.repeat(20_000)}`],
  ['a thousand headers', `GET / HTTP/1.1\r\n${'X-A: b\r\n'.repeat(1000)}\r\n`],
  ['a broken extensions header', () => opening({ more: 'Sec-WebSocket-Extensions: permessage-deflate; =;;;"\r\n' })],
  ['an extensions header without an end', () => opening({ more: 'Sec-WebSocket-Extensions: x; a="b\r\n' })],
  ['an extension of ten thousand signs', () => opening({ more: `Sec-WebSocket-Extensions: ${'x;'.repeat(1500)}\r\n` })],
  ['an opening and a frame without a mask', () => `${opening()}\x81\x02{}`],
  ['a path that climbs', 'GET /../../../../etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n'],
  ['a path with a NUL', 'GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n'],
  ['two requests where the first has a body', 'GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 40\r\n\r\nGET /metrics HTTP/1.1\r\nHost: h\r\n\r\n'],
  ['a chunked body', 'POST /desk/login HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n'],
];

/** What is wrong, the bytes, the error's code; the transport where only one can bring them. */
const brokenFrames = [
  ['nothing', '', 'bad_frame', Socket],
  ['broken JSON', '{"type":"say"', 'bad_frame'],
  ['what is no object', '["say"]', 'bad_frame'],
  ['something behind the object', '{"type":"typing"} {}', 'bad_frame'],
  ['a key twice', '{"type":"bye","cid":"1","cid":"2"}', 'bad_frame'],
  ['nesting that is too deep', `{"type":"typing","x":${'['.repeat(8)}${']'.repeat(8)}}`, 'bad_frame'],
  ['nesting without an end', '['.repeat(60_000), 'bad_frame'],
  ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'bad_frame'],
  ['overlong UTF-8', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'bad_frame'],
  ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'bad_frame'],
  ['a NUL byte', Buffer.from('{"type":"typing"}\0'), 'bad_frame'],
  ['an escaped NUL', '{"type":"say","cid":"n","text":"a\\u0000b"}', 'bad_frame'],
  ['half a surrogate pair', '{"type":"say","cid":"n","text":"\\ud83d"}', 'bad_frame'],
  ['an unknown type', '{"type":"dance"}', 'unknown_type'],
  ['a type of the desk', '{"type":"next"}', 'unknown_type'],
  ['no type', '{}', 'bad_field'],
  ['a number for a text', '{"type":"say","cid":"n","text":5}', 'bad_field'],
  ['an empty text', '{"type":"say","cid":"n","text":"  "}', 'bad_field'],
  ['a client id with blanks', '{"type":"say","cid":"a b","text":"x"}', 'bad_field'],
  ['a thumb of 7', '{"type":"rate","cid":"n","seq":1,"value":7}', 'bad_field'],
  ['a seq below 1', '{"type":"rate","cid":"n","seq":-1,"value":1}', 'bad_field'],
  ['a text of 4,097 bytes', `{"type":"say","cid":"n","text":"${'x'.repeat(4097)}"}`, 'too_long'],
  ['hello again', '{"type":"hello","lang":"it"}', 'wrong_order'],
];

async function openings() {
  for (const [what, parts, status] of refusedOpenings)
    await test(`an opening with ${what} is answered ${status}`, async () => {
      const { answer, status: got } = await raw(opening(typeof parts === 'function' ? parts() : parts));
      assert.equal(got, status, answer);
    });
  for (const [what, bytes] of rubbish)
    await test(`the server lives on after ${what}`, async () => {
      const { answer } = await raw(typeof bytes === 'function' ? bytes() : bytes);
      assert.ok(!answer.includes('root:') && !answer.includes('sportello_turns_total'), answer);
      assert.equal(server.ended, null);
      await stillServes();
    });
  await test('a refused Origin is logged with the line to write', async () => {
    await wait(1100); // one such line a second
    await raw(opening({ origin: 'https://shop.example' }));
    await until('the line', () => server.log.includes('allowed_origins: [\\"https://shop.example\\"]'));
  });
}

/** What both transports do in the same way. */
async function frames(transport, over) {
  for (const [what, bytes, code] of brokenFrames.filter(([, , , where = transport]) => where === transport))
    await test(`${over}: a frame with ${what} gets ${code}, and the connection stays`, async () => {
      const chat = await visitor(transport);
      assert.equal(await complaint(chat, bytes), code);
      await chat.ack(chat.say('ciao'));
      chat.close();
    });
  await test(`${over}: a frame of 65,536 bytes is read, one byte more is closed with 1009`, async () => {
    const chat = await visitor(transport);
    const head = `{"type":"typing","x":"`;
    chat.socket.raw(Buffer.from(head + 'x'.repeat(65_536 - head.length - 2) + '"}'));
    await chat.ack(chat.say('ciao'));
    chat.socket.raw(Buffer.from(head + 'x'.repeat(65_537 - head.length - 2) + '"}'));
    assert.equal(await closing(chat), 1009);
  });
  await test(`${over}: control characters do not reach the other side`, async () => {
    const chat = await visitor(transport);
    await chat.ack(chat.say('uno\u0007\u001b[31m\r\ndue\u0085'));
    const events = await visitor(transport, { token: chat.token, after: 0 }).then((c) => c.history());
    assert.match(JSON.stringify(events[0].blocks), /uno\[31m\\ndue"/);
    chat.close();
  });
  await test(`${over}: who comes back gets what it missed, in order, and what is sent twice is stored once`, async () => {
    const chat = await visitor(transport);
    for (let i = 0; i < 5; i++) await chat.ask('quali sono gli orari?');
    const cid = newCid();
    chat.send({ type: 'say', cid, text: 'ciao' });
    const seq = await chat.ack(cid);
    chat.destroy();
    const back = await visitor(transport, { token: chat.token, after: 3 });
    await until('the missed events', () => back.events.size >= back.welcome.seq - 3);
    assert.deepEqual([...back.events.keys()], Array.from({ length: back.welcome.seq - 3 }, (_, i) => i + 4));
    assert.equal(await back.ack(back.say('ciao', cid)), seq);
    assert.equal(back.welcome.token, undefined);
    back.close();
  });
  await test(`${over}: what one page says the visitor's other page sees, once`, async () => {
    const one = await visitor(transport), other = await visitor(transport, { token: one.token, after: 0 });
    const reply = await one.ask('quali sono gli orari?');
    await other.take((f) => f.seq === reply.seq);
    assert.deepEqual([[...other.events.values()].map((f) => f.from), other.repeated], [['visitor', 'bot'], 0]);
    one.close();
    other.close();
  });
  await test(`${over}: a made-up token is nobody's`, async () => {
    const chat = await visitor(transport);
    await chat.ask('ciao');
    for (const token of ['A'.repeat(43), `${chat.token.slice(0, -1)}${chat.token.endsWith('A') ? 'B' : 'A'}`]) {
      const stranger = await visitor(transport, { token, after: 0 });
      assert.equal(stranger.welcome.seq, 0);
      assert.ok(stranger.token !== chat.token && stranger.events.size === 0);
      stranger.close();
    }
    chat.close();
  });
}

async function socketFrames() {
  await test('a first frame that is no hello gets wrong_order', async () => {
    const answer = await raw(Buffer.concat([Buffer.from(opening()), frame(TEXT, Buffer.from('{"type":"human","cid":"1"}'))]));
    assert.match(answer.answer, /wrong_order/);
  });
  await test('a binary frame is closed with 1003', async () => {
    const chat = await visitor();
    chat.socket.socket.write(frame(BINARY, Buffer.from('{"type":"typing"}')));
    assert.equal(await closing(chat), 1003);
  });
  await test('a text in fragments and in single bytes is one message', async () => {
    const chat = await visitor();
    const cid = newCid();
    const text = Buffer.from(JSON.stringify({ type: 'say', cid, text: 'perché costa così?' }));
    const first = frame(TEXT, text.subarray(0, 7)), rest = frame(0, text.subarray(7));
    first[0] &= 0x7f;
    for (const byte of Buffer.concat([first, rest])) {
      chat.socket.socket.write(Buffer.from([byte]));
      await wait(1);
    }
    await chat.ack(cid);
    const events = await Chat.open({ port: server.port, token: chat.token, after: 0 }).then((c) => c.history());
    assert.match(JSON.stringify(events[0].blocks), /perché costa così\?/);
    chat.close();
  });
}

async function deadlines() {
  await test('whoever says no hello is closed', async () => {
    const began = Date.now();
    const { answer } = await raw(opening(), 20_000);
    assert.match(answer, /^HTTP\/1\.1 101/);
    assert.ok(Date.now() - began < (SECONDS.hello + 6) * 1000);
  });
  for (const [what, bytes] of [['the first fragment of a text', Buffer.from('0181000000007b', 'hex')],
    ['a head and a part of its frame', Buffer.from('819e000000007b2274', 'hex')]])
    await test(`who sends ${what} and no more is cut`, async () => {
      const chat = await visitor();
      const began = Date.now();
      chat.socket.socket.write(bytes);
      await closing(chat);
      assert.ok(Date.now() - began < (SECONDS.half + 8) * 1000);
    });
  await test('who sends half a head is cut by the ping that nobody can answer', async () => {
    const chat = await visitor();
    chat.socket.socket.write(Buffer.from([0x81]));
    await closing(chat, 60_000);
  });
  await test('who never reads is cut, and holds nothing meanwhile', async () => {
    const chat = await Chat.open({ port: server.port, keep: false });
    for (let i = 0; i < 10; i++) await chat.ack(chat.say('quali sono gli orari?'));
    const connections = await server.metric('sportello_connections');
    chat.socket.socket.pause();
    const resume = frame(TEXT, Buffer.from('{"type":"resume","after":0}'));
    const pump = setInterval(() => {
      for (let i = 0; i < 8; i++) chat.socket.socket.write(resume);
    }, 500);
    await until('the cut', async () => (await server.metric('sportello_connections')) < connections, 90_000);
    clearInterval(pump);
    assert.equal(await server.metric('sportello_outbox_bytes'), 0);
    chat.destroy();
    note(`slow readers and floods cut: ${await server.metric('sportello_cut_total')}`);
  });
}

async function limits(transport, over) {
  await test(`${over}: a burst beyond the rate gets slow_down with a time, and nothing of it is stored`, async () => {
    const chat = await visitor(transport);
    const cids = Array.from({ length: 60 }, () => chat.say('ciao'));
    const error = await chat.take((f) => f.type === 'error');
    assert.equal(error.code, 'slow_down');
    assert.ok(error.retry_ms > 0 && cids.includes(error.cid));
    await wait(error.retry_ms);
    await chat.ack(chat.say('ciao'));
    chat.close();
  });
  await test(`${over}: a flood of frames that cost nothing is closed`, async () => {
    const chat = await visitor(transport);
    chat.socket.rawAll(Array.from({ length: 1000 }, () => Buffer.from('{"type":"typing"}')));
    const code = await closing(chat);
    assert.equal(code, 1008, `it is closed with 1008, not ${code}${chat.socket.lost ? ` (${chat.socket.lost})` : ''}`);
  });
  await test(`${over}: one address has a limit of connections: 429, and room again when one ends`, async () => {
    const before = await server.metric('sportello_connections'), chats = [];
    let refused;
    while (!refused && chats.length < 100) await visitor(transport).then((c) => chats.push(c), (error) => (refused = error));
    assert.equal(refused?.status, 429);
    chats.pop().close();
    await until('room', () => visitor(transport).then((c) => chats.push(c), () => false));
    for (const chat of chats) chat.close();
    await until('the end of all', async () => (await server.metric('sportello_connections')) <= before);
  });
  await test(`${over}: one visitor has a limit of pages`, async () => {
    const { token, ...first } = await visitor(transport), chats = [];
    let refused;
    while (!refused && chats.length < 50) await visitor(transport, { token }).then((c) => chats.push(c), (error) => (refused = error));
    assert.match(String(refused), /1013/);
    for (const chat of chats) chat.close();
    first.socket.close();
  });
}

async function pages() {
  for (const [path, type] of [['/', 'text/html'], ['/desk', 'text/html'], ['/sportello.js', 'text/javascript'], ['/healthz', 'application/json']])
    await test(`${path} has the headers that close what it does not need`, async () => {
      const { status, headers } = await http({ port: server.port, path });
      assert.equal(status, 200);
      assert.ok(headers['content-type'].startsWith(type));
      assert.match(headers['content-security-policy'], /^default-src 'none'; /);
      assert.doesNotMatch(headers['content-security-policy'], /unsafe/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['referrer-policy'], 'no-referrer');
    });
  await test('a page that is known is not sent again', async () => {
    const first = await http({ port: server.port, path: '/desk.js' });
    const again = await http({ port: server.port, path: '/desk.js', headers: { 'If-None-Match': first.headers.etag } });
    assert.equal(again.status, 304);
  });
  await test('/metrics is not for those who come through a proxy', async () => {
    const { status } = await http({ port: server.port, path: '/metrics', headers: { 'X-Forwarded-For': '127.0.0.1' } });
    assert.equal(status, 403);
  });
  await test('a log-in from a foreign page is refused', async () => {
    const body = '{"name":"a","password":"b"}';
    const { status } = await http({ port: server.port, method: 'POST', path: '/desk/login', body,
      headers: { Origin: 'https://evil.example', 'Content-Length': body.length } });
    assert.equal(status, 403);
  });
}

await script('wire', async () => {
  if (!built()) return;
  const site = demoSite({ 'limits.half_frame_seconds': SECONDS.half, 'limits.slow_reader_seconds': SECONDS.slow,
    'limits.idle_hello_seconds': SECONDS.hello, 'limits.address_connections': 40, 'limits.messages_per_minute': 1000,
    'limits.messages_burst': 12 });
  server = await Server.start({ site });
  await openings();
  for (const [transport, over] of [[Socket, 'socket'], [Poll, 'polls']]) {
    await frames(transport, over);
    await limits(transport, over);
  }
  await socketFrames();
  await deadlines();
  await pages();
  await test('at the end the server stops cleanly', async () => {
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
  });
});
