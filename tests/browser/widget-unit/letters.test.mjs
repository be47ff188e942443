// Italian letters against eSpeak NG's phonemes: on words of Debian's dictionary that nobody chose.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { visemesOf as english } from '../../../web-widget/speech/letters-en.js';
import { visemesOf } from '../../../web-widget/speech/letters-it.js';
import { VISEMES, align, merged, visemesOfPhoneme } from '../speech/shapes.mjs';

const DICTIONARY = '/usr/share/hunspell/it_IT.dic';
const WORDS = 1200;
const MOST_WRONG = 0.02;

/** The first words by the hash of each, and which half each is of: the rules were tuned while looking at the first only. */
function chosen() {
  const lines = readFileSync(DICTIONARY, 'utf8').split('\n');
  const words = lines.map((line) => line.replace(/[/\t].*/s, '')).filter((word) => /^[a-zàèéìòùî]{2,}$/.test(word));
  return [...new Set(words)]
    .map((word) => ({ word, hash: createHash('sha256').update(word).digest() }))
    .sort((a, b) => Buffer.compare(a.hash, b.hash))
    .slice(0, WORDS)
    .map(({ word, hash }) => ({ word, held: (hash[8] & 1) === 1 }));
}

/** @param {string} line of espeak-ng -x --sep=_; undefined for a word that it reads as one of another language */
function shapesOf(line) {
  if (line.includes('(')) return undefined;
  return merged(
    line
      .split(/[\s_|]+/)
      .filter(Boolean)
      .flatMap((phoneme) => visemesOfPhoneme(phoneme) ?? assert.fail(`bot/text/data/visemes lacks ${phoneme}`)),
  );
}

const espeak = (args, input) => execFileSync('espeak-ng', args, { input, encoding: 'utf8' });
const absent = (() => {
  try {
    espeak(['--version']);
    return existsSync(DICTIONARY) ? false : 'hunspell-it is not installed';
  } catch {
    return 'espeak-ng is not installed';
  }
})();

test('Italian letters give the shapes that are heard: at most 2 % wrong, on held-out words too', { skip: absent }, (t) => {
  const words = chosen();
  const input = `${words.map(({ word }) => word).join('\n\n')}\n`;
  const lines = espeak(['-v', 'it', '-q', '-x', '--sep=_', '-b', '1', '--stdin'], input).trimEnd().split('\n');
  assert.equal(lines.length, words.length);
  const count = { tuned: [0, 0, 0], held: [0, 0, 0] };
  words.forEach(({ word, held }, i) => {
    const truth = shapesOf(lines[i]);
    if (!truth) return;
    const half = count[held ? 'held' : 'tuned'];
    half[0]++;
    half[1] += truth.length;
    half[2] += align(truth, merged(visemesOf(word).map((v) => v.viseme))).distance;
  });
  for (const [name, [n, shapes, wrong]] of Object.entries(count)) {
    t.diagnostic(`${name}: ${n} words, ${shapes} shapes, ${wrong} wrong (${((100 * wrong) / shapes).toFixed(2)} %)`);
    assert.ok(n >= 500, `${name}: ${n} words`);
    assert.ok(wrong / shapes <= MOST_WRONG, `${name}: ${wrong} of ${shapes} wrong`);
  }
});

/** @param {string} text */
const said = (text) =>
  visemesOf(text)
    .map((v) => VISEMES[v.viseme])
    .join(' ');

test('what has no letters is said by its Italian name', () => {
  for (const [text, same] of [
    ['6,50 €', 'sei virgola cinquanta euro'],
    ['21', 'ventuno'],
    ['48', 'quarantotto'],
    ['1.998', 'millenovecentonovantotto'],
    ['300.000', 'trecentomila'],
    ['5 %', 'cinque percento'],
    ['@', 'chiocciola'],
    ['PDF', 'pidieffe'],
    ['055', 'zero cinquantacinque'],
    ['3331234567', 'tretretreunoduetrequattrocinqueseisette'],
  ])
    assert.deepEqual(merged(visemesOf(text).map((v) => v.viseme)), merged(visemesOf(same).map((v) => v.viseme)), text);
});

test('an apostrophe is no end of a sound', () => {
  assert.equal(said('c’è'), 'CH E');
  assert.equal(said("c'era"), said('cera'));
  assert.equal(said('gli gnomi'), 'nn ih nn oh PP ih');
});

const texts = [
  '',
  '  Ciao!  ',
  'Costa 6,50 € (IVA inclusa), oltre i 1.000 €: 0.\n\nScrivici a info@olmo.it…',
  '🙂',
  '🙂🙂 日本語 \u0000\ud800 a\u0301İ',
  '9'.repeat(300),
  'aeiou'.repeat(800),
  'zzzz'.repeat(1000),
];

test('every character of any text is one shape’s, in both languages', () => {
  for (const letters of [visemesOf, english]) {
    for (const text of texts) {
      const out = letters(text);
      assert.equal(out.reduce((sum, v) => sum + v.chars, 0), text.length, text.slice(0, 40));
      for (const { viseme, ms, chars } of out) assert.ok(viseme >= 0 && viseme < 15 && ms >= 0 && ms < 500 && chars >= 0, text);
    }
  }
});

test('no text holds up the page: 4,000 characters take some milliseconds', () => {
  for (const text of texts) {
    const long = text.repeat(Math.ceil(4000 / (text.length || 1))).slice(0, 4000);
    const began = process.cpuUsage();
    visemesOf(long);
    english(long);
    const ms = process.cpuUsage(began).user / 1000;
    assert.ok(ms < 100, `${text.slice(0, 20)}: ${ms} ms`);
  }
});

test('the rules of a language are small', async () => {
  const sizes = { it: 1500, en: 400 };
  for (const [lang, ceiling] of Object.entries(sizes)) {
    const built = await esbuild.build({
      entryPoints: [`web-widget/speech/letters-${lang}.js`],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      charset: 'utf8',
      write: false,
    });
    const size = brotliCompressSync(built.outputFiles[0].contents).length;
    assert.ok(size <= ceiling, `letters-${lang}.js: ${size} bytes, at most ${ceiling}`);
  }
});
