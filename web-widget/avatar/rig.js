// From numbers to lines: the mouth, the eyes and the brows as path data. Pure; every skin with a face uses it.
// Measures are in units of the picture, which is 96 wide; the face is symmetric about x = 48.
import { at } from './channels.js';

const MIDDLE = 48;
/** @param {number} value */
const r = (value) => Math.round(value * 10) / 10;

/** A curve from where the pen is to (x, y), through `middle` at half of its way. `round` of 0.5 is a soft bow, 1 a half circle.
 * @param {number} from @param {number} x @param {number} y @param {number} middle @param {number} round */
const bow = (from, x, y, middle, round) => {
  const inset = ((x - from) * (1 - round)) / 2;
  const pull = r((middle - y / 4) / 0.75);
  return `C${r(from + inset)} ${pull} ${r(x - inset)} ${pull} ${r(x)} ${r(y)}`;
};

/** @typedef {{y: number, w: number, deep?: number}} Mouth y of the closed line, half its width, how far it opens */
/** @typedef {{x: number, y: number, w: number, h: number, thick: number, flick?: number, bend?: number}} Eyes
 * x from the middle, half width and height; thick = the lid's line; bend = how round the corners are */
/** @typedef {{x: number, y: number, w: number, thick: number, arch?: number}} Brows */

/** @param {Mouth} mouth @param {Float32Array} v
 * @returns {{d: string, top: number, low: number}} the opening (a line when it is shut), its highest and lowest y */
export function mouthPath({ y, w, deep = 11 }, v) {
  const [jaw, wide, round, smile, tip] = v;
  const half = w * (1 + 0.2 * wide + 0.2 * smile - 0.46 * round);
  const corner = y - smile * (2.6 - jaw * 1.6) + jaw * (1.2 - round);
  const top = y + smile * (1.5 - jaw) - jaw * 1.1 - round * jaw * 2;
  // Lips part early: a small opening has to be seen, a wide one need not be a cave.
  const low = top + jaw ** 0.7 * deep * (1 - 0.12 * Math.abs(wide)) + Math.min(0, tip) * jaw;
  const soft = 0.36 + 0.56 * round;
  return {
    d: `M${r(MIDDLE - half)} ${r(corner)}${bow(MIDDLE - half, MIDDLE + half, corner, top, soft)}${bow(MIDDLE + half, MIDDLE - half, corner, low, soft + Math.min(jaw, 0.5) * (0.5 - 0.3 * round))}Z`,
    top,
    low,
  };
}

/** Both eyes: what is open, the line of the upper lids, and the fold above them.
 * @param {Eyes} eyes @param {Float32Array} v */
export function eyePaths({ x, y, w, h, thick, flick = 0, bend = 0.82 }, v) {
  let open = '';
  let lash = '';
  let fold = '';
  const smiling = Math.max(0, v[at.smile] - 0.45) * 0.5 + v[at.cheek] * 0.14;
  for (const side of [-1, 1]) {
    const shut = v[side < 0 ? at.lidL : at.lidR];
    const lower = y + h * (0.86 - smiling);
    const upper = y - h + (lower - y + h) * shut * (1 - smiling * 0.2) + v[at.gazeY] * 0.5;
    const outer = MIDDLE + side * (x + w);
    const inner = MIDDLE + side * (x - w);
    const corner = y + h * (bend < 1 ? 0.12 : 0) + shut * h * 0.35;
    const lid = bow(outer, inner, corner + (bend < 1 ? 0.5 : 0), Math.min(upper, lower), bend);
    open += `M${r(outer)} ${r(corner)}${lid}${bow(inner, outer, corner, lower, bend)}Z`;
    // The line of the lid is thick outside, thin inside, and ends in a small flick of lashes.
    lash += `M${r(outer)} ${r(corner + 0.3)}${lid}${bow(inner, outer, corner - 0.6, Math.min(upper, lower) - thick, bend + 0.04)}L${r(outer + side * flick)} ${r(corner - flick * 1.1)}Z`;
    fold += `M${r(outer - side)} ${r(y - h * 0.75 + shut)}${bow(outer - side, inner + side * 1.5, y - h * 0.7 + shut, y - h * 1.42 + shut * 1.6, 0.8)}`;
  }
  return { open, lash, fold };
}

/** @param {Brows} brows @param {Float32Array} v */
export function browPath({ x, y, w, thick, arch = 2.2 }, v) {
  const worry = v[at.worry];
  return [-1, 1]
    .map((side) => {
      const raise = v[side < 0 ? at.browL : at.browR];
      const up = y - raise * 2.6;
      const inner = up + Math.max(0, -raise) * 1.5 - worry * 2.4;
      const outer = up + 1.4 - raise * 0.4 + worry * 1.1;
      const middle = up - arch - raise * 0.8 + worry * 0.6;
      const xs = [MIDDLE + side * (x - w), MIDDLE + side * (x + w * 0.15), MIDDLE + side * (x + w)].map(r);
      return `M${xs[0]} ${r(inner)}Q${xs[1]} ${r(middle)} ${xs[2]} ${r(outer)}Q${xs[1]} ${r(middle + thick)} ${xs[0]} ${r(inner + thick)}Z`;
    })
    .join('');
}
