// The model: what the server's frames and the visitor's deeds make of a conversation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropped, rated, retried } from '../../../web-widget/talk/course.js';
import { begun, did, emptyModel } from '../../../web-widget/talk/model.js';
import { received } from './hear.mjs';

const welcome = (more) => ({
  type: 'welcome',
  token: 'T',
  seq: 0,
  state: { who: 'bot' },
  site: { assistant: 'Olma' },
  ...more,
});
const said = (seq, more) => ({
  type: 'message',
  seq,
  at: 1000 + seq,
  from: 'bot',
  blocks: [{ type: 'paragraph' }],
  ...more,
});
const play = (model, ...frames) => frames.reduce((now, frame) => received(now, frame, 5000), model);
const start = (...frames) => play(emptyModel(), welcome(), ...frames);
const seqs = (model) => model.items.map(({ seq }) => seq);
const say = (cid, text = 'ciao') => ({ type: 'say', cid, text });

test('an event that comes twice is kept once', () => {
  const model = start(said(1), said(2), said(1), said(2));
  assert.deepEqual(seqs(model), [1, 2]);
  assert.equal(model.held, 2);
});

test('events out of order find their place, and held stops before the gap', () => {
  const gap = start(said(1), said(4), said(3));
  assert.deepEqual(seqs(gap), [1, 3, 4]);
  assert.equal(gap.held, 1);
  assert.equal(gap.last, 4);
  assert.equal(play(gap, said(2)).held, 4);
});

test('a deed waits until it is acknowledged, and then stands at its seq', () => {
  const sent = did(start(said(1)), say('a'), 4000);
  assert.equal(sent.pending.length, 1);
  assert.ok(sent.awaited);
  const done = play(sent, { type: 'ack', cid: 'a', seq: 2 });
  assert.equal(done.pending.length, 0);
  assert.equal(done.items[1].from, 'visitor');
  assert.equal(done.items[1].blocks[0].children[0].text, 'ciao');
  assert.equal(done.held, 2);
});

test('the acknowledgement may ride on the reply, in a message or a state', () => {
  const sent = did(start(), say('a'), 1);
  const byMessage = play(sent, said(2, { ack: { cid: 'a', seq: 1 } }));
  assert.deepEqual(seqs(byMessage), [1, 2]);
  assert.equal(byMessage.pending.length, 0);
  assert.ok(!byMessage.awaited);
  const byState = play(sent, { type: 'state', seq: 2, who: 'waiting', ack: { cid: 'a', seq: 1 } });
  assert.deepEqual(seqs(byState), [1, 2]);
  assert.equal(byState.who, 'waiting');
});

test('own message and acknowledgement are one, whichever comes first', () => {
  const echo = said(1, { from: 'visitor', cid: 'a' });
  const ack = { type: 'ack', cid: 'a', seq: 1 };
  for (const frames of [
    [echo, ack],
    [ack, echo],
    [ack, ack, echo, echo],
  ]) {
    const model = play(did(start(), say('a'), 1), ...frames);
    assert.deepEqual(seqs(model), [1]);
    assert.equal(model.items[0].at, 1001);
    assert.equal(model.pending.length, 0);
  }
});

test('an error marks the deed it names; it can be tried again under its id, or dropped', () => {
  const failed = play(did(start(), say('a'), 1), { type: 'error', code: 'not_saved', message: 'no', cid: 'a' });
  assert.equal(failed.pending[0].status, 'failed');
  assert.equal(failed.pending[0].reason, 'no');
  assert.ok(!failed.awaited);
  const again = retried(failed, 'a');
  assert.equal(again.pending[0].status, 'sending');
  assert.equal(again.pending[0].deed.cid, 'a');
  assert.equal(dropped(failed, 'a').pending.length, 0);
});

test('slow_down with a time keeps the deed on its way; an error of nothing is a problem of the page', () => {
  const slowed = play(did(start(), say('a'), 1), { type: 'error', code: 'slow_down', cid: 'a', retry_ms: 50 });
  assert.equal(slowed.pending[0].status, 'sending');
  assert.equal(play(start(), { type: 'error', code: 'busy', message: 'm' }).problem.code, 'busy');
  assert.equal(play(start(), { type: 'error', code: 'unknown_type' }).problem, null);
});

test('missed states are history: the present is what welcome says', () => {
  const model = play(
    emptyModel(),
    welcome({ seq: 3, state: { who: 'agent', name: 'Marta', ticket: 7 } }),
    said(1),
    { type: 'state', seq: 2, who: 'waiting', ticket: 7 },
    { type: 'state', seq: 3, who: 'agent', name: 'Marta' },
  );
  assert.equal(model.who, 'agent');
  assert.equal(model.agent, 'Marta');
  assert.equal(model.ticket, 7);
  assert.ok(model.items.every(({ replayed }) => replayed));
  assert.equal(play(model, { type: 'state', seq: 4, who: 'bot' }).who, 'bot');
});

test('a position belongs to the queue and goes with it', () => {
  const waiting = start(
    { type: 'state', seq: 1, who: 'waiting', ticket: 9 },
    { type: 'position', ticket: 9, position: 2, wait_low: 3, wait_high: 8, open: true, online: 1 },
  );
  assert.deepEqual(waiting.place, { position: 2, low: 3, high: 8, open: true, beyond: false, online: true });
  assert.equal(play(waiting, { type: 'state', seq: 2, who: 'agent', name: 'M' }).place, null);
  const bare = start({ type: 'position', ticket: 9, position: 1, online: 0 });
  assert.equal(bare.place.low, -1);
  assert.equal(bare.place.online, false);
});

test('after a closed conversation the next counts from 1, and the old one stays on the page', () => {
  const closed = start(said(1), { type: 'state', seq: 2, who: 'closed', at: 1 });
  const asked = did(closed, say('n'), 9000);
  const next = play(asked, { type: 'ack', cid: 'n', seq: 1 }, said(2, { at: 9999 }));
  assert.equal(next.items.length, 4);
  assert.deepEqual(
    next.items.map(({ epoch }) => epoch),
    [0, 0, 1, 1],
  );
  assert.equal(next.held, 2);
  assert.equal(next.who, 'bot');
  const byEcho = play(asked, said(1, { from: 'visitor', cid: 'n', at: 9001 }), said(2, { at: 9002 }));
  assert.deepEqual(
    byEcho.items.map(({ epoch }) => epoch),
    [0, 0, 1, 1],
  );
});

test('a welcome that counts fewer events than are held begins another conversation', () => {
  const model = play(start(said(1), said(2), said(3)), welcome({ seq: 1 }), said(1, { at: 8000 }));
  assert.equal(model.epoch, 1);
  assert.equal(model.held, 1);
  assert.equal(model.items.length, 4);
});

test('after a closed conversation a welcome of an open one begins it, however long it is', () => {
  const closed = start(said(1), { type: 'state', seq: 2, who: 'closed' });
  const model = play(closed, welcome({ seq: 3 }), said(1, { at: 8001 }), said(2, { at: 8002 }), said(3, { at: 8003 }));
  assert.deepEqual(
    model.items.map(({ epoch, seq }) => [epoch, seq]),
    [
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 2],
      [1, 3],
    ],
  );
  assert.equal(model.held, 3);
  assert.equal(play(closed, welcome({ seq: 2, state: { who: 'closed' } })).epoch, 0);
});

test('a state in history stands by the time of what came before it', () => {
  const model = play(emptyModel(), welcome({ seq: 2 }), said(1), { type: 'state', seq: 2, who: 'waiting' });
  assert.equal(model.items[1].at, 1001);
});

test('a server that knows the visitor no more gives a new token: old events go, unsent words stay', () => {
  const model = play(did(start(said(1)), say('a'), 1), welcome({ token: 'U' }));
  assert.equal(model.token, 'U');
  assert.equal(model.items.length, 0);
  assert.equal(model.pending.length, 1);
  assert.equal(play(start(), { ...welcome(), token: null }).token, 'T');
});

test('a thumb shows at once, and is taken back when the server refuses it', () => {
  const down = did(rated(start(said(1)), 1, -1), { type: 'rate', cid: 'r', seq: 1, value: -1 }, 1);
  assert.equal(down.items[0].rated, -1);
  const refused = play(down, { type: 'error', code: 'not_saved', cid: 'r' });
  assert.equal(refused.items[0].rated, 0);
  assert.equal(refused.pending.length, 0);
});

test('frames that make no sense change nothing', () => {
  const model = start(said(1));
  for (const frame of [
    { type: 'toString' },
    { type: '__proto__' },
    { type: 'new_thing', seq: 9 },
    said(0),
    said(-1),
    said(1.5),
    said('2'),
    { type: 'ack', cid: 'nobody', seq: 4 },
    { type: 'error', code: 'x', cid: 'nobody' },
  ])
    assert.equal(received(model, frame, 1), model, JSON.stringify(frame));
  assert.doesNotThrow(() =>
    play(model, { type: 'message', seq: 2, from: 'bot', blocks: 'x', options: 7 }, { type: 'welcome' }),
  );
});

test('nothing is begun by a welcome, something by the first deed', () => {
  assert.ok(!begun(start()));
  assert.ok(begun(did(start(), say('a'), 1)));
});

test('an answer is looked for only where one must come, and not for ever', () => {
  assert.equal(did(start(), say('a'), 100).awaited, 8100);
  assert.equal(did(start({ type: 'state', seq: 1, who: 'waiting' }), say('a'), 100).awaited, 0);
  assert.equal(did(start({ type: 'state', seq: 1, who: 'agent' }), say('a'), 100).awaited, 0);
});

test('typing ends by itself and with the message', () => {
  const typing = start({ type: 'typing', from: 'agent' });
  assert.deepEqual(typing.typing, { from: 'agent', until: 11000 });
  assert.equal(play(typing, said(1)).typing, null);
});
