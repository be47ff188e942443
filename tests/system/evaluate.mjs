// `evaluate` as scripts rely on it: its keys, its figures counted again from its predictions, what it says of bad
// files, and what an editor is told about a site.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { script, Skip, test } from './lib/report.mjs';
import { built, demoSite, PROGRAM, run, SAN, temporary, told } from './lib/program.mjs';

const KEYS = ['n', 'accuracy', 'auroc', 'oos_recall_95', 'coverage_95', 'ece', 'train_s', 'us_median', 'us_p99', 'model_bytes'];
const TRAIN = {
  shipping_cost: ['how much is shipping', 'what do you charge for delivery', 'price of sending a parcel'],
  'opening-hours': ['when do you open', 'are you open on sunday', 'until when is the shop open'],
  'goods.returned': ['can i send it back', 'i want my money back', 'how do i return this drill'],
  oos: ['what is the weather like', 'tell me a joke about bananas', 'who won the match last night'],
};
const TEST = {
  shipping_cost: ['how much do you charge for shipping', 'delivery price', 'what is the shipping cost'],
  'opening-hours': ['is the shop open on sunday', 'opening hours', 'when does the shop open'],
  'goods.returned': ['send back a drill', 'goods returned', 'money back please'],
  oos: ['will it rain in paris', 'sing me a song', 'do bananas float'],
};

const lines = (corpus) => Object.entries(corpus).flatMap(([label, texts]) => texts.map((text) => `${text}\t${label}\n`)).join('');
const isOut = (label) => label === 'oos' || label === 'None';

await script('evaluate', async () => {
  if (!built()) return;
  const here = temporary('evaluate');
  const write = (name, bytes) => {
    writeFileSync(join(here, name), bytes);
    return join(here, name);
  };
  const train = write('train.tsv', lines(TRAIN)), asked = write('test.tsv', lines(TEST));

  /** The figures of a run, and its predictions. */
  async function figures(...words) {
    const predict = join(here, 'predicted.tsv');
    const result = await run(['evaluate', ...words, '--lang', 'en', '--json', '--predict', predict]);
    assert.equal(result.code, 0, told(result));
    assert.equal(result.out.split('\n').length, 2, 'one object, one line');
    const object = JSON.parse(result.out);
    for (const key of KEYS) assert.ok(key in object, `${key} is missing: ${result.out}`);
    const rows = readFileSync(predict, 'utf8').split('\n');
    assert.equal(rows.pop(), '', 'the last line ends');
    const predictions = rows.map((row) => row.split('\t')).map(([text, gold, predicted, confidence, inScope, ...more]) => {
      assert.deepEqual(more, []);
      return { text, gold, predicted, confidence: Number(confidence), inScope: Number(inScope) };
    });
    return { object, predictions, result };
  }

  await test('every key is there and every figure can be counted again from the predictions', async () => {
    const { object, predictions } = await figures(train, asked);
    assert.deepEqual(predictions.map(({ text, gold }) => `${text}\t${gold}\n`).join(''), lines(TEST), 'in the order of the input');
    assert.equal(object.n, 12);
    const inside = predictions.filter((p) => !isOut(p.gold)), outside = predictions.filter((p) => isOut(p.gold));
    for (const p of predictions) {
      assert.ok(!isOut(p.predicted), 'out of scope is never the best label');
      for (const share of [p.confidence, p.inScope]) assert.ok(share >= 0 && share <= 1, JSON.stringify(p));
    }
    const right = (p) => p.gold === p.predicted;
    const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-5, `${a} is not ${b}`);
    near(object.accuracy, inside.filter(right).length / inside.length);
    assert.ok(object.accuracy >= 0.6, `so easy a corpus is understood: ${object.accuracy}`);
    let pairs = 0;
    for (const a of inside) for (const b of outside) pairs += a.inScope > b.inScope ? 1 : a.inScope === b.inScope ? 0.5 : 0;
    near(object.auroc, pairs / inside.length / outside.length);
    const least = inside.map((p) => p.inScope).sort((a, b) => b - a)[Math.ceil(0.95 * inside.length) - 1];
    near(object.oos_recall_95, outside.filter((p) => p.inScope < least).length / outside.length);
    const thresholds = predictions.map((p) => p.confidence);
    const covers = thresholds.map((from) => predictions.filter((p) => p.confidence >= from)).filter((kept) => kept.filter(right).length >= 0.95 * kept.length);
    near(object.coverage_95, Math.max(0, ...covers.map((kept) => kept.length)) / predictions.length);
    const bins = Array.from({ length: 15 }, () => []);
    for (const p of predictions) bins[Math.min(14, Math.floor(p.confidence * 15))].push(p);
    near(object.ece, bins.reduce((sum, bin) => sum + Math.abs(bin.reduce((s, p) => s + p.confidence - right(p), 0)), 0) / predictions.length);
    assert.ok(object.train_s >= 0 && object.us_median > 0 && object.us_p99 >= object.us_median && object.model_bytes > 1000);
  });

  await test('the same files give the same predictions', async () => {
    const once = await figures(train, asked), again = await figures(train, asked);
    assert.deepEqual(again.predictions, once.predictions);
  });

  await test('what is undefined is null: no out of scope, no in scope', async () => {
    const { oos, ...inside } = TEST;
    const { object } = await figures(train, write('inside.tsv', lines(inside)));
    assert.deepEqual([object.auroc, object.oos_recall_95], [null, null]);
    assert.equal(typeof object.accuracy, 'number');
    const { object: out } = await figures(train, write('outside.tsv', lines({ oos })));
    assert.deepEqual([out.accuracy, out.auroc, out.oos_recall_95], [null, null, null]);
    assert.equal(out.coverage_95, 0);
  });

  await test('--oos-as-class makes out of scope a label that can be given', async () => {
    const { object, predictions } = await figures(train, asked, '--oos-as-class');
    assert.ok(predictions.some((p) => p.predicted === 'oos'), 'it can be predicted');
    const right = predictions.filter((p) => p.gold === p.predicted).length;
    assert.ok(Math.abs(object.accuracy - right / 12) < 1e-5, 'over all lines');
    assert.deepEqual([object.auroc, object.oos_recall_95], [null, null]);
  });

  await test('a label\'s own name is a wording; with --answers its entry\'s question and answer are', async () => {
    const bare = write('bare.tsv', 'xylo\tshipping_cost\nquux\topening-hours\n');
    const { predictions } = await figures(bare, write('names.tsv', 'opening hours\topening-hours\nshipping cost\tshipping_cost\n'));
    assert.deepEqual(predictions.map((p) => p.predicted), ['opening-hours', 'shipping_cost']);
    const faq = write('faq.tsv', 'shipping_cost\tWhat is the postage?\tSix euro by courier.\nopening-hours\tWhen can I come?\tFrom nine to seven.\n');
    const { predictions: told_ } = await figures(bare, write('words.tsv', 'postage\tshipping_cost\nsix euro\tshipping_cost\nwhen can i come\topening-hours\n'), '--answers', faq);
    assert.deepEqual(told_.map((p) => p.predicted), ['shipping_cost', 'shipping_cost', 'opening-hours']);
  });

  await test('several files are joined, and without --json there is a table to read', async () => {
    const { oos, ...inside } = TRAIN;
    const { object } = await figures(`${write('a.tsv', lines(inside))},${write('b.tsv', lines({ oos }))}`, `${asked},${asked}`);
    assert.equal(object.n, 24);
    const table = await run(['evaluate', train, asked, '--lang', 'en']);
    assert.equal(table.code, 0, told(table));
    for (const key of KEYS) assert.match(table.out, new RegExp(`^${key} `, 'm'));
    assert.equal(table.err, '', 'no progress where nobody looks');
  });

  const BAD = {
    'a missing tab': ['a\tx\nno tab here\nb\ty\n', /bad\.tsv:2: error: no tab/],
    'a missing label': ['a\tx\nb\t\n', /bad\.tsv:2: error: no label/],
    'two tabs': ['a\tx\ty\n', /bad\.tsv:1: error: more than one tab/],
    'one label only': ['a\tx\nb\tx\n', /bad\.tsv: error: only one label/],
    'nothing but out of scope': ['a\toos\nb\tNone\n', /bad\.tsv: error: no label but/],
    'invalid UTF-8': [Buffer.from([0x61, 0x09, 0x78, 0x0a, 0xff, 0x09, 0x79, 0x0a]), /bad\.tsv:2:1: error: byte 0xFF/],
    'an empty file': ['', /bad\.tsv: error: the file is empty/],
  };
  for (const [what, [bytes, said]] of Object.entries(BAD)) {
    await test(`${what} is told with its place; exit 1, nothing on stdout, no predictions`, async () => {
      const predict = join(here, 'none.tsv');
      const result = await run(['evaluate', write('bad.tsv', bytes), asked, '--lang', 'en', '--json', '--predict', predict]);
      assert.equal(result.code, 1, told(result));
      assert.equal(result.out, '');
      assert.match(result.err, said);
      assert.ok(!existsSync(predict));
    });
  }

  await test('empty lines and labels never learned are warnings', async () => {
    const result = await run(['evaluate', write('gaps.tsv', `\n${lines(TRAIN)}\n`), write('more.tsv', `${lines(TEST)}who are you\tstranger\n`), '--lang', 'en', '--json']);
    assert.equal(result.code, 0, told(result));
    assert.match(result.err, /gaps\.tsv:1: warning: an empty line, the first of 2/);
    assert.match(result.err, /more\.tsv: warning: 1 line with labels that were not learned/);
    assert.equal(JSON.parse(result.out).n, 13);
  });

  await test('a file that is not there, one word only and an unknown language are told', async () => {
    const missing = await run(['evaluate', join(here, 'nowhere.tsv'), asked]);
    assert.equal(missing.code, 1, told(missing));
    assert.match(missing.err, /nowhere\.tsv: error: No such file/);
    for (const words of [['evaluate', train], ['evaluate', train, asked, '--lang', 'english'], ['evaluate', '--predict', 'x']]) {
      const result = await run(words);
      assert.equal(result.code, 2, `${words}: ${told(result)}`);
      assert.equal(result.out, '');
    }
  });

  await test('interrupted it leaves nothing behind', async () => {
    const many = write('many.tsv', Array.from({ length: 300_000 }, (_, i) => `question number ${i} about thing ${i % 977}\tlabel ${i % 1000}\n`).join(''));
    const predict = join(here, 'interrupted.tsv'), before = readdirSync(here).length;
    let status = null, signal = null;
    try {
      execFileSync('timeout', ['--signal=INT', '0.2', PROGRAM, 'evaluate', many, many, '--predict', predict], { stdio: 'ignore' });
    } catch (error) {
      ({ status, signal } = error);
    }
    assert.ok(status === 124 || signal !== null, `it was stopped: ${status} ${signal}`);
    assert.ok(!existsSync(predict));
    assert.equal(readdirSync(here).length, before);
  });

  // --- a site tried on itself ---

  const site = demoSite({}, { dialogues: true });
  await test('--site tells for each setting how every question would have ended, as one JSON object', async () => {
    if (SAN) throw new Skip('twenty editions of the whole demo take ten minutes sanitised; the small site below is tried');
    const result = await run(['evaluate', '--site', site, '--json']);
    assert.equal(result.code, 0, told(result));
    const found = JSON.parse(result.out);
    assert.ok(found.in_scope > 500 && found.out_of_scope > 0 && found.dialogues > 10, result.out.slice(0, 300));
    assert.equal(found.n, found.in_scope + found.out_of_scope + found.taken_away);
    assert.ok(found.taken_away > 50, 'each article is taken away once');
    let before = Infinity;
    for (const s of found.settings) {
      assert.equal(s.answered_right + s.answered_wrong + s.offered + s.offered_without + s.not_understood, found.in_scope);
      assert.ok(s.answered_right + s.answered_wrong <= before, 'a higher setting never answers more');
      assert.ok(s.dialogues_passed <= found.dialogues && s.taken_away_answered <= found.taken_away && s.out_of_scope_answered <= found.out_of_scope);
      before = s.answered_right + s.answered_wrong;
    }
    const now = found.settings.filter((s) => s.now);
    assert.deepEqual(now.map((s) => s.answer), [0.7]);
    const played = await run(['test', '--site', site]);
    assert.match(played.err, new RegExp(`^${now[0].dialogues_passed} passed, ${found.dialogues - now[0].dialogues_passed} failed$`, 'm'), 'as sportello test finds them');
    assert.equal(found.missed.length, now[0].answered_wrong + now[0].offered_without + now[0].not_understood);
    for (const { source, text } of found.missed.slice(0, 20)) {
      const [path, line] = source.split(':');
      const written = readFileSync(join(site, path), 'utf8').split('\n')[line - 1];
      assert.ok(written.includes(text) || path.endsWith('.yaml') || path.endsWith('.chat') || written.includes(text.slice(0, 10)), `${source}: ${written} / ${text}`);
    }
    for (const { count, expected, first } of found.confused) {
      assert.ok(count >= 1 && `${expected.kind} ${expected.id}` !== `${first.kind} ${first.id}`);
      assert.match(first.source, /^(knowledge|intents)\/.+:\d+$/);
    }
    assert.ok(!existsSync(join(site, 'data')), 'nothing is written');
  });

  const small = join(temporary('small'), 'site');
  assert.equal((await run(['init', small])).code, 0);
  await test('--site in words names the line to change, and --lang keeps to one language', async () => {
    const settings = readFileSync(join(small, 'sportello.yaml'), 'utf8').replace(/answer: \d+ %/, 'answer: 51 %');
    writeFileSync(join(small, 'sportello.yaml'), settings);
    const line = settings.split('\n').findIndex((l) => l.includes('answer: 51 %')) + 1;
    const result = await run(['evaluate', '--site', small, '--lang', 'it']);
    assert.equal(result.code, 0, told(result));
    assert.match(result.out, /51 % \(now\)/);
    const change = /change this line:\n {2}sportello\.yaml:(\d+): {3}answer: \d+ %/.exec(result.out);
    if (change) assert.equal(Number(change[1]), line);
    else assert.match(result.out, /At none of these settings|The present setting/);
    assert.doesNotMatch(result.out, /knowledge\/en\//);
    const foreign = await run(['evaluate', '--site', small, '--lang', 'fr']);
    assert.equal(foreign.code, 1, told(foreign));
    assert.match(foreign.err, /no language 'fr'/);
  });

  await test('--site alone is the site here; one with errors is not tried', async () => {
    const own = await run(['evaluate', '--site'], { cwd: small });
    assert.equal(own.code, 0, told(own));
    assert.match(own.out, /answer when/);
    const broken = temporary('broken');
    mkdirSync(join(broken, 'knowledge/it'), { recursive: true });
    writeFileSync(join(broken, 'knowledge/it/x.md'), '## Una domanda\n');
    const result = await run(['evaluate', '--site', broken]);
    assert.equal(result.code, 1, told(result));
    assert.match(result.err, /knowledge\/it\/x\.md:1/);
    assert.equal(result.out, '');
  });
});
