// One visitor at one server: model, socket and memory held together. Views look at `model` and
// `link`, are told of every change, and call what the visitor does.
import { chatUrl, Connection } from './connection.js';
import { begun, did, dropped, emptyModel, erasing, forgotten, judged, receivedAll, retried } from './model.js';

/** @typedef {import('./model.js').Model} Model */
/** @typedef {import('./protocol.js').Deed} Deed */
/** @typedef {import('./connection.js').Link} Link */
/** @typedef {{was: Model, model: Model, link: Link}} Change */

/** Does this while no other page of this browser does: of two that begin at once, one begins.
 * @typedef {(work: () => void) => void} Alone */

/** Attempts in vain, from a page that was never connected, after which it is said: some three seconds. */
export const VAIN_ATTEMPTS = 3;
const TYPING_EVERY_MS = 3000;
const LOOK_EVERY_MS = 15_000;
const SLOWEST_MS = 60_000;
const QUIET_MS = 1500;
const PAGE = 200;
/** Of a long history so many events are taken at once, or what comes within so many milliseconds. */
const TOGETHER = 50;

export class Session {
  /**
   * @param {object} given
   * @param {string} given.server with a slash at its end
   * @param {() => string} given.language
   * @param {() => string} given.page where the visitor is, without query or fragment
   * @param {() => string} [given.identity] a token of the site's, for a visitor signed in there; '' = none
   * @param {string} [given.back] the word of a link that leads back into a conversation; '' = none
   * @param {import('./storage.js').Storage} given.storage
   * @param {import('./connection.js').Outside & {online: () => boolean, alone?: Alone}} given.outside
   */
  constructor({ server, language, page, identity = () => '', back = '', storage, outside }) {
    this.storage = storage;
    this.outside = outside;
    this.language = language;
    /** @type {Model} */
    this.model = emptyModel();
    /** @type {Link} */
    this.link = 'off';
    /** Nothing from this page has ever reached the server, and that is not for want of trying. */
    this.unreachable = false;
    this.reached = false;
    this.seen = 0;
    this.back = back;
    /** @type {Set<(change: Change) => void>} */
    this.listeners = new Set();
    /** @type {Set<any>} */
    this.timers = new Set();
    /** The first deed is being made, and nothing is sent before this page knows as whom. */
    this.beginning = false;
    this.typedAt = -Infinity;
    this.askedAfter = -1;
    this.pageFrom = 0;
    /** Events of a long history, in order, that are not yet in the model. @type {import('./protocol.js').ServerFrame[]} */
    this.missed = [];
    /** @type {any} */
    this.quietTimer = null;
    const memory = storage.read();
    this.remembered = memory !== null;
    if (memory) {
      this.model = { ...this.model, token: memory.token };
      this.seen = memory.seen;
      const deeds = storage.readDeeds();
      const { erase } = memory;
      if (erase && !deeds.some(({ cid }) => cid === erase)) deeds.push({ type: 'erase', cid: erase });
      for (const deed of deeds) this.model = did(this.model, deed, outside.now());
    }
    this.connection = new Connection({
      url: chatUrl(server),
      outside,
      hello: () => {
        const { token, held, who } = this.model;
        // What comes after a closed conversation is another one: all of it is news.
        const after = (this.pageFrom = who === 'closed' ? 0 : held);
        const known = identity();
        const way = this.back;
        return {
          type: 'hello', lang: language(), after, page: page().slice(0, 2000),
          ...(token && { token }), ...(known && { identity: known }), ...(way && { back: way }),
        };
      },
      onFrame: (frame) => this.#hear(frame),
      onLink: (link) => {
        this.link = link;
        if (link === 'on') [this.reached, this.unreachable] = [true, false];
        this.#changed(this.model);
      },
      onVain: (attempts) => {
        if (this.reached || this.unreachable || attempts < VAIN_ATTEMPTS || !outside.online()) return;
        this.unreachable = true;
        this.#changed(this.model);
      },
    });
  }

  /** @param {(change: Change) => void} listener @param {AbortSignal} signal */
  subscribe(listener, signal) {
    this.listeners.add(listener);
    signal.addEventListener('abort', () => this.listeners.delete(listener), { once: true });
  }

  /** The visitor opened the panel, or was in the queue on the page before. */
  connect() {
    if (this.link !== 'off') return;
    this.connection.start();
    this.#look();
  }

  end() {
    for (const timer of this.timers) this.outside.clearTimeout(timer);
    this.timers.clear();
    this.listeners.clear();
    this.connection.stop();
  }

  wake() {
    this.connection.wake();
  }

  renew() {
    this.connection.renew();
  }

  /** @param {string} text '' where there are files @param {import('./protocol.js').Block[]} [files] uploaded before */
  say(text, files = []) {
    const sent = files.length && { files: files.map(({ id }) => String(id)), shows: files };
    this.#do({ type: 'say', cid: newCid(), ...(text && { text }), ...sent });
  }

  /** @param {string} option @param {string} title */
  pick(option, title) {
    this.#do({ type: 'pick', cid: newCid(), option, title });
  }

  human() {
    if (!this.model.pending.some((one) => one.deed.type === 'human' && one.status === 'sending')) {
      this.#do({ type: 'human', cid: newCid() });
    }
  }

  /** Leaves a message for the people, or asks to be called. Gives its client id.
   * @param {'message' | 'callback'} type
   * @param {{text: string, contact: string, name: string, consent?: string}} fields consent: the text's version */
  leave(type, { text, contact, name, consent }) {
    const cid = newCid();
    this.#do({ type, cid, contact, ...(text && { text }), ...(name && { name }), ...(consent && { consent }) });
    return cid;
  }

  /** @param {number} seq @param {1 | -1} value */
  rate(seq, value) {
    this.#do({ type: 'rate', cid: newCid(), seq, value });
  }

  /** How content the visitor is; 0 = would rather not say. @param {number} value 1 to 5 @param {string} text */
  judge(value, text) {
    this.#become(judged(this.model));
    if (value > 0) this.#do({ type: 'satisfied', cid: newCid(), value, ...(text && { text }) });
  }

  bye() {
    this.#do({ type: 'bye', cid: newCid() });
  }

  /** Everything of this visitor, at the server and in this browser. */
  erase() {
    if (!erasing(this.model)) this.#do({ type: 'erase', cid: newCid() });
  }

  /** @param {string} cid */
  retry(cid) {
    const one = this.model.pending.find(({ deed }) => deed.cid === cid);
    if (!one) return;
    this.#become(retried(this.model, cid));
    this.connect();
    this.#send(one.deed);
  }

  /** @param {string} cid */
  drop(cid) {
    this.#become(dropped(this.model, cid));
  }

  typing() {
    const now = this.outside.now();
    if (now - this.typedAt < TYPING_EVERY_MS || !begun(this.model)) return;
    this.typedAt = now;
    this.connection.send({ type: 'typing' }, false);
  }

  /** The visitor has everything before the eyes. */
  see() {
    if (this.seen === this.model.last) return;
    this.seen = this.model.last;
    this.#remember();
    this.#changed(this.model);
  }

  unread() {
    const { epoch, items } = this.model;
    let count = 0;
    for (let i = items.length - 1; i >= 0 && items[i].epoch === epoch && items[i].seq > this.seen; i -= 1) {
      if (items[i].kind === 'message' && items[i].from !== 'visitor') count += 1;
    }
    return count;
  }

  /** Another page of this browser has written what it knows: the same conversation is everywhere the same. */
  adopt() {
    const memory = this.storage.read();
    if (!memory) {
      // It was erased there.
      if (this.remembered && this.model.token) this.#forget();
    } else if (memory.token === this.model.token) {
      if (memory.seen <= this.seen) return;
      this.seen = memory.seen;
      this.#changed(this.model);
    } else if (!this.remembered) this.#join(memory);
  }

  /** The conversation of another page is this one's too. @param {import('./storage.js').Memory} memory */
  #join(memory) {
    this.remembered = true;
    this.seen = memory.seen;
    this.model = { ...this.model, token: memory.token };
    this.connection.renew();
  }

  /** @param {Deed} deed */
  #do(deed) {
    this.typedAt = -Infinity;
    const first = !this.remembered;
    this.#become(did(this.model, deed, this.outside.now()));
    this.connect();
    if (!first) {
      if (!this.beginning) this.#send(deed);
      return;
    }
    // The first deed of this browser: if two pages do theirs at once, the second joins the first one's conversation.
    if (this.beginning) return;
    this.beginning = true;
    const begin = () => {
      this.beginning = false;
      const memory = this.storage.read();
      if (!this.remembered && memory) this.#join(memory);
      this.remembered = true;
      this.storage.writeDeeds(sendable(this.model));
      this.#remember();
      this.#sendAll();
    };
    if (this.outside.alone) this.outside.alone(begin);
    else begin();
  }

  /** What is done after an erasure was asked for is of the next conversation: it waits. @param {Deed} deed */
  #send(deed) {
    if (deed.type === 'erase' || !erasing(this.model)) this.connection.send(wired(deed));
  }

  /** What is not acknowledged, under the same ids: it is stored once. */
  #sendAll() {
    if (this.beginning) return;
    const erase = erasing(this.model);
    if (erase) return void this.connection.send(erase.deed);
    for (const { deed, status } of this.model.pending) if (status === 'sending') this.connection.send(wired(deed));
  }

  /** Nothing of the chat is left in this browser; the next word begins another one, as another visitor.
   * @param {Model} [rest] what stays */
  #forget(rest = forgotten(this.model)) {
    this.storage.forget();
    this.remembered = rest.pending.length > 0;
    this.seen = 0;
    this.#become(rest);
    this.connection.renew();
  }

  /** @param {import('./protocol.js').ServerFrame} frame */
  #hear(frame) {
    const count = this.missed.push(frame);
    // Ten thousand events must not be ten thousand changes that everybody is told of.
    const more = frame.type !== 'welcome' && this.model.caughtUp - /** @type {any} */ (frame).seq >= TOGETHER;
    if (!more || count >= TOGETHER) this.#frames();
    else if (count < 2) this.#after(TOGETHER, () => this.#frames());
  }

  /** What has been heard becomes known. */
  #frames() {
    const frame = this.missed.at(-1);
    if (!frame) return;
    const was = this.model;
    const next = receivedAll(was, this.missed, this.outside.now());
    this.missed = [];
    if (frame.type === 'erased') return this.#forget(next);
    if (next.epoch !== was.epoch) {
      this.seen = 0;
      this.pageFrom = -PAGE; // Nothing of this conversation has been sent yet.
    }
    this.#become(next);
    if (erasing(was) && !erasing(next)) this.#sendAll();
    if (frame.type === 'welcome') this.#welcomed();
    else if (frame.type === 'error' && frame.code === 'slow_down' && frame.cid) this.#resendLater(frame);
    this.#askOn();
  }

  /** Whatever the server has not acknowledged is sent again, under the same ids: it is stored once. */
  #welcomed() {
    this.askedAfter = -1;
    if (this.back) {
      // The link has led here: from now on this browser is that visitor.
      this.back = '';
      this.remembered = true;
      this.#remember();
    }
    this.#sendAll();
  }

  /** The next page of missed events, when this one is complete; and, after a moment of silence, what
   * did not come although something later did: once for each such place. */
  #askOn() {
    const reached = lastMissed(this.model);
    if (reached < this.model.caughtUp && reached - this.pageFrom >= PAGE) this.#ask(reached);
    this.outside.clearTimeout(this.quietTimer);
    this.timers.delete(this.quietTimer);
    this.quietTimer = this.#after(QUIET_MS, () => {
      const { held, last, caughtUp } = this.model;
      if (held >= Math.max(last, caughtUp) || this.askedAfter === held) return;
      this.askedAfter = held;
      this.#ask(held);
    });
  }

  /** @param {number} after */
  #ask(after) {
    this.pageFrom = after;
    this.connection.send({ type: 'resume', after });
  }

  /** @param {import('./protocol.js').ErrorFrame} frame */
  #resendLater({ cid, retry_ms = 1000 }) {
    this.#after(Math.min(retry_ms, SLOWEST_MS), () => {
      const one = this.model.pending.find(({ deed, status }) => deed.cid === cid && status === 'sending');
      if (one) this.connection.send(wired(one.deed));
    });
  }

  /** A chat with people must not die unnoticed: asking for the last event again always gets a reply. */
  #look() {
    this.#after(LOOK_EVERY_MS, () => {
      const { who, held } = this.model;
      if (held > 0 && (who === 'waiting' || who === 'agent')) {
        this.connection.probe({ type: 'resume', after: held - 1 });
      }
      if (this.link !== 'off') this.#look();
    });
  }

  /** @param {number} ms @param {() => void} work */
  #after(ms, work) {
    const timer = this.outside.setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, ms);
    this.timers.add(timer);
    return timer;
  }

  /** @param {Model} next */
  #become(next) {
    const was = this.model;
    if (next === was) return;
    this.model = next;
    if (this.remembered) {
      if (was.pending !== next.pending) this.storage.writeDeeds(sendable(next));
      if (was.token !== next.token || was.who !== next.who || erasing(was) !== erasing(next)) this.#remember();
    }
    this.#changed(was);
  }

  #remember() {
    const { token, who } = this.model;
    if (!this.remembered || !token) return;
    const erase = erasing(this.model)?.deed.cid;
    // A page that finds `live` connects by itself: so that a person is not missed, and an erasure is done.
    this.storage.write({ token, seen: this.seen, live: Boolean(erase) || who === 'waiting' || who === 'agent', ...(erase && { erase }) });
  }

  /** @param {Model} was */
  #changed(was) {
    for (const listener of [...this.listeners]) listener({ was, model: this.model, link: this.link });
  }
}

/** A deed without what only the page needs. @param {Deed} deed @returns {Deed} */
const wired = ({ shows, ...deed }) => deed;

/** @param {Model} model */
const sendable = (model) => model.pending.filter(({ status }) => status === 'sending').map(({ deed }) => deed);

/** Where the replay of missed events has come to. @param {Model} model */
function lastMissed({ items, epoch, caughtUp }) {
  for (let i = items.length - 1; i >= 0 && items[i].epoch === epoch; i -= 1) {
    if (items[i].seq <= caughtUp) return items[i].seq;
  }
  return 0;
}

/** A client id: 128 bits of chance. `randomUUID` is missing on pages without TLS. */
function newCid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
