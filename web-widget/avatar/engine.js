// The avatar: one figure that moves. It knows nothing of chats.
//
//   const avatar = createAvatar({ skin, host });        // host: where its node goes, or none
//   avatar.state('speaking'); avatar.mood('glad'); avatar.speak(timeline); avatar.wake(); avatar.end();
//
// Good for: a face beside a conversation, 32 to 256 pixels and more. It gives `node`, a picture that is hidden
// from screen readers: whoever shows it says in words what the state means.
//
// Movement. A pose (state + mood) is reached by springs; between two blinks nothing runs at all. No frame and no
// timer while the page is hidden, while the node is off the screen, sixty seconds after the last call, and always
// under reduced motion, where poses change at once and lips stay still. Before `wake` has been called (the visitor
// did something) it moves for five seconds at most, then shows poses at once as well.
//
// The skin is a table (draw.js). Its colours are custom properties of the page: --avatar-skin, --avatar-hair,
// --avatar-clothes, --avatar-accent, --avatar-ground; `skin.colors` has what they are otherwise, `skin.parts` what
// may be worn and whether it is, unless `parts` names all that is worn (`beard glasses`; '' leaves it bare). An unknown state, mood, gesture or part is ignored.
//
// It speaks and gestures once it has learned to (speaking.js): what is needed for that comes when there is something to
// say. Time and chance are given from outside in tests: now (milliseconds, as performance.now), frame and later (as
// requestAnimationFrame and setTimeout; both return their own undoing), watch (calls back with whether the node can
// be seen, returns its undoing), reduced, random. Everything stops with `end`. Main thread only.
import { add, approach, at, bound, channels } from './channels.js';
import { draw } from './draw.js';
import { moods } from './moods.js';
import { states } from './states.js';

/** @typedef {typeof import('./speaking.js').speaking} Speaking what moves lips and head: only a face that speaks needs it */
/** @typedef {import('./visemes.js').Timeline} Timeline */
/** @typedef {{skin: import('./draw.js').Skin, host?: ParentNode, parts?: string | null, page?: Document, reduced?: () => boolean, now?: () => number,
 *   frame?: (step: (time?: number) => void) => () => void, later?: (step: () => void, ms: number) => () => void,
 *   watch?: (node: Element, tell: (seen: boolean) => void) => () => void, random?: () => number,
 *   speaking?: Speaking}} Options */

/** Frames are so far apart on the average (milliseconds): 24 a second, as in films. More cost a phone more than they show. */
const GAP = 41;
/** How long it stays lively after something happened, and in all before the visitor acts. */
const LIVELY = 60000;
const UNASKED = 5000;
const BLINK = 95;

/** @param {Options} options */
export function createAvatar({
  skin,
  host,
  parts,
  page = document,
  reduced = motionReduced,
  now = () => performance.now(),
  frame = nextFrame,
  later = afterwards,
  watch = watchNode,
  random = Math.random,
  speaking,
}) {
  const picture = draw(skin, page);
  const vector = new Float32Array(channels.length);
  const speed = new Float32Array(channels.length);
  const goal = new Float32Array(channels.length);
  const born = now();
  /** @type {import('./states.js').State} */
  let doing = states.idle;
  /** @type {import('./channels.js').Pose} */
  let tone = moods.neutral;
  let mouth = speaking?.();
  let acted = false;
  let seen = true;
  let until = 0;
  let last = born;
  let due = 0;
  let blink = born + 900 + random() * 1500;
  let stray = born + 700 + random() * 2000;
  /** @type {import('./channels.js').Pose} */
  let straying = {};
  let stop = () => {};

  /** Where everything should be at a moment. True: something is under way that time alone changes. @param {number} time */
  function aim(time) {
    goal.fill(0);
    goal[at.here] = 1;
    add(goal, doing.pose);
    if (doing.gone || doing.asleep) return false;
    add(goal, tone);
    add(goal, straying, doing.wander);
    const said = Boolean(mouth?.add(goal, time));
    const shut = time >= blink && time < blink + BLINK;
    if (shut) goal[at.lidL] = goal[at.lidR] = 1;
    return said || shut;
  }

  /** The next blink and the next look aside, once theirs are over: never at even times. @param {number} time */
  function plan(time) {
    // Short waits are common, long ones happen, and now and then two blinks come together.
    if (time >= blink + BLINK) blink = time + (random() < 0.14 ? 160 : 1300 + 5200 * random() ** 1.7);
    if (time < stray) return;
    stray = time + 2200 + 5200 * random();
    const aside = () => random() - 0.5;
    // Mostly the eyes alone, now and then the head with them, and back to the visitor in between.
    straying = random() < 0.4 ? {} : { gazeX: aside(), gazeY: aside() * 0.5 };
    if (random() < 0.35) Object.assign(straying, { yaw: aside() * 0.5, pitch: aside() * 0.25, roll: aside() * 0.4 });
  }

  /** @param {number} [time] of the frame, where one brought it: cheaper than asking the clock */
  function step(time = now()) {
    stop = () => {};
    if (time < due) return void (stop = frame(step));
    due = Math.max(due, time - GAP) + GAP;
    plan(time);
    const busy = aim(time);
    bound(goal);
    const there = approach(vector, speed, goal, Math.min(time - last, 80) / 1000);
    last = time;
    picture.apply(vector);
    if (time >= until || reduced()) settle();
    else if (busy || !there) stop = frame(step);
    else if (!doing.gone && !doing.asleep) stop = later(wakeUp, Math.min(blink, doing.wander ? stray : blink, until) - time);
  }
  /** After a rest, time begins anew for the springs. @param {number} [time] */
  function wakeUp(time = now()) {
    last = time - GAP;
    step(time);
  }
  /** The pose of the moment, at once and without any movement to come. */
  function settle() {
    stop();
    mouth?.rest();
    straying = {};
    blink = Infinity;
    aim(now());
    bound(goal);
    vector.set(goal);
    speed.fill(0);
    picture.apply(vector);
  }
  /** Something happened: move, if moving is wanted. */
  function stir() {
    const time = now();
    until = acted ? time + LIVELY + (mouth?.length() ?? 0) : born + UNASKED;
    stop();
    if (!seen) return;
    if (reduced() || time >= until) return settle();
    if (blink === Infinity) blink = time + 400 + random() * 1500;
    stop = frame(wakeUp);
  }

  for (const part in skin.parts) picture.set(part, parts?.split(/\s+/).includes(part) ?? skin.parts[part]);
  settle();
  host?.append(picture.node);
  const unwatch = watch(picture.node, (visible) => {
    if (visible === seen) return;
    seen = visible;
    stop();
    if (seen) reduced() || now() >= until ? settle() : (stop = frame(wakeUp));
  });
  stir();

  return {
    node: picture.node,
    /** What is shown now (to be read): the sixteen channels of the face, then hand and here. */
    vector,
    /** @param {string} name */
    state(name) {
      const wanted = row(states, name);
      if (!wanted || doing === wanted) return;
      doing = wanted;
      picture.node.style.filter = doing.asleep ? 'grayscale(0.9) opacity(0.8)' : '';
      stir();
    },
    /** @param {string} name */
    mood(name) {
      const wanted = row(moods, name);
      if (!wanted || tone === wanted) return;
      tone = wanted;
      stir();
    },
    /** One at a time: a new one takes the place of the old. @param {string} name */
    gesture(name) {
      mouth?.gesture(name, now());
      stir();
    },
    /** From now on it can speak and gesture: before, both are ignored. @param {Speaking} given */
    learn(given) {
      mouth = given();
    },
    /** Moves the lips along, from `begun` (of the same clock as `now`). @param {Timeline} line @param {number} [begun] */
    speak(line, begun = now()) {
      mouth?.speak(line, begun);
      stir();
    },
    /** Shuts the mouth. */
    hush() {
      mouth?.hush();
      stir();
    },
    /** @param {string} part @param {boolean} worn */
    wear(part, worn) {
      if (Object.hasOwn(skin.parts, part)) picture.set(part, worn);
    },
    /** The visitor did something: from now on it may move. */
    wake() {
      acted = true;
      stir();
    },
    end() {
      stop();
      unwatch();
      seen = false;
      picture.node.remove();
    },
  };
}

/** A row of a table, if it has one of that name. @template T @param {Record<string, T>} table @param {string} name
 * @returns {T | undefined} */
const row = (table, name) => (Object.hasOwn(table, name) ? table[name] : undefined);
/** @type {MediaQueryList | undefined} */
let calm;
const motionReduced = () => (calm ??= matchMedia('(prefers-reduced-motion: reduce)')).matches;
/** @param {(time?: number) => void} step */
const nextFrame = (step) => {
  const id = requestAnimationFrame(step);
  return () => cancelAnimationFrame(id);
};
/** @param {() => void} step @param {number} ms */
const afterwards = (step, ms) => {
  const id = setTimeout(step, ms);
  return () => clearTimeout(id);
};
/** @param {Element} node @param {(seen: boolean) => void} tell */
const watchNode = (node, tell) => {
  let near = true;
  const ask = () => tell(near && !document.hidden);
  const observer = new IntersectionObserver((entries) => {
    near = entries[entries.length - 1].isIntersecting;
    ask();
  });
  observer.observe(node);
  document.addEventListener('visibilitychange', ask);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', ask);
  };
};
