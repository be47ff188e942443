// What the voice helper says of texts: the shapes that are heard and the words that begin, each with its time.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { visemesOfPhoneme } from './shapes.mjs';

const BUILD = process.env.BUILD || 'build';
export const HELPER = fileURLToPath(new URL(`../../../${BUILD}/voice/sportello-voice`, import.meta.url));
export const helperIsThere = () => existsSync(HELPER);

/** @typedef {{ms: number, shapes: {viseme: number, at: number}[], words: {at: number, char: number}[]}} Heard */

/** Shapes in time: one that stays is one. @param {string[][]} events @param {number} ms */
function shapesOf(events, ms) {
  const phonemes = events.filter(([, kind]) => kind === 'p');
  const out = [];
  phonemes.forEach(([begin, , name], i) => {
    const at = Number(begin);
    const until = i + 1 < phonemes.length ? Number(phonemes[i + 1][0]) : ms;
    const shapes = visemesOfPhoneme(name ?? '') ?? [];
    shapes.forEach((viseme, k) => {
      if (out.at(-1)?.viseme !== viseme) out.push({ viseme, at: at + ((until - at) * k) / shapes.length });
    });
  });
  return out;
}

/** @param {string[]} texts @param {{voice?: string, rate?: number}} [options] @returns {Heard[]} */
export function listen(texts, { voice = 'it', rate = 165 } = {}) {
  const input = Buffer.concat(texts.map((text) => Buffer.from(`track ${voice} ${rate} 50 ${Buffer.byteLength(text)}\n${text}`)));
  const { stdout } = spawnSync(HELPER, { input, maxBuffer: 1 << 28 });
  let at = 0;
  return texts.map((text) => {
    const end = stdout.indexOf(10, at);
    const [word, ms, size] = stdout.subarray(at, end).toString().split(' ');
    if (word !== 'ok') throw new Error(`the helper says nothing of “${text}”`);
    const events = stdout.subarray(end + 1, end + 1 + Number(size)).toString().trim().split('\n').map((line) => line.split(' '));
    at = end + 1 + Number(size);
    const words = events.filter(([, kind]) => kind === 'w').map(([begin, , char]) => ({ at: Number(begin), char: Number(char) }));
    return { ms: Number(ms), shapes: shapesOf(events, Number(ms)), words };
  });
}
