// Polls behind the face of a WebSocket: what goes over them, what is lost, who hangs. The server, time and chance are given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEAD_MS, pollWith, TRIES } from '../../../web-widget/talk/poll.js';

const soon = () => new Promise((done) => setImmediate(done));

function world() {
  const outside = {
    asked: [],
    timers: [],
    time: 0,
    random: () => 0,
    fetch(url, { body, signal, keepalive }) {
      const one = { url, body: JSON.parse(body), bytes: body.length, keepalive };
      outside.asked.push(one);
      return new Promise((done, failed) => {
        one.answer = (json, status = 200, headers = {}) => done(new Response(JSON.stringify(json), { status, headers }));
        one.fail = () => failed(new TypeError('network'));
        signal?.addEventListener('abort', () => failed(new DOMException('aborted', 'AbortError')));
      });
    },
    setTimeout(work, ms) {
      const timer = { work, at: outside.time + ms };
      outside.timers.push(timer);
      return timer;
    },
    clearTimeout(timer) {
      outside.timers = outside.timers.filter((one) => one !== timer);
    },
    async pass(ms) {
      outside.time += ms;
      for (let due; (due = outside.timers.find(({ at }) => at <= outside.time)); ) {
        outside.clearTimeout(due);
        due.work();
      }
      await soon();
    },
    get last() {
      return outside.asked.at(-1);
    },
  };
  const heard = [], closed = [];
  const poll = new (pollWith(outside))('wss://host/help/chat');
  poll.onopen = () => poll.send('{"type":"hello","lang":"it","after":3}');
  poll.onmessage = ({ data }) => heard.push(JSON.parse(data));
  poll.onclose = ({ code }) => closed.push(code);
  return { outside, poll, heard, closed };
}

const said = (frames, more = {}) => ({ line: 'L', heard: 0, from: 0, frames, ...more });

async function opened() {
  const all = world();
  await all.outside.pass(0);
  all.outside.last.answer(said([{ type: 'welcome' }]));
  await soon();
  return all;
}

test('the hello is the first body itself, and the address has no secret in it', async () => {
  const { outside, poll, heard } = world();
  assert.equal(outside.asked.length, 0);
  await outside.pass(0);
  assert.equal(outside.last.url, 'https://host/help/chat/poll');
  assert.deepEqual(outside.last.body, { lang: 'it', after: 3, send: [] });
  poll.send('{"type":"typing"}');
  assert.equal(outside.asked.length, 1, 'the first goes alone');
  outside.last.answer(said([{ type: 'welcome' }]));
  await soon();
  assert.deepEqual(heard, [{ type: 'welcome' }]);
  assert.deepEqual(outside.last.body, { line: 'L', got: 1, sent: 0, send: [{ type: 'typing' }] });
});

test('one request waits, what is said goes beside it, and no third', async () => {
  const { outside, poll } = await opened();
  assert.deepEqual([outside.asked.length, outside.last.body.send], [2, []]);
  poll.send('{"a":1}');
  poll.send('{"a":2}');
  assert.equal(outside.asked.length, 3);
  assert.deepEqual(outside.last.body, { line: 'L', got: 1, sent: 0, send: [{ a: 1 }] });
  outside.asked[1].answer(said([], { heard: 1, from: 1 }));
  await soon();
  assert.deepEqual(outside.last.body, { line: 'L', got: 1, sent: 1, send: [{ a: 2 }] });
});

test('frames that come twice are told once, those of a lost answer are not missed', async () => {
  const { outside, poll, heard } = await opened();
  poll.send('{"a":1}');
  outside.asked[2].answer(said([{ n: 1 }, { n: 2 }], { heard: 1, from: 1 }));
  await soon();
  outside.asked[1].answer(said([{ n: 1 }, { n: 2 }, { n: 3 }], { heard: 1, from: 1 }));
  await soon();
  assert.deepEqual(heard.slice(1), [{ n: 1 }, { n: 2 }, { n: 3 }]);
});

test('a lost request is tried again on the same line with what was not heard, then it is given up', async () => {
  const { outside, poll, closed } = await opened();
  for (let i = 1; i < TRIES; i += 1) {
    outside.last.fail();
    await soon();
    if (i === 1) poll.send('{"a":1}');
    assert.equal(outside.asked.length, 1 + i);
    await outside.pass(500 * 2 ** i);
    assert.deepEqual(outside.last.body.send, [{ a: 1 }]);
  }
  assert.deepEqual(closed, []);
  outside.last.fail();
  await soon();
  assert.deepEqual([closed, poll.readyState], [[1006], 3]);
});

test('a line that ended says why, also where its last words are read after the refusal of a later request', async () => {
  const { outside, poll, closed } = await opened();
  poll.send('{"a":1}');
  const [, waiting, beside] = outside.asked;
  waiting.answer(said([], { from: 1 }));
  await soon();
  outside.last.answer({ code: 'not_found' }, 404);
  await soon();
  assert.deepEqual(closed, []);
  beside.answer(said([], { heard: 1, from: 1, close: 1008 }));
  await soon();
  assert.deepEqual([closed, poll.readyState], [[1008], 3]);
});

test('a line that is known no more is given up, also where the request beside brings nothing', async () => {
  const { outside, poll, closed } = await opened();
  poll.send('{"a":1}');
  outside.asked[2].answer({ code: 'not_found' }, 404);
  await soon();
  assert.deepEqual(closed, []);
  outside.asked[1].answer({ code: 'not_found' }, 404);
  await soon();
  assert.deepEqual(closed, [1006]);
});

test('a request that never comes back is dead after a while', async () => {
  const { outside } = await opened();
  await outside.pass(DEAD_MS - 1);
  assert.equal(outside.asked.length, 2);
  await outside.pass(1);
  await outside.pass(1000);
  assert.equal(outside.asked.length, 3);
});

test('a server that wants to wait is waited for; one that knows the line no more ends it', async () => {
  const { outside, closed } = await opened();
  outside.last.answer({ code: 'slow_down' }, 429, { 'retry-after': '5' });
  await soon();
  await outside.pass(4999);
  assert.equal(outside.asked.length, 2);
  await outside.pass(1);
  assert.equal(outside.asked.length, 3);
  outside.last.answer({ code: 'not_found' }, 404);
  await soon();
  assert.deepEqual(closed, [1006]);
});

test('a page that is not allowed, or too many, never opens a line', async () => {
  for (const status of [403, 429, 503]) {
    const { outside, closed } = world();
    await outside.pass(0);
    outside.last.answer({ code: 'x' }, status);
    await soon();
    assert.deepEqual(closed, [1006]);
  }
});

test('the reason of the server is told after the last frames', async () => {
  const { outside, heard, closed } = await opened();
  outside.last.answer(said([{ n: 1 }], { from: 1, close: 1008 }));
  await soon();
  assert.deepEqual([heard.at(-1), closed], [{ n: 1 }, [1008]]);
  assert.equal(outside.asked.length, 2);
});

test('closing ends the line at the server, and says nothing more', async () => {
  const { outside, poll, heard, closed } = await opened();
  poll.close();
  assert.deepEqual(outside.last.body, { line: 'L', end: true });
  assert.ok(outside.last.keepalive);
  await soon();
  poll.send('{"a":1}');
  assert.deepEqual([outside.asked.length, heard.length, closed], [3, 1, []]);
});

test('a body has no more than the server takes', async () => {
  const { outside, poll } = await opened();
  const text = JSON.stringify({ text: 'è'.repeat(9000) });
  for (let i = 0; i < 10; i += 1) poll.send(text);
  outside.asked[1].answer(said([], { heard: 0, from: 1 }));
  await soon();
  assert.equal(outside.last.body.send.length, 3);
  assert.ok(Buffer.byteLength(JSON.stringify(outside.last.body)) < 131_072);
});

test('what is no JSON is a lost answer', async () => {
  const { outside, closed } = world();
  await outside.pass(0);
  outside.last.answer(undefined);
  await soon();
  assert.deepEqual(closed, [1006]);
});
