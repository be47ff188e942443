// The whole assistant on a FAQ: a site is made of the entries, questions are asked as visitors ask them, and
// what it did is counted: the right entry answered or offered, another one answered, out of scope answered.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, temporary, told } from '../../system/lib/program.mjs';

const rows = (file) => readFileSync(file, 'utf8').split('\n').filter((line) => line.includes('\t')).map((line) => line.split('\t'));
const cell = (text) => `"${text.replaceAll('"', '""')}"`;

async function good(args, options) {
  const result = await run(args, options);
  if (result.code !== 0) throw new Error(`sportello ${args.join(' ')}: ${told(result)}`);
  return result;
}

/** A site of the entries (id, question, answer). */
async function siteOf(entries, lang) {
  const site = temporary('faq'), table = join(site, 'faq.csv');
  writeFileSync(join(site, 'sportello.yaml'), `name: FAQ\nlanguages: [${lang}]\n`);
  writeFileSync(table, `id,question,answer\n${rows(entries).map(([id, question, answer]) => `e${id},${cell(question)},${cell(answer)}`).join('\n')}\n`);
  await good(['import', 'csv', table, '--lang', lang, '--to', join(site, 'knowledge', lang)]);
  return site;
}

async function ask(site, lang, texts) {
  const result = await good(['ask', '--site', site, '--lang', lang, '--json', '-'], { input: texts.join('\n') + '\n' });
  return result.out.trim().split('\n').map((line) => JSON.parse(line));
}

/** {n, shown, wrong, oos_answered} as shares of what was asked in and out of scope. */
export async function assistantOf({ entries, asked, outOfScope, lang }) {
  const site = await siteOf(entries, lang);
  const questions = rows(asked), strangers = rows(outOfScope);
  const said = await ask(site, lang, questions.map(([text]) => text));
  const others = await ask(site, lang, strangers.map(([text]) => text));
  const shows = ({ article, options }, id) => article === id || options.slice(0, 3).some((o) => o.id === id);
  const share = (list, holds) => list.filter(holds).length / list.length;
  return {
    n: said.length,
    shown: share(said, (one, i) => shows(one, `e${questions[i][1]}`)),
    wrong: share(said, (one, i) => one.kind === 'answer' && one.article !== `e${questions[i][1]}`),
    oos_answered: share(others, (one) => one.kind === 'answer'),
  };
}
