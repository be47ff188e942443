// Puts the figures of the last whole `make bench-understanding` into docs/understanding.md, between its markers.
//   make docs-understanding

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAQ, RUNS } from './goals.mjs';
import { ROOT } from '../../system/lib/program.mjs';

const FIGURES = join(ROOT, 'build/bench/understanding.md');
const PAGE = join(ROOT, 'docs/understanding.md');
const BETWEEN = /(<!-- figures:[^\n]*-->\n)[\s\S]*?(<!-- end of figures -->)/;

function refuse(why) {
  console.error(`docs-understanding: ${why}`);
  process.exit(1);
}

let figures;
try {
  figures = readFileSync(FIGURES, 'utf8');
} catch {
  refuse(`there is no ${FIGURES}; run make bench-understanding first`);
}
const missing = [...RUNS, FAQ].filter(({ set }) => !figures.includes(`| ${set} |`));
if (missing.length > 0) refuse(`the last run was of a part only (no ${missing[0].set}); run make bench-understanding without ONLY`);
const page = readFileSync(PAGE, 'utf8');
if (!BETWEEN.test(page)) refuse(`${PAGE} has no markers “<!-- figures: … -->” and “<!-- end of figures -->”`);
writeFileSync(PAGE, page.replace(BETWEEN, (_, start, end) => `${start}${figures.trimEnd()}\n${end}`));
