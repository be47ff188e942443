// The walk of the editors' guides, done as it is written there: a flow copied from a neighbour, checked, tested, live.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { note, script, test } from './lib/report.mjs';
import { built, demoSite, ROOT, run, told } from './lib/program.mjs';

const WALKS = {
  it: { section: '## Un flusso nuovo', asks: /Che giorno/, said: 'ho perso lo scontrino' },
  en: { section: '## A new flow', asks: /Which day/, said: "I've lost my receipt" },
};

/** The fenced blocks of a guide's section, without their indent, in order. */
function blocksOf(guide, section) {
  const from = guide.indexOf(section), text = guide.slice(from, guide.indexOf('\n## ', from + 1));
  return [...text.matchAll(/^( *)```\w*\n([^]*?)^ *```$/gm)].map(([, indent, block]) =>
    block.split('\n').map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n'));
}

await script('the walk of the editors’ guides', async () => {
  if (!built()) return;
  for (const [lang, { section, asks, said }] of Object.entries(WALKS)) {
    await test(`${lang}: a flow that is written as the guide says is checked, tested and live`, async () => {
      const guide = readFileSync(join(ROOT, `docs/editors.${lang}.md`), 'utf8');
      const [copy, flow, dialogue] = blocksOf(guide, section);
      const [, neighbour, file] = copy.match(/^cp (\S+) (\S+)/);
      const chat = guide.match(/`(tests\/dialogues\/\w+\/\S+\.chat)`/)[1];
      const site = demoSite({}, { dialogues: true });
      assert.ok(existsSync(join(site, neighbour)), `the neighbour ${neighbour}`);
      writeFileSync(join(site, file), flow);
      writeFileSync(join(site, chat), dialogue);

      const check = await run(['check', '--site', site]);
      assert.match(check.err, /0 errors, 1 warning/, told(check));
      const ask = await run(['ask', '--site', site, '--lang', lang, said]);
      assert.match(ask.out, asks, told(ask));
      const tests = await run(['test', '--site', site]);
      assert.match(tests.out + tests.err, /^\d+ passed, 0 failed/m, told(tests));
      const publish = await run(['publish', '--site', site]);
      assert.equal(publish.code, 0, told(publish));
      note(`check ${Math.round(check.ms)} ms, test ${Math.round(tests.ms)} ms, publish ${Math.round(publish.ms)} ms`);
    });
  }
});
