// The WordPress plug-in: its PHP has no error, prints what it should under WordPress's names (tests/wordpress), and
// comes as a zip with nothing else in it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { execute, ROOT, told } from './lib/program.mjs';
import { script, skip, test } from './lib/report.mjs';

const FOLDER = join(ROOT, 'wordpress/sportello');
const files = readdirSync(FOLDER, { recursive: true }).filter((name) => statSync(join(FOLDER, name)).isFile()).sort();

const there = (program) => execute(program, ['-v']).then(({ code }) => code === 0, () => false);

await script('wordpress', async () => {
  if (!(await there('php'))) return skip('the WordPress plug-in', 'php is not installed');

  await test('wordpress: the PHP has no error', async () => {
    for (const name of files.filter((file) => file.endsWith('.php'))) {
      const looked = await execute('php', ['-d', 'error_reporting=-1', '-d', 'display_errors=1', '-l', join(FOLDER, name)]);
      assert.equal(looked.code, 0, told(looked));
      assert.doesNotMatch(looked.out, /Deprecated|Warning/);
    }
  });

  const played = await execute('php', [join(ROOT, 'tests/wordpress/test.php')]);
  process.stdout.write(played.out);
  if (played.code !== 0 || !/^ok - wordpress: a nonce/m.test(played.out)) console.log(`not ok - wordpress: the tests ran to their end\n    ${told(played).replaceAll('\n', '\n    ')}`);

  await test('wordpress: its version, licence and names are what they are elsewhere', async () => {
    const [, version] = /SPORTELLO_VERSION "([^"]+)"/.exec(readFileSync(join(ROOT, 'bot/base/version.h'), 'utf8'));
    assert.match(readFileSync(join(FOLDER, 'sportello.php'), 'utf8'), new RegExp(`^ \\* Version: +${version.replaceAll('.', '\\.')}$`, 'm'));
    assert.match(readFileSync(join(FOLDER, 'readme.txt'), 'utf8'), new RegExp(`^Stable tag: ${version.replaceAll('.', '\\.')}$`, 'm'));
    assert.equal(readFileSync(join(FOLDER, 'LICENSE'), 'utf8'), readFileSync(join(ROOT, 'LICENSE'), 'utf8'));
  });

  await test('wordpress: the zip has one folder with these files', async () => {
    const made = await execute('make', ['-s', 'wordpress']);
    assert.equal(made.code, 0, told(made));
    const listed = await execute('zip', ['-sf', join(ROOT, 'build/sportello-wordpress.zip')]);
    const names = [...listed.out.matchAll(/^ +(\S+)$/gm)].map(([, name]) => name).sort();
    assert.deepEqual(names, files.map((name) => `sportello/${name}`).sort());
  });
});
