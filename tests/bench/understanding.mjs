// How well it understands: every run of the table, NLP.js beside it, one typo a question, and a FAQ asked in
// other words. Writes build/bench/understanding.md and prints it; exit 1 when a figure to reach is missed.
//   make bench-understanding                     all of it; the first time NLP.js learns for some minutes
//   node tests/bench/understanding.mjs hwu64     only the sets whose name contains the word

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM, ROOT, run, SHARED, temporary, told } from '../system/lib/program.mjs';
import { assistantOf } from './understanding/assistant.mjs';
import { besideOf, installed } from './understanding/beside.mjs';
import { FAQ, inUnit, keeps, NAMES, RUNS } from './understanding/goals.mjs';
import { misspellCorpus, SEEDS } from './understanding/typos.mjs';

const INTENTS = join(SHARED, 'data/intents');
const OUT = join(ROOT, 'build/bench/understanding.md');
const only = process.argv[2] ?? '';
const file = (name) => join(INTENTS, `${name}.tsv`);
const note = (text) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);

async function evaluate({ lang, train, test, answers, oosAsClass }, asked = test.map(file)) {
  const words = ['evaluate', train.map(file).join(','), asked.join(','), '--lang', lang, '--json', '--quiet'];
  if (answers) words.push('--answers', file(answers));
  if (oosAsClass) words.push('--oos-as-class');
  const result = await run(words, { patience: 600_000 });
  if (result.code !== 0) throw new Error(`sportello ${words.join(' ')}: ${told(result)}`);
  const figures = JSON.parse(result.out);
  return { ...figures, right: Math.round(figures.accuracy * figures.n) };
}

/** What one typo a question costs: points of accuracy, mean of the seeds. */
async function lossOf(row, clean, folder) {
  let lost = 0;
  for (const seed of SEEDS) {
    const path = join(folder, `typos-${seed}.tsv`);
    writeFileSync(path, misspellCorpus(row.test.map((name) => readFileSync(file(name), 'utf8')).join(''), seed));
    lost += clean.accuracy - (await evaluate(row, [path])).accuracy;
  }
  return lost * 100 / SEEDS.length;
}

const digits = (goal) => (goal.key === 'right' ? 0 : goal.percent ? 1 : goal.key === 'loss' ? 2 : 3);
const shown = (goal, value) => (value === null || value === undefined ? '–' : value.toFixed(digits(goal)));
const bound = (goal, value) => (value === undefined ? '–' : `${goal.fewer ? '≤' : '≥'} ${value}`);
const verdict = (goal, value) => (!keeps(goal, value, goal.reach) ? '**missed**' : goal.aim !== undefined && keeps(goal, value, goal.aim) ? 'aim' : 'reached');

/** A line of the table: value and goal in the goal's unit. */
const figure = (set, goal, value, beside) => ({ set, goal, value, beside, kept: keeps(goal, value, goal.reach) });

async function figuresOf(row, folder, beside) {
  note(row.set);
  const figures = await evaluate(row);
  const lines = row.goals.map((goal) => figure(row.set, goal, inUnit(goal, figures[goal.key]), async () => inUnit(goal, (await beside)?.[goal.key])));
  if (row.typos) {
    const goal = { key: 'loss', fewer: true, ...row.typos };
    lines.push(figure(row.set, goal, await lossOf(row, figures, folder)));
  }
  return { lines, speed: { set: row.set, ...figures, beside } };
}

/** All runs for NLP.js, the longest first, one at a time; a promise for each row. */
function besides(rows) {
  const waiting = new Map();
  if (!installed()) return waiting;
  let before = Promise.resolve();
  for (const row of rows.toSorted((a, b) => readFileSync(file(b.train[0])).length - readFileSync(file(a.train[0])).length)) {
    const told_ = { lang: row.lang, train: row.train.map(file), test: row.test.map(file), asClass: row.oosAsClass, questions: row.answers && file(row.answers) };
    before = before.then(() => besideOf(told_));
    waiting.set(row, before);
  }
  return waiting;
}

async function main() {
  if (!existsSync(PROGRAM)) throw new Error(`there is no ${PROGRAM}; run make`);
  if (!existsSync(INTENTS)) {
    console.log(`bench-understanding: skipped, there are no corpora in ${INTENTS}; name the folder of the test data with SHARED=DIR`);
    return 0;
  }
  const rows = RUNS.filter((row) => row.set.includes(only)), folder = temporary('typos'), lines = [], speeds = [];
  const beside = besides(rows);
  for (const row of rows) {
    const { lines: own, speed } = await figuresOf(row, folder, beside.get(row));
    lines.push(...own);
    speeds.push(speed);
  }
  if (FAQ.set.includes(only)) {
    note(FAQ.set);
    const counted = await assistantOf({ ...FAQ, entries: file(FAQ.entries), asked: file(FAQ.asked), outOfScope: file(FAQ.outOfScope) });
    lines.push(...FAQ.goals.map((goal) => figure(FAQ.set, goal, inUnit(goal, counted[goal.key]))));
  }
  note(beside.size > 0 ? 'NLP.js is still learning' : '');
  const page = await pageOf(lines, speeds);
  note('');
  mkdirSync(join(ROOT, 'build/bench'), { recursive: true });
  writeFileSync(OUT, page);
  console.log(page);
  return lines.every((line) => line.kept) ? 0 : 1;
}

async function pageOf(lines, speeds) {
  const out = ['| set | figure | NLP.js | Sportello | reach | aim | |', '|---|---|---|---|---|---|---|'];
  for (const { set, goal, value, beside } of lines) {
    const other = beside ? (installed() ? shown(goal, await beside()) : 'not installed') : '–';
    out.push(`| ${set} | ${NAMES[goal.key]} | ${other} | ${shown(goal, value)} | ${bound(goal, goal.reach)} | ${bound(goal, goal.aim)} | ${verdict(goal, value)} |`);
  }
  const nluec = speeds.filter(({ set }) => set.startsWith('nluec'));
  if (nluec.length === 3) out.push(`| nluec, all three | right answers | – | ${nluec.reduce((sum, { right }) => sum + right, 0)} | – | ≥ 258 | |`);
  out.push('', '| set | learning, s | a question, µs (median / 99 of 100) | model, kB | NLP.js: learning, s | a question, µs (mean) |', '|---|---|---|---|---|---|');
  for (const { set, train_s, us_median, us_p99, model_bytes, beside } of speeds) {
    const other = await beside;
    out.push(`| ${set} | ${train_s.toFixed(2)} | ${us_median.toFixed(1)} / ${us_p99.toFixed(1)} | ${Math.round(model_bytes / 1000)} | ${other ? other.train_s.toFixed(2) : '–'} | ${other ? Math.round(other.us_mean) : '–'} |`);
  }
  return out.join('\n') + '\n';
}

process.exit(await main().catch((error) => {
  console.error(`bench-understanding: ${error.message}`);
  return 1;
}));
