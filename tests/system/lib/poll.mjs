// A line of polls by hand over node:http, with the face of the Socket beside it: text frames out, text frames in. By
// hand, so that a test decides when a poll is lost and what goes over it.

import { Agent, request } from 'node:http';

const ABRUPT = 1006, NORMAL = 1000;

export class Poll {
  /** What an abrupt end was for, for whoever wonders. */
  lost = '';

  /** As Socket.open, but that nothing is asked before the first frame is sent: a line begins with it. `path` is the
   * socket's. onClose(code, status) comes once; `status` is the one that refused a poll. */
  static async open({ port, host = '127.0.0.1', path, origin = `http://127.0.0.1:${port}`, headers = {}, localAddress,
    onText = () => {}, onClose = () => {} }) {
    const self = new Poll();
    Object.assign(self, { port, host, path: `${path}/poll`, localAddress, onText, onClose, line: '', got: 0, heard: 0, unheard: [], under: 0,
      closed: false, paused: false, asked: new Set(), agent: new Agent({ keepAlive: true, maxSockets: 3 }),
      headers: { Origin: origin, 'Content-Type': 'text/plain', ...headers } });
    return self;
  }

  text(string) {
    this.raw(Buffer.from(string));
  }

  send(object) {
    this.text(JSON.stringify(object));
  }

  sendAll(objects) {
    this.rawAll(objects.map((o) => Buffer.from(JSON.stringify(o))));
  }

  /** One frame's bytes, whatever they are. */
  raw(bytes) {
    this.rawAll([bytes]);
  }

  rawAll(frames) {
    if (this.closed) return;
    this.unheard.push(...frames);
    this.#go();
  }

  /** The polite end. */
  close() {
    if (this.closed) return;
    const { line } = this;
    this.#gone(NORMAL);
    if (line) this.ask(this.body({ end: true })).catch(() => {}).finally(() => this.agent.destroy());
  }

  /** The abrupt one: as when the network is gone. */
  destroy() {
    for (const asked of this.asked) asked.destroy();
    this.#gone(ABRUPT);
  }

  /** A poll's body with the frames that were not heard yet. A hello first is the body's own members. */
  body(more = {}) {
    const own = this.line ? { line: this.line, got: this.got, sent: this.heard, ...more } : { ...more };
    let frames = this.unheard;
    if (!this.line && frames.length > 0) {
      const hello = greeting(frames[0]);
      if (hello) frames = frames.slice(1);
      Object.assign(own, hello);
    }
    const pieces = frames.flatMap((bytes, i) => (i > 0 ? [Buffer.from(','), bytes] : [bytes]));
    return Buffer.concat([Buffer.from(`${JSON.stringify(own).slice(0, -1)}${Object.keys(own).length > 0 ? ',' : ''}"send":[`), ...pieces, Buffer.from(']}')]);
  }

  /** Posts a body: {status, headers, json}. */
  ask(body) {
    return new Promise((done, failed) => {
      const { port, host, path, localAddress, agent } = this;
      const asked = request({ port, host, path, localAddress, agent, method: 'POST', headers: { ...this.headers, 'Content-Length': body.length } }, (answer) => {
        const pieces = [];
        answer.on('data', (piece) => pieces.push(piece));
        answer.on('error', failed);
        answer.on('close', () => {
          this.asked.delete(asked);
          const text = Buffer.concat(pieces).toString();
          done({ status: answer.statusCode, headers: answer.headers, json: text.startsWith('{') ? JSON.parse(text) : null });
        });
      });
      this.asked.add(asked);
      asked.on('error', (error) => {
        this.asked.delete(asked);
        failed(error);
      });
      asked.end(body);
    });
  }

  /** Polls, unless two do: one that waits, and one that brings something beside it. The first goes alone. */
  async #go() {
    if (this.closed || this.paused || this.under >= (this.line ? 2 : 1)) return;
    this.under++;
    const fresh = !this.line, carried = this.unheard.length;
    let answer;
    try {
      answer = await this.ask(this.body());
    } catch (error) {
      this.under--;
      this.lost = String(error);
      if (!this.closed) this.#gone(ABRUPT);
      return;
    }
    this.under--;
    if (this.closed) return;
    if (answer.status === 400 && answer.json?.code === 'bad_frame') {
      this.unheard = this.unheard.slice(carried); // As a socket would, it says what is wrong with what came.
      this.onText(JSON.stringify({ type: 'error', code: 'bad_frame', status: 400 }));
    } else if ((answer.status === 429 && this.line) || (answer.status === 404 && this.under > 0)) {
      return; // Why a line ended, the poll still under way brings.
    } else if (answer.status !== 200) {
      this.lost = `a poll was answered with ${answer.status}`;
      this.#gone(ABRUPT, answer.status);
      return;
    } else this.#take(answer.json, fresh);
    if (this.unheard.length > 0 || this.under === 0) this.#go();
  }

  #take({ line, heard, from, frames, close }, fresh) {
    if (fresh && greeting(this.unheard[0])) this.unheard.shift();
    this.line = line;
    if (heard > this.heard) {
      this.unheard.splice(0, heard - this.heard);
      this.heard = heard;
    }
    for (const frame of frames.slice(Math.max(0, this.got - from))) {
      this.got++;
      this.onText(JSON.stringify(frame));
    }
    if (close) this.#gone(close);
  }

  #gone(code, status) {
    if (this.closed) return;
    this.closed = true;
    if (code !== NORMAL || !this.line) this.agent.destroy();
    this.onClose(code, status);
  }
}

/** The members of a hello but its type, null for anything else. */
function greeting(bytes) {
  try {
    const { type, ...rest } = JSON.parse(bytes?.toString() ?? '');
    return type === 'hello' ? rest : null;
  } catch {
    return null;
  }
}
