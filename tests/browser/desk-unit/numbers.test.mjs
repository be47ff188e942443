import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { csvOf, shareOf, SHARE_OF, spanOf, valueOf } from '../../../web-desk/pages/numbers.js';
import { tables } from '../../../web-desk/i18n.js';

const page = readFileSync(new URL('../../../docs/numbers.md', import.meta.url), 'utf8');
const names = [...page.matchAll(/^### `(\w+)`$/gm)].map(([, name]) => name);

test('every number that docs/numbers.md defines has a name and a meaning in both languages, and no other has', () => {
  const words = Object.keys(tables.en).filter((key) => key.startsWith('number_'));
  assert.deepEqual(words.sort(), names.flatMap((name) => [`number_${name}`, `number_${name}_means`]).sort());
  for (const [name, of] of Object.entries(SHARE_OF)) assert.ok(names.includes(name) && names.includes(of));
});

test('times are told in the unit that says enough, what is not there by a dash', () => {
  assert.equal(spanOf('en', 40_400), '40 sec');
  assert.equal(spanOf('en', 270_000), '4.5 min');
  assert.equal(spanOf('it', 270_000), '4,5 min');
  assert.equal(spanOf('en', 5_400_000), '1.5 hr');
  assert.equal(valueOf('en', { name: 'handling', unit: 'ms', by_department: true, rows: '' }, null), '–');
  assert.equal(valueOf('it', { name: 'asked', unit: 'count', by_department: false, rows: '' }, 12345), '12.345');
});

test('a share is of its own whole, and of nothing there is none', () => {
  assert.equal(shareOf({ asked: 8, answered: 2 }, 'answered'), 0.25);
  assert.equal(shareOf({ asked: 0, answered: 0 }, 'answered'), null);
  assert.equal(shareOf({ asked: 8 }, 'asked'), null);
});

test('the table as CSV: times in seconds, gaps empty, nothing that a spreadsheet would run', () => {
  const numbers = /** @type {any} */ ([{ name: 'asked', unit: 'count' }, { name: 'handling', unit: 'ms' }]);
  assert.equal(csvOf(numbers, [{ day: '2026-11-22', values: { asked: 3, handling: 61_600 } }, { day: '=1+1', values: { asked: -2, handling: null } }]),
    "day,asked,handling_seconds\r\n2026-11-22,3,62\r\n'=1+1,-2,\r\n");
});
