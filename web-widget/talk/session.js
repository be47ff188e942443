// One visitor at one server: model, socket and memory held together. Views look at `model` and
// `link`, are told of every change, and call what the visitor does.
//
// Here is what the first view needs: the line, its welcome, and what the visitor does first. All else (talk.js) is
// fetched as soon as there is a line. Until it has come, the server's frames wait in their order, and what the visitor
// does waits in the model; where it cannot be fetched it is asked for again and again, and nothing is lost meanwhile.
import { chatUrl, Connection } from './connection.js';
import { did, emptyModel, welcome } from './model.js';

/** @typedef {import('./model.js').Model} Model */
/** @typedef {import('./protocol.js').Deed} Deed */
/** @typedef {import('./connection.js').Link} Link */
/** @typedef {import('./talk.js').Talk} Talk */
/** @typedef {{was: Model, model: Model, link: Link}} Change */

/** @typedef {import('./talk.js').Alone} Alone */
/** @typedef {import('./connection.js').Outside & {online: () => boolean,
 *   talk: () => PromiseLike<{Talk: new (session: Session, alone: Alone) => Talk, alone: Alone}>}} Outside
 * `talk`: fetches talk.js, and alone.js */

/** Attempts in vain, from a page that was never connected, after which it is said: some three seconds. */
export const VAIN_ATTEMPTS = 3;
/** What could not be fetched is asked for again after so long. */
export const AGAIN_MS = 3000;
/** The server sends so many missed events at once. */
const PAGE = 200;

export class Session {
  /** Something has come from the server. */
  #reached = false;
  /** The rest of it is being fetched, or is there. */
  #asked = false;
  #ended = false;
  /** @type {import('./protocol.js').ServerFrame[]} What the rest of it has to be told first. */
  #frames = [];

  /**
   * @param {object} given
   * @param {string} given.server with a slash at its end
   * @param {() => string} given.language
   * @param {() => string} given.page where the visitor is, without query or fragment
   * @param {() => string} [given.identity] a token of the site's, for a visitor signed in there; '' = none
   * @param {string} [given.back] the word of a link that leads back into a conversation; '' = none
   * @param {import('./storage.js').Storage} given.storage
   * @param {Outside} given.outside
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
    this.seen = 0;
    this.back = back;
    /** Up to which event this page had asked when the page of events that comes now was sent. */
    this.pageFrom = 0;
    /** @type {Set<(change: Change) => void>} */
    this.listeners = new Set();
    /** @type {Set<any>} */
    this.timers = new Set();
    /** The rest of it, once it is there. @type {Talk | null} */
    this.talk = null;
    const memory = storage.read();
    /** This browser has a conversation, and keeps it. */
    this.remembered = memory !== null;
    if (memory) {
      this.model = { ...this.model, token: memory.token };
      this.seen = memory.seen;
    }
    for (const deed of storage.readDeeds(memory?.erase)) this.model = did(this.model, deed, outside.now());
    this.connection = new Connection({
      url: chatUrl(server),
      outside,
      hello: () => {
        const { token, held, who } = this.model;
        // What comes after a closed conversation is another one: all of it is news. Else the last event comes once more, and
        // shows that it is the same conversation still.
        const after = (this.pageFrom = who === 'closed' ? 0 : held && held - 1);
        // What is '' is not said.
        const known = Object.entries({ token, identity: identity(), back: this.back }).filter(([, value]) => value);
        return { type: 'hello', lang: language(), after, page: page().slice(0, 2000), ...Object.fromEntries(known) };
      },
      onFrame: (frame) => this.#frame(frame),
      onLink: (link) => {
        this.link = link;
        if (link === 'on') [this.#reached, this.unreachable] = [true, false];
        this.changed(this.model);
      },
      onVain: (attempts) => {
        if (this.#reached || this.unreachable || attempts < VAIN_ATTEMPTS || !outside.online()) return;
        this.unreachable = true;
        this.changed(this.model);
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
    this.connection.start();
    this.#fetch();
  }

  end() {
    this.#ended = true;
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
    this.do({ type: 'say', ...(text && { text }), ...sent });
  }

  /** @param {string} option @param {string} title */
  pick(option, title) {
    this.do({ type: 'pick', option, title });
  }

  human() {
    if (!this.model.pending.some((one) => one.deed.type === 'human' && one.status === 'sending')) this.do({ type: 'human' });
  }

  /** What the visitor does (deeds.js has the rest): it waits until the server has it. Gives its client id.
   * @param {Omit<Deed, 'cid'>} what */
  do(what) {
    const deed = { ...what, cid: newCid() };
    const { talk } = this;
    this.become(did(this.model, deed, this.outside.now()));
    this.connect();
    talk?.did(deed);
    return deed.cid;
  }

  /** Another page of this browser has written what it knows: the same conversation is everywhere the same. */
  adopt() {
    if (this.talk) this.talk.adopt();
    else this.#fetch();
  }

  /** @param {import('./protocol.js').ServerFrame} frame */
  #frame(frame) {
    if (frame.type === 'welcome') {
      // A new line tells all that was missed: what still waits of the one before would come twice.
      this.#frames = [];
      this.become(welcome(this.model, frame));
    }
    if (this.talk) this.talk.frame(frame);
    else this.#frames.push(frame);
  }

  /** The rest of it, once. */
  #fetch() {
    if (this.#asked) return;
    this.#asked = true;
    this.outside.talk().then(
      ({ Talk, alone }) => {
        if (this.#ended) return;
        const talk = (this.talk = new Talk(this, alone));
        talk.start(this.#frames);
        this.changed(this.model);
      },
      () => {
        if (this.#ended) return;
        this.#asked = false;
        this.after(AGAIN_MS, () => this.#fetch());
      },
    );
  }

  /** @param {number} ms @param {() => void} work */
  after(ms, work) {
    const timer = this.outside.setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, ms);
    this.timers.add(timer);
    return timer;
  }

  /** @param {Model} next */
  become(next) {
    const was = this.model;
    if (next === was) return;
    this.model = next;
    if (next.epoch !== was.epoch) {
      this.seen = 0;
      this.pageFrom = -PAGE; // Nothing of this conversation has been sent yet.
    }
    this.talk?.keep(was);
    this.changed(was);
  }

  /** @param {Model} was */
  changed(was) {
    for (const listener of [...this.listeners]) listener({ was, model: this.model, link: this.link });
  }
}

/** A client id: 128 bits of chance. `randomUUID` is missing on pages without TLS. */
function newCid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
