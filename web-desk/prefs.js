// What this browser remembers for the agent: language, light or dark, sound, notifications, single-key shortcuts.
// Kept in localStorage; without it (private windows may refuse) the page just forgets.

/** @typedef {'it'|'en'} Lang */
/** @typedef {{lang: Lang, theme: 'auto'|'light'|'dark', sound: boolean, notify: boolean, keys: boolean}} Prefs */

const KEY = 'sportello.desk';

/** @type {{[K in keyof Prefs]: (value: unknown) => boolean}} */
const valid = {
  lang: (v) => v === 'it' || v === 'en',
  theme: (v) => v === 'auto' || v === 'light' || v === 'dark',
  sound: (v) => typeof v === 'boolean',
  notify: (v) => typeof v === 'boolean',
  keys: (v) => typeof v === 'boolean',
};

/** The first of the browser's languages that we speak. @param {readonly string[]} languages @returns {Lang} */
export function langOf(languages) {
  for (const language of languages) {
    const short = language.slice(0, 2).toLowerCase();
    if (short === 'it' || short === 'en') return short;
  }
  return 'en';
}

/**
 * @param {Pick<Storage, 'getItem'>|null} storage
 * @param {readonly string[]} languages
 * @returns {Prefs}
 */
export function prefsRead(storage, languages) {
  /** @type {Prefs} */
  const prefs = { lang: langOf(languages), theme: 'auto', sound: false, notify: false, keys: true };
  try {
    const kept = JSON.parse(storage?.getItem(KEY) ?? '{}');
    for (const [name, is] of Object.entries(valid)) {
      if (is(kept[name])) Object.assign(prefs, { [name]: kept[name] });
    }
  } catch {
    // What cannot be read is as good as never written.
  }
  return prefs;
}

/** @param {Pick<Storage, 'setItem'>|null} storage @param {Prefs} prefs */
export function prefsWrite(storage, prefs) {
  try {
    storage?.setItem(KEY, JSON.stringify(prefs));
  } catch {
    // A full or forbidden storage costs only the memory of the choice.
  }
}
