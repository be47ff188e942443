// Polls cost more than a socket: one is tried beside them now and then, and takes over where it opens.

/** @typedef {import('./connection.js').Pipe} Pipe */

/** Between two trials. */
export const CLIMB_MS = 300_000;

/** @param {string} url @param {string} protocol
 * @param {Pick<import('./connection.js').Outside, 'WebSocket' | 'setTimeout' | 'clearTimeout'>} outside
 * @param {(socket: Pipe) => void} opened the trials are over, and the socket is the caller's
 * @returns {() => void} ends the trials, and one that is under way */
export function climb(url, protocol, outside, opened) {
  /** @type {any} */
  let timer = null;
  /** @type {Pipe | null} */
  let trial = null;
  function stop() {
    outside.clearTimeout(timer);
    trial?.close();
    trial = null;
  }
  function attempt() {
    stop();
    timer = outside.setTimeout(attempt, CLIMB_MS);
    /** @type {Pipe} */
    let socket;
    try {
      socket = trial = new outside.WebSocket(url, protocol);
    } catch {
      return;
    }
    socket.onopen = () => {
      if (socket !== trial) return;
      trial = null;
      stop();
      opened(socket);
    };
  }
  timer = outside.setTimeout(attempt, CLIMB_MS);
  return stop;
}
