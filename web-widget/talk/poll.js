// Polls with the face of a WebSocket, for networks that let none through: fetched only there.
//
// One request waits at the server until there is something to say, at most some 25 s; what is to be sent meanwhile goes
// beside it, and the older one is answered at once. Frames are counted both ways (docs/protocol.md, "Polls"): what a
// lost answer held comes again, what was not heard is sent again. A lost request is tried again a few times on the same
// line; after that, and where the server knows the line no more, it is closed, and its owner begins anew.

/**
 * @typedef {object} PollOutside What polls need of the world; a test gives its own.
 * @property {(url: string, init: RequestInit) => Promise<Response>} fetch
 * @property {(work: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} random 0 ≤ r < 1
 */

/** The server answers within 25 s: who hears nothing for so long is alone. */
export const DEAD_MS = 35_000;
export const TRIES = 4;
const AGAIN_MS = 500;
const SLOWEST_MS = 20_000;
/** Of a body's frames, in UTF-16 units: three bytes each at most, and the server takes 128 KB. */
const BODY_UNITS = 30_000;
const LOST = 1006;
const OPEN = 1;
const CLOSED = 3;

/** @param {PollOutside} outside */
export const pollWith = (outside) =>
  class Poll {
    /** @param {string} url of the socket it stands for */
    constructor(url) {
      this.url = `${url.replace(/^ws/, 'http')}/poll`;
      this.readyState = 0;
      /** @type {(() => void) | null} */
      this.onopen = null;
      /** @type {((event: {data: string}) => void) | null} */
      this.onmessage = null;
      /** @type {((event: {code: number}) => void) | null} */
      this.onclose = null;
      /** @type {string[]} Frames that the server has not heard. */
      this.unheard = [];
      this.heard = 0;
      this.got = 0;
      this.line = '';
      this.failures = 0;
      /** @type {Set<AbortController>} Requests under way: two at most, the first one alone. */
      this.asked = new Set();
      this.pausing = false;
      outside.setTimeout(() => {
        if (this.readyState === CLOSED) return;
        this.readyState = OPEN;
        this.onopen?.();
      }, 0);
    }

    /** @param {string} text */
    send(text) {
      this.unheard.push(text);
      void this.poll();
    }

    close() {
      if (this.readyState === CLOSED) return;
      this.readyState = CLOSED;
      for (const one of this.asked) one.abort();
      if (!this.line) return;
      const body = JSON.stringify({ line: this.line, end: true });
      outside.fetch(this.url, { method: 'POST', body, credentials: 'omit', keepalive: true }).catch(() => {});
    }

    /** What is not heard yet, as many as a body may have. */
    body() {
      /** @type {object} */
      let own = { line: this.line, got: this.got, sent: this.heard };
      let frames = this.unheard;
      if (!this.line) {
        // The first is the hello: its members are the body's.
        const { type, ...hello } = JSON.parse(frames[0]);
        own = hello;
        frames = frames.slice(1);
      }
      let units = 0;
      const some = frames.filter((text, at) => (units += text.length) <= BODY_UNITS || at === 0);
      return `${JSON.stringify(own).slice(0, -1)},"send":[${some}]}`;
    }

    async poll() {
      if (this.readyState !== OPEN || this.pausing || this.asked.size >= (this.line ? 2 : 1)) return;
      const abort = new AbortController();
      const dead = outside.setTimeout(() => abort.abort(), DEAD_MS);
      const fresh = !this.line;
      this.asked.add(abort);
      /** @type {Response | null} */
      let answer = null;
      let said = null;
      try {
        const init = { method: 'POST', body: this.body(), credentials: /** @type {const} */ ('omit') };
        answer = await outside.fetch(this.url, { ...init, cache: 'no-store', signal: abort.signal });
        said = answer.ok ? await answer.json() : null;
      } catch {
        answer = null;
      }
      outside.clearTimeout(dead);
      this.asked.delete(abort);
      if (this.readyState !== OPEN) return;
      if (said) this.take(said, fresh);
      // The line ended meanwhile: with what code the request that is still under way brings, however late it is read.
      else if (answer?.status === 404 && this.asked.size > 0) return;
      else if ((answer && answer.status !== 429) || !this.line) this.lose(LOST);
      else this.again(Number(answer?.headers.get('retry-after')) * 1000);
    }

    /** @param {{line: string, heard: number, from: number, frames: object[], close?: number}} said
     * @param {boolean} fresh the line begins with it */
    take({ line, heard, from, frames, close }, fresh) {
      this.failures = 0;
      this.line = line;
      if (fresh) this.unheard.shift();
      if (heard > this.heard) this.unheard.splice(0, heard - this.heard);
      this.heard = Math.max(heard, this.heard);
      for (const frame of frames.slice(Math.max(0, this.got - from))) {
        this.got += 1;
        this.onmessage?.({ data: JSON.stringify(frame) });
        if (this.readyState !== OPEN) return;
      }
      if (close) this.lose(close);
      else if (this.unheard.length > 0 || this.asked.size === 0) void this.poll();
    }

    /** @param {number} wished ms */
    again(wished) {
      this.failures += 1;
      if (this.failures >= TRIES) {
        this.lose(LOST);
        return;
      }
      if (this.pausing) return;
      this.pausing = true;
      const most = AGAIN_MS * 2 ** this.failures;
      outside.setTimeout(() => {
        this.pausing = false;
        void this.poll();
      }, Math.min(SLOWEST_MS, Math.max(wished || 0, most / 2 + outside.random() * (most / 2))));
    }

    /** @param {number} code */
    lose(code) {
      this.readyState = CLOSED;
      for (const one of this.asked) one.abort();
      this.onclose?.({ code });
    }
  };

export { climb } from './climb.js';

export const Poll = pollWith({
  fetch: (url, init) => fetch(url, init),
  setTimeout: (work, ms) => setTimeout(work, ms),
  clearTimeout: (timer) => clearTimeout(timer),
  random: Math.random,
});
