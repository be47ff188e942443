import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const page = read('docs/protocol.md');
const types = read('web-desk/protocol.js');

/** The types in the first column of a part's table. */
function documented(part) {
  const section = page.split(`\n## ${part}\n`)[1].split('\n## ')[0];
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => row.split('|')[1].match(/\w+/g)).sort();
}

/** The names of the union that a typedef is made of. */
const union = (name) => types.match(new RegExp(`@typedef \\{([^}]*)\\} ${name}\\b`))[1].match(/\w+Frame/g);

test('the page sends what the protocol lets an agent send', () => {
  const sent = types.slice(types.indexOf("{{type: 'hello'")).match(/\{type: '\w+'/g).map((t) => t.slice(8, -1));
  assert.deepEqual(sent.sort(), documented('Agent to server'));
});

test('the page takes what the protocol lets the server send, and has a receiver for each', () => {
  const taken = union('ServerFrame').map((frame) => frame.slice(0, -5).replace(/\B[A-Z]/g, '_$&').toLowerCase()).sort();
  assert.deepEqual(taken, documented('Server to agent'));
  const model = read('web-desk/receive.js');
  const table = model.slice(model.indexOf('const receivers = {'));
  for (const type of taken) assert.match(table, new RegExp(`^  ${type}[(:]`, 'm'), type);
});
