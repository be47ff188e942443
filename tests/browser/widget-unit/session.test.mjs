// The session: deeds kept and sent again, missed events asked for, memory only after the first deed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AGAIN_MS, Session } from '../../../web-widget/talk/session.js';
import { Storage } from '../../../web-widget/talk/storage.js';
import { Talk } from '../../../web-widget/talk/talk.js';

globalThis.crypto ??= (await import('node:crypto')).webcrypto;

/** No other page begins meanwhile. */
const at = (_, work) => work();

function shelf() {
  const kept = new Map();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

function world(local = shelf(), session = shelf(), given = {}) {
  const outside = {
    sockets: [],
    timers: new Set(),
    time: 0,
    WebSocket: class {
      constructor() {
        Object.assign(this, { readyState: 1, sent: [] });
        outside.sockets.push(this);
      }
      send(text) {
        this.sent.push(JSON.parse(text));
      }
      close() {
        this.readyState = 3;
      }
    },
    setTimeout(work, ms) {
      const timer = { work, at: outside.time + ms };
      outside.timers.add(timer);
      return timer;
    },
    clearTimeout: (timer) => outside.timers.delete(timer),
    now: () => outside.time,
    random: () => 0,
    online: () => true,
    // What is fetched is there at once, unless a test says otherwise.
    talk: () => ({ then: (done) => done({ Talk, alone: at }) }),
    ...given,
  };
  const pass = (ms) => {
    outside.time += ms;
    for (const timer of [...outside.timers]) if (timer.at <= outside.time && outside.timers.delete(timer)) timer.work();
  };
  const made = new Session({
    server: 'http://x/',
    language: () => 'it',
    page: () => 'http://x/p',
    storage: new Storage('k', local, session),
    outside,
  });
  const hear = (frame) => outside.sockets.at(-1).onmessage({ data: JSON.stringify(frame) });
  const welcome = (more) => {
    outside.sockets.at(-1).onopen();
    hear({ type: 'welcome', token: 'T', seq: 0, state: { who: 'bot' }, site: {}, ...more });
  };
  const sent = (type) => outside.sockets.at(-1).sent.filter((frame) => frame.type === type);
  return { session: made, outside, pass, hear, welcome, sent, local, tab: session };
}
const said = (seq, more) => ({ type: 'message', seq, at: seq, from: 'bot', blocks: [{ type: 'paragraph' }], ...more });

test('opening stores nothing; the first deed stores the token', () => {
  const { session, welcome, local, tab, hear } = world();
  session.connect();
  welcome();
  session.talk?.typing();
  session.talk?.see();
  assert.equal(local.kept.size + tab.kept.size, 0);
  session.say('ciao');
  assert.equal(JSON.parse(local.kept.get('k')).token, 'T');
  assert.equal(JSON.parse(tab.kept.get('k')).length, 1);
  hear({ type: 'ack', cid: session.model.pending[0].deed.cid, seq: 1 });
  assert.equal(tab.kept.size, 0);
});

test('what was not acknowledged is sent again after a loss, under the same id', () => {
  const { session, welcome, sent, outside, pass } = world();
  session.connect();
  session.say('before the welcome');
  welcome();
  assert.equal(sent('say').length, 1);
  session.say('lost');
  const ids = sent('say').map(({ cid }) => cid);
  assert.match(ids[1], /^[A-Za-z0-9_-]{1,64}$/);
  outside.sockets[0].onclose();
  pass(250);
  welcome();
  assert.deepEqual(
    sent('say').map(({ cid }) => cid),
    ids,
  );
});

test('it survives a reload: token, unsent deeds, and the whole history again', () => {
  const first = world();
  first.session.connect();
  first.welcome();
  first.session.say('ciao');
  const { session, welcome, sent } = world(first.local, first.tab);
  assert.equal(session.model.pending.length, 1);
  session.connect();
  welcome({ seq: 5 });
  assert.deepEqual(sent('hello')[0], { type: 'hello', lang: 'it', after: 0, page: 'http://x/p', token: 'T' });
  assert.equal(sent('say')[0].cid, first.session.model.pending[0].deed.cid);
});

test('missed events come in pages, each asked for when the one before is complete', () => {
  const { session, welcome, hear, sent, pass } = world();
  session.connect();
  welcome({ seq: 450, more: true });
  for (let seq = 1; seq <= 200; seq += 1) hear(said(seq));
  assert.deepEqual(sent('resume'), [{ type: 'resume', after: 200 }]);
  for (let seq = 201; seq <= 400; seq += 1) hear(said(seq));
  assert.equal(sent('resume').at(-1).after, 400);
  for (let seq = 401; seq <= 450; seq += 1) hear(said(seq));
  pass(2000);
  assert.equal(sent('resume').length, 2);
  assert.equal(session.model.held, 450);
});

test('a long history is told in portions, and nothing of it waits for what does not come', () => {
  const { session, welcome, hear, pass } = world();
  session.connect();
  welcome({ seq: 200 });
  let changes = 0;
  session.subscribe(() => (changes += 1), new AbortController().signal);
  for (let seq = 1; seq <= 120; seq += 1) hear(said(seq));
  assert.deepEqual([changes, session.model.held], [2, 100]);
  pass(50);
  assert.deepEqual([changes, session.model.held], [3, 120]);
  hear(said(121));
  hear({ type: 'typing', from: 'bot' });
  assert.equal(session.model.held, 121, 'what comes after it finds it there');
  hear(said(122));
  session.end();
  pass(50);
  assert.equal(changes, 4, 'who has gone is told nothing');
});

test('a gap that stays is asked for once', () => {
  const { session, welcome, hear, sent, pass } = world();
  session.connect();
  welcome();
  hear(said(1));
  hear(said(3));
  pass(1600);
  assert.deepEqual(sent('resume'), [{ type: 'resume', after: 1 }]);
  hear(said(3));
  pass(1600);
  assert.equal(sent('resume').length, 1);
});

test('too fast: sent again by itself when the server said', () => {
  const { session, welcome, hear, sent, pass } = world();
  session.connect();
  welcome();
  session.say('a');
  hear({ type: 'error', code: 'slow_down', cid: sent('say')[0].cid, retry_ms: 3000 });
  pass(2999);
  assert.equal(sent('say').length, 1);
  pass(1);
  assert.equal(sent('say').length, 2);
});

test('typing is told at most every three seconds, and never before the first deed', () => {
  const { session, welcome, sent, pass } = world();
  session.connect();
  welcome();
  session.talk?.typing();
  assert.equal(sent('typing').length, 0);
  session.say('a');
  session.talk?.typing();
  session.talk?.typing();
  pass(2900);
  session.talk?.typing();
  assert.equal(sent('typing').length, 1);
  pass(100);
  session.talk?.typing();
  assert.equal(sent('typing').length, 2);
});

test('another page of the browser began first: the same visitor goes on', () => {
  const local = shelf();
  const one = world(local);
  const two = world(local);
  one.session.connect();
  one.welcome();
  two.session.connect();
  two.welcome({ token: 'U' });
  one.session.say('first');
  two.session.say('second');
  two.welcome({ seq: 1 });
  assert.equal(two.sent('hello')[0].token, 'T');
  assert.equal(two.sent('say').length, 1);
  assert.equal(JSON.parse(local.kept.get('k')).token, 'T');
});

/** Two pages of one browser that share a conversation, and the line of the second is lost. */
function parted() {
  const local = shelf();
  const one = world(local);
  one.session.connect();
  one.welcome();
  one.session.say('first');
  const two = world(local);
  two.session.connect();
  two.welcome({ token: '', seq: 1 });
  two.hear(said(1));
  two.outside.sockets.at(-1).onclose();
  const back = (more) => {
    two.pass(500);
    two.welcome(more);
  };
  return { local, one, two, back };
}

test('erased in another page while this one was away: nothing of it is kept here either', () => {
  const { local, one, two, back } = parted();
  assert.equal(two.session.model.items.length, 1);
  one.hear({ type: 'erased' });
  assert.equal(local.kept.size, 0);
  back({ token: 'N' });
  assert.deepEqual([local.kept.size, two.tab.kept.size, two.session.model.items.length], [0, 0, 0]);
  two.welcome({ token: 'N' });
  two.session.say('another one');
  assert.equal(two.sent('say').length, 1);
  assert.equal(JSON.parse(local.kept.get('k')).token, 'N');
});

test('a visitor whom the server does not know any more is kept by no name until the next word', () => {
  const { local, back } = parted();
  assert.equal(local.kept.size, 1);
  back({ token: 'N' });
  assert.equal(local.kept.size, 0);
});

test('erased while this page was away, and nothing else has told it: the welcome does', () => {
  const { local, two, back } = parted();
  two.session.say('still mine');
  back({ token: '', erased: true });
  assert.equal(two.session.model.items.length, 0);
  two.welcome({ token: 'N' });
  assert.equal(two.sent('hello')[0].token, undefined);
  assert.deepEqual(two.sent('say').map(({ text }) => text), ['still mine']);
  assert.equal(JSON.parse(local.kept.get('k')).token, 'N');
});

test('what waits is sent to a server that does not know its visitor any more, and the new name is kept', () => {
  const { local, two, back } = parted();
  two.session.say('still mine');
  back({ token: 'N' });
  assert.equal(two.sent('say').length, 1);
  assert.equal(JSON.parse(local.kept.get('k')).token, 'N');
  assert.equal(JSON.parse(two.tab.kept.get('k')).length, 1);
});

test('begun anew in another page while this one was away: this one joins', () => {
  const { local, one, two, back } = parted();
  one.hear({ type: 'erased' });
  one.welcome({ token: 'B' });
  one.session.say('anew');
  back({ token: 'N' });
  two.welcome({ token: '', seq: 1 });
  assert.equal(two.sent('hello')[0].token, 'B');
  assert.equal(two.session.model.items.length, 0, 'what was erased');
  assert.equal(JSON.parse(local.kept.get('k')).token, 'B');
});

test('another page holds another conversation: it is this one’s too, and the old one is gone', () => {
  const { local, two, back } = parted();
  back({ token: '', seq: 1 });
  local.setItem('k', JSON.stringify({ token: 'B', seen: 0, live: false }));
  two.session.adopt();
  two.welcome({ token: '', seq: 0 });
  assert.equal(two.sent('hello')[0].token, 'B');
  assert.equal(two.session.model.items.length, 0);
});

test('a browser without storage still talks', () => {
  const broken = {
    getItem() {
      throw new Error('no');
    },
    setItem() {
      throw new Error('no');
    },
    removeItem() {
      throw new Error('no');
    },
  };
  const { session, welcome, sent } = world(broken, broken);
  session.connect();
  welcome();
  session.say('a');
  assert.equal(sent('say').length, 1);
});

test('a queue or a person is remembered as live, so that the next page connects', () => {
  const { session, welcome, hear, local } = world();
  session.connect();
  welcome();
  session.human();
  session.human();
  assert.equal(session.model.pending.length, 1);
  hear({ type: 'state', seq: 1, who: 'waiting', ticket: 3 });
  assert.equal(JSON.parse(local.kept.get('k')).live, true);
  hear({ type: 'state', seq: 2, who: 'closed' });
  assert.equal(JSON.parse(local.kept.get('k')).live, false);
});

test('unread counts what others said since it was seen', () => {
  const { session, welcome, hear } = world();
  session.connect();
  welcome();
  hear(said(1, { from: 'visitor' }));
  hear(said(2));
  hear(said(3, { from: 'agent' }));
  assert.equal(session.talk.unread(), 2);
  session.talk?.see();
  assert.equal(session.talk.unread(), 0);
});

test('while people are waited for, a long silence is probed by asking for the last event', () => {
  const { session, welcome, sent, pass, hear } = world();
  session.connect();
  welcome();
  hear({ type: 'state', seq: 1, who: 'waiting' });
  pass(15_000);
  assert.equal(sent('resume').length, 0);
  pass(15_000);
  assert.deepEqual(sent('resume'), [{ type: 'resume', after: 0 }]);
});

test('the end leaves no timer', () => {
  const { session, welcome, outside, hear } = world();
  session.connect();
  welcome();
  hear(said(2));
  session.end();
  assert.equal(outside.timers.size, 0);
});

/** Refuses every socket that is opened within so many milliseconds. */
function refuse({ outside, pass }, ms) {
  for (let spent = 0; spent < ms; spent += 100) {
    const socket = outside.sockets.at(-1);
    if (socket.readyState !== 3) socket.onclose();
    pass(100);
  }
}

test('a page that is never let in says so once, and goes on trying', () => {
  const all = world();
  const { session, outside, welcome } = all;
  const told = [];
  session.subscribe(() => told.push(session.unreachable), new AbortController().signal);
  session.connect();
  refuse(all, 500);
  assert.equal(session.unreachable, false, 'one or two may be a restart');
  refuse(all, 3000);
  assert.equal(session.unreachable, true);
  assert.equal(told.at(-1), true);
  refuse(all, 60_000);
  assert.equal(told.filter((on, index) => on && !told[index - 1]).length, 1, 'once');
  const before = outside.sockets.length;
  refuse(all, 60_000);
  assert.ok(outside.sockets.length > before);
  all.pass(30_000);
  welcome();
  assert.equal(session.unreachable, false);
  session.end();
});

test('a page that was connected once is not told of settings, nor is one whose network is off', () => {
  const served = world();
  served.session.connect();
  served.welcome();
  refuse(served, 20_000);
  assert.equal(served.session.unreachable, false);
  const offline = world();
  offline.outside.online = () => false;
  offline.session.connect();
  refuse(offline, 20_000);
  assert.equal(offline.session.unreachable, false);
  offline.outside.online = () => true;
  refuse(offline, 60_000);
  assert.equal(offline.session.unreachable, true);
  served.session.end();
  offline.session.end();
});

/** What a conversation needs is fetched when the test says so. */
function fetching(local = shelf()) {
  const asked = [];
  const talk = () => new Promise((done, failed) => asked.push({ come: () => done({ Talk, alone: at }), fail: () => failed(new Error('gone')) }));
  return { asked, ...world(local, shelf(), { talk }) };
}
const soon = () => new Promise((done) => setImmediate(done));

test('until the rest is there, frames wait in their order and deeds for the line', async () => {
  const { session, welcome, hear, sent, asked, local } = fetching();
  session.connect();
  welcome({ seq: 2, site: { name: 'S' } });
  assert.equal(session.model.site.name, 'S', 'the welcome is known at once');
  hear(said(1));
  hear(said(2));
  session.say('ciao');
  session.connect();
  assert.deepEqual([asked.length, sent('say').length, session.model.items.length, local.kept.size], [1, 0, 0, 0]);
  asked[0].come();
  await soon();
  assert.deepEqual(session.model.items.map(({ seq }) => seq), [1, 2]);
  assert.deepEqual(sent('say').map(({ text }) => text), ['ciao']);
  assert.equal(JSON.parse(local.kept.get('k')).token, 'T');
  session.end();
});

test('what cannot be fetched is asked for again, and nothing is lost or done twice meanwhile', async () => {
  const { session, outside, welcome, hear, sent, asked, pass } = fetching();
  session.connect();
  welcome({ seq: 1 });
  hear(said(1));
  session.say('ciao');
  for (let tries = 1; tries < 4; tries += 1) {
    asked.at(-1).fail();
    await soon();
    assert.equal(asked.length, tries);
    pass(AGAIN_MS);
    assert.equal(asked.length, tries + 1);
  }
  // Meanwhile the line is lost, and the new one tells the missed events from the first on.
  outside.sockets.at(-1).onclose();
  pass(250);
  welcome({ seq: 2 });
  assert.equal(sent('hello')[0].after, 0);
  hear(said(1));
  hear(said(2));
  asked.at(-1).come();
  await soon();
  assert.deepEqual(session.model.items.map(({ seq }) => seq), [1, 2]);
  assert.equal(session.model.held, 2);
  assert.equal(sent('say').length, 1);
  session.end();
  assert.equal(outside.timers.size, 0);
});

test('a page that ends while the rest is fetched does nothing more', async () => {
  for (const how of ['come', 'fail']) {
    const { session, outside, welcome, asked } = fetching();
    session.connect();
    welcome();
    session.end();
    asked[0][how]();
    await soon();
    assert.deepEqual([session.talk, outside.timers.size, asked.length], [null, 0, 1]);
  }
});

test('the rest of it comes when the server has already said that it does not know this visitor: the next word has the new name', async () => {
  const local = shelf();
  local.setItem('k', JSON.stringify({ token: 'T', seen: 2, live: true }));
  const { session, welcome, sent, asked } = fetching(local);
  session.connect();
  welcome({ token: 'N' });
  asked[0].come();
  await soon();
  assert.equal(sent('hello').length, 0, 'asked once more, by the name that this browser knows');
  welcome({ token: 'O' });
  session.say('ciao');
  welcome({ token: 'P' });
  assert.deepEqual([JSON.parse(local.kept.get('k')).token, sent('say').length], ['P', 1]);
  session.end();
});

test('words that were said before the server was reached outlive the page', () => {
  const first = world();
  first.session.connect();
  first.session.say('ciao');
  const { session, welcome, sent } = world(first.local, first.tab);
  session.connect();
  welcome();
  assert.deepEqual(sent('say').map(({ text }) => text), ['ciao']);
  assert.equal(JSON.parse(first.local.kept.get('k')).token, 'T');
});

test('an erasure that one page has asked for stays asked for when another remembers what it has seen', () => {
  const local = shelf();
  const one = world(local);
  one.session.connect();
  one.welcome();
  one.session.say('ciao');
  const two = world(local);
  two.session.connect();
  two.welcome({ token: '', seq: 1 });
  two.hear(said(1));
  one.session.do({ type: 'erase' });
  const asked = JSON.parse(local.kept.get('k')).erase;
  assert.ok(asked);
  two.session.talk.see();
  assert.deepEqual(JSON.parse(local.kept.get('k')), { token: 'T', seen: 1, live: true, erase: asked });
  one.hear({ type: 'error', code: 'not_saved', cid: asked });
  assert.equal(JSON.parse(local.kept.get('k')).erase, undefined, 'what was refused is not asked for any more');
});

test('a line that dies between a word and its acknowledgement, or its answer, is noticed', () => {
  for (const acked of [false, true]) {
    const { session, outside, welcome, hear, pass } = world();
    session.connect();
    welcome();
    session.say('one');
    session.say('two');
    const [one, two] = session.model.pending.map(({ deed }) => deed.cid);
    hear({ type: 'ack', cid: one, seq: 1 });
    if (acked) hear({ type: 'ack', cid: two, seq: 2 });
    const lines = outside.sockets.length;
    for (let second = 0; second < 30; second += 1) pass(1000);
    assert.equal(outside.sockets.length, lines + 1);
    session.end();
  }
});

test('an erasure that another page has asked for is done by the next one', () => {
  const local = shelf();
  local.setItem('k', JSON.stringify({ token: 'T', seen: 0, live: true, erase: 'e' }));
  const { session, welcome, sent, hear } = world(local);
  session.connect();
  welcome({ seq: 3 });
  session.say('after');
  assert.deepEqual([sent('erase').map(({ cid }) => cid), sent('say').length], [['e'], 0]);
  hear({ type: 'erased', cid: 'e' });
  assert.equal(session.model.pending.length, 1);
});
