// Language tables: made from text by the tool, read by the program, and missed aloud where they are not.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { script, test } from './lib/report.mjs';
import { built, execute, PROGRAM, run, Server, temporary, tinySite, told } from './lib/program.mjs';

const TOOL = join(dirname(PROGRAM), 'tables/language-tables');
const ENTRIES = { orari: ['Quali sono gli orari?', 'Dalle 9 alle 19.'] };

const FORTUNES = `Ma tu che ore fai?
%
Io non lo so.  Forse domani
andiamo al mare insieme!
		-- Un autore noto
%
ma tu che ore fai
%
Il 45% dei <casi> è scritto male, e questa frase non è di parole soltanto.
%
`;
const MANUAL = '.TH PROVA 1\n.SH NOME\nprova \\- fa una prova\n.PP\nLa \\fBprova\\fP scrive le parole.\n.\\" nessuno legge questo commento\n';
const MYTHES = 'UTF-8\nprezzo|1\n(s.m.)|costo|tariffa|valore di mercato\ncosto|1\n(s.m.)|prezzo\n';

/** A folder of text as `gather` leaves it. */
function texts() {
  const folder = temporary('text');
  writeFileSync(join(folder, 'it.fortune.cookies'), FORTUNES);
  writeFileSync(join(folder, 'it.roff.pages'), MANUAL);
  writeFileSync(join(folder, 'it.mythes.synonyms'), MYTHES);
  return readdirSync(folder).sort().map((name) => join(folder, name));
}

async function makes(files, share = temporary('share')) {
  const result = await execute(TOOL, ['it', share, ...files]);
  assert.equal(result.code, 0, told(result));
  return { share, out: result.out };
}

const check = (share) => run(['check', '--site', tinySite(ENTRIES)], { env: { SPORTELLO_SHARE: share } });

await script('tables', async () => {
  if (!built()) return;
  if (!existsSync(TOOL)) return console.log(`skip - language tables: ${TOOL} is not built`);

  await test('the program finds good what the tool made', async () => {
    const { share, out } = await makes(texts());
    assert.deepEqual(readdirSync(share).sort(), ['background.it.tab', 'negatives.it.txt', 'thesaurus.it.tab']);
    assert.match(out, /it: 3 stems in 2 sets of synonyms/);
    const result = await check(share);
    assert.equal(result.code, 0, told(result));
    assert.doesNotMatch(result.err, /language tables/);
  });

  await test('sentences are whole, different, plain and without their authors', async () => {
    const { share } = await makes(texts());
    const [head, ...lines] = readFileSync(join(share, 'negatives.it.txt'), 'utf8').trimEnd().split('\n');
    assert.match(head, /^# Sentences of everyday language: 5 \(it\)/);
    assert.deepEqual(lines.sort(), ['Forse domani andiamo al mare insieme!', 'Io non lo so.', 'La prova scrive le parole.', 'Ma tu che ore fai?',
      'prova - fa una prova']);
  });

  await test('the same text gives the same bytes', async () => {
    const files = texts(), one = await makes(files), other = await makes(files);
    for (const name of readdirSync(one.share)) assert.ok(readFileSync(join(one.share, name)).equals(readFileSync(join(other.share, name))), name);
  });

  await test('what is absent or damaged is named by check and by serve, and nothing else happens', async () => {
    const { share } = await makes(texts().filter((file) => !file.includes('mythes')));
    truncateSync(join(share, 'background.it.tab'), 5000);
    const said = /background\.it\.tab \(damaged\), thesaurus\.it\.tab \(absent\)/;
    const result = await check(share);
    assert.equal(result.code, 0, told(result));
    assert.match(result.err, said);
    assert.equal(result.out, '');
    const server = await Server.start({ site: tinySite(ENTRIES), env: { SPORTELLO_SHARE: share } });
    await server.stop();
    assert.match(server.log, said);
  });

  await test('a file of an unknown format is refused by its name', async () => {
    const file = join(temporary('odd'), 'it.novel.book');
    writeFileSync(file, 'C\'era una volta.');
    const share = temporary('share');
    mkdirSync(share, { recursive: true });
    const result = await execute(TOOL, ['it', share, file]);
    assert.equal(result.code, 1, told(result));
    assert.match(result.err, /it\.novel\.book: its name has no format/);
    assert.deepEqual(readdirSync(share), []);
    assert.equal((await execute(TOOL, ['it'])).code, 2);
  });
});
