// What people (and programs) type that is no question: bad input by name, and strings by chance that are the same
// every time.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What one message may hold, in bytes; the understanding cuts what is longer. */
export const CEILING = 4096;

/** Numbers by chance: chance(n) is one of 0 … n-1. */
export function seeded(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const SYLLABLES = {
  it: ['ba', 'ca', 'da', 'fe', 'gi', 'lo', 'mu', 'na', 'pe', 'ri', 'so', 'tu', 'va', 'ze', 'sta', 'tri', 'pro', 'glio', 'chi', 'que', 'mento', 'zione'],
  en: ['ba', 'con', 'der', 'fing', 'ight', 'lo', 'mer', 'ness', 'pre', 'ri', 'sho', 'th', 'un', 'ving', 'wa', 'ter', 'str', 'ment', 'tion', 'able', 'ck', 'ly'],
};

const many = (least, most, chance, make) => Array.from({ length: least + chance(most - least + 1) }, make);

function shuffled(word, chance) {
  const letters = [...word];
  for (let i = letters.length - 1; i > 0; i--) {
    const k = chance(i + 1);
    [letters[i], letters[k]] = [letters[k], letters[i]];
  }
  return letters.join('');
}

/** The same letters in an order that is no word of the site. */
function anagram(word, words, chance) {
  for (let tries = 0; tries < 20; tries++) {
    const text = shuffled(word, chance);
    if (!words.set.has(text)) return text;
  }
  return [...word].reverse().join('');
}

/** A code such as a till, a bank or a cat on the keyboard would write. */
function code(chance) {
  const signs = ['0123456789', '0123456789abcdef', '0123456789-./', 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'][chance(4)];
  return many(3, 14, chance, () => signs[chance(signs.length)]).join('');
}

/** The kinds of strings: each makes one from the words at hand. */
export const NONSENSE = {
  'letters by chance': ({ chance }) => many(1, 6, chance, () => many(1, 11, chance, () => LETTERS[chance(26)]).join('')).join(' '),
  'syllables by chance': ({ chance, lang }) => many(1, 6, chance, () => many(2, 4, chance, () => SYLLABLES[lang][chance(SYLLABLES[lang].length)]).join('')).join(' '),
  'letters of real words, shuffled': ({ chance, words }) => many(1, 6, chance, () => anagram(words.list[chance(words.list.length)], words, chance)).join(' '),
  'words of a dictionary by chance': ({ chance, dictionary }) => many(3, 7, chance, () => dictionary[chance(dictionary.length)]).join(' '),
  'digits and codes': ({ chance }) => many(1, 4, chance, () => code(chance)).join(' '),
};

/** The words of five letters and more that a site's entries have in a language: {list, set}. */
export function wordsOf(site, lang) {
  const folder = join(site, 'knowledge', lang);
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n').toLowerCase();
  const set = new Set(text.match(/[a-zàèéìòù]+/g));
  return { set, list: [...set].filter((word) => word.length >= 5) };
}

/** The words of a Hunspell dictionary, or null where it is not installed. */
export function dictionaryOf(lang) {
  try {
    const bytes = readFileSync(`/usr/share/hunspell/${{ it: 'it_IT', en: 'en_US' }[lang]}.dic`);
    return bytes.toString(lang === 'it' ? 'latin1' : 'utf8').split('\n').slice(1)
      .map((line) => line.split(/[/\t\r]/)[0]).filter((word) => /^[a-zàèéìòù]{4,}$/.test(word));
  } catch {
    return null;
  }
}

const repeat = (text, bytes) => text.repeat(Math.ceil(bytes / Buffer.byteLength(text))).slice(0, bytes);
const chance = seeded(7);

/** Bad input by name: [what, text, true if it may be answered: it holds a question]. */
export const BAD_INPUT = [
  ['nothing', ''],
  ['spaces only', '      '],
  ['one letter', 'q'],
  ['one letter of another script', 'ж'],
  ['question marks only', '?!?!?!???'],
  ['emoji only', '👍🎉😀👩‍👩‍👧‍👦🇮🇹'],
  ['numbers only', '1234 5678 90 3,14 0'],
  ['4,000 letters in one word', repeat('qwzxkjhv', 4000)],
  ['4,000 letters of gibberish', Array.from({ length: 800 }, () => 'bcdfghjklmnpqrstvwxyz'[chance(21)] + (chance(5) ? '' : ' ')).join('').repeat(5).slice(0, 4000)],
  ['words as different as can be', Array.from({ length: 680 }, (_, i) => (i * 7919 + 40961).toString(36)).join(' ').slice(0, CEILING)],
  ['joining words only', repeat('e come e quando e dove, ', CEILING)],
  ['a thousand questions', repeat('a? ', CEILING)],
  ['a novel', repeat('Era una notte buia, e il vento soffiava fra le case; nessuno dormiva, e tutti aspettavano. ', CEILING)],
  ['the question of another language twice', 'where is il mio ordine and quanto costa shipping', true],
  ['right to left', 'مرحبا كم تكلفة الشحن إلى روما؟'],
  ['right to left, overridden', '\u202eoiggehcrap li è evod\u202c'],
  ['zero-width joiners', repeat('\u200d\u200b\u2060\ufeff', CEILING)],
  ['zero-width joiners within a question', 'quanto\u200b cos\u200dta la spe\u2060dizione?', true],
  ['marks upon marks', `e${'\u0301'.repeat(2000)}`],
  ['letters that fold into many', repeat('\ufdfa', CEILING / 3)],
  ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
  ['Markdown and a template', '# **{{7*7}}** [x](javascript:alert(1)) ${jndi:ldap://x}'],
  ['SQL', "'; DROP TABLE users; SELECT 1 --"],
  ['a path that names a password', '../../../../etc/passwd', true],
  ['JSON', '{"type":"say","text":"ciao"}', true],
];
