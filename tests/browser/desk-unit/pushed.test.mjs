import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownFor } from '../../../web-desk/pushed.js';

test('a waiting visitor is shown with the department and the number, in the language of the message', () => {
  assert.deepEqual(shownFor({ kind: 'waiting', ticket: 1007, department: 'Ordini', lang: 'it' }),
    { title: 'Qualcuno aspetta', body: 'Ordini: pratica 1007', tag: 'waiting-1007', lang: 'it' });
  assert.deepEqual(shownFor({ kind: 'message', ticket: 1007, department: 'Ordini', lang: 'en' }),
    { title: 'A visitor of yours has written', body: 'Ticket 1007', tag: 'message-1007', lang: 'en' });
});

test('whatever comes, something is shown: browsers take the permission away from who shows nothing', () => {
  const nonsense = [null, undefined, 1, 'x', [], {}, { kind: '__proto__', ticket: 1 }, { kind: 'waiting' }, { kind: 'waiting', ticket: '1' },
    { kind: 'other', ticket: 1 }, { lang: 'constructor', kind: 'waiting', ticket: NaN }];
  for (const message of nonsense) assert.equal(shownFor(message).body, 'There is something to see', JSON.stringify(message));
  assert.equal(shownFor({ lang: 'it' }).body, 'C’è qualcosa da vedere');
});

test('a name of a department is shown as it is, and cut', () => {
  assert.equal(shownFor({ kind: 'waiting', ticket: 1, department: '$& <b>{ticket}', lang: 'it' }).body, '$& <b>{ticket}: pratica 1');
  assert.equal(shownFor({ kind: 'waiting', ticket: 1, department: 'x'.repeat(500), lang: 'it' }).body.length, 80 + ': pratica 1'.length);
});
