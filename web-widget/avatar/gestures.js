// Small movements, one row each: how long (milliseconds), then for each channel what is added at times
// evenly spread over that length. Every row begins and ends with nothing.
import { at } from './channels.js';

/** @satisfies {Record<string, {ms: number, moves: Partial<Record<import('./channels.js').Channel, number[]>>}>} */
export const gestures = {
  nod: { ms: 950, moves: { pitch: [0, 0.9, -0.15, 0.7, 0, 0], browL: [0, 0.25, 0.2, 0.1, 0, 0], browR: [0, 0.25, 0.2, 0.1, 0, 0] } },
  shake: { ms: 1350, moves: { yaw: [0, -1, 1, -1, 0.9, 0, 0], gazeX: [0, 0.4, -0.4, 0.35, -0.2, 0, 0] } },
  wave: {
    ms: 1900,
    moves: {
      hand: [0, 1, 0.7, 1, 0.7, 1, 0.7, 1, 0],
      roll: [0, 0.3, 0.4, 0.4, 0.3, 0.1, 0],
      smile: [0, 0.4, 0.5, 0.5, 0.4, 0.2, 0],
      browL: [0, 0.5, 0.4, 0.3, 0],
      browR: [0, 0.5, 0.4, 0.3, 0],
    },
  },
  look: { ms: 1700, moves: { gazeY: [0, 1, 1, 1, 1, 1, 0], pitch: [0, 0.5, 0.6, 0.6, 0.6, 0.3, 0], browL: [0, 0.2, 0.3, 0.2, 0.2, 0, 0], browR: [0, 0.2, 0.3, 0.2, 0.2, 0, 0] } },
  pause: { ms: 1300, moves: { lidL: [0, 0.9, 1, 0.5, 0, 0], lidR: [0, 0.9, 1, 0.5, 0, 0], pitch: [0, 0.3, 0.35, -0.2, -0.1, 0] } },
};

/** @param {Float32Array} vector @param {keyof typeof gestures} name
 * @param {number} time milliseconds since it began @returns {boolean} false: it is over */
export function addGesture(vector, name, time) {
  const { ms, moves } = gestures[name];
  // A frame may tell a time before the one at which the gesture was asked for.
  const part = Math.max(0, time) / ms;
  if (part >= 1) return false;
  for (const [channel, values] of Object.entries(moves)) {
    const place = part * (values.length - 1);
    const step = Math.floor(place);
    vector[at[/** @type {import('./channels.js').Channel} */ (channel)]] += values[step] + (values[step + 1] - values[step]) * (place - step);
  }
  return true;
}
