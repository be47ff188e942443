// The way back from an e-mail: its link names the page and, behind the '#', a word that only the server understands.
// Following it is the visitor's own act, so the chat opens.

const KEY = /^#sportello=([A-Za-z0-9_-]{20,64})$/;

/** @param {string} hash of the address, with its '#' @returns {string} '' = it is no such link */
export const backOf = (hash) => KEY.exec(hash)?.[1] ?? '';

/** Takes the word out of the address, so that nobody gets it with the link that they copy. */
export function backTake() {
  const back = backOf(location.hash);
  if (back) history.replaceState(history.state, '', location.pathname + location.search);
  return back;
}
