// Nonsense is never answered as if it were a question, and nothing that can be typed does harm.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { note, script, Skip, test } from './lib/report.mjs';
import { built, run, ROOT, SAN, SHARED, temporary, told } from './lib/program.mjs';
import { BAD_INPUT, dictionaryOf, NONSENSE, seeded, wordsOf } from './lib/nonsense.mjs';

const LANGS = ['it', 'en'];
/** Strings of all kinds and languages together; a sanitised program is slower. */
const STRINGS = SAN ? 1000 : 10_000;
const MOST_ANSWERED = 0.001;
const SHOWN = 8;
const KINDS = ['answer', 'offer', 'rephrase', 'handoff', 'rule', 'flow'];
const KEYS = ['text', 'kind', 'article', 'intent', 'confidence', 'in_scope', 'source', 'reply', 'options', 'us'];

/** Something was said as if it had been understood: an entry answered, or an intent did what it does. */
const isConfident = ({ kind, intent }) => ['answer', 'rule', 'flow'].includes(kind) || intent !== null;

async function ask(site, lang, texts) {
  const result = await run(['ask', '-', '--first-look', '--json', '--lang', lang, '--site', site], { input: texts.map((t) => `${t}\n`).join('') });
  assert.equal(result.code, 0, told(result));
  const answers = result.out.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(answers.length, texts.length, 'one line for each');
  return answers;
}

/** Asks every kind of nonsense: how many were answered, and what was answered to what. */
async function answered(site, seed) {
  const names = Object.keys(NONSENSE), each = STRINGS / names.length / LANGS.length, wrong = {};
  for (const lang of LANGS) {
    const words = wordsOf(site, lang), dictionary = dictionaryOf(lang) ?? words.list;
    for (const name of names) {
      const chance = seeded(seed++);
      const texts = Array.from({ length: each }, () => NONSENSE[name]({ chance, lang, words, dictionary }));
      wrong[`${lang}, ${name}`] = (await ask(site, lang, texts)).filter(isConfident);
    }
  }
  return wrong;
}

function judge(wrong) {
  const all = Object.values(wrong).flat();
  for (const [name, answers] of Object.entries(wrong)) {
    if (answers.length === 0) continue;
    note(`${name}: ${answers.length}`);
    for (const a of answers.slice(0, SHOWN)) note(`  “${a.text}” → ${a.article ?? a.intent} (${a.confidence.toFixed(2)})`);
  }
  assert.ok(all.length <= STRINGS * MOST_ANSWERED, `${all.length} of ${STRINGS} strings without sense were answered`);
}

async function realFaq() {
  const source = join(SHARED, 'data/io-faq');
  if (!existsSync(join(source, 'it.csv'))) throw new Skip(`no ${source} (set SHARED)`);
  const site = join(temporary('io'), 'site');
  mkdirSync(site);
  writeFileSync(join(site, 'sportello.yaml'), 'name: IO\nlanguages: [it, en]\n');
  for (const lang of LANGS) {
    const result = await run(['import', 'csv', join(source, `${lang}.csv`), '--lang', lang, '--to', join(site, 'knowledge', lang)]);
    assert.equal(result.code, 0, told(result));
  }
  return site;
}

await script('nonsense', async () => {
  if (!built()) return;
  for (const lang of LANGS) {
    await test(`bad input: ${lang}: always an orderly outcome, and no answer where there is no question`, async () => {
      const answers = await ask(ROOT, lang, BAD_INPUT.map(([, text]) => text.replaceAll('\n', ' ')));
      BAD_INPUT.forEach(([what, , question], i) => {
        const a = answers[i];
        assert.deepEqual(Object.keys(a), KEYS, what);
        assert.ok(KINDS.includes(a.kind), `${what}: ${a.kind}`);
        assert.ok(a.reply.length > 0, `${what}: nothing was said`);
        assert.ok(a.confidence >= 0 && a.confidence <= 1 && a.in_scope >= 0 && a.in_scope <= 1, what);
        if (!question) assert.ok(!isConfident(a), `${what}: ${a.kind} ${a.article ?? a.intent} (${a.confidence})`);
      });
    });
  }

  await test('bad input: a text of several lines and one past the ceiling are read like any other', async () => {
    for (const [text, kind] of [['quanto costa\nla spedizione?', 'answer'], [`${'zq '.repeat(30_000)}`, 'rephrase']]) {
      const result = await run(['ask', '--json', '--lang', 'it', text]);
      assert.equal(result.code, 0, told(result));
      assert.equal(JSON.parse(result.out).kind, kind, told(result));
    }
  });

  await test(`the demo site answers at most one in a thousand of ${STRINGS} strings without sense`, async () => judge(await answered(ROOT, 1)));
  await test(`a real FAQ answers at most one in a thousand of ${STRINGS} strings without sense`, async () => judge(await answered(await realFaq(), 100)));
});
