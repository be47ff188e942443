// What the costliest of bad input costs the understanding, on the demo site: a message of such kind must not hold up
// everybody else's.
//   node tests/bench/nonsense.mjs [ROUNDS]     default 7; the least of them counts, since machines are shared

import assert from 'node:assert/strict';
import { figure } from './measure.mjs';
import { script } from '../system/lib/report.mjs';
import { built, ROOT, run, told } from '../system/lib/program.mjs';
import { BAD_INPUT } from '../system/lib/nonsense.mjs';

const ROUNDS = Number(process.argv[2] ?? 7);
const MOST_US = 2000;
const SHOWN = 5;
const QUESTION = 'quanto costa la spedizione';

await script('bench nonsense', async () => {
  if (!built()) return;
  const inputs = [...BAD_INPUT, ['an ordinary question', QUESTION], ['two questions', 'dove siete e a che ora aprite?']];
  const input = Array.from({ length: ROUNDS }, () => inputs.map(([, text]) => `${text.replaceAll('\n', ' ')}\n`).join('')).join('');
  for (const lang of ['it', 'en']) {
    const result = await run(['ask', '-', '--first-look', '--json', '--lang', lang, '--site', ROOT], { input });
    assert.equal(result.code, 0, told(result));
    const us = result.out.trim().split('\n').map((line) => JSON.parse(line).us);
    const least = inputs.map(([what], i) => ({ what, us: Math.min(...Array.from({ length: ROUNDS }, (_, r) => us[r * inputs.length + i])) }));
    for (const { what, us: cost } of least.slice(-2)) figure(`${lang}: ${what}`, cost, 'µs');
    const costly = least.slice().sort((a, b) => b.us - a.us);
    figure(`${lang}: the costliest of ${BAD_INPUT.length} kinds of bad input`, costly[0].us, 'µs', MOST_US);
    for (const { what, us: cost } of costly.slice(0, SHOWN)) figure(`  ${what}`, cost, 'µs');
  }
});
