import assert from 'node:assert/strict';
import { test } from 'node:test';
import { middleOf, portraitUrl } from '../../../web-desk/pages/portrait.js';

test('the middle of a picture becomes the square', () => {
  assert.deepEqual(middleOf(300, 100), { x: 100, y: 0, side: 100 });
  assert.deepEqual(middleOf(100, 301), { x: 0, y: 100, side: 100 });
  assert.deepEqual(middleOf(7, 7), { x: 0, y: 0, side: 7 });
});

test('a picture has an address with its version, below any prefix, and none without one', () => {
  globalThis.location = { pathname: '/aiuto/desk' };
  assert.equal(portraitUrl(12, 34), '/aiuto/agents/12?v=34');
  assert.equal(portraitUrl(12, 0), '');
  delete globalThis.location;
});
