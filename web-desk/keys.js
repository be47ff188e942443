// The keys of the desk: one table, which the page obeys and the help shows.

/**
 * @typedef {'take'|'accept'|'decline'|'next'|'previous'|'next_own'|'previous_own'|'own'|'write'|'back'|'close'
 *   |'presence'|'details'|'help'|'leave'} Deed
 */

/** Keys without a modifier work outside text fields only, and can be switched off. */
/** @type {{deed: Deed, keys: string[], alt?: boolean, shown: string[]}[]} */
export const KEYS = [
  { deed: 'take', keys: ['n'], shown: ['N'] },
  { deed: 'accept', keys: ['a'], shown: ['A'] },
  { deed: 'decline', keys: ['d'], shown: ['D'] },
  { deed: 'next', keys: ['j'], shown: ['J'] },
  { deed: 'previous', keys: ['k'], shown: ['K'] },
  { deed: 'next_own', keys: ['ArrowDown'], alt: true, shown: ['Alt', '↓'] },
  { deed: 'previous_own', keys: ['ArrowUp'], alt: true, shown: ['Alt', '↑'] },
  { deed: 'own', keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], shown: ['1', '…', '9'] },
  { deed: 'write', keys: ['r'], shown: ['R'] },
  { deed: 'back', keys: ['b'], shown: ['B'] },
  { deed: 'close', keys: ['c'], shown: ['C'] },
  { deed: 'presence', keys: ['p'], shown: ['P'] },
  { deed: 'details', keys: ['i'], shown: ['I'] },
  { deed: 'leave', keys: ['Escape'], shown: ['Esc'] },
  { deed: 'help', keys: ['?'], shown: ['?'] },
];

/**
 * What a key press asks for.
 * @param {{key: string, altKey: boolean, ctrlKey: boolean, metaKey: boolean, isComposing?: boolean}} event
 * @param {{writing: boolean, single: boolean}} where in a text field; single-key shortcuts are on
 * @returns {{deed: Deed, key: string}|null}
 */
export function keyDeed(event, { writing, single }) {
  if (event.ctrlKey || event.metaKey || event.isComposing) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const row = KEYS.find((k) => k.keys.includes(key) && Boolean(k.alt) === event.altKey);
  if (!row) return null;
  const always = row.alt || row.deed === 'leave';
  return always || (single && !writing) ? { deed: row.deed, key } : null;
}
