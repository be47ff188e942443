// A mouth that follows a voice which only tells where its words begin: between two such moments the letters lead, at the
// pace that the voice has shown so far. Pure; times are given in ms.

import { lengthOf, timelineOf } from './track.js';

/** @typedef {import('./track.js').Viseme} Viseme */
/** @typedef {import('./track.js').Timeline} Timeline */

/** A voice is no more than so much slower or faster than the letters' own pace. */
const PACE = { least: 0.4, most: 2.5 };
/** So many ms of speech count as much as what was shown before; what is longer ago fades. */
const BELIEF_MS = 1500;
const FADING = 0.97;
/** A browser tells of a word when it sounds already: half of what is usual is taken off. */
const LATE_MS = 25;
/** How long a voice is silent before it says that it has ended. */
const TAIL_MS = 60;

/** What is left of a timeline after some ms. @param {Timeline} timeline @param {number} ms @returns {Timeline} */
function after(timeline, ms) {
  let gone = 0;
  while (gone + 1 < timeline.at.length && timeline.at[gone + 1] <= ms) gone++;
  const at = timeline.at.slice(gone).map((t) => Math.max(0, t - ms));
  return { at, viseme: timeline.viseme.slice(gone), length: Math.max(0, timeline.length - ms) };
}

export class Follower {
  /** @param {number} [pace] what the voice showed before: 2 = twice as slow as the letters */
  constructor(pace = 1) {
    this.pace = pace;
    /** @type {Viseme[]} */
    this.visemes = [];
    this.char = 0;
    this.now = 0;
    this.predicted = BELIEF_MS;
    this.measured = BELIEF_MS * pace;
  }

  /** A sentence begins to sound. @param {Viseme[]} visemes of its letters @param {number} now @returns {Timeline} */
  begin(visemes, now) {
    // A voice ends with its last sound, not with the pause of the point behind it.
    let end = visemes.length;
    while (end > 0 && visemes[end - 1].viseme === 0) end--;
    this.visemes = visemes.slice(0, end);
    this.char = 0;
    this.now = now - LATE_MS;
    return after(timelineOf(this.visemes, this.pace), LATE_MS);
  }

  /** A word begins to sound: what the mouth does from here on. One that is over is not gone back to. @param {number} char of the sentence @param {number} now
   * @returns {Timeline | undefined} */
  word(char, now) {
    if (char < this.char) return undefined;
    if (char > this.char) this.learn(char, now - LATE_MS);
    return after(timelineOf(this.from(char), this.pace), LATE_MS);
  }

  /** The sentence has ended. @param {number} now */
  end(now) {
    this.learn(Infinity, now - LATE_MS - TAIL_MS);
  }

  /** @param {number} char @returns {Viseme[]} what is said from the character on */
  from(char) {
    let i = 0;
    for (let at = 0; i < this.visemes.length && at + this.visemes[i].chars <= char; i++) at += this.visemes[i].chars;
    return this.visemes.slice(i);
  }

  /** @param {number} char @param {number} now */
  learn(char, now) {
    const predicted = lengthOf(this.from(this.char)) - lengthOf(this.from(char));
    const pace = (now - this.now) / predicted;
    // What came much too late or too early tells nothing.
    if (pace > PACE.least && pace < PACE.most) {
      this.predicted = this.predicted * FADING + predicted;
      this.measured = this.measured * FADING + now - this.now;
      this.pace = this.measured / this.predicted;
    }
    this.char = char;
    this.now = now;
  }
}

/**
 * Where sentences end: each is spoken by itself, so that a voice that stops half-way loses one at most, and none is so long
 * that a browser ends it. Of a voice that does not tell of its words clauses are, so that its mouth is never far away.
 * @param {string} text @param {boolean} [clauses]
 * @returns {{text: string, at: number}[]} `at`: where in the text each begins
 */
export function sentencesOf(text, clauses = false) {
  const ends = clauses ? '.!?…,;:' : '.!?…';
  const most = clauses ? 45 : 200;
  const pattern = `\\s*(?:[^${ends}\\n]|[${ends}](?!\\s|$)){1,${most}}(?:[${ends}]+(?=\\s|$)|(?=\\s|$)|)`;
  const out = [];
  for (const { 0: found, index } of text.matchAll(RegExp(pattern, 'gu'))) {
    const said = found.trim();
    if (/[\p{L}\p{N}]/u.test(said)) out.push({ text: said, at: index + found.indexOf(said) });
  }
  return out;
}
