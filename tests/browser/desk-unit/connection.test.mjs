import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionOpen, frameRead, pauseOf } from '../../../web-desk/connection.js';

/** A world without network or time: sockets are told what happens, timers are run by hand. */
function world() {
  const made = { sockets: [], timers: [] };
  made.world = {
    socket: (url, protocol) => {
      const socket = { url, protocol, sent: [], closed: 0, send: (t) => socket.sent.push(JSON.parse(t)), close: () => socket.closed++ };
      made.sockets.push(socket);
      return socket;
    },
    later: (work, ms) => made.timers.push({ work, ms }),
    cancel: (id) => { if (id) made.timers[id - 1].work = null; },
    chance: () => 1,
  };
  made.due = () => made.timers.filter((t) => t.work);
  made.run = async () => {
    const [next] = made.due();
    const { work } = next;
    next.work = null;
    work();
    await Promise.resolve();
    await Promise.resolve();
  };
  return made;
}

function open(allowed = true) {
  const made = world();
  const told = { frames: [], lost: 0 };
  const connection = connectionOpen({
    url: 'ws://x/desk/socket', hello: () => ({ type: 'hello', lang: 'it' }), allowed: async () => allowed, world: made.world,
    frame: (f) => told.frames.push(f.type), lost: () => told.lost++,
  });
  const last = () => made.sockets.at(-1);
  const welcome = () => {
    last().onopen();
    last().onmessage({ data: '{"type":"welcome"}' });
  };
  return { ...made, told, connection, last, welcome };
}

test('it says hello first and sends nothing before the welcome', () => {
  const { connection, last, welcome, told } = open();
  assert.equal(last().protocol, 'sportello.desk.v1');
  assert.equal(connection.send({ type: 'next' }), false);
  welcome();
  assert.equal(connection.send({ type: 'next' }), true);
  assert.deepEqual(last().sent, [{ type: 'hello', lang: 'it' }, { type: 'next' }]);
  assert.deepEqual(told.frames, ['welcome']);
});

test('pauses double up to ten seconds, between half and all of it, and begin anew after a welcome', async () => {
  assert.deepEqual([0, 1, 2, 9].map((n) => pauseOf(n, 1)), [500, 1000, 2000, 10_000]);
  assert.deepEqual([0, 9].map((n) => pauseOf(n, 0)), [250, 5000]);
  const { last, due, run, welcome } = open();
  const pauses = [];
  for (let i = 0; i < 3; i++) {
    last().onclose();
    pauses.push(due()[0].ms);
    await run();
  }
  welcome();
  last().onclose();
  pauses.push(due()[0].ms);
  assert.deepEqual(pauses, [500, 1000, 2000, 500]);
});

test('a server that never welcomes is given up, and what a given-up socket still says is not heard', async () => {
  const { sockets, due, run, told } = open();
  const [first] = sockets;
  const { onmessage } = first;
  assert.equal(due()[0].ms, 10_000);
  await run();
  assert.equal(first.closed, 1);
  assert.equal(told.lost, 1);
  await run();
  assert.equal(sockets.length, 2);
  onmessage({ data: '{"type":"welcome"}' });
  assert.deepEqual(told.frames, []);
});

test('without a session it does not come back', async () => {
  const { sockets, last, run, due } = open(false);
  last().onclose();
  await run();
  assert.deepEqual([sockets.length, due().length], [1, 0]);
});

test('hurrying skips the pause, once; ending ends everything', async () => {
  const { sockets, last, connection, due } = open();
  last().onclose();
  connection.hurry();
  connection.hurry();
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(sockets.length, 2);
  connection.end();
  connection.hurry();
  await Promise.resolve();
  assert.deepEqual([sockets.length, due().length, last().closed], [2, 0, 1]);
});

test('what is no frame is ignored', () => {
  for (const data of ['', '{', '[]', 'null', '7', '{"type":1}', new ArrayBuffer(2)]) assert.equal(frameRead(data), null);
});
