// A text in time: which shape the mouth has and how many characters are seen at a moment. Pure; knows no clock.

/** One shape of the mouth: an OVR viseme 0–14, how long it lasts, and how many UTF-16 units of the text it stands for.
 * @typedef {{viseme: number, ms: number, chars: number}} Viseme */
/** When which shape begins, in ms from the start; what the avatar is given.
 * @typedef {{at: number[], viseme: number[], length: number, pass?: (ms: number) => void}} Timeline */
/** @typedef {{timeline: Timeline, shownAt: (ms: number) => number}} Speech */

/** However long an answer is, it is all there after so many ms: words are shown for reading, not for waiting. */
export const REVEAL_MS = 4000;
/** Shapes shorter than this are not seen: where a long answer is hurried through, they are left out. */
const SHORTEST_MS = 45;
const HURRY = 0.7;

/**
 * The server's track: two characters a shape, a–o for the visemes 0–14 and its ms/10 in base 36.
 * What cannot be read is no track: the letters are used instead.
 * @param {unknown} track @returns {Viseme[] | undefined}
 */
export function decode(track) {
  if (typeof track !== 'string' || !/^([a-o][0-9a-z])+$/.test(track)) return undefined;
  const out = [];
  for (let i = 0; i < track.length; i += 2)
    out.push({ viseme: track.charCodeAt(i) - 97, ms: parseInt(track[i + 1], 36) * 10, chars: 0 });
  return out;
}

/** @param {Viseme[]} visemes */
export const lengthOf = (visemes) => visemes.reduce((sum, v) => sum + v.ms, 0);

/**
 * When which shape begins; `pace` 2 is twice as slow.
 * @param {Viseme[]} visemes @param {number} [pace] @returns {Timeline}
 */
export function timelineOf(visemes, pace = 1) {
  /** @type {Timeline} */
  const out = { at: [], viseme: [], length: 0 };
  let now = 0;
  for (const { viseme, ms } of visemes) {
    const last = out.at.length - 1;
    if (last >= 0 && pace < HURRY && now - out.at[last] < SHORTEST_MS) {
      now += ms * pace;
      continue;
    }
    if (ms > 0 && out.viseme[last] !== viseme) {
      out.at.push(now);
      out.viseme.push(viseme);
    }
    now += ms * pace;
  }
  // Whatever was said last, the mouth shuts.
  out.at.push(now);
  out.viseme.push(0);
  out.length = now;
  return out;
}

/**
 * How many characters are seen at a moment: one appears as its shape begins.
 * @param {Viseme[]} visemes of the letters @param {number} length ms from the first to all of them
 * @returns {(ms: number) => number}
 */
export function revealOf(visemes, length) {
  const pace = length / (lengthOf(visemes) || 1);
  /** @type {number[]} */
  const at = [];
  /** @type {number[]} */
  const shown = [];
  let now = 0;
  let chars = 0;
  for (const v of visemes) {
    at.push(now);
    shown.push((chars += v.chars));
    now += v.ms * pace;
  }
  return (ms) => {
    if (ms >= length) return chars;
    let low = 0;
    let high = at.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at[middle] <= ms) low = middle + 1;
      else high = middle;
    }
    return low ? shown[low - 1] : 0;
  };
}

/**
 * What is shown and how the mouth moves while a text appears. Without sound nobody waits for the end: the whole text is
 * there within `cap` ms.
 * @param {Viseme[]} letters of the text, by letters-LANG.js
 * @param {{track?: unknown, rate?: number, cap?: number}} [options] the server's track; 2 = twice as fast; Infinity = no cap
 * @returns {Speech}
 */
export function speechOf(letters, { track, rate = 1, cap = REVEAL_MS } = {}) {
  const mouth = decode(track) ?? letters;
  const whole = lengthOf(mouth);
  const length = Math.min(whole / rate, cap);
  return { timeline: timelineOf(mouth, whole ? length / whole : 1), shownAt: revealOf(letters, length) };
}
