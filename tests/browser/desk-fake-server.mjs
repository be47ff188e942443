// A desk server for the tests of the agents' page: it serves the built page under the real security headers, logs in,
// and speaks docs/protocol.md with a queue in memory. A test drives it: visitors come, write, leave; the line is cut.

import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { workApi, workFrames } from './desk-fake-work.mjs';
import { socketAccept } from './desk-socket.mjs';

const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
  + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };
const PASSWORD = 'girasole';
const PAGE = 200;
/** A longer queue comes ticket by ticket. */
const QUEUE_BYTES = 50_000;

const text = (words) => [{ type: 'paragraph', children: [{ type: 'text', text: words }] }];

export class DeskFake {
  /** @param {string} web the folder of the built browser code */
  constructor(web) {
    this.web = web;
    this.user = 'Anna';
    this.role = 'agent';
    this.capacity = 4;
    this.loggedIn = false;
    this.tries = 0;
    this.presence = 'away';
    this.tickets = new Map();
    this.events = new Map();
    this.cids = new Map();
    this.colleagues = [
      { id: 2, name: 'Bruno', presence: 'online', chats: 2, capacity: 4 },
      { id: 3, name: 'Chiara', presence: 'no_more', chats: 1, capacity: 3 },
    ];
    this.departments = [{ id: 'negozio', name: 'Negozio' }, { id: 'magazzino', name: 'Magazzino' }];
    this.notes = new Map();
    /** What `GET card` answers by ticket; `cardBreaks` makes it fail. */
    this.cards = new Map();
    this.cardBreaks = false;
    /** What `GET customer` answers by ticket. */
    this.customers = new Map();
    /** What `GET suggest` answers, and the words that `POST spell` finds wrong. */
    this.suggestions = [];
    this.snippets = [];
    this.wrong = new Map();
    this.asked = [];
    /** What the next connection missed: {ticket, cause, name?}. */
    this.missed = [];
    this.heard = [];
    this.sockets = new Set();
    this.number = 40;
    this.event = 0;
    this.noteId = 0;
    /** Routes of pages that a test adds: 'GET NAME' → (server, {query, body, answer}). */
    this.routes = {};
    /** While true, upgrades are refused: the network is away. */
    this.away = false;
    /** While true, `say` is stored but nothing is acknowledged. */
    this.mute = false;
    /** An error code that the next `say` gets. */
    this.refuseNext = null;
    /** Whether it says that it can send e-mail. */
    this.mail = true;
  }

  async start() {
    this.http = createServer((request, response) => this.serve(request, response));
    this.http.on('upgrade', (request, stream) => this.upgrade(request, stream));
    await new Promise((done) => this.http.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${this.http.address().port}`;
    return this;
  }

  stop() {
    this.cut();
    this.http.closeAllConnections?.();
    return new Promise((done) => this.http.close(done));
  }

  serve(request, response) {
    const path = request.url.split('?')[0];
    const file = { '/desk': 'desk.html', '/desk.js': 'desk.js', '/desk.css': 'desk.css' }[path];
    if (file) {
      response.writeHead(200, { 'Content-Type': TYPES[file.split('.')[1]], 'Content-Security-Policy': CSP });
      return response.end(readFileSync(`${this.web}/${file}`));
    }
    const route = {
      'GET /desk/session': () => this.answer(response, this.loggedIn ? 200 : 401, { name: this.user, role: this.role }),
      'POST /desk/login': () => this.login(request, response),
      'POST /desk/logout': () => {
        this.loggedIn = false;
        this.answer(response, 204);
      },
    }[`${request.method} ${path}`];
    if (!route && path.startsWith('/desk/api/')) return void workApi(this, request, response);
    return route ? route() : this.answer(response, 404, {});
  }

  answer(response, status, body) {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(body && status !== 204 ? JSON.stringify(body) : undefined);
  }

  async login(request, response) {
    let body = '';
    for await (const piece of request) body += piece;
    const { name, password } = JSON.parse(body);
    this.loggedIn = name === this.user && password === PASSWORD;
    if (this.loggedIn) return this.answer(response, 204);
    this.tries++;
    return this.tries > 2 ? this.answer(response, 429, { code: 'slow_down', retry_ms: 2500 })
      : this.answer(response, 401, { code: 'wrong' });
  }

  upgrade(request, stream) {
    if (this.away || !this.loggedIn || request.url !== '/desk/socket') return stream.destroy();
    const socket = socketAccept(request, stream, 'sportello.desk.v1', {
      heard: (words) => this.frame(socket, JSON.parse(words)),
      closed: () => this.sockets.delete(socket),
    });
    this.sockets.add(socket);
    return socket;
  }

  cut() {
    for (const socket of this.sockets) socket.cut();
    this.sockets.clear();
  }

  send(frame, to = this.sockets) {
    for (const socket of to) socket.say(JSON.stringify(frame));
  }

  agents() {
    const chats = [...this.tickets.values()].filter((t) => t.mine).length;
    return [{ id: 1, name: this.user, presence: this.presence, chats, capacity: this.capacity }, ...this.colleagues];
  }

  // --- frames of the page ------------------------------------------------------------------------------------

  frame(socket, frame) {
    this.heard.push(frame);
    const handle = {
      hello: () => {
        this.send({
          type: 'welcome', user: this.user, role: this.role, presence: this.presence, capacity: this.capacity,
          site: { name: 'Ferramenta Olmo', assistant: 'Olmo', lang: 'it', mail: this.mail }, event: this.event,
          departments: this.departments,
        }, [socket]);
        for (const missed of this.missed.splice(0)) this.send({ type: 'missed', ...missed }, [socket]);
        const tickets = [...this.tickets.values()];
        const one = JSON.stringify(tickets).length < QUEUE_BYTES;
        this.send({ type: 'queue', tickets: one ? tickets : [], agents: this.agents() }, [socket]);
        for (const ticket of one ? [] : tickets) this.send({ type: 'ticket', ticket }, [socket]);
      },
      presence: () => {
        this.presence = frame.state;
        this.send({ type: 'agents', agents: this.agents() });
      },
      next: () => {
        const [first] = [...this.tickets.values()]
          .filter((t) => ['waiting', 'callback'].includes(t.state)).sort((a, b) => a.seq - b.seq);
        if (!first) return this.send({ type: 'error', code: 'nothing_waits', message: '-' }, [socket]);
        return this.claim(first.ticket);
      },
      accept: () => this.claim(frame.ticket),
      decline: () => this.change(frame.ticket, { state: 'waiting' }),
      open: () => {
        const events = (this.events.get(frame.ticket) ?? []).filter((e) => e.seq > (frame.after ?? 0));
        for (const event of events.slice(0, PAGE)) this.send(event, [socket]);
        for (const note of this.notes.get(frame.ticket) ?? []) this.send(note, [socket]);
      },
      say: () => this.said(socket, frame),
      back: () => this.gone(socket, frame, 'bot'),
      close: () => this.gone(socket, frame, 'closed'),
      ...workFrames(this, socket, frame),
    }[frame.type];
    handle?.();
  }

  said(socket, { ticket, cid, text: words }) {
    if (this.refuseNext) {
      const code = this.refuseNext;
      this.refuseNext = null;
      return this.send({ type: 'error', code, cid, message: '-' }, [socket]);
    }
    let seq = this.cids.get(cid);
    if (seq === undefined) {
      seq = this.store(ticket, { type: 'message', from: 'agent', name: this.user, blocks: text(words), cid }).seq;
      this.cids.set(cid, seq);
    }
    return this.mute ? undefined : this.send({ type: 'ack', cid, seq }, [socket]);
  }

  gone(socket, { ticket, cid }, who) {
    const { seq } = this.store(ticket, { type: 'state', who });
    this.change(ticket, { state: 'closed', mine: false });
    this.tickets.delete(ticket);
    this.send({ type: 'ack', cid, seq }, [socket]);
  }

  // --- what a test makes happen --------------------------------------------------------------------------------

  /** Keeps an event and sends it unless `mute`. */
  store(ticket, event) {
    const events = this.events.get(ticket) ?? [];
    const stored = { ...event, ticket, seq: events.length + 1, at: event.at ?? Date.now() };
    this.events.set(ticket, [...events, stored]);
    if (this.tickets.has(ticket)) this.tickets.get(ticket).last_seq = stored.seq;
    if (!this.mute) this.send(stored);
    return stored;
  }

  change(ticket, change) {
    const changed = { ...this.tickets.get(ticket), ...change, event: ++this.event };
    this.tickets.set(ticket, changed);
    this.send({ type: 'ticket', ticket: changed });
    this.send({ type: 'agents', agents: this.agents() });
  }

  claim(ticket) {
    this.change(ticket, { state: 'claimed', mine: true, owner: this.user });
    this.store(ticket, { type: 'state', who: 'agent', name: this.user });
  }

  /** A visitor who asked, was answered unsurely and is handed over. */
  arrives(question, more = {}) {
    const ticket = ++this.number;
    const waited = more.waited ?? 40_000;
    const at = Date.now() - waited;
    this.tickets.set(ticket, {
      ticket, state: 'waiting', department: 'negozio', department_name: 'Negozio', lang: 'it', seq: ticket,
      since: at, question, why: 'not_understood', tried: [], page: 'https://olmo.example/spedizioni',
      mine: false, visitor_online: true, last_seq: 0, ...more.ticket,
    });
    for (const event of more.before ?? []) this.store(ticket, { at: at - 60_000, ...event });
    this.store(ticket, { type: 'message', from: 'visitor', blocks: text(question), at });
    if (more.reply) {
      this.store(ticket, {
        type: 'message', from: 'bot', at: at + 800, blocks: text(more.reply), confidence: 0.41, edition: 7,
        source: 'knowledge/it/resi.md:12', fallback: true, options: more.options,
      });
    }
    this.store(ticket, { type: 'state', who: 'waiting' });
    this.change(ticket, {});
    return ticket;
  }

  /** A note of a colleague, or the agent's own. */
  noted(ticket, name, words, more = {}) {
    const notes = this.notes.get(ticket) ?? [];
    const note = { type: 'note', ticket, id: ++this.noteId, at: Date.now(), name, text: words };
    this.notes.set(ticket, [...notes, note]);
    this.change(ticket, { notes: notes.length + 1 });
    this.send({ ...note, ...more });
  }

  writes(ticket, words, more = {}) {
    return this.store(ticket, { type: 'message', from: 'visitor', blocks: text(words), ...more });
  }

  offer(ticket, seconds) {
    this.change(ticket, { state: 'offered' });
    this.send({ type: 'offer', ticket, seconds });
  }

  /** Resolves with the first frame, from `since` on, of that type. */
  async gets(type, since = 0, ms = 5000) {
    for (const end = Date.now() + ms; Date.now() < end;) {
      const found = this.heard.slice(since).find((f) => f.type === type);
      if (found) return found;
      await new Promise((done) => setTimeout(done, 20));
    }
    throw new Error(`no ${type} came`);
  }
}
