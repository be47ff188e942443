// Spelling marks: what the server says of a text, kept in step with the text while it is written. The text goes to
// this site's own server and to nobody else. Nothing here draws.

import { apiPost } from './api.js';

/**
 * @typedef {{at: number, size: number, word: string, suggestions?: string[]}} Mark `at`, `size`: UTF-16 units; without
 *   `suggestions` the dictionary has not been asked for any
 */

/** A pause in typing this long asks the server. */
export const PAUSE_MS = 600;
/** At most so many marks are shown. */
export const MARKS_MOST = 8;

/**
 * The marks that still fit the text: words may have moved, changed or gone since the server was asked.
 * @param {Mark[]} marks @param {string} text @param {ReadonlySet<string>} kept words the agent has kept
 */
export function marksIn(marks, text, kept) {
  /** @type {Mark[]} */
  const found = [];
  let from = 0;
  for (const mark of marks) {
    if (kept.has(mark.word)) continue;
    const at = placeOf(text, mark.word, from);
    if (at < 0) continue;
    found.push({ ...mark, at });
    from = at + mark.size;
  }
  return found.slice(0, MARKS_MOST);
}

/** @param {string|undefined} sign */
const isLetter = (sign) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

/** Where the whole word stands, -1 = nowhere. @param {string} text @param {string} word @param {number} from */
function placeOf(text, word, from) {
  for (let at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return at;
  }
  return -1;
}

/**
 * The text with a word replaced.
 * @param {string} text @param {Mark} mark @param {string} instead
 */
export function replaceMark(text, mark, instead) {
  return text.slice(0, mark.at) + instead + text.slice(mark.at + mark.size);
}

/**
 * Asks which words are misspelt; [] where nobody can say.
 * @param {string} lang @param {string} text
 * @returns {Promise<Mark[]>}
 */
export async function askMarks(lang, text) {
  const answer = await apiPost('spell', { lang, text });
  if (!answer.ok || !Array.isArray(answer.data.words)) return [];
  return answer.data.words.map((/** @type {Omit<Mark, 'word'>} */ found) => (
    { ...found, word: text.slice(found.at, found.at + found.size) }
  ));
}
