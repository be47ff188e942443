// The avatar that this browser's visitor has chosen, for every page of the site: a name, 'off', or '' = the site's own.
// Nothing is kept before the visitor chooses.

const KEY = 'sportello:face';

export function faceChosen() {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return ''; // The browser forbids storage.
  }
}

/** @param {string} choice */
export function faceKeep(choice) {
  try {
    if (choice) localStorage.setItem(KEY, choice);
    else localStorage.removeItem(KEY);
  } catch {
    // Then it holds for this page.
  }
}
