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

const SEEN = 'sportello.desk.seen';

/**
 * The last step of any ticket that an agent saw on this browser, so that a page opened anew, even after a crash, can
 * ask what became of their chats. 0 = nothing is known.
 * @param {Pick<Storage, 'getItem'>|null} storage
 * @param {string} name
 * @returns {number}
 */
export function seenRead(storage, name) {
  try {
    const kept = JSON.parse(storage?.getItem(SEEN) ?? '{}');
    return kept.name === name && Number.isSafeInteger(kept.event) && kept.event > 0 ? kept.event : 0;
  } catch {
    return 0;
  }
}

/** @param {Pick<Storage, 'setItem'>|null} storage @param {string} name @param {number} event */
export function seenWrite(storage, name, event) {
  try {
    storage?.setItem(SEEN, JSON.stringify({ name, event }));
  } catch {
    // Then a page opened anew begins without it.
  }
}

/** @param {Pick<Storage, 'removeItem'>|null} storage */
export function seenForget(storage) {
  try {
    storage?.removeItem(SEEN);
  } catch {
    // There is nothing to forget where nothing can be kept.
  }
}
