import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueField, duePresets, dueRead, dueWords } from '../../../web-desk/due.js';
import { keyDeed } from '../../../web-desk/keys.js';
import { seenForget, seenRead, seenWrite } from '../../../web-desk/prefs.js';
import { tagsAdd, tagsWithout } from '../../../web-desk/tags.js';

const at = (...parts) => new Date(...parts).getTime();

test('the usual times are those still to come, a Monday once', () => {
  const friday = at(2027, 2, 12, 16, 2);
  assert.deepEqual(duePresets(friday).map((p) => [p.word, dueField(p.at)]), [
    ['due_hour', '2027-03-12T17:05'], ['due_today', '2027-03-12T18:00'], ['due_tomorrow', '2027-03-13T09:00'],
    ['due_monday', '2027-03-15T09:00'],
  ]);
  const sundayNight = at(2027, 2, 14, 22, 0);
  assert.deepEqual(duePresets(at(2027, 2, 10, 17, 20)).map((p) => p.word).slice(0, 2), ['due_today', 'due_hour'], 'the soonest first');
  assert.deepEqual(duePresets(sundayNight).map((p) => p.word), ['due_hour', 'due_tomorrow']);
});

test('a field’s time is read, nonsense is none', () => {
  assert.equal(dueRead('2027-03-12T17:05'), at(2027, 2, 12, 17, 5));
  for (const nonsense of ['', 'domani', '2027-13-40T99:99', '1960-01-01T00:00', '2027-03-12']) assert.equal(dueRead(nonsense), 0, nonsense);
});

test('a time is said in the fewest words', () => {
  const now = at(2027, 2, 12, 9, 0);
  assert.equal(dueWords('it', at(2027, 2, 12, 17, 5), now), '17:05');
  assert.match(dueWords('en', at(2027, 2, 13, 9, 0), now), /^Sat,? 13 Mar,? 09:00$/);
});

test('tags are short, few, small and no one twice', () => {
  assert.deepEqual(tagsAdd(['reso'], ' Trapano ,  due   parole,reso,,'), { tags: ['reso', 'trapano', 'due parole'], problem: null });
  assert.equal(tagsAdd([], 'è'.repeat(21)).problem, 'tag_long');
  assert.equal(tagsAdd([], 'è'.repeat(20)).problem, null);
  const many = Array.from({ length: 10 }, (_, i) => `t${i}`);
  assert.deepEqual(tagsAdd(many, 'uno'), { tags: many, problem: 'tags_many' });
  assert.equal(tagsAdd(many, 't3').problem, null);
  assert.deepEqual(tagsWithout(['a', 'b'], 'a'), ['b']);
});

test('on a page beside the counter only the keys for everywhere work', () => {
  const press = (key) => keyDeed({ key, altKey: false, ctrlKey: false, metaKey: false }, { writing: false, single: true, page: true });
  assert.deepEqual(['n', 'c', 't', 'j'].map(press), [null, null, null, null]);
  assert.deepEqual(['a', 'd', '?', 's', 'w'].map((key) => press(key).deed), ['accept', 'decline', 'help', 'settings', 'pages']);
});

test('what was seen is remembered for its own agent only, and forgotten on leaving', () => {
  const kept = new Map();
  const storage = { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v), removeItem: (k) => kept.delete(k) };
  seenWrite(storage, 'Anna', 77);
  assert.deepEqual([seenRead(storage, 'Anna'), seenRead(storage, 'Bruno'), seenRead(null, 'Anna')], [77, 0, 0]);
  seenForget(storage);
  assert.equal(seenRead(storage, 'Anna'), 0);
  for (const nonsense of ['{', 'null', '{"name":"Anna","event":"7"}', '{"name":"Anna","event":-1}']) {
    assert.equal(seenRead({ getItem: () => nonsense }, 'Anna'), 0, nonsense);
  }
});
