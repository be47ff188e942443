// Whether this browser is in a queue or in a chat with a person: all that the launcher needs of the storage.

/** @param {string} server */
export const storageKey = (server) => `sportello:${server}`;

/** @param {string} key */
export function isLive(key) {
  try {
    return /"live":true/.test(localStorage.getItem(key) ?? '');
  } catch {
    return false; // The browser forbids storage: then nothing is resumed.
  }
}
