// The connection: hello, coming back, half-dead sockets. Time and chance are given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { climb, CLIMB_MS } from '../../../web-widget/talk/climb.js';
import { BLOCKED_AFTER, chatUrl, Connection, OPENING_MS, SILENCE_MS } from '../../../web-widget/talk/connection.js';

function world() {
  const outside = {
    sockets: [],
    timers: [],
    time: 0,
    chance: 0,
    WebSocket: class {
      constructor(url, protocol) {
        Object.assign(this, { url, protocol, readyState: 0, sent: [] });
        outside.sockets.push(this);
      }
      send(text) {
        this.sent.push(JSON.parse(text));
      }
      close() {
        this.readyState = 3;
      }
      open() {
        this.readyState = 1;
        this.onopen();
      }
      hear(frame) {
        this.onmessage({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
      }
      lose() {
        this.readyState = 3;
        this.onclose();
      }
    },
    setTimeout(work, ms) {
      const timer = { work, at: outside.time + ms, ms };
      outside.timers.push(timer);
      return timer;
    },
    clearTimeout(timer) {
      outside.timers = outside.timers.filter((one) => one !== timer);
    },
    now: () => outside.time,
    random: () => outside.chance,
    pass(ms) {
      outside.time += ms;
      for (;;) {
        const due = outside.timers.find(({ at }) => at <= outside.time);
        if (!due) return;
        outside.clearTimeout(due);
        due.work();
      }
    },
    get last() {
      return outside.sockets.at(-1);
    },
  };
  const links = [];
  const frames = [];
  const vain = [];
  const connection = new Connection({
    url: 'ws://x/chat',
    hello: () => ({ type: 'hello', after: frames.length }),
    outside,
    onFrame: (frame) => frames.push(frame),
    onLink: (link) => links.push(link),
    onVain: (attempts) => vain.push(attempts),
  });
  return { outside, connection, links, frames, vain };
}

function connected() {
  const all = world();
  all.connection.start();
  all.outside.last.open();
  all.outside.last.hear({ type: 'welcome' });
  return all;
}

test('it says hello first, with the subprotocol, and is on with the welcome', () => {
  const { outside, connection, links } = world();
  connection.start();
  assert.equal(outside.last.protocol, 'sportello.v1');
  assert.equal(connection.send({ type: 'say' }), false);
  outside.last.open();
  assert.deepEqual(outside.last.sent, [{ type: 'hello', after: 0 }]);
  assert.equal(connection.send({ type: 'say' }), false);
  outside.last.hear({ type: 'welcome' });
  assert.deepEqual(links, ['connecting', 'on']);
  assert.equal(connection.send({ type: 'say' }), true);
});

test('after a loss it comes back, each time later, at most after 30 s, by chance', () => {
  const { outside, connection, links } = connected();
  const waits = [];
  for (let i = 0; i < 9; i += 1) {
    outside.last.lose();
    waits.push(outside.timers.at(-1).ms);
    outside.pass(waits.at(-1));
  }
  assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
  assert.equal(links.at(-1), 'lost');
  outside.chance = 0.999;
  outside.last.lose();
  assert.ok(outside.timers.at(-1).ms > 29_900 && outside.timers.at(-1).ms <= 30_000);
  outside.pass(30_000);
  outside.last.open();
  outside.last.hear({ type: 'welcome' });
  outside.chance = 0;
  outside.last.lose();
  assert.equal(outside.timers.at(-1).ms, 250, 'a good connection forgets the bad ones');
  connection.stop();
});

test('hello after a loss asks for what comes after what is held', () => {
  const { outside, frames } = connected();
  outside.last.hear({ type: 'message', seq: 1 });
  outside.last.lose();
  outside.pass(250);
  outside.last.open();
  assert.deepEqual(outside.last.sent, [{ type: 'hello', after: frames.length }]);
});

test('silence after something that must be answered means that the socket is dead', () => {
  const { outside, connection, links } = connected();
  connection.send({ type: 'typing' }, false);
  outside.pass(SILENCE_MS * 3);
  assert.equal(outside.sockets.length, 1);
  connection.send({ type: 'say' });
  outside.pass(SILENCE_MS - 1);
  outside.last.hear({ type: 'ack' });
  outside.pass(SILENCE_MS);
  assert.equal(links.at(-1), 'on');
  connection.send({ type: 'say' });
  outside.pass(SILENCE_MS);
  assert.equal(links.at(-1), 'lost');
  assert.equal(outside.sockets[0].readyState, 3);
});

test('a server that accepts and never speaks is given up', () => {
  const { outside, connection } = world();
  connection.start();
  outside.last.open();
  outside.pass(SILENCE_MS);
  outside.pass(250);
  assert.equal(outside.sockets.length, 2);
  connection.stop();
});

test('waking trusts a fresh socket and replaces a stale one; probing asks only after a silence', () => {
  const { outside, connection } = connected();
  connection.wake();
  connection.probe({ type: 'resume' });
  assert.equal(outside.sockets.length, 1);
  assert.equal(outside.last.sent.length, 1);
  outside.time += 31_000;
  connection.probe({ type: 'resume' });
  assert.equal(outside.last.sent.length, 2);
  connection.wake();
  assert.equal(outside.sockets.length, 2);
  assert.equal(outside.sockets[0].readyState, 3);
});

test('an old socket that still speaks is not heard, and its end is not ours', () => {
  const { outside, connection, frames } = connected();
  const [old] = outside.sockets;
  connection.renew();
  old.hear({ type: 'message', seq: 1 });
  old.onclose();
  assert.equal(frames.length, 1);
  assert.deepEqual(outside.timers.map(({ ms }) => ms), [OPENING_MS]);
});

test('what is no frame is ignored', () => {
  const { outside, frames } = connected();
  for (const bad of ['', '{', 'null', '7', '[]', '{"type":7}']) outside.last.hear(bad);
  assert.equal(frames.length, 1);
});

test('stopping ends every timer and socket, and nothing comes after it', () => {
  const { outside, connection, links } = connected();
  connection.send({ type: 'say' });
  connection.stop();
  assert.equal(outside.timers.length, 0);
  assert.equal(outside.last.readyState, 3);
  connection.wake();
  connection.renew();
  assert.equal(outside.sockets.length, 1);
  assert.equal(links.at(-1), 'off');
});

test('a browser that refuses the address is tried again later', () => {
  const { outside, connection, links } = world();
  const { WebSocket } = outside;
  outside.WebSocket = class {
    constructor() {
      throw new Error('blocked');
    }
  };
  connection.start();
  assert.equal(links.at(-1), 'lost');
  outside.WebSocket = WebSocket;
  outside.pass(250);
  assert.equal(outside.sockets.length, 1);
});

test('the address of the socket follows the address of the server', () => {
  assert.equal(chatUrl('https://a.example/help/'), 'wss://a.example/help/chat');
  assert.equal(chatUrl('http://127.0.0.1:8080/'), 'ws://127.0.0.1:8080/chat');
});

/** A world whose network lets no socket through; polls are to be had. */
function blocked() {
  const all = world();
  const { outside } = all;
  outside.polls = [];
  outside.fallback = () => {
    outside.fetched = (outside.fetched ?? 0) + 1;
    return Promise.resolve({
      climb,
      Poll: class {
        constructor() {
          const poll = new outside.WebSocket('poll');
          outside.sockets.pop();
          outside.polls.push(poll);
          return poll;
        }
      },
    });
  };
  return all;
}

const soon = () => new Promise((done) => setImmediate(done));

async function polling() {
  const all = blocked();
  all.connection.start();
  for (let i = 0; i < BLOCKED_AFTER; i += 1) {
    all.outside.last.lose();
    await soon();
    all.outside.pass(i === 0 ? 250 : 500);
  }
  return all;
}

test('where no socket opens, polls take over, and hello goes over them', async () => {
  const { outside, connection, links } = await polling();
  assert.deepEqual([outside.sockets.length, outside.polls.length, outside.fetched], [BLOCKED_AFTER, 1, 1]);
  outside.polls[0].open();
  assert.equal(outside.polls[0].sent[0].type, 'hello');
  outside.polls[0].hear({ type: 'welcome' });
  assert.equal(links.at(-1), 'on');
  outside.polls[0].lose();
  await soon();
  outside.pass(250);
  assert.deepEqual([outside.sockets.length, outside.polls.length], [BLOCKED_AFTER, 2], 'the page remembers');
  connection.stop();
});

test('one socket that hangs is enough to poll, as soon as that has been fetched', async () => {
  const { outside, connection, links } = blocked();
  connection.start();
  outside.pass(OPENING_MS - 1);
  assert.deepEqual([outside.fetched, outside.sockets.length], [undefined, 1], 'it may yet open');
  outside.pass(1);
  assert.equal(outside.sockets[0].readyState, 3);
  await soon();
  assert.deepEqual([outside.sockets.length, outside.polls.length], [1, 1], 'without another wait');
  outside.polls[0].open();
  outside.pass(OPENING_MS);
  outside.polls[0].hear({ type: 'welcome' });
  assert.equal(links.at(-1), 'on');
  connection.stop();
  assert.equal(outside.timers.length, 0, 'nothing is left behind');
});

test('a socket that opens in the last moment has all the time for its welcome', async () => {
  const { outside, connection, links } = blocked();
  connection.start();
  outside.pass(OPENING_MS - 1);
  outside.last.open();
  outside.pass(SILENCE_MS - 1);
  outside.last.hear({ type: 'welcome' });
  assert.deepEqual([links.at(-1), outside.fetched, outside.sockets.length], ['on', undefined, 1]);
  connection.stop();
});

test('where polls come while another socket is tried, that one is let go', async () => {
  const { outside, connection } = blocked();
  let come;
  const { fallback } = outside;
  outside.fallback = () => new Promise((done) => (come = () => fallback().then(done)));
  connection.start();
  outside.pass(OPENING_MS);
  outside.pass(500);
  assert.equal(outside.sockets.length, 2);
  await come();
  await soon();
  assert.deepEqual([outside.sockets[1].readyState, outside.polls.length], [3, 1]);
  connection.stop();
});

test('a socket that has opened once is never given up for polls', async () => {
  const { outside, connection } = blocked();
  connection.start();
  outside.last.open();
  for (const ms of [250, 500, 1000, 2000]) {
    outside.last.lose();
    await soon();
    outside.pass(ms);
  }
  outside.pass(OPENING_MS);
  await soon();
  assert.deepEqual([outside.fetched, outside.polls.length], [undefined, 0]);
  connection.stop();
});

test('beside polls a socket is tried now and then, and takes over where it opens', async () => {
  const { outside, connection, links } = await polling();
  outside.polls[0].open();
  outside.polls[0].hear({ type: 'welcome' });
  const tried = outside.sockets.length;
  outside.pass(CLIMB_MS);
  assert.equal(outside.sockets.length, tried + 1);
  outside.pass(CLIMB_MS);
  assert.equal(outside.sockets.length, tried + 2);
  assert.equal(outside.sockets.at(-2).readyState, 3, 'the one before is not left behind');
  outside.last.open();
  assert.equal(outside.polls[0].readyState, 3);
  assert.equal(outside.last.sent[0].type, 'hello');
  outside.last.hear({ type: 'welcome' });
  assert.equal(links.at(-1), 'on');
  connection.send({ type: 'say' });
  assert.equal(outside.last.sent.at(-1).type, 'say');
  outside.last.hear({ type: 'ack' });
  outside.pass(CLIMB_MS * 2);
  assert.equal(outside.sockets.length, tried + 2, 'no more trials');
  connection.stop();
});

test('another network may let sockets through: they are tried first again', async () => {
  const { outside, connection } = await polling();
  const tried = outside.sockets.length;
  connection.renew();
  assert.deepEqual([outside.sockets.length, outside.polls[0].readyState], [tried + 1, 3]);
  connection.stop();
  assert.equal(outside.timers.length, 0, 'nothing is left behind');
});

test('polls that cannot be fetched are asked for again, and their vain attempts count', async () => {
  const { outside, connection, vain } = blocked();
  const { fallback } = outside;
  outside.fallback = () => Promise.reject(new Error('offline'));
  connection.start();
  for (const ms of [250, 500, 1000]) {
    outside.last.lose();
    await soon();
    if (ms === 500) outside.fallback = fallback;
    outside.pass(ms);
  }
  assert.equal(outside.polls.length, 1);
  outside.polls[0].open();
  outside.polls[0].lose();
  assert.deepEqual(vain, [1, 2, 3, 4]);
  connection.stop();
});
