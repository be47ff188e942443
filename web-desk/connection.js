// The WebSocket of the desk: opens it, says hello, passes frames on, and after a loss comes back with a growing,
// jittered pause. It knows nothing of what the frames mean, except that `welcome` ends the opening.
//
// The world (WebSocket, timers, chance) is passed in, so that tests need neither a network nor patience.

/** @import {ClientFrame, ServerFrame} from './protocol.js' */

/**
 * @typedef {object} World
 * @property {(url: string, protocol: string) => WebSocket} socket
 * @property {(work: () => void, ms: number) => number} later
 * @property {(timer: number) => void} cancel
 * @property {() => number} chance 0 ≤ x < 1
 */

/**
 * @typedef {object} Options
 * @property {string} url
 * @property {() => ClientFrame} hello the first frame
 * @property {() => Promise<boolean>} allowed asked before each reconnection; false = stop (the session has ended)
 * @property {(frame: ServerFrame) => void} frame
 * @property {() => void} lost
 * @property {World} [world]
 */

export const PROTOCOL = 'sportello.desk.v1';
const FIRST_MS = 500;
const MOST_MS = 10_000;
const WELCOME_MS = 10_000;

/** @returns {World} */
const browser = () => ({
  socket: (url, protocol) => new WebSocket(url, protocol),
  later: (work, ms) => window.setTimeout(work, ms),
  cancel: (timer) => window.clearTimeout(timer),
  chance: Math.random,
});

/**
 * The pause before the attempt number `attempt` (0 = first): doubling, between half and all of it.
 * @param {number} attempt
 * @param {number} chance
 */
export function pauseOf(attempt, chance) {
  const whole = Math.min(FIRST_MS * 2 ** attempt, MOST_MS);
  return Math.round(whole * (0.5 + chance / 2));
}

/** @param {Options} options */
export function connectionOpen(options) {
  const world = options.world ?? browser();
  /** @type {WebSocket|null} */
  let socket = null;
  let attempt = 0;
  let timer = 0;
  let ended = false;
  let welcomed = false;

  function open() {
    const mine = world.socket(options.url, PROTOCOL);
    socket = mine;
    welcomed = false;
    timer = world.later(() => drop(mine), WELCOME_MS);
    mine.onopen = () => mine.send(JSON.stringify(options.hello()));
    mine.onmessage = (event) => received(mine, event.data);
    mine.onclose = () => drop(mine);
  }

  /** @param {WebSocket} from @param {unknown} data */
  function received(from, data) {
    if (from !== socket) return;
    const frame = frameRead(data);
    if (!frame) return;
    if (frame.type === 'welcome') {
      welcomed = true;
      attempt = 0;
      world.cancel(timer);
    }
    options.frame(frame);
  }

  /** This socket is of no more use. @param {WebSocket} old */
  function drop(old) {
    if (old !== socket) return;
    socket = null;
    world.cancel(timer);
    old.onopen = old.onmessage = old.onclose = null;
    old.close();
    if (ended) return;
    options.lost();
    timer = world.later(again, pauseOf(attempt++, world.chance()));
  }

  async function again() {
    timer = 0;
    const allowed = await options.allowed();
    if (!ended && allowed && !socket && !timer) open();
  }

  open();
  return {
    /** False = there is no open connection, nothing was sent. @param {ClientFrame} frame */
    send(frame) {
      if (!socket || !welcomed) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    /** Gives the present connection up and begins anew. */
    restart() {
      if (socket) drop(socket);
    },
    /** The network is said to be back: no need to wait any longer. */
    hurry() {
      if (socket || ended || !timer) return;
      world.cancel(timer);
      attempt = 0;
      void again();
    },
    end() {
      ended = true;
      world.cancel(timer);
      if (socket) drop(socket);
    },
  };
}

/** @param {unknown} data @returns {ServerFrame|null} null = not an object with a type */
export function frameRead(data) {
  if (typeof data !== 'string') return null;
  try {
    const frame = JSON.parse(data);
    return frame && typeof frame.type === 'string' ? frame : null;
  } catch {
    return null;
  }
}
