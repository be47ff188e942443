// The session once there is a conversation: events of the server, what is sent again, what is asked for because it is
// missing, and what this browser remembers. Fetched by the session (session.js), which does without it until then.
import { fresh, receivedAll, wantsVerdict } from './course.js';
import * as memory from './memory.js';
import { begun, erasing, forgotten } from './model.js';

/** @typedef {import('./model.js').Model} Model */
/** @typedef {import('./protocol.js').Deed} Deed */
/** @typedef {import('./session.js').Session} Session */

/** Does the work while no other page of this browser does such work: of two that begin at once, one begins.
 * @typedef {(key: string, work: () => void) => void} Alone */

const TYPING_EVERY_MS = 3000;
const LOOK_EVERY_MS = 15_000;
const SLOWEST_MS = 60_000;
const QUIET_MS = 1500;
/** The server sends so many missed events at once. */
const PAGE = 200;
/** Of a long history so many events are taken at once, or what comes within so many milliseconds. */
const TOGETHER = 50;

export class Talk {
  /** @param {Session} session @param {Alone} alone */
  constructor(session, alone) {
    this.session = session;
    this.alone = alone;
    /** The first deed is being made, and nothing is sent before this page knows as whom. */
    this.beginning = false;
    this.typedAt = -Infinity;
    this.askedAfter = -1;
    /** The browser's memory knows us, if nobody has emptied it. */
    this.written = false;
    /** Events of a long history, in order, that are not yet in the model. @type {import('./protocol.js').ServerFrame[]} */
    this.missed = [];
    /** @type {any} */
    this.quietTimer = null;
  }

  /** Takes up what the session has waited with. @param {import('./protocol.js').ServerFrame[]} frames of the server, in order */
  start(frames) {
    const { session } = this;
    const { token } = session.model;
    this.written = session.remembered;
    this.adopt();
    if (session.model.token !== token) frames = []; // They were told to somebody else.
    const first = !session.remembered && session.model.pending.length > 0;
    this.beginning = first;
    for (const frame of frames) this.frame(frame);
    if (first) this.#begin();
    else this.#store();
    this.#look();
  }

  /** A deed was done. @param {Deed} deed */
  did(deed) {
    this.typedAt = -Infinity;
    if (this.beginning) return;
    if (this.session.remembered) this.#send(deed);
    else this.#begin();
  }

  /** The visitor writes. */
  typing() {
    const { model, outside, connection } = this.session;
    const now = outside.now();
    if (now - this.typedAt < TYPING_EVERY_MS || !begun(model)) return;
    this.typedAt = now;
    connection.send({ type: 'typing' }, false);
  }

  /** The visitor has everything before the eyes. */
  see() {
    const { session } = this;
    const { model } = session;
    if (session.seen === model.last) return;
    session.seen = model.last;
    this.#remember();
    session.changed(model);
  }

  unread() {
    const { model, seen } = this.session;
    const { epoch, items } = model;
    let count = 0;
    for (let i = items.length - 1; i >= 0 && items[i].epoch === epoch && items[i].seq > seen; i -= 1) {
      if (items[i].kind === 'message' && items[i].from !== 'visitor') count += 1;
    }
    return count;
  }

  /** The messages that have come since. @param {Model} was */
  news(was) {
    return fresh(was.items, this.session.model.items).filter(({ kind }) => kind === 'message');
  }

  /** The visitor is to be asked how it was. */
  wantsVerdict() {
    return wantsVerdict(this.session.model);
  }

  /** What another page of this browser has written holds here too. */
  adopt() {
    const { session } = this;
    const kept = session.storage.read();
    if (!kept) {
      // It was erased there.
      if (session.remembered && session.model.token) this.#forget();
    } else if (kept.token !== session.model.token) {
      this.#join(kept);
    } else if (kept.seen > session.seen) {
      session.seen = kept.seen;
      session.changed(session.model);
      this.#lookAfter(kept.seen);
    }
  }

  /** Another page has seen more than has come here: it may be on its way, or this line may be dead. @param {number} seq */
  #lookAfter(seq) {
    const { session } = this;
    session.after(QUIET_MS, () => {
      const { last, held } = session.model;
      if (last < seq) session.connection.send({ type: 'resume', after: Math.max(0, held - 1) });
    });
  }

  /** The model is another one: what of it is to be remembered? @param {Model} was */
  keep(was) {
    const { model, remembered, storage } = this.session;
    if (!remembered) return;
    if (model.token && was.token !== model.token) return this.#renamed(was);
    if (was.pending !== model.pending) memory.writeDeeds(storage, sendable(model));
    if (was.token !== model.token || was.who !== model.who || erasing(was) !== erasing(model)) this.#remember();
  }

  /** @param {import('./protocol.js').ServerFrame} frame the model knows a welcome already */
  frame(frame) {
    const { session } = this;
    if (frame.type === 'welcome') {
      this.missed = []; // The new line tells it all again.
      const { model } = session;
      // Erased elsewhere, while this page was away.
      if (frame.erased && model.items.length > 0) this.#forget({ ...forgotten(model), pending: model.pending });
      else this.#welcomed();
      return;
    }
    const count = this.missed.push(frame);
    // Ten thousand events must not be ten thousand changes that everybody is told of.
    const more = session.model.caughtUp - /** @type {any} */ (frame).seq >= TOGETHER;
    if (!more || count >= TOGETHER) this.#take();
    else if (count < 2) session.after(TOGETHER, () => this.#take());
  }

  /** What has been heard becomes known. */
  #take() {
    const { session, missed } = this;
    const frame = missed.at(-1);
    if (!frame) return;
    const was = session.model;
    const next = receivedAll(was, missed, session.outside.now());
    this.missed = [];
    if (frame.type === 'erased') return this.#forget(next);
    session.become(next);
    if (erasing(was) && !erasing(next)) this.#sendAll();
    if (frame.type === 'error' && frame.code === 'slow_down' && frame.cid) this.#resendLater(frame);
    this.#askOn();
  }

  /** The server has given another token. Where there was one, the visitor of this browser is not known any more and as good
   * as new: the chat was erased, perhaps in another page while this one was away. @param {Model} was */
  #renamed(was) {
    const { session } = this;
    const { model, storage } = session;
    const kept = storage.read();
    const others = kept && kept.token !== was.token && !session.back; // There one has begun meanwhile.
    if (others && this.#join(kept)) return;
    const asked = kept ? kept.erase : this.written;
    if (asked && !erasing(model)) return this.#forget(forgotten(model), was.token);
    session.remembered = !others && (model.caughtUp > 0 || model.pending.length > 0);
    if (session.remembered) this.#store();
    else if (was.last && !others) memory.forget(storage);
    // Else nothing was ever heard by that name: another page may just be beginning under it.
  }

  /** The conversation of another page is this one's too; but a link leads elsewhere, and an erasure is of the chat it was
   * asked for. @param {import('./storage.js').Memory} kept @returns whether it is so */
  #join(kept) {
    const { session } = this;
    const was = session.model;
    if (session.back || erasing(was)) return false;
    this.missed = [];
    // What is told of another conversation is not of this one; what waits to be sent is still the visitor's to send.
    const mine = session.remembered ? { ...forgotten(was), pending: was.pending } : was;
    session.remembered = this.written = true;
    session.seen = kept.seen;
    session.model = { ...mine, token: kept.token };
    session.changed(was);
    session.renew();
    return true;
  }

  /** The first deed of this browser: if two pages do theirs at once, the second joins the first one's conversation. */
  #begin() {
    const { session } = this;
    const { storage } = session;
    this.beginning = true;
    memory.writeDeeds(storage, sendable(session.model)); // This page may go before it is its turn.
    this.alone(storage.key, () => {
      this.beginning = false;
      const kept = storage.read();
      if (!session.remembered && kept) this.#join(kept);
      session.remembered = true;
      this.#store();
      this.#sendAll();
    });
  }

  /** What is done after an erasure was asked for is of the next conversation: it waits. @param {Deed} deed */
  #send(deed) {
    const { model, connection } = this.session;
    if (deed.type === 'erase' || !erasing(model)) connection.send(wired(deed));
  }

  /** What is not acknowledged, under the same ids: it is stored once. */
  #sendAll() {
    const { model } = this.session;
    if (!this.beginning) for (const deed of erasing(model) ? [/** @type {any} */ (erasing(model)).deed] : sendable(model)) this.#send(deed);
  }

  /** Nothing of the chat is left in this browser; the next word begins another one, as another visitor.
   * @param {Model} [rest] what stays @param {string} [token] by which the chat was known */
  #forget(rest = forgotten(this.session.model), token = this.session.model.token) {
    const { session } = this;
    const { storage } = session;
    this.missed = [];
    this.written = false;
    const kept = storage.read();
    const others = kept && kept.token !== token ? kept : null; // Another page has begun anew.
    if (others) memory.writeDeeds(storage, []);
    else memory.forget(storage);
    session.remembered = rest.pending.length > 0;
    session.become(rest);
    if (!others || !this.#join(others)) session.renew();
  }

  /** Whatever the server has not acknowledged is sent again, under the same ids: it is stored once. */
  #welcomed() {
    const { session } = this;
    this.askedAfter = -1;
    if (session.back) {
      // The link has led here: from now on this browser is that visitor.
      session.back = '';
      session.remembered = true;
      this.#remember();
    }
    this.#sendAll();
    this.#askOn();
  }

  /** The next page of missed events, when this one is complete; and, after a moment of silence, what
   * did not come although something later did: once for each such place. */
  #askOn() {
    const { session } = this;
    const reached = lastMissed(session.model);
    if (reached < session.model.caughtUp && reached - session.pageFrom >= PAGE) this.#ask(reached);
    session.outside.clearTimeout(this.quietTimer);
    session.timers.delete(this.quietTimer);
    this.quietTimer = session.after(QUIET_MS, () => {
      const { held, last, caughtUp, who } = session.model;
      if (held >= Math.max(last, caughtUp) || this.askedAfter === held) return;
      this.askedAfter = held;
      this.#ask(held, who !== 'closed');
    });
  }

  /** @param {number} after @param {boolean} [answered] there is something to send; of a conversation that is over, nothing is */
  #ask(after, answered = true) {
    this.session.pageFrom = after;
    this.session.connection.send({ type: 'resume', after }, answered);
  }

  /** @param {import('./protocol.js').ErrorFrame} frame */
  #resendLater({ cid, retry_ms = 1000 }) {
    const { session } = this;
    session.after(Math.min(retry_ms, SLOWEST_MS), () => {
      const one = sendable(session.model).find((deed) => deed.cid === cid);
      if (one) session.connection.send(wired(one));
    });
  }

  /** A chat with people must not die unnoticed, nor a line that died between a word and its acknowledgement or its answer:
   * asking for the last event again always gets a reply. */
  #look() {
    const { session } = this;
    session.after(LOOK_EVERY_MS, () => {
      const { who, held, items } = session.model;
      const last = items.at(-1);
      const question = { type: 'resume', after: Math.max(0, held - 1) };
      const answerIsDue = who === 'bot' && last?.from === 'visitor' && session.outside.now() < last.at + SLOWEST_MS;
      if (sendable(session.model).length > 0 || answerIsDue) session.connection.send(question);
      else if (held > 0 && withPeople(who)) session.connection.probe(question);
      this.#look();
    });
  }

  /** @param {Deed} deed */
  resend(deed) {
    this.session.connect();
    this.#send(deed);
  }

  #store() {
    const { remembered, storage, model } = this.session;
    if (!remembered) return;
    memory.writeDeeds(storage, sendable(model));
    this.#remember();
  }

  #remember() {
    const { model, remembered, storage, seen } = this.session;
    const { token, who } = model;
    if (!remembered || !token) return;
    const kept = storage.read();
    // Another page may have asked for an erasure: until it is done or refused there, it stays asked for.
    const others = kept?.token === token && !model.pending.some(({ deed }) => deed.cid === kept.erase) && kept.erase;
    const erase = erasing(model)?.deed.cid || others;
    // A page that finds `live` connects by itself: so that a person is not missed, and an erasure is done.
    memory.write(storage, { token, seen, live: Boolean(erase) || withPeople(who), ...(erase && { erase }) });
    this.written = storage.read() !== null;
  }
}

/** @param {string} who */
const withPeople = (who) => who === 'waiting' || who === 'agent';

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
