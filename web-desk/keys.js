// The keys of the desk: one table, which the page obeys and the help shows.

/**
 * @typedef {'take'|'accept'|'decline'|'next'|'previous'|'next_own'|'previous_own'|'own'|'write'|'transfer'|'invite'
 *   |'back'|'close'|'keep'|'due'|'note'|'tags'|'teach'|'filter'|'put_away'|'presence'|'details'|'pages'|'settings'
 *   |'help'|'leave'} Deed
 */

/**
 * Keys without a modifier work outside text fields only, and can be switched off. `everywhere`: also on the pages
 * beside the counter.
 * @type {{deed: Deed, keys: string[], alt?: boolean, everywhere?: boolean, shown: string[]}[]}
 */
export const KEYS = [
  { deed: 'take', keys: ['n'], shown: ['N'] },
  { deed: 'accept', keys: ['a'], everywhere: true, shown: ['A'] },
  { deed: 'decline', keys: ['d'], everywhere: true, shown: ['D'] },
  { deed: 'next', keys: ['j'], shown: ['J'] },
  { deed: 'previous', keys: ['k'], shown: ['K'] },
  { deed: 'next_own', keys: ['ArrowDown'], alt: true, shown: ['Alt', '↓'] },
  { deed: 'previous_own', keys: ['ArrowUp'], alt: true, shown: ['Alt', '↑'] },
  { deed: 'own', keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], shown: ['1', '…', '9'] },
  { deed: 'write', keys: ['r'], shown: ['R'] },
  { deed: 'transfer', keys: ['t'], shown: ['T'] },
  { deed: 'invite', keys: ['v'], shown: ['V'] },
  { deed: 'back', keys: ['b'], shown: ['B'] },
  { deed: 'close', keys: ['c'], shown: ['C'] },
  { deed: 'keep', keys: ['o'], shown: ['O'] },
  { deed: 'due', keys: ['u'], shown: ['U'] },
  { deed: 'note', keys: ['m'], shown: ['M'] },
  { deed: 'tags', keys: ['g'], shown: ['G'] },
  { deed: 'teach', keys: ['l'], shown: ['L'] },
  { deed: 'filter', keys: ['f'], shown: ['F'] },
  { deed: 'put_away', keys: ['x'], shown: ['X'] },
  { deed: 'presence', keys: ['p'], shown: ['P'] },
  { deed: 'details', keys: ['i'], shown: ['I'] },
  { deed: 'pages', keys: ['w'], everywhere: true, shown: ['W'] },
  { deed: 'settings', keys: ['s'], everywhere: true, shown: ['S'] },
  { deed: 'leave', keys: ['Escape'], everywhere: true, shown: ['Esc'] },
  { deed: 'help', keys: ['?'], everywhere: true, shown: ['?'] },
];

/**
 * What a key press asks for.
 * @param {{key: string, altKey: boolean, ctrlKey: boolean, metaKey: boolean, isComposing?: boolean}} event
 * @param {{writing: boolean, single: boolean, page?: boolean}} where in a text field; single-key shortcuts are on; on
 *   a page beside the counter
 * @returns {{deed: Deed, key: string}|null}
 */
export function keyDeed(event, { writing, single, page = false }) {
  if (event.ctrlKey || event.metaKey || event.isComposing) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const row = KEYS.find((k) => k.keys.includes(key) && Boolean(k.alt) === event.altKey);
  if (!row || (page && !row.everywhere)) return null;
  const always = row.alt || row.deed === 'leave';
  return always || (single && !writing) ? { deed: row.deed, key } : null;
}
