// Whether this browser is in a queue or in a chat with a person: all that the launcher needs of the storage.

/** @param {string} server */
export const storageKey = (server) => `sportello:${server}`;

/** @param {string} key @returns {string} */
export function kept(key) {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return ''; // The browser forbids storage: then nothing is resumed.
  }
}

/** @param {string} key */
export const isLive = (key) => kept(key).includes('"live":true');
