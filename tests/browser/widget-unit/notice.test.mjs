import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyModel } from '../../../web-widget/talk/model.js';
import { received } from './hear.mjs';
import { keyOf, noticesShown } from '../../../web-widget/more/notice-line.js';

const late = { id: 3, text: 'Il corriere è in ritardo', until: 5000 };
const closed = { id: 4, text: 'Chiusi per inventario', until: 9000 };

test('notices come with the welcome and with frames of their own, and go the same way', () => {
  const welcome = { type: 'welcome', seq: 0, state: { who: 'bot' }, notices: [late] };
  const first = received(emptyModel(), welcome, 0);
  assert.deepEqual(first.notices, [late]);
  assert.deepEqual(received(first, { type: 'notice', notices: [late, closed] }, 0).notices, [late, closed]);
  assert.deepEqual(received(first, { type: 'notice', notices: [] }, 0).notices, []);
  assert.deepEqual(received(first, { ...welcome, notices: undefined }, 0).notices, [], 'after a reconnection none holds');
});

test('nonsense is no notice', () => {
  const list = [null, 5, {}, { id: 1, text: ' ', until: 9 }, { id: 1, text: 'x' }, { id: 1, text: 7, until: 9 }, closed];
  assert.deepEqual(received(emptyModel(), { type: 'notice', notices: list }, 0).notices, [closed]);
  assert.deepEqual(received(emptyModel(), { type: 'notice' }, 0).notices, []);
});

test('what ended or was put away is not shown; changed words are another notice; two lines at most', () => {
  const none = new Set();
  assert.deepEqual(noticesShown([late, closed], none, 4999), [late, closed]);
  assert.deepEqual(noticesShown([late, closed], none, 5000), [closed]);
  assert.deepEqual(noticesShown([late, closed], new Set([keyOf(late)]), 0), [closed]);
  assert.deepEqual(noticesShown([{ ...late, text: 'Il corriere è puntuale' }], new Set([keyOf(late)]), 0).length, 1);
  assert.equal(noticesShown([late, closed, { ...closed, id: 5 }], none, 0).length, 2);
});
