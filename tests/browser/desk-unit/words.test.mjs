import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { errorWords, speaker, tables } from '../../../web-desk/i18n.js';
import { KEYS, keyDeed } from '../../../web-desk/keys.js';
import { langOf, prefsRead, prefsWrite } from '../../../web-desk/prefs.js';

const HOME = new URL('../../../web-desk/', import.meta.url);
const { en, it } = tables;
const sources = ['', 'view/', 'pages/'].flatMap((folder) => readdirSync(new URL(folder || '.', HOME))
  .filter((name) => /\.jsx?$/.test(name) && !/(^|\.)words\./.test(name))
  .map((name) => readFileSync(new URL(folder + name, HOME), 'utf8'))).join('\n');
const holes = (word) => [...new Set([word].flat().join(' ').match(/\{\w+\}/g) ?? [])].sort();

test('both languages have the same words with the same holes, none empty', () => {
  assert.deepEqual(Object.keys(it).sort(), Object.keys(en).sort());
  for (const key of Object.keys(en)) {
    assert.deepEqual(holes(it[key]), holes(en[key]), key);
    assert.equal(Array.isArray(it[key]), Array.isArray(en[key]), key);
    assert.ok([it[key], en[key]].flat().every((text) => text.trim()), key);
  }
});

test('every word is used somewhere', () => {
  const built = /^(error|why|cause|presence|theme|state|key|alert|keys|sound|notify|mark|was|missed|number|act|account_role|people_(disable|password|totp_off))_/;
  const unused = Object.keys(en).filter((key) => !built.test(key) && !new RegExp(`['"\`]${key}['"\`]`).test(sources));
  assert.deepEqual(unused, []);
});

test('numbers choose the form, values fill the holes', () => {
  assert.equal(speaker('en')('unread', { n: 1 }), '1 unread message');
  assert.equal(speaker('it')('unread', { n: 2 }), '2 messaggi non letti');
  assert.equal(speaker('xx')('take'), 'Take the next');
  assert.equal(speaker('it')('why_out_of_hours'), 'out of hours', 'a reason of a newer server');
  assert.equal(errorWords(speaker('en'), 'quite_new', 'the server’s words'), 'That did not work: the server’s words');
  assert.match(errorWords(speaker('it'), 'no_room'), /posto/);
});

test('every key has its words, and no key does two things', () => {
  const all = KEYS.flatMap((row) => row.keys.map((key) => `${row.alt ? 'Alt+' : ''}${key}`));
  assert.equal(new Set(all).size, all.length);
  for (const { deed } of KEYS) assert.ok(`key_${deed}` in en, deed);
});

test('single keys rest while writing or switched off; Alt and Escape always work; the browser keeps its own', () => {
  const press = (key, more = {}) => ({ key, altKey: false, ctrlKey: false, metaKey: false, ...more });
  const free = { writing: false, single: true };
  assert.equal(keyDeed(press('n'), free).deed, 'take');
  assert.equal(keyDeed(press('N'), free).deed, 'take');
  assert.deepEqual(keyDeed(press('3'), free), { deed: 'own', key: '3' });
  assert.equal(keyDeed(press('n'), { ...free, writing: true }), null);
  assert.equal(keyDeed(press('n'), { ...free, single: false }), null);
  assert.equal(keyDeed(press('n', { ctrlKey: true }), free), null);
  assert.equal(keyDeed(press('n', { altKey: true }), free), null);
  assert.equal(keyDeed(press('ArrowDown', { altKey: true }), { writing: true, single: false }).deed, 'next_own');
  assert.equal(keyDeed(press('Escape'), { writing: true, single: false }).deed, 'leave');
  assert.equal(keyDeed(press('Escape', { isComposing: true }), free), null);
});

test('the browser’s language is the first; what was chosen is kept; nonsense in the storage is forgotten', () => {
  assert.deepEqual([langOf(['de-AT', 'it-CH', 'en']), langOf(['fr']), langOf([])], ['it', 'en', 'en']);
  const kept = new Map();
  const storage = { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v) };
  prefsWrite(storage, { ...prefsRead(storage, ['it']), lang: 'en', sound: true });
  assert.deepEqual(prefsRead(storage, ['it']), { lang: 'en', theme: 'auto', sound: true, notify: false, keys: true });
  for (const nonsense of ['{', 'null', '[]', '{"lang":"xx","sound":"yes"}']) {
    assert.equal(prefsRead({ getItem: () => nonsense }, ['it']).lang, 'it');
    assert.equal(prefsRead({ getItem: () => nonsense }, ['it']).sound, false);
  }
  assert.equal(prefsRead(null, ['it']).lang, 'it');
});
