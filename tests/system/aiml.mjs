// AIML from outside: a site may have it, another interpreter's tests are judged by rule, and docs/aiml.md says the truth.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { note, script, skip, test } from './lib/report.mjs';
import { built, ROOT, run, SHARED, temporary, tinySite, told } from './lib/program.mjs';

const DATA = join(SHARED, 'data/aiml/programy');
const lines = (text) => text.trim().split('\n').map((line) => JSON.parse(line));

/** The table of docs/aiml.md: reason → pairs. */
function documented() {
  const page = readFileSync(join(ROOT, 'docs/aiml.md'), 'utf8');
  const table = page.slice(page.indexOf('| pairs | reason |'));
  const rows = [...table.slice(0, table.indexOf('\n\n')).matchAll(/^\| (\d+) \| (.+) \|$/gm)];
  return { page, reasons: Object.fromEntries(rows.map(([, count, reason]) => [reason, Number(count)])) };
}

/** A folder of cases of our own. */
function ours(cases, files) {
  const folder = temporary('aiml');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const file = join(folder, 'cases.json');
  writeFileSync(file, typeof cases === 'string' ? cases : JSON.stringify(cases));
  return [file, '--files', folder];
}

const category = (pattern, template) => `<category><pattern>${pattern}</pattern><template>${template}</template></category>`;
const FILES = {
  'x/x.aiml': `<aiml>${category('HELLO', 'hi there')}${category('TEACH *', 'ok<learn><category/></learn>')}${category('I LIKE <set>food</set>', 'me too: <star/>')}
    ${category('I DRINK <set>drink</set>', 'no')}${category('PICK', '<random><li>a</li><li>b</li></random>')}${category('BUY', 'Here:<button><text>Yes</text><postback>OK</postback></button>')}</aiml>`,
  'x/sets/food.txt': 'Apple pie\n',
};
const CASE = { suite: 's', class: 'C', test: 'one', aiml: ['x/x.aiml'] };

await script('aiml', async () => {
  if (!built()) return;

  await test('aiml-cases: one line a pair and a line of sums, and a pair is left out for what it uses', async () => {
    const steps = [
      { in: 'hello', out: 'Hi there.' }, { in: 'hello', out: 'a variable' }, { in: ' ', out: '' }, { in: 'I like apple pie', out: 'Me too: Apple pie.' },
      { in: 'I drink tea', out: 'x' }, { in: 'pick', out: null, one_of: ['A.', 'B.'] }, { in: 'buy', out: 'Here: <button><text>Yes</text><postback>OK</postback></button>.' },
      { in: 'teach x', out: 'OK.' }, { in: 'hello', out: 'Hello.' },
    ];
    const result = await run(['aiml-cases', ...ours([{ ...CASE, steps }], FILES), '--json']);
    const told_ = lines(result.out), sums = told_.pop();
    assert.deepEqual(told_.map((l) => l.result), ['pass', 'excluded', 'excluded', 'pass', 'excluded', 'pass', 'pass', 'fail', 'excluded'], told(result));
    for (const line of told_) assert.deepEqual(Object.keys(line), ['test', 'suite', 'in', 'expected', 'got', 'result', 'reason']);
    assert.equal(told_[0].got, 'Hi there.');
    assert.equal(told_[1].reason, 'repeats what was said to look at a variable; what it expects is no answer');
    assert.equal(told_[4].reason, 'a set that none of its files gives');
    assert.equal(told_[8].reason, 'what it asks for has been taught before (learn), which is refused');
    assert.deepEqual(sums, { pairs: 9, standard: 5, passed: 4 });
    assert.equal(result.code, 1);
  });

  await test('aiml-cases: what cannot be read is told, with exit code 2', async () => {
    for (const cases of ['{', '{}', '[1]', '[{"test":"x","aiml":["x/x.aiml"],"steps":[{"in":"a"}]}]', '[{"test":"x","steps":[]}]']) {
      const result = await run(['aiml-cases', ...ours(cases, FILES)]);
      assert.equal(result.code, 2, told(result));
      assert.match(result.err, /cases\.json: /);
    }
    for (const aiml of [['nowhere.aiml'], ['../x/x.aiml']]) {
      const result = await run(['aiml-cases', ...ours([{ ...CASE, aiml, steps: [] }], FILES)]);
      assert.equal(result.code, 2, told(result));
      assert.match(result.err, /cannot be read/);
    }
    assert.equal((await run(['aiml-cases', 'nowhere.json', '--files', '.'])).code, 2);
    assert.match((await run(['aiml-cases', ours([], FILES)[0]])).err, /--files DIR is needed/);
  });

  await test('a site with a folder aiml/ is checked and published, and its files count', async () => {
    const site = tinySite({ orari: ['Quali sono gli orari?', 'Dalle 9 alle 19.'] });
    mkdirSync(join(site, 'aiml/sets'), { recursive: true });
    writeFileSync(join(site, 'aiml/a.aiml'), FILES['x/x.aiml']);
    writeFileSync(join(site, 'aiml/sets/food.txt'), FILES['x/sets/food.txt']);
    writeFileSync(join(site, 'aiml/notes.doc'), 'x');
    const checked = await run(['check', '--site', site]);
    assert.equal(checked.code, 0, told(checked));
    assert.match(checked.out, /^aiml\/notes\.doc: warning: not read/m);
    const first = await run(['publish', '--site', site]);
    assert.equal(first.code, 0, told(first));
    writeFileSync(join(site, 'aiml/sets/food.txt'), 'Bread\n');
    const second = await run(['publish', '--site', site]);
    assert.equal(second.code, 0, told(second));
    const editions = await run(['editions', '--json', '--site', site]);
    assert.equal(lines(editions.out).length, 2, told(editions));
  });

  if (!existsSync(join(DATA, 'aiml_cases.json'))) {
    skip('aiml: the tests of another interpreter', `no ${DATA} (SHARED=DIR names the folder of the test data)`);
    return;
  }

  await test('aiml: 95 % of the pairs of another interpreter that are standard pass, and docs/aiml.md counts right', async () => {
    const result = await run(['aiml-cases', join(DATA, 'aiml_cases.json'), '--files', join(DATA, 'aiml_tests'), '--json']);
    assert.equal(result.code, 0, told(result));
    const pairs = lines(result.out), sums = pairs.pop();
    assert.equal(pairs.length, sums.pairs);
    assert.equal(pairs.filter((p) => p.result !== 'excluded').length, sums.standard);
    assert.equal(pairs.filter((p) => p.result === 'pass').length, sums.passed);
    assert.ok(sums.passed >= 0.95 * sums.standard);
    const counted = {};
    for (const p of pairs) if (p.reason !== null) counted[p.reason] = (counted[p.reason] ?? 0) + 1;
    const { page, reasons } = documented();
    assert.deepEqual(counted, reasons);
    assert.ok(page.includes(`(${sums.pairs} pairs), ${sums.passed} of the ${sums.standard} that are standard AIML pass`));
    note(`${sums.passed} of ${sums.standard}`);
  });
});
