import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bytesOf, clockOf, contactLink, dayOf, differs, languageOf, lengthOf, percentOf, safeHref,
} from '../../../web-desk/format.js';

test('waiting times', () => {
  assert.deepEqual([-5, 0, 42_900, 725_000, 3_725_000].map(clockOf), ['0:00', '0:00', '0:42', '12:05', '1:02:05']);
  assert.deepEqual([42_000, 431_000, 54_000_000, 200_000_000].map((ms) => lengthOf('en', ms)), ['42 sec', '7 min', '15 hr', '2 days']);
  assert.equal(lengthOf('it', 431_000), '7 min');
});

test('days', () => {
  const now = new Date(2027, 2, 10, 9, 0).getTime();
  assert.equal(dayOf('it', new Date(2027, 2, 10, 0, 1).getTime(), now), 'Oggi');
  assert.equal(dayOf('en', new Date(2027, 2, 9, 23, 59).getTime(), now), 'Yesterday');
  assert.match(dayOf('en', new Date(2027, 2, 1).getTime(), now), /1 March/);
});

test('contacts lead to the mail or the telephone, and nowhere else', () => {
  assert.deepEqual(contactLink(' luca.ferri+x@example.org '), { kind: 'mail', href: 'mailto:luca.ferri%2Bx@example.org' });
  assert.deepEqual(contactLink('+39 0444 / 123-456'), { kind: 'phone', href: 'tel:+390444123456' });
  assert.deepEqual(contactLink('(0444) 123456'), { kind: 'phone', href: 'tel:0444123456' });
  for (const words of ['chiedere di Luca', 'a@b', 'x@y.it?bcc=z@w.it, u@v.it', '12', 'javascript:alert(1)', '', '+ - ( )  ']) {
    assert.equal(contactLink(words), null, words);
  }
});

test('links', () => {
  assert.equal(safeHref('https://olmo.example/a'), 'https://olmo.example/a');
  for (const href of ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', '//x', '/a', '', undefined]) {
    assert.equal(safeHref(href), null, String(href));
  }
});

test('shares, bytes, languages, differences', () => {
  assert.deepEqual([0, 0.414, 1, 7, -1].map(percentOf).map((t) => t.replace(/\s/g, '')), ['0%', '41%', '100%', '100%', '0%']);
  assert.equal(bytesOf('perché 👋'), 12);
  assert.deepEqual([languageOf('it', 'en'), languageOf('en', '???')], ['inglese', '???']);
  assert.equal(differs('Dov’è il pacco?', 'dov è il pacco'), false);
  assert.equal(differs('dove il paco', 'dove il pacco'), true);
});
