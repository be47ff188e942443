import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  talkAck, talkAsked, talkEvent, talkLacks, talkNew, talkOffline, talkSay, talkSeen, talkUnread,
} from '../../../web-desk/talk.js';
import { message, NOW } from './made.mjs';

const with_ = (...events) => events.reduce(talkEvent, talkNew());
const seqs = (talk) => talk.events.map((e) => e.seq);

test('events are kept once and in order, whatever the order they come in', () => {
  const talk = with_(message(1, 1), message(1, 3), message(1, 2), message(1, 3), message(1, 5));
  assert.deepEqual(seqs(talk), [1, 2, 3, 5]);
  assert.equal(talk.seq, 3, 'the gap before 5 shows');
});

test('no function changes the talk it is given', () => {
  const before = Object.freeze({ ...talkNew(), events: Object.freeze([message(1, 1)]), pending: Object.freeze([]) });
  talkEvent(before, message(1, 2));
  talkSay(before, 'c', 'ciao', NOW);
  assert.equal(before.events.length, 1);
});

test('an acknowledged message becomes an event; its echo takes its place', () => {
  const said = talkSay(with_(message(1, 1)), 'abc', 'ciao', NOW);
  const known = talkAck(said, 1, 'abc', 2);
  assert.deepEqual([seqs(known), known.pending.length], [[1, 2], 0]);
  const echoed = talkEvent(known, message(1, 2, 'agent', { cid: 'abc', name: 'Anna' }));
  assert.deepEqual([seqs(echoed), echoed.events[1].name], [[1, 2], 'Anna']);
});

test('an echo before its acknowledgement ends the pending message too', () => {
  const said = talkSay(with_(message(1, 1)), 'abc', 'ciao', NOW);
  const echoed = talkEvent(said, message(1, 2, 'agent', { cid: 'abc' }));
  assert.deepEqual([echoed.pending.length, seqs(talkAck(echoed, 1, 'abc', 2))], [0, [1, 2]]);
});

test('what lacks is asked for again after a while, a few times, and at once after a full page', () => {
  let talk = talkAsked(talkNew(), NOW);
  assert.equal(talkLacks(talk, 5, NOW + 100), false, 'the answer may be on its way');
  for (let tries = 1; tries < 4; tries++) {
    assert.equal(talkLacks(talk, 5, NOW + 4000 * tries), true);
    talk = talkAsked(talk, NOW + 4000 * tries);
  }
  assert.equal(talkLacks(talk, 5, NOW + 99_000), false, 'it does not ask for ever');
  let page = talkAsked(talkNew(), NOW);
  for (let seq = 1; seq <= 200; seq++) page = talkEvent(page, message(1, seq));
  assert.equal(talkLacks(page, 450, NOW + 1), true);
  assert.equal(talkLacks(talkOffline(page), 450, NOW + 1), false, 'not without a connection');
});

test('unread are the visitor’s messages since the last answer, joining or look', () => {
  const state = { type: 'state', ticket: 1, seq: 2, who: 'agent' };
  const talk = with_(message(1, 1), state, message(1, 3), message(1, 4, 'bot'), message(1, 5));
  assert.equal(talkUnread(talk), 2);
  assert.equal(talkUnread(talkSeen(talk)), 0);
  assert.equal(talkUnread(talkEvent(talkSeen(talk), message(1, 6))), 1);
  assert.equal(talkUnread(talkEvent(talk, message(1, 6, 'agent'))), 0);
});
