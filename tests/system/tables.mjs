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

/** Sets as WordNet's data.noun has them: words, a tie to a broader set, definition and example. */
const WORDNET = `  1 This is a licence.
00000010 03 n 02 rain 0 rainfall 0 001 @ 00000040 n 0000 | water that falls from clouds; "the rain brought wet weather"
00000020 03 n 01 drizzle 0 001 @ 00000010 n 0000 | light rain from grey clouds; "drizzle is wet weather"
00000030 03 n 01 storm 0 002 @ 00000040 n 0000 ~ 00000020 n 0000 | violent weather with rain, wind and clouds
00000040 03 n 01 weather 0 000 | what clouds, wind and rain do; "wet weather"
00000050 03 n 02 invoice 0 bill_of_sale 0 001 @ 00000070 n 0000 | a list of goods and their price; "pay the invoice"
00000060 03 n 01 receipt 0 001 @ 00000070 n 0000 | a paper that says a price was paid; "keep the receipt with the invoice"
00000070 03 n 01 paper 0 000 | a sheet on which an invoice or a receipt lists a price
`;

/** A folder of text as `gather` leaves it. */
function texts() {
  const folder = temporary('text');
  writeFileSync(join(folder, 'it.fortune.cookies'), FORTUNES);
  writeFileSync(join(folder, 'it.roff.pages'), MANUAL);
  writeFileSync(join(folder, 'it.mythes.synonyms'), MYTHES);
  return readdirSync(folder).sort().map((name) => join(folder, name));
}

/** The same in English. */
function glosses() {
  const file = join(temporary('text'), 'en.wordnet.small');
  writeFileSync(file, WORDNET);
  return [file];
}

async function makes(files, share = temporary('share'), lang = 'it') {
  const result = await execute(TOOL, [lang, share, ...files]);
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

  await test('words that are explained become kin, the same each time', async () => {
    const one = await makes(glosses(), temporary('share'), 'en'), other = await makes(glosses(), temporary('share'), 'en');
    assert.deepEqual(readdirSync(one.share).sort(), ['background.en.tab', 'kinship.en.tab', 'negatives.en.txt']);
    assert.match(one.out, /en: finding the kin of words in 7 sets/);
    // In three sets or more: rain, cloud, weather, wet; paper, price, invoice.
    assert.match(one.out, /en: 7 stems with their kin/);
    assert.ok(readFileSync(join(one.share, 'kinship.en.tab')).equals(readFileSync(join(other.share, 'kinship.en.tab'))));
    assert.doesNotMatch((await makes(texts())).out, /kin/);
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
