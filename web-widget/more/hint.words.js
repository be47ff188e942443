// Words of the hint, which come with it.

const it = { hintAway: 'Nascondi il suggerimento' };

/** @type {typeof it} */
const en = { hintAway: 'Hide the hint' };

export const tables = { it, en };
