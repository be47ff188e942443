// How long publishing a large site takes, from files to the live edition.
//   node tests/bench/publish.mjs [ENTRIES …]     default 500 5000

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figure } from './measure.mjs';
import { script } from '../system/lib/report.mjs';
import { built, execute, PROGRAM, run, temporary, told } from '../system/lib/program.mjs';

const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [500, 5000];
const ENTRIES_A_FILE = 100;

/** Numbers by chance that are the same every time. */
let state = 42;
function chance(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

const SYLLABLES = ['ba', 'ca', 'da', 'fe', 'gi', 'lo', 'mu', 'na', 'pe', 'ri', 'so', 'tu', 'va', 'ze', 'sta', 'tri', 'pro', 'glio', 'chi', 'que'];
const WORDS = Array.from({ length: 8000 }, () => Array.from({ length: 2 + chance(3) }, () => SYLLABLES[chance(SYLLABLES.length)]).join(''));
/** Few words are frequent and many rare, as in a language. */
const sentence = (least, most) => Array.from({ length: least + chance(most - least) }, () => WORDS[Math.floor(WORDS.length * (chance(10_000) / 10_000) ** 2)]).join(' ');
const capital = (text) => text[0].toUpperCase() + text.slice(1);

function makeSite(entries) {
  const site = join(temporary('bench'), 'site');
  mkdirSync(join(site, 'knowledge/it'), { recursive: true });
  writeFileSync(join(site, 'sportello.yaml'), 'name: Misura\nlanguages: [it]\n');
  for (let file = 0; file * ENTRIES_A_FILE < entries; file++) {
    const parts = [];
    for (let i = file * ENTRIES_A_FILE; i < Math.min(entries, (file + 1) * ENTRIES_A_FILE); i++) {
      parts.push(`## ${capital(sentence(5, 11))} ${i}? {#voce-${i}}\n- ${sentence(3, 8)}\n\n${capital(sentence(25, 60))}.\n`);
    }
    writeFileSync(join(site, `knowledge/it/parte-${file}.md`), parts.join('\n'));
  }
  return site;
}

/** Runs a command: seconds of wall clock and of CPU, which the shell tells of its children (1m2.345s). */
async function timed(...words) {
  const result = await execute('/bin/sh', ['-c', '"$@"; code=$?; times >&2; exit $code', 'sh', PROGRAM, ...words]);
  if (result.code !== 0) throw new Error(told(result));
  const children = result.err.trim().split('\n').at(-1);
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
  return { wall: result.ms / 1000, cpu };
}

await script('bench publish', async () => {
  if (!built()) return;
  for (const entries of SIZES) {
    const site = makeSite(entries);
    const checked = await timed('check', '--site', site);
    const published = await timed('publish', '--site', site);
    figure(`check of ${entries} entries, from files to verdict: CPU`, checked.cpu, 's');
    figure(`publish of ${entries} entries, from files to live edition: CPU`, published.cpu, 's');
    figure('  wall clock', published.wall, 's');
    const asked = await run(['ask', '-', '--json', '--edition', 'live', '--site', site], { input: `${Array.from({ length: 300 }, () => sentence(4, 9)).join('\n')}\n` });
    const times = asked.out.trim().split('\n').map((line) => JSON.parse(line).us).sort((a, b) => a - b);
    figure('  a turn on it, median: wall clock', times[times.length >> 1], 'µs');
  }
});
