// The avatar that this browser's visitor has chosen, for every page of the site: a name, 'off', or '' = the site's own.
// Nothing is kept before the visitor chooses.

import { kept } from '../loader/kept.js';

const KEY = 'sportello:face';

export const faceChosen = () => kept(KEY);

/** @param {string} choice */
export function faceKeep(choice) {
  try {
    if (choice) localStorage.setItem(KEY, choice);
    else localStorage.removeItem(KEY);
  } catch {
    // Then it holds for this page.
  }
}
