// What the launcher reads of the storage: a queue or a chat with a person, a face chosen, a hint put away.

/** @param {{server: string}} element */
export const storageKey = (element) => `sportello:${element.server}`;

/** @param {string} key @returns {string} '' = nothing is kept, or the browser forbids storage */
export function kept(key) {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}
