// One typo a question, as thumbs make them: in one random word of three letters or more a letter is dropped,
// doubled, replaced by its neighbour on the keyboard or swapped with the next. Chance is a seed, so the same
// seed gives the same typos.

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
export const SEEDS = [1, 2, 3, 4, 5];

/** Mulberry32 (Tommy Ettinger, public domain): numbers from 0 to 1. */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = (list, next) => list[Math.floor(next() * list.length)];

/** The keys around a letter; an accented one has those of its base. Empty for other scripts. */
export function neighbours(letter) {
  const base = letter.normalize('NFD')[0].toLowerCase();
  const row = ROWS.findIndex((keys) => keys.includes(base));
  if (row < 0) return [];
  const at = ROWS[row].indexOf(base);
  return [ROWS[row][at - 1], ROWS[row][at + 1], ROWS[row - 1]?.[at], ROWS[row - 1]?.[at + 1], ROWS[row + 1]?.[at - 1], ROWS[row + 1]?.[at]]
    .filter((key) => key !== undefined);
}

const SLIPS = [
  (letters, at) => letters.toSpliced(at, 1),
  (letters, at) => letters.toSpliced(at, 0, letters[at]),
  (letters, at, next) => {
    const keys = neighbours(letters[at]);
    return keys.length > 0 ? letters.toSpliced(at, 1, pick(keys, next)) : letters.toSpliced(at, 1);
  },
  (letters, at) => {
    const left = at === letters.length - 1 ? at - 1 : at;
    return letters.toSpliced(left, 2, letters[left + 1], letters[left]);
  },
];

/** The text with one typo; unchanged where no word has three letters. */
export function misspell(text, next) {
  const words = [...text.matchAll(/\p{L}{3,}/gu)];
  if (words.length === 0) return text;
  const word = pick(words, next), letters = [...word[0]];
  const slip = pick(SLIPS, next), at = Math.floor(next() * letters.length);
  return text.slice(0, word.index) + slip(letters, at, next).join('') + text.slice(word.index + word[0].length);
}

/** A corpus (`text TAB label` lines) with one typo a line. */
export function misspellCorpus(corpus, seed) {
  const next = chance(seed);
  return corpus.split('\n').map((line) => {
    const tab = line.indexOf('\t');
    return tab < 0 ? line : misspell(line.slice(0, tab), next) + line.slice(tab);
  }).join('\n');
}
