// Words, faces, colours and the form's rules: small pure things.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excess } from '../../../web-widget/more/limit.js';
import { initials } from '../../../web-widget/panel/face.js';
import { tables as counter } from '../../../web-widget/more/counter.words.js';
import { tables as menu } from '../../../web-widget/more/menu.words.js';
import { tables as away } from '../../../web-widget/more/away.words.js';
import { tables as forms } from '../../../web-widget/more/forms.words.js';
import { tables as rows } from '../../../web-widget/more/rows.words.js';
import { tables as carousel } from '../../../web-widget/more/carousel.words.js';
import { tables as input } from '../../../web-widget/more/input.words.js';
import { tables as hint } from '../../../web-widget/more/hint.words.js';
import { en } from '../../../web-widget/words/en.js';
import { it } from '../../../web-widget/words/it.js';
import { wordsOf } from '../../../web-widget/words/words.js';
import { faults } from '../../../web-widget/more/message-form.js';
import { did, emptyModel } from '../../../web-widget/talk/model.js';
import { received } from './hear.mjs';
import { faceOf } from '../../../web-widget/more/mood.js';
import { queueLines } from '../../../web-widget/more/queue-banner.js';

test('both languages have the same words with the same places', () => {
  const places = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const tables of [{ it, en }, counter, forms, menu, away, rows, carousel, input, hint]) {
    assert.deepEqual(Object.keys(tables.en), Object.keys(tables.it));
    for (const key of Object.keys(tables.it)) assert.deepEqual(places(tables.en[key]), places(tables.it[key]), key);
  }
});

test('words put values in their places', () => {
  assert.equal(wordsOf(counter.it)('queueRange', { low: 3, high: 9 }), 'Attesa: da 3 a 9 minuti.');
});

test('the face tells what is going on, the more important first', () => {
  const model = emptyModel();
  const face = (more, on = {}) =>
    faceOf({ model: { ...model, ...more }, link: 'on', drafting: false, speaking: false, now: 0, ...on });
  assert.equal(face(), 'idle');
  assert.equal(face({}, { drafting: true }), 'listening');
  assert.equal(face(did(model, { type: 'say', cid: 'a', text: 'x' }, 0)), 'thinking');
  assert.equal(face({}, { speaking: true }), 'speaking');
  assert.equal(face({ who: 'waiting' }), 'waiting');
  assert.equal(face({ who: 'agent' }, { speaking: true }), 'human-here');
  assert.equal(face({ who: 'agent' }, { link: 'lost' }), 'offline');
  const unsure = received(model, { type: 'message', seq: 1, at: 1, from: 'bot', fallback: true, blocks: [] }, 0);
  assert.equal(face(unsure), 'unsure');
});

test('the queue promises nothing the numbers do not carry', () => {
  const lines = (place) => queueLines({ ...emptyModel(), place }, wordsOf(counter.en)).join(' ');
  const place = { position: 3, low: 4, high: 9, open: true, online: true };
  assert.match(lines(place), /2 people before you.*from 4 to 9 minutes/);
  assert.match(lines({ ...place, position: 2 }), /one person before/);
  assert.match(lines({ ...place, position: 1 }), /You are next/);
  assert.match(lines({ ...place, low: -1, high: -1 }), /not enough data yet/);
  assert.match(lines({ ...place, low: 0, high: 0 }), /less than a minute/);
  assert.doesNotMatch(lines({ ...place, online: false }), /minute|next|before/);
  assert.match(lines({ ...place, open: false }), /closed/);
  assert.match(lines({ ...place, beyond: true }), /may not come before we close/);
});

test('the form names what is missing, field by field', () => {
  const fields = { text: 'ciao', contact: 'a@b.it', name: '' };
  const wrong = (type, more) => faults(type, { ...fields, ...more }).map(({ field }) => field);
  assert.deepEqual(wrong('message', {}), []);
  assert.deepEqual(wrong('message', { text: '', contact: '' }), ['text', 'contact']);
  for (const contact of ['+39 051 123456', '051/12.34.56', '(051) 123456', 'nome.è@sotto.esempio.it'])
    assert.deepEqual(wrong('message', { contact }), [], contact);
  for (const contact of ['ciao', 'a@b', '12345', 'a b@c.it', '@x.it'])
    assert.deepEqual(wrong('message', { contact }), ['contact'], contact);
  assert.deepEqual(wrong('callback', { text: '' }), ['contact']);
  assert.deepEqual(wrong('callback', { text: '', contact: '051 123456' }), []);
  assert.deepEqual(wrong('message', { text: 'è'.repeat(2049) }), ['text']);
  assert.deepEqual(wrong('message', { name: 'x'.repeat(161) }), ['name']);
});

test('a text is measured in bytes of UTF-8', () => {
  assert.equal(excess('a'.repeat(4096)), 0);
  assert.equal(excess('€'.repeat(1366)), 2);
});

test('initials are those of a name, in any script', () => {
  assert.deepEqual(['Marta Rossi', 'olma', 'Anna Maria de Luca', ' ', 'Ælfgifu 😀x'].map(initials), [
    'MR',
    'O',
    'AL',
    '•',
    'Æ😀',
  ]);
});
