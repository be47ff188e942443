// Word vectors: a file named in the settings is read once and kept, read again when it changes, and never
// half; commands that only look write nothing; what is wrong in it is told with the setting's place and its line.

import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { script, test } from './lib/report.mjs';
import { Chat, plain } from './lib/chat.mjs';
import { built, run, Server, temporary, tinySite, told } from './lib/program.mjs';

const ENTRIES = {
  orari: ['Quali sono gli orari di chiusura?', 'Chiudiamo alle 19.'],
  spedizione: ['Quanto costa la spedizione?', 'Costa 6,50 euro.'],
  reso: ['Come posso restituire un prodotto?', 'Entro trenta giorni.'],
};

/** Opening hours along the first axis, sending along the second, giving back along the third. */
const WORDS = {
  di: [0.1, 0.1, 0.1, 0.9], la: [0.1, 0.1, 0.1, 0.9], ora: [0.9, 0, 0, 0.2], orari: [0.95, 0, 0, 0.1],
  chiusura: [0.93, 0, 0, 0], saracinesca: [0.88, 0.1, 0, 0], abbassate: [0.7, 0.1, 0.2, 0.1],
  spedizione: [0, 0.95, 0.1, 0], costa: [0.1, 0.5, 0.3, 0], restituire: [0, 0.1, 0.97, 0], prodotto: [0.1, 0.3, 0.6, 0],
};
const text = (words, count = Object.keys(words).length) =>
  `${count} 4\n${Object.entries(words).map(([word, values]) => `${word} ${values.join(' ')}`).join('\n')}\n`;

function vectorSite(words = WORDS) {
  const site = tinySite(ENTRIES, { 'understanding.vectors': 'parole.vec' });
  writeFileSync(join(site, 'parole.vec'), text(words));
  return site;
}

/** Vectors of sixteen dimensions: each group of words has an axis, and what an everyday sentence says has others. The
 * most frequent words come first in such a file. */
const GROUPS = [
  [8, 'di il come'], [9, 'la per ho'], [10, 'che un quanto'], [11, 'a non posso'], [12, 'è mi chi'], [13, 'si e ti'], [14, 'su quando'], [15, 'i gli sono'],
  [4, 'amore musica giorno cane'], [5, 'mare tempo notte'], [6, 'sole mondo acqua'], [7, 'calcio casa vita libro'],
  [0, 'ora orari chiusura aperti saracinesca serranda abbassate tirate'],
  [1, 'spedizione costa corriere pacco'], [2, 'restituire prodotto reso'], [3, 'fattura ricevuta'],
];
function meaningSite(withVectors) {
  const entries = { ...ENTRIES, fattura: ['Posso avere la fattura?', 'Scrivi i dati della ditta.'] };
  const site = tinySite(entries, withVectors ? { 'understanding.vectors': 'parole.vec' } : {});
  const words = GROUPS.flatMap(([axis, list]) => list.split(' ').map((word, i) => [word, axis, i]));
  const values = (axis, i) => Array.from({ length: 16 }, (_, k) => (k === axis ? 1 : 0.06 * Math.sin(7 * axis + 3 * i + 5 * k))).map((x) => x.toFixed(3));
  if (withVectors) writeFileSync(join(site, 'parole.vec'), `${words.length} 16\n${words.map(([word, axis, i]) => `${word} ${values(axis, i).join(' ')}`).join('\n')}\n`);
  return site;
}
const kept = (site) => (existsSync(join(site, 'data/vectors')) ? readdirSync(join(site, 'data/vectors')) : []);
const at = (site, ...words) => run([...words, '--site', site]);

await script('vectors', async () => {
  if (!built()) return;

  await test('commands that only look read the vectors and leave no file behind', async () => {
    const site = vectorSite(), folder = temporary('tmp');
    for (const words of [['check'], ['ask', 'A che ora abbassate la saracinesca?'], ['test']]) {
      const result = await run([...words, '--site', site], { env: { TMPDIR: folder } });
      assert.equal(result.code, 0, told(result));
      assert.match(result.err, /reading the word vectors in parole\.vec/);
      assert.match(result.err, /11 words of 4 dimensions/);
    }
    assert.deepEqual(readdirSync(folder), []);
    assert.equal(existsSync(join(site, 'data')), false);
  });

  await test('publish keeps what it has read; a changed file is read again and the former one goes', async () => {
    const site = vectorSite();
    const first = await at(site, 'publish');
    assert.equal(first.code, 0, told(first));
    assert.match(first.err, /reading the word vectors/);
    const [name, ...rest] = kept(site);
    assert.match(name, /^[0-9a-f]{16}\.q8$/);
    assert.deepEqual(rest, []);
    for (const words of [['ask', 'orari'], ['ask', '--edition', 'live', 'orari'], ['publish']]) {
      const again = await at(site, ...words);
      assert.equal(again.code, 0, told(again));
      assert.doesNotMatch(again.err, /reading/);
    }
    writeFileSync(join(site, 'parole.vec'), text({ ...WORDS, serranda: [0.9, 0, 0, 0] }));
    const changed = await at(site, 'publish');
    assert.match(changed.err, /12 words of 4 dimensions/);
    assert.equal(kept(site).length, 1);
    assert.notEqual(kept(site)[0], name);
  });

  await test('a server makes the image again where only the vectors have changed, and serves without them when they are gone', async () => {
    const site = vectorSite();
    assert.equal((await at(site, 'publish')).code, 0);
    writeFileSync(join(site, 'parole.vec'), text({ ...WORDS, serranda: [0.9, 0, 0, 0] }));
    let server = await Server.start({ site });
    await server.stop();
    assert.match(server.log, /edition 1 is made again \(its word vectors have changed\)/);
    server = await Server.start({ site });
    await server.stop();
    assert.doesNotMatch(server.log, /made again/);
    rmSync(join(site, 'parole.vec'));
    server = await Server.start({ site });
    await server.stop();
    assert.match(server.log, /sportello\.yaml:3:\d+: warning: the word vectors parole\.vec: cannot be opened/);
  });

  await test('a damaged or half-made kept file is made again', async () => {
    const site = vectorSite();
    assert.equal((await at(site, 'publish')).code, 0);
    const file = join(site, 'data/vectors', kept(site)[0]);
    writeFileSync(file, 'Sportello');
    writeFileSync(`${file}.part`, 'half');
    const result = await at(site, 'publish');
    assert.equal(result.code, 0, told(result));
    assert.match(result.err, /reading the word vectors/);
    assert.deepEqual(kept(site).length, 1);
  });

  await test('a missing file and mistakes in it are told with their places, and block publishing', async () => {
    const cases = [
      [null, /sportello\.yaml:3:\d+: error: the word vectors parole\.vec: cannot be opened: No such file/],
      ['', /parole\.vec: the file is empty/],
      [text(WORDS, 20), /parole\.vec:13: the file ends after 11 of 20 words/],
      [text(WORDS).slice(0, -9), /parole\.vec:12: the line has \d values instead of 4: the file was cut in the middle/],
      [text({ uno: [1, 2, 3] }), /parole\.vec:2: the line has 3 values instead of 4/],
      [text({ uno: [1, 2, 3, 'nan'] }), /parole\.vec:2: value 4, “nan”, is no finite number/],
    ];
    for (const [bytes, expected] of cases) {
      const site = vectorSite();
      if (bytes === null) rmSync(join(site, 'parole.vec'));
      else writeFileSync(join(site, 'parole.vec'), bytes);
      const checked = await at(site, 'check');
      assert.equal(checked.code, 1, told(checked));
      assert.match(checked.out, expected);
      const published = await at(site, 'publish');
      assert.equal(published.code, 1, told(published));
      assert.match(published.err, expected);
      assert.deepEqual(kept(site), []);
    }
  });

  await test('evaluate takes a text file or its quantised form along', async () => {
    const site = vectorSite(), folder = temporary('evaluate');
    assert.equal((await at(site, 'publish')).code, 0);
    const train = join(folder, 'train.tsv'), asked = join(folder, 'test.tsv');
    writeFileSync(train, 'orari di chiusura\torari\nquanto costa la spedizione\tspedizione\n');
    writeFileSync(asked, 'a che ora abbassate la saracinesca\torari\n');
    for (const file of [join(site, 'parole.vec'), join(site, 'data/vectors', kept(site)[0])]) {
      const result = await run(['evaluate', '--json', '--lang', 'it', '--vectors', file, train, asked]);
      assert.equal(result.code, 0, told(result));
      assert.equal(JSON.parse(result.out).n, 1);
    }
    writeFileSync(join(folder, 'bad.vec'), text(WORDS, 20));
    const bad = await run(['evaluate', '--vectors', join(folder, 'bad.vec'), train, asked]);
    assert.equal(bad.code, 1);
    assert.match(bad.err, /bad\.vec:13: error: the file ends after 11 of 20 words/);
  });

  await test('what shares no word with an entry is found by its meaning, and only by it', async () => {
    const site = meaningSite(true), without = meaningSite(false);
    const ask = async (where, question) => JSON.parse((await at(where, 'ask', '--json', '--lang', 'it', question)).out);
    for (const question of ['A che ora abbassate la saracinesca?', 'Quando tirate su la serranda?', 'Abbassate la serranda?']) {
      const found = await ask(site, question);
      assert.deepEqual([found.kind, found.article], ['answer', 'orari'], JSON.stringify(found));
      assert.ok(found.confidence >= 0.7);
      const missed = await ask(without, question);
      assert.deepEqual([missed.kind, missed.article], ['rephrase', null], JSON.stringify(missed));
    }
    for (const question of ['Che cane hai?', 'Ti piace il mare di notte?', 'La musica e il calcio']) assert.equal((await ask(site, question)).kind, 'rephrase', question);
    assert.equal((await at(site, 'publish')).code, 0);
    const explained = await at(site, 'ask', '--explain', '--edition', 'live', '--lang', 'it', 'Abbassate la serranda?');
    assert.match(explained.out, /1\. entry .*, meaning 1\.\d+, /, told(explained));
    const server = await Server.start({ site });
    const chat = await Chat.open({ port: server.port });
    assert.match(plain((await chat.ask('A che ora abbassate la saracinesca?')).blocks), /alle 19/);
    chat.destroy();
    await server.stop();
  });

  await test('a missing file is told beside other mistakes, in one run', async () => {
    const site = vectorSite();
    rmSync(join(site, 'parole.vec'));
    appendFileSync(join(site, 'knowledge/it/prova.md'), '\n## Senza risposta?\n');
    const result = await at(site, 'check');
    assert.match(result.out, /prova\.md:\d+/);
    assert.match(result.out, /the word vectors parole\.vec: cannot be opened/);
  });
});
