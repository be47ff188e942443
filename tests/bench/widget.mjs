// The widget's figures, beside what they are to reach: `make bench-widget`, or some of them:
//
//   node tests/bench/widget.mjs [--tries N] [--counted] [PROBE…]
//
// Bytes are those that the real program sends to a browser that takes brotli. Times are of a headless Chromium on this
// machine. A slow phone is the same browser with its processor slowed down six times; of its tasks the thread's own time
// counts (trace.mjs). On a machine that does other things as well even that says little, because the slowing itself is
// done by the clock: --counted runs at full speed and counts each millisecond six times.
//
// What went wrong in a probe stands in the table; the others are made all the same.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from '../browser/browser.mjs';
import { demoSite, execute, ROOT, Server } from '../system/lib/program.mjs';
import * as phone from './widget-phone.mjs';
import * as rest from './widget-rest.mjs';

/** @typedef {object} Bench What a probe is given.
 * @property {import('playwright-core').Browser} browser
 * @property {string} home of the real program
 * @property {boolean} counted
 * @property {(what: string, reach: number, unit: string, found: number) => void} row a figure, once a try
 * @property {(text: string) => void} note something to know beside it */

/** @type {{name: string, run: (bench: Bench) => Promise<void>, once?: boolean}[]} once: it has no chance in it */
const PROBES = [
  { name: 'bytes', run: rest.bytes, once: true },
  { name: 'face', run: rest.face },
  { name: 'quiet', run: rest.quiet, once: true },
  { name: 'moving', run: rest.moving },
  { name: 'still', run: rest.still, once: true },
  { name: 'opening', run: phone.opening },
  { name: 'word', run: phone.word },
  { name: 'speaking', run: phone.speaking },
  { name: 'history', run: phone.history },
  { name: 'axe', run: rest.axe, once: true },
  { name: 'lipsync', run: lipsync, once: true },
];
/** A probe that takes longer has gone wrong. */
const LONGEST_MS = 900_000;

const { values: given, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { tries: { type: 'string', default: '3' }, counted: { type: 'boolean', default: false } },
});
const tries = Math.max(1, Math.trunc(Number(given.tries)) || 1);
const unknown = wanted.filter((name) => !PROBES.some((probe) => probe.name === name));
if (unknown.length) {
  console.error(`no probe is called ${unknown.join(', ')}: there are ${PROBES.map(({ name }) => name).join(' ')}`);
  process.exit(2);
}

/** What was found, by what it is: one number a try. @type {Map<string, {reach: number, unit: string, found: number[], wrong: string}>} */
const figures = new Map();
/** @param {string} what @param {number} reach @param {string} unit */
function figure(what, reach, unit) {
  const one = figures.get(what) ?? { reach, unit, found: [], wrong: '' };
  figures.set(what, one);
  return one;
}
const say = (/** @type {string} */ text) => console.error(text);

const server = await Server.start({ site: demoSite() });
let browser = await launch();
try {
  for (const probe of PROBES) {
    if (wanted.length && !wanted.includes(probe.name)) continue;
    const times = probe.once ? 1 : tries;
    for (let one = 1; one <= times; one += 1) {
      say(`${probe.name}${times > 1 ? `, try ${one} of ${times}` : ''}`);
      await attempt(probe);
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
print();

/** @param {typeof PROBES[number]} probe */
async function attempt({ name, run }) {
  /** @type {Bench} */
  const bench = {
    browser,
    home: `${server.url.replace(/\/$/, '')}/`,
    counted: given.counted,
    row(what, reach, unit, found) {
      figure(what, reach, unit).found.push(found);
      say(`  ${found <= reach ? ' ' : '✗'} ${what}: ${written(found)} ${unit}`.trimEnd());
    },
    note: (text) => say(`      ${text}`),
  };
  /** @type {any} */
  let timer;
  const late = new Promise((_, refuse) => (timer = setTimeout(() => refuse(new Error(`not done within ${LONGEST_MS / 60_000} minutes`)), LONGEST_MS)));
  try {
    await Promise.race([run(bench), late]);
  } catch (error) {
    const [reason] = String(/** @type {any} */ (error)?.message ?? error).split('\n');
    figure(`the probe “${name}”`, 0, '').wrong = reason;
    say(`  ✗ ${reason}`);
    // Whatever state its pages are in, the next probe begins with a fresh browser.
    await browser.close().catch(() => {});
    browser = await launch();
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Bench} bench */
async function lipsync({ note }) {
  const program = join(ROOT, 'tests/bench/lipsync.mjs');
  if (!existsSync(program)) return;
  const { out, err } = await execute(process.execPath, [program]);
  for (const line of `${out}${err}`.split('\n')) if (line.trim()) note(line);
}

/** @param {number} value */
function written(value) {
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(1);
}

function print() {
  const cells = [['figure', 'median', 'tries', 'limit', 'holds']];
  let holding = 0;
  for (const [what, { reach, unit, found, wrong }] of figures) {
    if (wrong) {
      cells.push([what, `not measured: ${wrong}`, '', '', '**no**']);
      continue;
    }
    const sorted = [...found].sort((a, b) => a - b);
    const median = sorted[Math.floor((sorted.length - 1) / 2)];
    const holds = median <= reach;
    if (holds) holding += 1;
    cells.push([
      what,
      `${written(median)} ${unit}`.trim(),
      sorted.length > 1 ? sorted.map(written).join(', ') : '',
      `≤ ${written(reach)} ${unit}`.trim(),
      holds ? 'yes' : '**no**',
    ]);
  }
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (/** @type {string[]} */ row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  console.log(line(cells[0]));
  console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  for (const row of cells.slice(1)) console.log(line(row));
  console.log(`\n${holding} of ${figures.size} figures reached${given.counted ? '; slow phone: full speed, counted six times' : ''}`);
}
