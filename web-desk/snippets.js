// Canned replies: which part of the text asks for one, and the variables in them. Nothing here draws.

/** @typedef {{id: number, name: string, text: string}} Snippet */

/** What stands in braces; a name has letters and full stops. */
const VARIABLE = /\{([a-z]+(?:\.[a-z]+)*)\}/g;

/** Names that are filled in; the page of one's own replies lists them. */
export const VARIABLES = ['visitor.name', 'agent.name', 'ticket', 'site.name'];

/** Longer than this nobody looks for a reply by its words. */
const QUERY_MOST = 80;

/**
 * The text with its variables filled in. What has no value, or is no variable, stays as it is.
 * @param {string} text
 * @param {Record<string, string|number|undefined>} values
 */
export function fillIn(text, values) {
  return text.replace(VARIABLE, (all, name) => (Object.hasOwn(values, name) && values[name] ? String(values[name]) : all));
}

/**
 * Where something is still to be filled in.
 * @param {string} text
 * @returns {{at: number, size: number, name: string}[]}
 */
export function leftOver(text) {
  return [...text.matchAll(VARIABLE)].map((match) => ({ at: match.index, size: match[0].length, name: match[0] }));
}

/**
 * The words behind a "/" that asks for a canned reply, null = there is none at the caret. At the text's very begin the
 * query may be several words; elsewhere it is the word at the caret.
 * @param {string} text @param {number} caret
 * @returns {{at: number, query: string}|null}
 */
export function slashAt(text, caret) {
  const before = text.slice(0, caret);
  const match = /^\/([^\n/]*)$/.exec(before) ?? /\s\/([^\s/]*)$/.exec(before);
  if (!match || match[1].length > QUERY_MOST || match[1].startsWith(' ')) return null;
  return { at: before.length - match[1].length - 1, query: match[1].trim() };
}
