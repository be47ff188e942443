// Which of a conversation's events stand in the page, and how many are added at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSpan, PAGE, SLICE } from '../../../web-widget/more/span.js';
import { listed } from '../../../web-widget/more/listed.js';
import { tables } from '../../../web-widget/more/rows.words.js';
import { wordsOf } from '../../../web-widget/words/words.js';

/** Steps until nothing is wanted; gives how much each of them added. */
function steps(span, length, ended) {
  const added = [];
  for (let guard = 0; span.wants(length); guard += 1) {
    assert.ok(guard < 100, 'it comes to an end');
    const was = [span.first, span.last];
    span.follow(length, ended);
    span.grow();
    added.push(was[0] - span.first + span.last - was[1]);
  }
  return added;
}

test('of ten thousand events the newest stand there first, then a page of them, a slice at a time', () => {
  const span = createSpan();
  span.follow(10_000, true);
  assert.deepEqual([span.first, span.last], [10_000 - SLICE, 10_000]);
  const added = steps(span, 10_000, true);
  assert.deepEqual([span.first, span.last], [10_000 - PAGE, 10_000]);
  assert.ok(added.every((count) => count > 0 && count <= SLICE), `${added}`);
});

test('older pages come when they are asked for, each once, down to the first event', () => {
  const span = createSpan();
  span.follow(120, true);
  assert.equal(span.older(), false, 'a page is coming already');
  steps(span, 120, false);
  const pages = [];
  while (span.older()) {
    assert.ok(steps(span, 120, false).every((count) => count <= SLICE));
    pages.push(span.first);
  }
  assert.deepEqual(pages, [20, 0]);
  assert.equal(span.last, 120, 'whoever reads up there keeps what is below');
});

test('what comes while one reads further up is added below, in order, a slice at a time', () => {
  const span = createSpan();
  span.follow(60, true);
  steps(span, 60, true);
  span.older();
  const { first } = span;
  span.follow(90, false);
  assert.equal(span.last, 60 + SLICE);
  assert.equal(span.first, first);
  steps(span, 90, false);
  assert.deepEqual([span.first, span.last], [0, 90]);
});

test('at the end: a few more are added below; what is far above goes; many more begin anew with the newest', () => {
  const span = createSpan();
  span.follow(60, true);
  steps(span, 60, true);
  span.follow(61, true);
  assert.deepEqual([span.first, span.last], [10, 61]);
  for (let length = 62; length <= 10 + 2 * PAGE; length += 1) span.follow(length, true);
  assert.equal(span.first, 10);
  span.follow(11 + 2 * PAGE, true);
  assert.equal(span.first, 11 + PAGE);
  span.follow(1000, true);
  assert.deepEqual([span.first, span.last], [1000 - SLICE, 1000]);
});

test('erased: nothing of it stands there; what is said then does', () => {
  const span = createSpan();
  span.follow(60, true);
  span.follow(0, true);
  assert.deepEqual([span.first, span.last], [0, 0]);
  span.follow(1, true);
  assert.deepEqual([span.first, span.last], [0, 1]);
});

test('days have their names in both languages, as browsers write them', () => {
  const at = (day) => new Date(2024, day % 12, 1 + (day % 28), 12).getTime();
  for (const [language, locale] of [['it', 'it'], ['en', 'en-GB']]) {
    const words = wordsOf(tables[language]);
    for (let day = 0; day < 84; day += 1) {
      const items = [{ key: 'a', at: at(day), kind: 'message', from: 'bot', name: '', cid: '', blocks: [{}], options: [], picked: '', form: '' }];
      const [{ day: name }] = listed({ items, pending: [] }, { first: 0, last: 1 }, words);
      const known = new Date(at(day)).toLocaleDateString(locale, { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '');
      assert.equal(name.toLowerCase(), known.toLowerCase());
    }
  }
});
