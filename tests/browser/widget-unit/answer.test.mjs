// What a control for an answer lets pass, and how it is said.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fault, said } from '../../../web-widget/more/answer.js';

test('a number is within its bounds, whole where it must be', () => {
  const input = { type: 'number', min: '1', max: '9.5', step: '0.01' };
  const word = (value, more = {}) => fault({ ...input, ...more }, value)?.[0] ?? '';
  assert.deepEqual(['', '3', '3,5', '0', '10', 'tre', '9,5'].map((value) => word(value)), ['inputEmpty', '', '', 'inputLeast', 'inputMost', 'inputNumber', '']);
  assert.equal(word('2.5', { step: '1' }), 'inputWhole');
  assert.equal(fault({ type: 'date' }, '2027-01-01'), null);
});

test('a number has the sign that the server reads', () => {
  assert.equal(said({ type: 'number', decimal: ',' }, ' 2.50 '), '2,50');
  assert.equal(said({ type: 'number', decimal: '.' }, '2,5'), '2.5');
  assert.equal(said({ type: 'date', decimal: ',' }, '2027-01-01'), '2027-01-01');
});
