// Says words in the agent's language. The words themselves stand in words.LANG.js.

import { en } from './words.en.js';
import { it } from './words.it.js';
import * as composing from './composing.words.js';
import * as live from './pages/live.words.js';
import * as search from './pages/search.words.js';
import * as work from './work.words.js';
import * as learn from './pages/learn.words.js';
import * as notices from './pages/notices.words.js';
import * as account from './pages/account.words.js';
import * as people from './pages/people.words.js';
import * as snippets from './pages/snippets.words.js';

/** @import {Word} from './words.en.js' */
/** Words of the pages: each brings its own, in the same languages. */
const english = {
  ...en,
  ...work.en,
  ...composing.en,
  ...search.en,
  ...live.en,
  ...notices.en,
  ...snippets.en,
  ...learn.en,
  ...account.en,
  ...people.en,
};
const italian = {
  ...it,
  ...work.it,
  ...composing.it,
  ...search.it,
  ...live.it,
  ...notices.it,
  ...snippets.it,
  ...learn.it,
  ...account.it,
  ...people.it,
};

/** @typedef {keyof typeof english} WordKey */

/** @type {Record<string, Record<WordKey, Word>>} */
export const tables = { en: english, it: italian };

/** @typedef {(key: WordKey, values?: Record<string, string|number>) => string} Say */

/**
 * The speaker of a language: say('unread', {n: 2}).
 * @param {string} lang
 * @returns {Say}
 */
export function speaker(lang) {
  const table = tables[lang] ?? english;
  const plural = new Intl.PluralRules(lang);
  return (key, values = {}) => {
    const word = table[key];
    // A newer server may have a reason or a state that this page has no word for: better bare than broken.
    if (word === undefined) return String(key).replace(/^[a-z]+_/, '').replace(/_/g, ' ');
    const text = Array.isArray(word) ? word[plural.select(Number(values.n)) === 'one' ? 0 : 1] : word;
    return text.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
  };
}

/**
 * An error in words: ours if we have them, else the server's.
 * @param {Say} say
 * @param {string} code
 * @param {string} [text]
 */
export function errorWords(say, code, text) {
  const key = `error_${code}`;
  return key in english ? say(/** @type {WordKey} */ (key)) : say('error_unknown', { text: text || code });
}
