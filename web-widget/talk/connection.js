// The socket: opens it, says hello, keeps it alive, and comes back by itself after any loss.
//
// States of the link: off → connecting → on → lost → connecting → on …; `off` only by stop().
// - A connection counts as on when `welcome` has come; what cannot be sent now is not kept here:
//   the owner sends again what is not acknowledged, at every `welcome`.
// - Between attempts it waits 0.5 s, doubling up to 30 s, each with chance, so that a thousand pages
//   do not return at the same moment after a restart of the server.
// - A socket may be dead without telling. After a frame that must be answered, silence of SILENCE_MS
//   means so; probe() asks for one, wake() is for a page that slept.
// - Where no socket ever opens (two are refused, or one hangs for OPENING_MS, which counts for two), polls carry the same
//   frames (poll.js), for as long as the page lives; a socket is tried beside them now and then (climb.js), and when the
//   network has changed.
import { toJson } from './json.js';

/**
 * @typedef {object} Outside What the connection needs of the world; a test gives its own.
 * @property {PipeClass} WebSocket
 * @property {() => Promise<{Poll: PipeClass, climb: typeof import('./climb.js').climb}>} [fallback] fetches what stands for
 * WebSocket where none opens, and what tries one beside it
 * @property {(work: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} now
 * @property {() => number} random 0 ≤ r < 1
 */

/**
 * @typedef {object} Given
 * @property {string} url
 * @property {() => object} hello the first frame
 * @property {(frame: ServerFrame) => void} onFrame
 * @property {(link: Link) => void} onLink
 * @property {(attempts: number) => void} [onVain] at each loss: so many sockets in a row did not even open
 * @property {Outside} outside
 */

/** What the connection uses of a WebSocket.
 * @typedef {object} Pipe
 * @property {number} readyState
 * @property {any} onopen
 * @property {any} onmessage
 * @property {any} onclose
 * @property {(text: string) => void} send
 * @property {() => void} close
 */
/** @typedef {new (url: string, protocols: string) => Pipe} PipeClass */
/** @typedef {'off' | 'connecting' | 'on' | 'lost'} Link */
/** @typedef {import('./protocol.js').ServerFrame} ServerFrame */

export const PROTOCOL = 'sportello.v1';
export const SILENCE_MS = 10_000;
/** A visitor waits meanwhile. */
export const OPENING_MS = 5_000;
/** So many sockets in a row that did not open are enough to poll. */
export const BLOCKED_AFTER = 2;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const STALE_MS = 30_000;
const OPEN = 1;

export class Connection {
  #given;
  #outside;
  /** @type {Link} */
  #link = 'off';
  /** @type {Pipe | null} */
  #socket = null;
  /** What sockets are replaced by; null = by nothing, they open. @type {PipeClass | null} */
  #polls = null;
  #opened = false;
  #attempts = 0;
  #vain = 0;
  #heardAt = 0;
  /** @type {any} The one timer: for the next attempt, or for an answer that must come. */
  #timer = null;

  /** @param {Given} given */
  constructor(given) {
    this.#given = given;
    this.#outside = given.outside;
  }

  start() {
    if (this.#link === 'off') this.#open();
  }

  stop() {
    this.#drop();
    this.#stay();
    this.#tell('off');
  }

  /** Sends now, or not at all. `answered`: the server must reply to it. @param {object} frame */
  send(frame, answered = true) {
    const socket = this.#socket;
    if (this.#link !== 'on' || socket?.readyState !== OPEN) return false;
    socket.send(toJson(frame));
    if (answered) this.#within(SILENCE_MS);
    return true;
  }

  /** The page is awake again: do not wait for the next attempt, trust no old socket. */
  wake() {
    if (this.#link === 'off') return;
    const fresh = this.#link === 'on' && this.#outside.now() - this.#heardAt < STALE_MS;
    if (!fresh) this.#reopen();
  }

  /** The network changed: whatever was open is not to be trusted. */
  renew() {
    if (this.#link === 'off') return;
    this.#stay();
    this.#polls = null;
    this.#opened = false;
    this.#vain = 0;
    this.#reopen();
  }

  /** Is anybody there? Only if nothing has been heard for a while.
   * @param {object} question a frame that gets a reply */
  probe(question) {
    if (this.#link === 'on' && this.#outside.now() - this.#heardAt >= STALE_MS) this.send(question);
  }

  #reopen() {
    this.#attempts = 0;
    this.#drop();
    this.#open();
  }

  #open() {
    const outside = this.#outside;
    this.#tell(this.#link === 'off' ? 'connecting' : 'lost');
    /** @type {Pipe} */
    let socket;
    try {
      socket = new (this.#polls ?? outside.WebSocket)(this.#given.url, PROTOCOL);
    } catch {
      this.#vain += 1;
      this.#later(); // The page's own policy forbids the address: it may be mended on the server.
      return;
    }
    this.#vain += 1;
    this.#within(OPENING_MS, 1);
    this.#use(socket);
    socket.onopen = () => {
      if (!this.#polls) [this.#vain, this.#opened] = [0, true];
      if (socket !== this.#socket) return;
      socket.send(toJson(this.#given.hello()));
      this.#within(SILENCE_MS);
    };
  }

  /** @param {Pipe} socket */
  #use(socket) {
    this.#socket = socket;
    socket.onmessage = (/** @type {{data: unknown}} */ event) => {
      if (socket === this.#socket) this.#heard(event.data);
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#lost();
    };
  }

  /** @param {unknown} data */
  #heard(data) {
    this.#heardAt = this.#outside.now();
    const frame = parseFrame(data);
    if (!frame) return;
    if (frame.type === 'welcome') {
      this.#attempts = this.#vain = 0;
      this.#tell('on');
    }
    if (this.#link === 'on') this.#quiet();
    this.#given.onFrame(frame);
  }

  /** Something must come by then. @param {number} ms @param {number} [vain] what it counts for if nothing does */
  #within(ms, vain = 0) {
    this.#quiet();
    this.#timer = this.#outside.setTimeout(() => {
      this.#vain += vain;
      this.#lost();
    }, ms);
  }

  #lost() {
    this.#drop();
    this.#later();
  }

  #later() {
    this.#tell('lost');
    const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#attempts);
    this.#attempts += 1;
    this.#timer = this.#outside.setTimeout(() => this.#open(), most / 2 + this.#outside.random() * (most / 2));
    if (this.#vain >= BLOCKED_AFTER && !this.#polls && !this.#opened) this.#fall();
    this.#given.onVain?.(this.#vain);
  }

  /** No socket has ever opened: the network may let none through. What cannot be fetched is asked for again. */
  #fall() {
    this.#outside.fallback?.().then(
      ({ Poll, climb }) => {
        if (this.#link !== 'lost' || this.#opened) return;
        this.#polls = Poll;
        this.#stay();
        this.#stay = climb(this.#given.url, PROTOCOL, this.#outside, (socket) => this.#risen(socket));
        this.#reopen();
      },
      () => {},
    );
  }

  /** A socket has opened beside polls: it takes over. @param {Pipe} socket */
  #risen(socket) {
    this.#polls = null;
    [this.#vain, this.#opened] = [0, true];
    this.#drop();
    this.#use(socket);
    socket.send(toJson(this.#given.hello()));
    this.#within(SILENCE_MS);
  }

  /** No more trials of a socket beside polls. */
  #stay = () => {};

  #drop() {
    this.#quiet();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #quiet() {
    this.#outside.clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** @param {Link} link */
  #tell(link) {
    if (link === this.#link) return;
    this.#link = link;
    this.#given.onLink(link);
  }
}

/** @param {unknown} data @returns {ServerFrame | null} */
function parseFrame(data) {
  if (typeof data !== 'string') return null;
  try {
    const frame = JSON.parse(data);
    return typeof frame?.type === 'string' ? frame : null;
  } catch {
    return null;
  }
}

/** The address of the chat socket at a server's address. @param {string} server with a slash at its end */
export function chatUrl(server) {
  const url = new URL('chat', server);
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
  return url.href;
}
