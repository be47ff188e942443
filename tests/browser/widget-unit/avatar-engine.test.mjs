// The avatar by a clock of the test's own: when it moves, when it must not, and that every table row does something.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, channels } from '../../../web-widget/avatar/channels.js';
import { createAvatar } from '../../../web-widget/avatar/engine.js';
import { gestures } from '../../../web-widget/avatar/gestures.js';
import { speaking } from '../../../web-widget/avatar/speaking.js';
import { moods } from '../../../web-widget/avatar/moods.js';
import { skin as dado } from '../../../web-widget/avatar/skins/dado.js';
import { skin as leo } from '../../../web-widget/avatar/skins/leo.js';
import { skin as olma } from '../../../web-widget/avatar/skins/olma.js';
import { skin as segno } from '../../../web-widget/avatar/skins/segno.js';
import { states } from '../../../web-widget/avatar/states.js';
import { visemes } from '../../../web-widget/avatar/visemes.js';
import { createPage } from './avatar-page.mjs';

const skins = [olma, leo, dado, segno];
const FRAME = 1000 / 60;

/** An avatar with a clock that stands still until `run`. Chance is a fixed sequence. A frame tells when it began, which is
 * `late` milliseconds before its callback runs, as in browsers. */
function scene({ late = 3, ...options } = {}) {
  let time = 0;
  let seed = 7;
  let tell = () => {};
  const frames = new Set();
  const timers = new Set();
  const counts = { frames: 0, timers: 0 };
  const page = createPage();
  const waiting = (list, entry) => {
    list.add(entry);
    return () => list.delete(entry);
  };
  const avatar = createAvatar({
    skin: olma,
    page,
    speaking,
    reduced: () => false,
    now: () => time,
    frame: (step) => waiting(frames, { step }),
    later: (step, ms) => waiting(timers, { step, due: time + ms }),
    watch: (_node, given) => ((tell = given), () => (tell = () => {})),
    random: () => (seed = (seed * 16807) % 2147483647) / 2147483647,
    ...options,
  });
  const stage = {
    avatar,
    page,
    counts,
    see: (seen) => tell(seen),
    pending: () => frames.size + timers.size,
    value: (name) => avatar.vector[at[name]],
    /** @param {number} ms @param {() => void} [each] after every tick */
    run(ms, each = () => {}) {
      const before = { ...counts, writes: page.writes };
      for (const end = time + ms; time < end; each()) {
        time += FRAME;
        for (const entry of [...timers])
          if (entry.due <= time && timers.delete(entry)) {
            counts.timers++;
            entry.step();
          }
        for (const entry of [...frames])
          if (frames.delete(entry)) {
            counts.frames++;
            entry.step(time - late);
          }
      }
      return { frames: counts.frames - before.frames, timers: counts.timers - before.timers, writes: page.writes - before.writes };
    },
  };
  return stage;
}
/** The same, after the visitor has done something. */
function awake(options) {
  const stage = scene(options);
  stage.avatar.wake();
  stage.run(300);
  return stage;
}
const line = (...sounds) => ({
  at: sounds.map((_, place) => place * 120),
  viseme: sounds.map((name) => visemes.findIndex(([known]) => known === name)),
  length: sounds.length * 120,
});

test('before the visitor acts it moves for five seconds at most, whatever is asked of it', () => {
  const stage = scene();
  assert.ok(stage.run(5100).frames > 0);
  stage.avatar.state('thinking');
  stage.avatar.gesture('wave');
  stage.avatar.speak(line('aa', 'oh', 'aa'));
  assert.deepEqual(stage.run(20000), { frames: 0, timers: 0, writes: 0 });
  assert.ok(stage.value('gazeY') < -0.5, 'the pose is shown all the same');
  assert.equal(stage.value('jaw'), 0);
  stage.avatar.wake();
  assert.ok(stage.run(3000).frames > 0);
});

test('idle, it blinks at uneven times and rests in between', () => {
  const stage = awake();
  const shut = [];
  let busy = 0;
  let clock = 0;
  stage.run(40000, () => {
    clock += FRAME;
    if (stage.value('lidL') > 0.8 && clock - (shut.at(-1) ?? -1000) > 140) shut.push(clock);
  });
  busy = stage.counts.frames;
  assert.ok(shut.length >= 6 && shut.length <= 25, `${shut.length} blinks in 40 s`);
  const gaps = shut.slice(1).map((moment, place) => moment - shut[place]);
  assert.ok(Math.max(...gaps) > 2 * Math.min(...gaps), 'blinks are not evenly spaced');
  assert.ok(busy < 0.5 * 40 * 60, `${busy} frames of 2400`);
});

test('sixty seconds after the last call nothing runs, eyes open, until the next', () => {
  const stage = awake();
  stage.run(61000);
  assert.equal(stage.pending(), 0);
  assert.deepEqual(stage.run(120000), { frames: 0, timers: 0, writes: 0 });
  assert.equal(stage.value('lidL'), 0);
  stage.avatar.state('listening');
  assert.ok(stage.run(1000).frames > 5);
});

test('a long answer is spoken to its end', () => {
  const stage = awake();
  const long = line(...Array.from({ length: 700 }, (_, place) => (place % 2 ? 'aa' : 'kk')));
  stage.avatar.speak(long);
  stage.run(80000);
  let widest = 0;
  stage.run(1000, () => (widest = Math.max(widest, stage.value('jaw'))));
  assert.ok(widest > 0.4, `jaw ${widest} after 80 s`);
});

test('hidden or off the screen: no frame, no timer; seen again, the pose of now', () => {
  const stage = awake();
  stage.avatar.speak(line(...Array(40).fill('aa')));
  stage.run(300);
  stage.see(false);
  assert.equal(stage.pending(), 0);
  stage.avatar.state('offline');
  stage.avatar.mood('sorry');
  assert.deepEqual(stage.run(5000), { frames: 0, timers: 0, writes: 0 });
  stage.see(true);
  stage.run(1500);
  assert.ok(stage.value('lidL') > 0.95);
});

test('under reduced motion poses change at once, lips and gestures stay still', () => {
  const stage = scene({ reduced: () => true });
  stage.avatar.wake();
  stage.avatar.state('thinking');
  assert.ok(stage.value('gazeY') < -0.5);
  stage.avatar.speak(line('aa', 'aa'));
  stage.avatar.gesture('nod');
  assert.deepEqual(stage.run(3000), { frames: 0, timers: 0, writes: 0 });
  assert.equal(stage.value('jaw'), 0);
  assert.equal(stage.pending(), 0);
});

test('a person is here: the figure leaves the picture, and nothing moves any more', () => {
  const stage = awake();
  stage.avatar.state('human-here');
  stage.run(1500);
  assert.equal(stage.value('here'), 0);
  assert.equal(stage.pending(), 0);
  stage.avatar.state('idle');
  stage.run(1500);
  assert.equal(stage.value('here'), 1);
});

test('every state and every mood is a pose of its own', () => {
  for (const [call, table] of [['state', states], ['mood', moods]]) {
    const seen = new Set();
    for (const name of Object.keys(table)) {
      const stage = scene({ reduced: () => true });
      if (call === 'mood') stage.avatar.state('speaking');
      stage.avatar[call](name);
      seen.add([...stage.avatar.vector].join());
    }
    assert.equal(seen.size, Object.keys(table).length, call);
  }
});

test('every gesture moves something and leaves nothing behind', () => {
  for (const [name, { ms, moves }] of Object.entries(gestures)) {
    for (const values of Object.values(moves)) assert.deepEqual([values[0], values.at(-1)], [0, 0], name);
    const stage = awake({ random: () => 0.999 });
    const before = stage.avatar.vector.slice();
    let moved = 0;
    stage.avatar.gesture(name);
    stage.run(ms, () => (moved = Math.max(moved, ...stage.avatar.vector.map((value, place) => Math.abs(value - before[place])))));
    assert.ok(moved > 0.5, `${name} moves by ${moved}`);
    stage.run(900);
    assert.ok(stage.value('hand') < 0.02 && Math.abs(stage.value('pitch')) < 0.3, name);
  }
});

test('a frame that began before what it is to show was asked for harms nothing', () => {
  for (const name in gestures) {
    for (const late of [20, 30, 40, 60]) {
      const stage = awake({ late });
      // In the midst of another movement: whatever is wrong would go on with it.
      stage.avatar.state('listening');
      stage.run(80);
      stage.avatar.gesture(name);
      stage.avatar.speak(line('aa', 'oh', 'PP'));
      stage.run(gestures[name].ms + 1000, () => assert.ok(stage.avatar.vector.every(Number.isFinite), `${name}, ${late} ms late`));
    }
  }
});

test('what it does not know it ignores', () => {
  const stage = awake();
  stage.avatar.state('dancing');
  stage.avatar.mood('__proto__');
  stage.avatar.gesture('toString');
  stage.avatar.wear('hat', true);
  stage.run(2000);
  assert.ok(stage.avatar.vector.every(Number.isFinite));
});

test('before it has learned to speak, speaking and gestures are ignored; afterwards they are not', () => {
  const stage = scene({ speaking: undefined });
  stage.avatar.wake();
  stage.avatar.speak(line('aa', 'aa', 'aa', 'aa'));
  stage.avatar.gesture('wave');
  let widest = 0;
  let highest = 0;
  const look = () => {
    widest = Math.max(widest, stage.value('jaw'));
    highest = Math.max(highest, stage.value('hand'));
  };
  stage.run(600, look);
  assert.ok(widest < 0.1 && highest < 0.1, `${widest} ${highest}`);
  stage.avatar.learn(speaking);
  stage.avatar.speak(line('aa', 'aa', 'aa', 'aa'));
  stage.avatar.gesture('wave');
  stage.run(600, look);
  assert.ok(widest > 0.3 && highest > 0.5, `${widest} ${highest}`);
});

test('a timeline may bring gestures, and hush shuts the mouth', () => {
  const stage = awake();
  stage.avatar.speak({ ...line(...Array(20).fill('aa')), gestures: [[200, 'nod']] });
  let lowest = 0;
  stage.run(900, () => (lowest = Math.max(lowest, stage.value('pitch'))));
  assert.ok(lowest > 0.4, `pitch ${lowest}`);
  assert.ok(stage.value('jaw') > 0.4);
  stage.avatar.hush();
  stage.run(150);
  assert.ok(stage.value('jaw') < 0.05, `jaw ${stage.value('jaw')} 150 ms after hush`);
});

test('speaking, it tells each of its 24 frames a second to whoever shows the words', () => {
  const stage = awake();
  const passed = [];
  stage.avatar.speak({ ...line(...Array(40).fill('aa')), pass: (ms) => passed.push(ms) });
  const { length } = line(...Array(40).fill('aa'));
  stage.run(length + 500);
  assert.ok(passed.length >= (length / 1000) * 20 && passed.length <= (length / 1000) * 25 + 2, `${passed.length} in ${length} ms`);
  assert.deepEqual(passed, [...passed].sort((a, b) => a - b));
  assert.ok(passed[0] >= 0 && passed[0] < 2 * FRAME && passed.at(-1) >= length && passed.at(-1) < length + 60);
});

test('speaking, it shows at most 25 frames a second', () => {
  const stage = awake();
  stage.avatar.state('speaking');
  stage.avatar.speak(line(...Array.from({ length: 60 }, (_, place) => visemes[place % 15][0])));
  let shown = 0;
  let last = '';
  stage.run(5000, () => {
    const now = [...stage.avatar.vector].join();
    if (now !== last) shown++;
    last = now;
  });
  assert.ok(shown > 100 && shown <= 126, `${shown} in 5 s`);
});

test('no channel ever leaves its bounds by more than a spring may', () => {
  const stage = awake();
  const names = [Object.keys(states), Object.keys(moods), Object.keys(gestures)];
  for (let turn = 0; turn < 120; turn++) {
    stage.avatar.state(names[0][turn % names[0].length]);
    stage.avatar.mood(names[1][turn % names[1].length]);
    stage.avatar.gesture(names[2][turn % names[2].length]);
    stage.avatar.speak(line(...visemes.map(([name]) => name)));
    stage.run(350, () =>
      channels.forEach(([name, least, most], place) => {
        const value = stage.avatar.vector[place];
        assert.ok(value >= least - 0.12 && value <= most + 0.12, `${name} is ${value}`);
      }),
    );
  }
});

test('every skin draws every pose with whole numbers in its attributes, and takes off what it wears', () => {
  for (const skin of skins) {
    for (const state of Object.keys(states)) {
      const stage = scene({ skin, reduced: () => true });
      stage.avatar.state(state);
      for (const mood of Object.keys(moods)) {
        stage.avatar.mood(mood);
        for (const node of stage.page.all(stage.avatar.node))
          for (const [name, value] of node.attributes)
            assert.doesNotMatch(value, /NaN|undefined|Infinity|e[-+]\d/, `${skin.name} ${state} ${mood} ${name}`);
      }
      for (const part of Object.keys(skin.parts)) {
        const hidden = () => stage.page.all(stage.avatar.node).filter((node) => node.getAttribute('display') === 'none').length;
        stage.avatar.wear(part, true);
        const before = hidden();
        stage.avatar.wear(part, false);
        assert.equal(hidden(), before + 1, `${skin.name} ${part}`);
      }
    }
  }
});

test('what is named is worn, and nothing else', () => {
  const shown = (parts) => {
    const { avatar, page } = scene({ skin: leo, parts });
    return page.all(avatar.node).filter((node) => node.getAttribute('display') === 'inline').length;
  };
  const usual = Object.values(leo.parts).filter(Boolean).length;
  assert.deepEqual([undefined, null, '', 'glasses', 'glasses headset hat', 'none'].map(shown), [usual, usual, 0, 1, 2, 0]);
});

test('two in one page do not share the ids of their clips', () => {
  const page = createPage();
  const ids = [0, 1].flatMap(() => page.all(scene({ page }).avatar.node).map((node) => node.getAttribute('id')).filter(Boolean));
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.length >= 4);
});

test('the end stops everything and takes the picture away', () => {
  const stage = awake();
  stage.avatar.speak(line('aa', 'aa', 'aa'));
  stage.avatar.end();
  stage.avatar.state('listening');
  assert.equal(stage.pending(), 0);
  assert.equal(stage.avatar.node.removed, true);
});
