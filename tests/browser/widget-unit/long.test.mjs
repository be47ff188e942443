// The model with a long history, erasing, and what small rules of later pieces say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hintOn } from '../../../web-widget/core/hint-watch.js';
import { fresh, rated, receivedAll } from '../../../web-widget/talk/course.js';
import { did, emptyModel, erasing } from '../../../web-widget/talk/model.js';
import { received } from './hear.mjs';

const message = (seq, more = {}) => ({ type: 'message', seq, at: seq, from: 'bot', blocks: [{ type: 'text', text: 'x' }], ...more });
const hear = (model, ...frames) => frames.reduce((now, frame) => received(now, frame, 0), model);

test('events in any order, each twice, stand in order and once', () => {
  const order = Array.from({ length: 300 }, (_, i) => ((i * 7) % 300) + 1);
  const model = hear(emptyModel(), ...order.flatMap((seq) => [message(seq), message(seq)]));
  assert.deepEqual(model.items.map(({ seq }) => seq), order.slice().sort((a, b) => a - b));
  assert.equal(model.held, 300);
});

test('what has come is told, wherever it stands, and nothing else', () => {
  const was = hear(emptyModel(), message(1), message(2), message(5));
  const news = (model) => fresh(was.items, model.items).map(({ seq }) => seq);
  assert.deepEqual(news(hear(was, message(6))), [6]);
  assert.deepEqual(news(hear(was, message(3))), [3]);
  assert.deepEqual(news(hear(was, message(2))), []);
  assert.deepEqual(news(rated(was, 2, 1)), []);
  assert.deepEqual(news(emptyModel()), []);
});

test('many events at once are what they are one by one, and change nothing that was seen before', () => {
  const was = hear(emptyModel(), message(1), message(3));
  const frames = [message(2), message(4), { type: 'state', seq: 5, who: 'closed' }, message(4), { type: 'nonsense' }, message(7)];
  const { items } = was;
  const next = receivedAll(was, frames, 0);
  assert.deepEqual(next, hear(was, ...frames));
  assert.deepEqual([items.length, was.items], [2, items]);
  const kept = [...next.items];
  hear(next, message(8));
  assert.deepEqual(next.items, kept, 'a list that was given away is not changed any more');
});

test('erased: nothing is left but what was said after it was asked for', () => {
  let model = hear(emptyModel(), { type: 'welcome', seq: 0, token: 't', site: { name: 'S' } }, message(1));
  model = did(model, { type: 'say', cid: 'a', text: 'before' }, 0);
  model = did(model, { type: 'erase', cid: 'b' }, 0);
  model = did(model, { type: 'say', cid: 'c', text: 'after' }, 0);
  assert.equal(erasing(model)?.deed.cid, 'b');
  const done = hear(model, { type: 'erased', cid: 'b' });
  assert.deepEqual([done.items, done.token, done.pending.map(({ deed }) => deed.cid)], [[], '', ['c']]);
  assert.deepEqual(hear(model, { type: 'erased' }).items, [], 'asked for by another page');
  assert.equal(done.site?.name, 'S');
});

test('a server that knows no erasing says so, and nothing waits for it for ever', () => {
  const model = did(emptyModel(), { type: 'erase', cid: 'b' }, 0);
  const told = hear(model, { type: 'error', code: 'unknown_type' });
  assert.equal(erasing(told), undefined);
  assert.equal(told.pending[0].status, 'failed');
});

test('a hint holds on the pages that its rule names', () => {
  const rows = [
    ['', '/x', true], ['  ', '/', true], ['/prezzi', '/prezzi', true], ['/prezzi', '/prezzi/a', false],
    ['/prezzi /contatti*', '/contatti/roma', true], ['*', '/x', true], ['/a*', '/b', false], ['.*', '/b', false],
  ];
  for (const [rules, path, holds] of rows) assert.equal(hintOn(rules, path), holds, `${rules} ${path}`);
});
