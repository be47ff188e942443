// What the launcher reads of the storage: a queue or a chat with a person, a face chosen, a hint put away.

/** @param {string} server */
export const storageKey = (server) => `sportello:${server}`;

/** @param {string} key @returns {string} '' = nothing is kept, or the browser forbids storage */
export function kept(key) {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}
