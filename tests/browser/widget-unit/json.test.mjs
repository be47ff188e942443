// Old libraries give arrays a toJSON that makes texts of them: what goes to the server and into the storage stays what it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toJson } from '../../../web-widget/talk/json.js';

test('arrays stay arrays where a library gave them a toJSON', () => {
  const value = { send: [{ type: 'say', files: [1, 2] }, 'a "b"', null], none: undefined };
  const plain = JSON.stringify(value);
  assert.equal(toJson(value), plain);
  Object.defineProperty(Array.prototype, 'toJSON', { configurable: true, value: () => 'a text' });
  try {
    assert.notEqual(JSON.stringify(value), plain);
    assert.equal(toJson(value), plain);
    assert.equal(toJson([]), '[]');
  } finally {
    delete (/** @type {any} */ (Array.prototype).toJSON);
  }
});
