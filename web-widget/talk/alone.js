// Of the pages of one browser that begin a conversation at once, one begins, and the others join it.

/** What one page stores reaches the others in a moment, not at once. */
const settled = () => new Promise((done) => setTimeout(done, 80));

/** Does this while no other page does. A page without TLS has no locks: there the second of two first messages may be of
 * another visitor. @param {string} key @param {() => void} work */
export function alone(key, work) {
  if (navigator.locks) void navigator.locks.request(key, () => (work(), settled())).catch(work);
  else work();
}
