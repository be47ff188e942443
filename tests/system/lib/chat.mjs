// A visitor and an agent, as docs/protocol.md describes their pages, over sockets by hand; the visitor over polls as well.
// Environment: TRANSPORT=poll lets visitors poll where a script does not say otherwise.

import { request } from 'node:http';
import { Poll } from './poll.mjs';
import { Socket } from './socket.mjs';
import { PATIENCE_MS, until } from './program.mjs';

export const TRANSPORT = process.env.TRANSPORT === 'poll' ? Poll : Socket;

/** Events in a page of missed ones. */
const PAGE_EVENTS = 200;

/** The words of blocks. */
export const plain = (blocks = []) =>
  blocks.map((b) => (b.text ?? b.alt ?? '') + plain(b.children) + (['text', 'strong', 'emphasis', 'code', 'link'].includes(b.type) ? '' : '\n')).join('').trim();

/** Frames as they come; `take` waits for the first that fits and was not taken before. */
class Peer {
  constructor() {
    this.frames = [];
    this.waiters = [];
    this.closed = false;
    this.handlers = [];
  }

  heard(text) {
    const frame = JSON.parse(text);
    this.note?.(frame);
    for (const handler of this.handlers) handler(frame);
    const at = this.waiters.findIndex((w) => w.fits(frame));
    if (at >= 0) this.waiters.splice(at, 1)[0].done(frame);
    else if (this.keep !== false) this.frames.push(frame);
  }

  gone(code, status) {
    this.closed = true;
    this.code = code;
    for (const w of this.waiters.splice(0)) w.failed(Object.assign(new Error(`the connection ended (${code}) while waiting for ${w.what}`), { status }));
  }

  /** `what`: a type, or a function of a frame. */
  take(what, patience = PATIENCE_MS) {
    const fits = typeof what === 'function' ? what : (f) => f.type === what;
    const at = this.frames.findIndex(fits);
    if (at >= 0) return Promise.resolve(this.frames.splice(at, 1)[0]);
    if (this.closed) return Promise.reject(new Error(`the connection has ended (${this.code}); wanted ${what}`));
    return new Promise((done, failed) => {
      const late = setTimeout(() => {
        this.waiters = this.waiters.filter((w) => w !== waiter);
        failed(new Error(`waited ${patience} ms for ${what}; the last frames: ${JSON.stringify(this.frames.slice(-5)).slice(0, 1500)}`));
      }, patience);
      const end = (result) => (value) => {
        clearTimeout(late);
        result(value);
      };
      const waiter = { fits, what: String(what), done: end(done), failed: end(failed) };
      this.waiters.push(waiter);
    });
  }

  send(frame) {
    this.socket.send(frame);
  }

  close() {
    this.socket.close();
  }

  destroy() {
    this.socket.destroy();
  }
}

let cids = 0;
export const newCid = (prefix = 'c') => `${prefix}-${process.pid}-${++cids}`;

export class Chat extends Peer {
  /** Connects and says hello. {transport? (Socket, Poll), port, token?, after?, lang?, origin?, headers?, localAddress?, page?, identity?, keep: false forgets
   * the frames nobody waits for}. Resolves with `welcome` heard, in `.welcome`. */
  static async open({ transport = TRANSPORT, port, token, after, lang = 'it', page, identity, back, keep, onFrame, ...options }) {
    const chat = new Chat();
    Object.assign(chat, { token, lang, keep, events: new Map(), acked: new Map(), seq: after ?? 0, repeated: 0 });
    if (onFrame) chat.handlers.push(onFrame);
    chat.socket = await transport.open({ port, path: '/chat', protocol: 'sportello.v1', ...options,
      onText: (text) => chat.heard(text), onClose: (code, status) => chat.gone(code, status) });
    const welcome = chat.take('welcome');
    chat.send({ type: 'hello', lang, ...(token && { token }), ...(after !== undefined && { after }), ...(page && { page }), ...(identity && { identity }), ...(back && { back }) });
    chat.welcome = await welcome;
    chat.token = chat.welcome.token ?? token;
    return chat;
  }

  /** What was acknowledged and which events came, whoever waits for them. */
  note(frame) {
    if (frame.seq !== undefined && (frame.type === 'message' || frame.type === 'state')) {
      if (this.events.has(frame.seq)) this.repeated++;
      this.events.set(frame.seq, frame);
      if (frame.seq > this.seq) this.seq = frame.seq;
    }
    const ack = frame.type === 'ack' ? frame : frame.ack;
    if (ack) this.acked.set(ack.cid, ack.seq);
  }

  /** Says something; returns its client id. */
  say(text, cid = newCid()) {
    this.send({ type: 'say', cid, text });
    return cid;
  }

  /** Waits for the acknowledgement of a client id: its seq. Throws on an error for it. */
  async ack(cid, patience) {
    if (this.acked.has(cid)) return this.acked.get(cid);
    const frame = await this.take((f) => (f.type === 'ack' && f.cid === cid) || f.ack?.cid === cid || (f.type === 'error' && f.cid === cid), patience);
    if (frame.type === 'error') throw Object.assign(new Error(`error ${frame.code}: ${frame.message}`), { code: frame.code, frame });
    return this.acked.get(cid);
  }

  /** Says something and waits for the assistant's reply: the first bot message after it. */
  async ask(text, patience) {
    const seq = await this.ack(this.say(text), patience);
    const there = [...this.events.values()].find((f) => f.from === 'bot' && f.seq > seq);
    return there ?? this.take((f) => f.type === 'message' && f.from === 'bot' && f.seq > seq, patience);
  }

  /** All events of the conversation from the first, for a connection that said hello with `after: 0`: page by page. */
  async history() {
    let have = 0, asked = 0;
    await until(() => `the history up to ${this.welcome.seq}; there is ${have}`, () => {
      while (this.events.has(have + 1)) have++;
      if (have < this.welcome.seq && have > asked && have % PAGE_EVENTS === 0) this.send({ type: 'resume', after: asked = have });
      return have >= this.welcome.seq;
    });
    return [...this.events.values()].sort((a, b) => a.seq - b.seq);
  }
}

/** Plain HTTP with any headers: {status, headers, text}. */
export function http({ port, method = 'GET', path, headers = {}, body }) {
  return new Promise((done, failed) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      // A server that does not want the rest of a body may end the connection before its answer is read to the end.
      answer.on('error', () => {});
      answer.on('close', () => done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(pieces).toString() }));
    });
    asked.on('error', failed);
    asked.end(body);
  });
}

/** Logs in at the desk; the session's cookie as a header value. */
export async function logIn({ port, name, password }) {
  const body = JSON.stringify({ name, password });
  const answer = await http({ port, method: 'POST', path: '/desk/login', body,
    headers: { Origin: `http://127.0.0.1:${port}`, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) } });
  if (answer.status !== 204) throw Object.assign(new Error(`log in: ${answer.status} ${answer.text}`), { status: answer.status });
  return answer.headers['set-cookie'].map((cookie) => cookie.split(';')[0]).join('; ');
}

export class Agent extends Peer {
  /** Connects with a session's cookie and says hello. */
  static async open({ port, cookie, lang = 'it', keep, onFrame, ...options }) {
    const agent = new Agent();
    agent.keep = keep;
    if (onFrame) agent.handlers.push(onFrame);
    agent.socket = await Socket.open({ port, path: '/desk/socket', protocol: 'sportello.desk.v1', headers: { Cookie: cookie }, ...options,
      onText: (text) => agent.heard(text), onClose: (code) => agent.gone(code) });
    const welcome = agent.take('welcome');
    agent.send({ type: 'hello', lang });
    agent.welcome = await welcome;
    return agent;
  }
}
