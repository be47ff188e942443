// The list of phonemes and their shapes that the server has too, and how lists of shapes are compared.
import { readFileSync } from 'node:fs';

export const VISEMES = 'sil PP FF TH DD kk CH SS nn RR aa E ih oh ou'.split(' ');

const table = new Map(
  readFileSync(new URL('../../../bot/text/data/visemes', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('# '))
    .map((line) => line.split(' '))
    .map(([name, ...shapes]) => [name, shapes[0] === '-' ? [] : shapes.map((shape) => VISEMES.indexOf(shape))]),
);

/** The visemes of a mnemonic, none for a mark; undefined if the list lacks it. @param {string} phoneme */
export function visemesOfPhoneme(phoneme) {
  const bare = phoneme.replace(/[',%=]/g, '');
  return table.get(bare) ?? table.get(bare.replace(/:$/, ''));
}

/** A shape that stays is one shape, and silence is none. @param {number[]} shapes */
export const merged = (shapes) => shapes.filter((v, i) => v && v !== shapes[i - 1]);

/**
 * The cheapest way from one list to another: how many are put in, left out or exchanged, and which are the same.
 * @param {number[]} a @param {number[]} b @returns {{distance: number, pairs: [number, number][]}}
 */
export function align(a, b) {
  const width = b.length + 1;
  const cost = new Uint32Array((a.length + 1) * width);
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) {
      cost[i * width + j] =
        i === 0 || j === 0
          ? i + j
          : Math.min(
              cost[(i - 1) * width + j] + 1,
              cost[i * width + j - 1] + 1,
              cost[(i - 1) * width + j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
            );
    }
  }
  /** @type {[number, number][]} */
  const pairs = [];
  for (let i = a.length, j = b.length; i > 0 && j > 0; ) {
    const here = cost[i * width + j];
    if (here === cost[(i - 1) * width + j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)) {
      i--;
      j--;
      if (a[i] === b[j]) pairs.push([i, j]);
    } else if (here === cost[(i - 1) * width + j] + 1) i--;
    else j--;
  }
  return { distance: cost[cost.length - 1], pairs: pairs.reverse() };
}

/** @param {number[]} values @param {number} share */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}
