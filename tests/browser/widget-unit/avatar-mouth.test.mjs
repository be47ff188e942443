// The mouth and the eyes as numbers and lines: springs, sounds that flow together, paths that can be drawn.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, approach, at, bound, channels } from '../../../web-widget/avatar/channels.js';
import { browPath, eyePaths, mouthPath } from '../../../web-widget/avatar/rig.js';
import { addMouth, visemes } from '../../../web-widget/avatar/visemes.js';

const blank = () => new Float32Array(channels.length);
const number = (name) => visemes.findIndex(([known]) => known === name);

/** The mouth as it is seen while a timeline runs: the table, then the springs. @param {[string, number][]} sounds */
function spoken(sounds) {
  const line = { at: [], viseme: [], length: 0 };
  for (const [name, ms] of sounds) {
    line.at.push(line.length);
    line.viseme.push(number(name));
    line.length += ms;
  }
  const vector = blank();
  const speed = blank();
  const shots = [];
  let on = 0;
  for (let time = -100; time < line.length + 200; time += 10) {
    const goal = blank();
    if (time >= 0 && time < line.length) on = addMouth(goal, line, time, on);
    bound(goal);
    approach(vector, speed, goal, 0.01);
    shots.push({ time, vector: vector.slice(), goal });
  }
  /** Of one channel, between two moments. */
  const range = (channel, from, to) => {
    const values = shots.filter(({ time }) => time >= from && time <= to).map((shot) => shot.vector[at[channel]]);
    return [Math.min(...values), Math.max(...values)];
  };
  return { shots, range };
}

test('the table has the fifteen visemes in the order of their numbers', () => {
  assert.equal(visemes.map(([name]) => name).join(' '), 'sil PP FF TH DD kk CH SS nn RR aa E ih oh ou');
  const shapes = new Set(visemes.slice(1).map(([, , pose]) => JSON.stringify(pose)));
  assert.equal(shapes.size, 14);
});

test('lips meet for p, b and m, even between two open vowels', () => {
  const { range } = spoken([['sil', 200], ['aa', 140], ['PP', 80], ['aa', 140]]);
  const open = range('jaw', 200, 340)[1];
  const [shut] = range('jaw', 340, 420);
  assert.ok(open > 0.55, `jaw ${open} in the vowel of mamma`);
  assert.ok(shut < 0.12, `jaw ${shut} in the middle of mamma`);
});

test('a sound begins before its time and is there in the middle of it', () => {
  const { range } = spoken([['sil', 300], ['aa', 160], ['sil', 300]]);
  assert.ok(range('jaw', 0, 160)[1] < 0.02, 'nothing long before');
  assert.ok(range('jaw', 300, 305)[0] > 0.08, 'on the way when it begins');
  assert.ok(range('jaw', 340, 420)[1] > 0.7);
});

test('a loose sound takes the lips of its neighbour', () => {
  const alone = spoken([['kk', 90], ['aa', 150]]).range('round', 20, 70)[1];
  const beforeU = spoken([['kk', 90], ['ou', 150]]).range('round', 20, 70)[1];
  assert.ok(beforeU > alone + 0.15, `${beforeU} against ${alone}`);
});

test('what is blended stays between the shapes it is made of', () => {
  const sounds = Array.from({ length: 60 }, (_, place) => [visemes[(place * 7) % 15][0], 40 + ((place * 37) % 90)]);
  for (const { goal } of spoken(sounds).shots)
    channels.forEach(([name, least, most], place) => assert.ok(goal[place] >= least && goal[place] <= most, name));
});

test('a spring arrives, never swings back and forth, and does not mind a long pause', () => {
  for (const step of [0.004, 0.0166, 0.033, 0.08, 5]) {
    const vector = blank();
    const speed = blank();
    const goal = blank().fill(0.5);
    let turns = 0;
    let before = 0;
    let arrived = false;
    for (let time = 0; time < 10 && !arrived; time += step) {
      arrived = approach(vector, speed, goal, step);
      if (vector[0] < before - 1e-6) turns++;
      before = vector[0];
    }
    assert.ok(arrived, `step ${step}`);
    assert.equal(turns, 0, `step ${step}`);
    assert.deepEqual([...vector], [...goal]);
  }
});

test('the mouth, the eyes and the brows can be drawn at every corner of their channels', () => {
  const path = /^(M-?[\d.]+ -?[\d.]+([CQL]-?[\d.]+( -?[\d.]+)*)*Z?)+$/;
  const corners = (names, visit) => {
    for (let mask = 0; mask < 3 ** names.length; mask++) {
      const vector = blank();
      names.forEach((name, place) => {
        const [, least, most] = channels[at[name]];
        vector[at[name]] = [least, (least + most) / 2, most][Math.floor(mask / 3 ** place) % 3];
      });
      visit(vector);
    }
  };
  corners(['jaw', 'wide', 'round', 'smile', 'tip'], (vector) => {
    const { d, top, low } = mouthPath({ y: 62, w: 6.6 }, vector);
    assert.match(d, path);
    assert.ok(low >= top - 0.01, 'the lower lip is not above the upper one');
    const xs = [...d.matchAll(/[MC ](-?[\d.]+) -?[\d.]+/g)].map(([, x]) => Number(x));
    assert.ok(Math.min(...xs) > 34 && Math.max(...xs) < 62, 'the mouth stays in the face');
  });
  corners(['lidL', 'lidR', 'gazeY', 'smile', 'cheek'], (vector) => {
    for (const d of Object.values(eyePaths({ x: 10, y: 49, w: 5, h: 4.5, thick: 1.3, flick: 1.5 }, vector))) assert.match(d, path);
  });
  corners(['browL', 'browR', 'worry'], (vector) => assert.match(browPath({ x: 10, y: 42, w: 5, thick: 1 }, vector), path));
});

test('poses add up by name, weighted', () => {
  const vector = blank();
  add(vector, { jaw: 0.5, smile: -1 }, 0.5);
  assert.deepEqual([vector[at.jaw], vector[at.smile]], [0.25, -0.5]);
});
