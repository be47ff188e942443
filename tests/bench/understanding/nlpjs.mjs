// NLP.js beside it: a process of its own that is told one run, `node nlpjs.mjs FOLDER JSON`, and prints
// what came out as one JSON object. FOLDER has its node_modules.
// Measured as its own documentation does: @nlpjs/basic, every line a document, `process` for each question.
// It takes the label of out-of-scope lines as one more intent; `in_scope` is the score of its best intent, and
// none where that is out of scope or `None`.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, told] = process.argv.slice(2);
const { lang, train, test, asClass, questions } = JSON.parse(told);
const need = createRequire(join(folder, 'package.json'));
const LANGUAGES = { en: () => need('@nlpjs/lang-en').LangEn, it: () => need('@nlpjs/lang-it').LangIt };

export const read = (files) => files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  .filter((line) => line.includes('\t')).map((line) => line.split('\t'));

const { dockStart } = need('@nlpjs/basic');
const nlp = (await dockStart({
  use: ['Basic'],
  settings: { nlp: { autoSave: false, autoLoad: false, languages: [lang], nlu: { log: false } } },
}, undefined, undefined, true)).get('nlp');
nlp.container.use(LANGUAGES[lang]());
nlp.addLanguage(lang);
for (const [text, label] of questions ? read([questions]).map(([id, question]) => [question, id]) : []) nlp.addDocument(lang, text, label);
for (const [text, label] of read(train)) nlp.addDocument(lang, text, label);
const began = performance.now();
await nlp.train();
const trained = performance.now();

const outOfScope = (label) => label === 'oos' || label === 'None';
const lines = [];
for (const [text, gold] of read(test)) {
  const { intent, score } = await nlp.process(lang, text);
  lines.push({ gold, predicted: intent, score: outOfScope(intent) ? 0 : score });
}
const asked = performance.now();

/** In scope told from out of scope: pairs, ties by half; and what is refused where 95 % is accepted. */
function scope() {
  const inside = lines.filter((l) => !outOfScope(l.gold)).map((l) => l.score).sort((a, b) => b - a);
  const outside = lines.filter((l) => outOfScope(l.gold)).map((l) => l.score);
  if (asClass || inside.length === 0 || outside.length === 0) return {};
  let pairs = 0;
  for (const a of inside) for (const b of outside) pairs += a > b ? 1 : a === b ? 0.5 : 0;
  const least = inside[Math.ceil(0.95 * inside.length) - 1];
  return { auroc: pairs / inside.length / outside.length, oos_recall_95: outside.filter((s) => s < least).length / outside.length };
}

const asked_of = lines.filter((l) => asClass || !outOfScope(l.gold));
const right = asked_of.filter((l) => l.gold === l.predicted).length;
console.log(JSON.stringify({
  n: lines.length, accuracy: right / asked_of.length, right, ...scope(),
  train_s: (trained - began) / 1000, us_mean: (asked - trained) * 1000 / lines.length,
}));
process.exit(0);
