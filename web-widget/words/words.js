// How the panel asks for its words: it is built once for each language, with that language's table alone.

/** @typedef {keyof typeof import('./it.js').it} Word */
/** @typedef {Record<string, string | number>} Values */
/** @typedef {(word: Word, values?: Values) => string} Words */

/** Words of a table, with values in their places.
 * @template {string} Key
 * @param {Record<Key, string>} table
 * @returns {(word: Key, values?: Values) => string} */
export const wordsOf =
  (table) =>
  (word, values = {}) =>
    table[word].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
