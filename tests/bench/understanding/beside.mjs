// Asks NLP.js the same, in processes of their own, beside the runs of Sportello. Two of its trainings take
// minutes, so what came out is kept in build/bench/nlpjs/ and read again as long as package and files are the same.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute, ROOT } from '../../system/lib/program.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const FOLDER = join(ROOT, 'build/bench/nlpjs');
const PATIENCE_MS = 600_000;

export const installed = () => existsSync(join(FOLDER, 'node_modules/@nlpjs/basic'));

function keyOf(run) {
  const hash = createHash('sha256');
  for (const file of [join(HERE, 'package-lock.json'), join(HERE, 'nlpjs.mjs'), ...run.train, ...run.test, run.questions]) if (file) hash.update(readFileSync(file));
  return hash.update(JSON.stringify([run.lang, run.asClass])).digest('hex').slice(0, 32);
}

/** One run: the figures of nlpjs.mjs, `kept: true` where they were measured before; null where it ended badly. */
export async function besideOf(run) {
  const file = join(FOLDER, `figures-${keyOf(run)}.json`);
  if (existsSync(file)) return { ...JSON.parse(readFileSync(file, 'utf8')), kept: true };
  const result = await execute(process.execPath, ['--no-warnings', join(HERE, 'nlpjs.mjs'), FOLDER, JSON.stringify(run)], { patience: PATIENCE_MS })
    .catch((error) => ({ code: 1, out: '', err: error.message }));
  const last = result.out.trim().split('\n').at(-1);
  if (result.code !== 0 || !last?.startsWith('{')) {
    console.error(`NLP.js: ${result.err.trim().split('\n').at(-1)}`);
    return null;
  }
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, last);
  return JSON.parse(last);
}
