// The mouth of each sound: the fifteen visemes of the OVR set, in its order, and how they flow together.
import { add } from './channels.js';

/** name, how firmly the sound insists on its shape, the shape. A firm one (lips shut for p, b, m) is reached
 * whatever stands beside it; a loose one (k, n) takes the lips of its neighbours.
 * @type {readonly [string, number, import('./channels.js').Pose][]} */
export const visemes = [
  ['sil', 0.7, {}],
  ['PP', 8, { wide: -0.15 }],
  ['FF', 3.5, { jaw: 0.14, wide: 0.1, tip: -1 }],
  ['TH', 2, { jaw: 0.22, wide: 0.1, tip: 1 }],
  ['DD', 0.8, { jaw: 0.2, wide: 0.15, tip: 0.6 }],
  ['kk', 0.5, { jaw: 0.26, wide: 0.05 }],
  ['CH', 1.8, { jaw: 0.2, wide: -0.3, round: 0.5 }],
  ['SS', 1.4, { jaw: 0.1, wide: 0.5 }],
  ['nn', 0.6, { jaw: 0.18, wide: 0.12, tip: 0.5 }],
  ['RR', 0.8, { jaw: 0.24, wide: -0.1, round: 0.25, tip: 0.3 }],
  ['aa', 1.2, { jaw: 0.86, wide: 0.08 }],
  ['E', 1.2, { jaw: 0.5, wide: 0.5 }],
  ['ih', 1.1, { jaw: 0.24, wide: 0.75 }],
  ['oh', 1.3, { jaw: 0.6, round: 0.7 }],
  ['ou', 1.5, { jaw: 0.26, round: 1 }],
];

/** at = when each viseme begins, in milliseconds from the start, rising; viseme = its number in the table;
 * length = when the last one ends; gestures = what the head does meanwhile; pass = told at every frame how far it is
 * (it must not call the avatar).
 * @typedef {{at: ArrayLike<number>, viseme: ArrayLike<number>, length: number,
 *   gestures?: readonly (readonly [number, string])[], pass?: (ms: number) => void}} Timeline */

/** The mouth is ahead of the sound, as in people; the spring behind it takes most of this time. */
const AHEAD = 70;
/** How far a neighbour's shape reaches into a sound, in milliseconds. */
const REACH = 75;

/** Adds the mouth at one moment of a timeline.
 * @param {Float32Array} vector @param {Timeline} timeline @param {number} time milliseconds from its start
 * @param {number} from a viseme that has begun by then, to begin the search at @returns {number} the one that is on */
export function addMouth(vector, timeline, time, from) {
  const { at: begins, viseme, length } = timeline;
  const moment = time + AHEAD;
  let on = from;
  while (on + 1 < begins.length && begins[on + 1] <= moment) on++;
  const weights = [on - 1, on, on + 1].map((place) => {
    if (!(place in viseme)) return 0;
    const end = place + 1 < begins.length ? begins[place + 1] : length;
    const away = Math.max(0, begins[place] - moment, moment - end);
    return visemes[viseme[place]][1] * Math.max(0, 1 - away / REACH) ** 2;
  });
  const whole = weights[0] + weights[1] + weights[2];
  weights.forEach((weight, step) => {
    if (weight) add(vector, visemes[viseme[on - 1 + step]][2], weight / whole);
  });
  return on;
}
