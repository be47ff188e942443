// Words of several cards in a row, which come with them.

const it = {
  carousel: 'carosello',
  cards: '{count} schede: scorri con le frecce',
  card: '{place} di {count}',
  cardBefore: 'Scheda precedente',
  cardNext: 'Scheda successiva',
};

/** @type {typeof it} */
const en = {
  carousel: 'carousel',
  cards: '{count} cards: scroll with the arrow keys',
  card: '{place} of {count}',
  cardBefore: 'Previous card',
  cardNext: 'Next card',
};

export const tables = { it, en };
