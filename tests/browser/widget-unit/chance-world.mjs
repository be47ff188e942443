// A browser of several pages, a network that fails and a server, played by chance on a clock of their own.
import { Session } from '../../../web-widget/talk/session.js';
import { Storage } from '../../../web-widget/talk/storage.js';
import { Talk } from '../../../web-widget/talk/talk.js';

const BEGIN_MS = 1_000_000;
/** The server sends so many missed events at once. */
const PAGE = 200;

/** The same numbers for the same seed: Marsaglia's xorshift of 32 bits. @param {number} seed */
function chance(seed) {
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return state / 2 ** 32;
  };
  for (let warm = 0; warm < 8; warm += 1) next();
  const below = (n) => Math.floor(next() * n);
  return { next, below, once: (n) => below(n) === 0, one: (list) => list[below(list.length)] };
}

/** What happens later, in its order. */
class Clock {
  now = BEGIN_MS;
  /** @type {Set<{at: number, work: () => void}>} */
  due = new Set();

  after(ms, work) {
    const one = { at: this.now + ms, work };
    this.due.add(one);
    return one;
  }

  pass(ms) {
    const end = this.now + ms;
    for (;;) {
      let first = null;
      for (const one of this.due) if (one.at <= end && (!first || one.at < first.at)) first = one;
      if (!first) break;
      this.due.delete(first);
      this.now = first.at;
      first.work();
    }
    this.now = end;
  }
}

/**
 * @typedef {object} Visitor
 * @property {any[]} events of the open conversation; [] = there is none
 * @property {number} chat its number, 0 = there is none
 * @property {string} who the visitor speaks with
 * @property {Map<string, {chat: number, seq: number}>} cids of what was done, and where it stands
 */

/** The server as docs/protocol.md has it: a visitor exists from the first deed on, erased or not, and each deed is done once.
 * A token that is not known in the store holds as long as a line has it. */
class Server {
  /** @type {Map<string, Visitor>} */
  visitors = new Map();
  /** @type {Set<{token: string, send: (frame: object) => void}>} */
  lines = new Set();
  /** All that was ever said here, also what was erased. @type {string[]} */
  heardWords = [];
  #tokens = 0;
  #chats = 0;
  #at = 0;
  #said = 0;

  /** @param {Clock} clock */
  constructor(clock) {
    this.clock = clock;
  }

  heard(line, frame) {
    const known = this.visitors.get(line.token);
    if (frame.type === 'hello') this.#hello(line, frame);
    else if (frame.type === 'resume') this.#tell(line, frame.after);
    else if (frame.type === 'erase') this.#erase(line, frame);
    else if (frame.type === 'say' || frame.type === 'human' || frame.type === 'bye') {
      const visitor = known ?? { events: [], chat: 0, who: 'bot', cids: new Map() };
      this.visitors.set(line.token, visitor);
      const again = visitor.cids.has(frame.cid);
      if (!again) this[frame.type](line, visitor, frame);
      const { chat, seq } = visitor.cids.get(frame.cid);
      line.send({ type: 'ack', cid: frame.cid, seq: again && chat !== visitor.chat ? 0 : seq });
    }
  }

  #hello(line, { token, after = 0 }) {
    const known = this.visitors.has(token) || [...this.lines].some((other) => other !== line && other.token === token);
    line.token = known ? token : this.#newToken();
    const { events = [], who = 'bot' } = this.visitors.get(token) ?? {};
    const erased = this.visitors.get(line.token)?.cids.size === 0;
    line.send({ type: 'welcome', ...(!known && { token: line.token }), seq: events.length, state: { who }, site: {}, ...(erased && { erased }) });
    this.#tell(line, after);
  }

  #newToken() {
    this.#tokens += 1;
    return `visitor ${this.#tokens}`;
  }

  /** Who has more than there is speaks of another conversation: all of this one is new. */
  #tell(line, after) {
    const events = this.visitors.get(line.token)?.events ?? [];
    for (const event of events.slice(after > events.length ? 0 : after).slice(0, PAGE)) line.send(event);
  }

  /** A person joins, leaves or says something. @param {string} who @param {string} token */
  person(who, token) {
    const visitor = this.visitors.get(token);
    if (!visitor?.chat) return;
    if (visitor.who !== who) this.#state({ token }, visitor, who);
    else if (who === 'agent') this.#append({ token }, visitor, { type: 'message', from: 'agent', blocks: [{ type: 'text', text: `agent's ${(this.#said += 1)}` }] });
  }

  #state(line, visitor, who) {
    visitor.who = who;
    return this.#append(line, visitor, { type: 'state', who });
  }

  #open(visitor) {
    if (!visitor.chat) Object.assign(visitor, { chat: (this.#chats += 1), who: 'bot' });
  }

  #append(line, visitor, event) {
    const seq = visitor.events.length + 1;
    this.#at = Math.max(this.#at + 1, Math.floor(this.clock.now)); // No two at the same moment.
    const whole = { ...event, seq, at: this.#at };
    visitor.events.push(whole);
    for (const other of this.lines) if (other.token === line.token) other.send(whole);
    return seq;
  }

  say(line, visitor, { cid, text }) {
    this.heardWords.push(text);
    this.#open(visitor);
    const message = (from, said) => ({ type: 'message', from, blocks: [{ type: 'text', text: said }] });
    visitor.cids.set(cid, { chat: visitor.chat, seq: this.#append(line, visitor, { ...message('visitor', text), cid }) });
    if (visitor.who === 'bot') this.#append(line, visitor, message('bot', `about ${text}`));
  }

  human(line, visitor, { cid }) {
    this.#open(visitor);
    const seq = visitor.who === 'bot' ? this.#state(line, visitor, 'waiting') : visitor.events.length;
    visitor.cids.set(cid, { chat: visitor.chat, seq });
  }

  bye(line, visitor, { cid }) {
    const seq = visitor.chat ? this.#state(line, visitor, 'closed') : 0;
    visitor.cids.set(cid, { chat: visitor.chat, seq });
    Object.assign(visitor, { events: [], chat: 0, who: 'bot' });
  }

  #erase(line, { cid }) {
    const { token } = line;
    if (this.visitors.has(token)) this.visitors.set(token, { events: [], chat: 0, who: 'bot', cids: new Map() });
    for (const other of this.lines) {
      if (other.token === token) other.send({ type: 'erased', ...(other === line && { cid }) });
    }
  }
}

/** One browser with its pages. */
export class World {
  clock = new Clock();
  server = new Server(this.clock);
  local = new Map();
  /** @type {{session: Session, tab: Map<string, string>}[]} */
  pages = [];
  /** The one that is looked at. @type {any} */
  seen = null;
  /** No line opens. */
  down = false;
  /** How many lines were tried. */
  tried = 0;
  /** @type {string[]} */
  diary = [];
  /** @type {Set<any>} */
  lines = new Set();
  /** Who has the lock, and who waits for it. @type {(() => void)[]} */
  #waiting = [];
  #locked = false;

  /** @param {number} seed */
  constructor(seed) {
    this.random = chance(seed);
  }

  note(...words) {
    this.diary.push(`${this.clock.now - BEGIN_MS}: ${words.join(' ')}`);
  }

  /** A page is loaded, with what its tab has kept. */
  load(tab = new Map()) {
    const world = this;
    const { clock } = world;
    const page = { tab };
    const local = world.#shelf(world.local, (key) => world.#written(page, key));
    page.session = new Session({
      server: 'http://x/',
      language: () => 'it',
      page: () => 'http://x/p',
      storage: new Storage('k', local, world.#shelf(tab)),
      outside: {
        WebSocket: world.#lineClass(),
        setTimeout: (work, ms) => clock.after(ms, work),
        clearTimeout: (timer) => clock.due.delete(timer),
        now: () => clock.now,
        random: world.random.next,
        online: () => true,
        talk: () => ({ then: (done) => void clock.after(world.random.below(100), () => done({ Talk, alone: (_, work) => world.#alone(() => page.gone || work()) })) }),
      },
    });
    world.pages.push(page);
    // Who looks at a page sees what comes; the others are behind it.
    page.session.subscribe(() => world.seen === page && page.session.talk?.see(), new AbortController().signal);
    return page;
  }

  /** The visitor turns to this page. */
  lookAt(page) {
    if (this.seen === page) return;
    this.seen = page;
    page.session.wake();
    page.session.talk?.see();
  }

  /** The page goes, as a closed tab or for the next one in it. */
  leave(page) {
    page.gone = true;
    page.session.end();
    this.pages = this.pages.filter((one) => one !== page);
  }

  #shelf(kept, written = () => {}) {
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem(key, value) {
        kept.set(key, value);
        written(key);
      },
      removeItem(key) {
        if (kept.delete(key)) written(key);
      },
    };
  }

  /** The other pages hear of it, in a moment. */
  #written(page) {
    for (const other of this.pages) {
      if (other !== page) this.clock.after(1 + this.random.below(60), () => other.gone || other.session.adopt());
    }
  }

  #alone(work) {
    if (this.#locked) return void this.#waiting.push(work);
    this.#locked = true;
    this.clock.after(this.random.below(5), () => {
      work();
      this.clock.after(80, () => {
        this.#locked = false;
        const next = this.#waiting.shift();
        if (next) this.#alone(next);
      });
    });
  }

  #lineClass() {
    const world = this;
    const { clock, random, server } = world;
    return class Line {
      readyState = 0;
      /** When the last frame arrives that is under way, there and here: they keep their order. */
      #arrives = [0, 0];
      /** Frames still arrive at the server; at the page. */
      #ways = [true, true];
      end = { token: '', send: (frame) => this.#toPage(frame) };

      constructor() {
        world.tried += 1;
        world.lines.add(this);
        clock.after(1 + random.below(200), () => {
          if (this.readyState !== 0) return;
          if (world.down) return this.cut();
          this.readyState = 1;
          server.lines.add(this.end);
          this.onopen();
        });
      }

      send(text) {
        this.#carry(0, () => server.heard(this.end, JSON.parse(text)));
      }

      close() {
        this.readyState = 3;
        this.#ways[1] = false;
        // What was sent just before may still arrive.
        clock.after(random.once(2) ? 0 : 100, () => this.#over());
      }

      /** Both are told, some time. */
      cut() {
        this.readyState = 3;
        this.#over();
        clock.after(random.below(300), () => this.onclose());
      }

      /** It is dead, and the page is not told. */
      hang() {
        this.#over();
      }

      #over() {
        this.#ways = [false, false];
        server.lines.delete(this.end);
        world.lines.delete(this);
      }

      #toPage(frame) {
        for (let times = random.once(10) ? 2 : 1; times > 0; times -= 1) {
          this.#carry(1, () => this.onmessage({ data: JSON.stringify(frame) }));
        }
      }

      #carry(way, work) {
        this.#arrives[way] = Math.max(this.#arrives[way], clock.now + 1 + random.below(random.once(10) ? 2000 : 50));
        clock.after(this.#arrives[way] - clock.now, () => this.#ways[way] && work());
      }
    };
  }
}
