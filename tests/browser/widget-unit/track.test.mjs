// A text in time: the track, the mouth's timeline, and what is seen of the words at a moment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visemesOf } from '../../../web-widget/speech/letters-it.js';
import { REVEAL_MS, decode, lengthOf, revealOf, speechOf, timelineOf } from '../../../web-widget/speech/track.js';

test('a track is two characters a shape; what is not one is left alone', () => {
  assert.deepEqual(decode('a5k8oz'), [
    { viseme: 0, ms: 50, chars: 0 },
    { viseme: 10, ms: 80, chars: 0 },
    { viseme: 14, ms: 350, chars: 0 },
  ]);
  for (const bad of [undefined, null, 5, '', 'a', 'a5k', 'p5', 'A5', 'a-', 'a5 k8', {}, ['a5']]) assert.equal(decode(bad), undefined);
});

test('a timeline begins each shape when the one before it ends, and the mouth shuts at last', () => {
  assert.deepEqual(timelineOf(decode('k5b3') ?? []), { at: [0, 50, 80], viseme: [10, 1, 0], length: 80 });
  assert.deepEqual(timelineOf(decode('k5k5b3') ?? []), { at: [0, 100, 130], viseme: [10, 1, 0], length: 130 });
  assert.deepEqual(timelineOf([]), { at: [0], viseme: [0], length: 0 });
});

test('a character is seen when its sound begins, none before, all at the end', () => {
  const letters = visemesOf('Ciao, come va?');
  const shown = revealOf(letters, lengthOf(letters));
  assert.equal(shown(-1), 0);
  assert.equal(shown(0), 2);
  assert.equal(shown(1e9), 14);
  for (let ms = 0, before = 0; ms < 3000; ms += 7) {
    assert.ok(shown(ms) >= before);
    before = shown(ms);
  }
});

test('a comma is a pause in which nothing new is seen', () => {
  const letters = visemesOf('Sì, va bene.');
  const shown = revealOf(letters, lengthOf(letters));
  const comma = lengthOf(letters.slice(0, 2));
  assert.equal(shown(comma + 10), shown(comma + 150));
  assert.equal(shown(comma), 'Sì, '.length);
});

test('a long answer is all there within four seconds, its mouth no faster than an eye can follow', () => {
  const text = 'Il pacco arriva in due giorni lavorativi, salvo imprevisti. '.repeat(30);
  const { timeline, shownAt } = speechOf(visemesOf(text));
  assert.equal(Math.round(timeline.length), REVEAL_MS);
  assert.equal(shownAt(REVEAL_MS), text.length);
  assert.ok(shownAt(REVEAL_MS / 2) > text.length * 0.4 && shownAt(REVEAL_MS / 2) < text.length * 0.6);
  for (let i = 1; i < timeline.at.length; i++) assert.ok(timeline.at[i] - timeline.at[i - 1] >= 40 || i === timeline.at.length - 1);
  assert.ok(timeline.at.every((at, i) => i === 0 || at >= timeline.at[i - 1]));
});

test('the server’s track moves the mouth, and the words keep its time', () => {
  const { timeline, shownAt } = speechOf(visemesOf('Ciao'), { track: 'gAk'.toLowerCase() + 'zn9' });
  assert.deepEqual(timeline.viseme.at(-1), 0);
  assert.equal(shownAt(timeline.length), 4);
  const broken = speechOf(visemesOf('Ciao'), { track: '!!' });
  assert.deepEqual(broken.timeline, speechOf(visemesOf('Ciao')).timeline);
});

test('with sound the words take as long as they take', () => {
  const letters = visemesOf('parola '.repeat(200));
  assert.ok(speechOf(letters, { cap: Infinity }).timeline.length > 60000);
  const fast = speechOf(letters, { cap: Infinity, rate: 2 });
  assert.ok(Math.abs(fast.timeline.length * 2 - lengthOf(letters)) < 1);
});

test('no text is no speech', () => {
  const { timeline, shownAt } = speechOf([]);
  assert.equal(timeline.length, 0);
  assert.equal(shownAt(0), 0);
});
