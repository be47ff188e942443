// Joins the pure model to the world: the session, the connection, sounds and notifications, the clock.
// The view reads `state` and calls the deeds; it is told of every change. One AbortController ends everything.

import * as agent from './agent.js';
import { notifyShow, soundNew } from './alerts.js';
import { connectionOpen } from './connection.js';
import { speaker } from './i18n.js';
import { badgeOf, neighbour, listsOf, unsaved } from './lists.js';
import { modelLost, modelNew, modelTick } from './model.js';
import { cidNew, taskDeeds } from './control-task.js';
import { prefsRead, prefsWrite, seenForget, seenRead, seenWrite } from './prefs.js';
import { receiveFrame } from './receive.js';
import { pushAgain } from './push.js';
import { deskPath, sessionAsk, sessionLogin, sessionLogout, socketUrl } from './session.js';

/** @import {AlertKind, Effect, Model, Step} from './model.js' */
/** @import {Cause, Presence, ServerFrame} from './protocol.js' */
/** @import {Prefs} from './prefs.js' */
/** @import {LoginAnswer} from './session.js' */

/** @typedef {'starting'|'unreachable'|'login'|'setup'|'desk'} Screen */
/** @typedef {{screen: Screen, expired: boolean, name: string, model: Model, prefs: Prefs}} State */
/** @typedef {ReturnType<typeof controllerNew>} Controller */

const TICK_MS = 500;
/** The view is told at most so often: a page of missed events is not two hundred pictures. */
const TELL_MS = 16;
const TYPING_EVERY_MS = 3000;
const START_AGAIN_MS = 3000;

/** Access to the storage itself may be forbidden. @returns {Storage|null} */
function storageOf() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** @param {AbortSignal} signal ends timers, listeners and the connection */
export function controllerNew(signal) {
  const base = deskPath();
  const storage = storageOf();
  const sound = soundNew();
  /** @type {State} */
  let state = {
    screen: 'starting', expired: false, name: '', model: modelNew(), prefs: prefsRead(storage, navigator.languages),
  };
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {ReturnType<typeof connectionOpen>|null} */
  let connection = null;
  let typedAt = 0;
  let toldAt = -TELL_MS;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let telling;
  /** Half-written texts, by ticket and kind: they survive looking at another chat. @type {Map<string, string>} */
  const drafts = new Map();

  /** @param {Partial<State>} change */
  function set(change) {
    const keys = /** @type {(keyof State)[]} */ (Object.keys(change));
    if (keys.every((key) => state[key] === change[key])) return;
    state = { ...state, ...change };
    // Not left to the view: a hidden page draws nothing, and its timers run once a minute.
    titleSay();
    if (telling) return;
    const since = performance.now() - toldAt;
    if (since >= TELL_MS) tell();
    else telling = setTimeout(tell, TELL_MS - since);
  }

  function titleSay() {
    const badge = badgeOf(state.model);
    const name = state.model.site.name || 'Sportello';
    const title = `${badge > 0 ? `(${badge}) ` : ''}${speaker(state.prefs.lang)('app')} · ${name}`;
    if (document.title !== title) document.title = title;
  }

  function tell() {
    telling = undefined;
    for (const listener of listeners) listener();
    toldAt = performance.now();
  }

  /** @param {Step} step */
  function go([next, effects]) {
    if (next.event > state.model.event) seenWrite(storage, next.user, next.event);
    set({ model: next });
    for (const effect of effects) effectDo(effect);
  }

  /** @param {Effect} effect */
  function effectDo(effect) {
    if (effect.kind === 'send') connection?.send(effect.frame);
    else if (effect.kind === 'restart') connection?.restart();
    else alert(effect.what, effect.ticket, effect.text);
  }

  /** @param {AlertKind} what @param {number} ticket @param {string} text */
  function alert(what, ticket, text) {
    const { prefs } = state;
    if (state.model.presence === 'away' && (what === 'waiting' || what === 'message')) return;
    if (prefs.sound) sound.play(what);
    if (!prefs.notify || state.model.visible) return;
    const title = speaker(prefs.lang)(`alert_${what}`, { n: ticket });
    notifyShow(title, text, `sportello-${what}-${ticket}`, () => {
      if (what !== 'waiting' && what !== 'offer') deeds.select(ticket);
    });
  }

  // --- session and connection --------------------------------------------------------------------------------

  async function start() {
    const session = await sessionAsk(base);
    if (signal.aborted) return;
    if (session.state === 'in' && session.setup) return set({ screen: 'setup', name: session.name });
    if (session.state === 'in') return enter(session.name, session.role);
    set({ screen: session.state === 'out' ? 'login' : 'unreachable' });
    if (session.state === 'unreachable') setTimeout(start, START_AGAIN_MS);
  }

  /** @param {string} name @param {string} [role] known before the socket says it */
  function enter(name, role) {
    set({ screen: 'desk', expired: false, name, model: role ? { ...state.model, role } : state.model });
    connection?.end();
    connection = connectionOpen({
      url: socketUrl(base),
      hello,
      allowed: stillIn,
      frame: (/** @type {ServerFrame} */ frame) => {
        if (frame.type === 'welcome') void pushAgain(frame.user, state.prefs.lang);
        go(receiveFrame(state.model, frame, Date.now()));
        if (frame.type === 'erased') draftsForget(frame.ticket);
      },
      lost: () => set({ model: modelLost(state.model, Date.now()) }),
    });
  }

  /** Half-written answers quote what they answer. @param {number} ticket */
  function draftsForget(ticket) {
    for (const key of drafts.keys()) if (key.endsWith(`:${ticket}`)) drafts.delete(key);
  }

  /** The first frame: with it the server tells what became of this agent's chats since. */
  function hello() {
    const event = state.model.event || seenRead(storage, state.name);
    const said = { type: /** @type {const} */ ('hello'), lang: state.prefs.lang };
    return event > 0 ? { ...said, after_event: event } : said;
  }

  /** Whether the session still holds: without it there is no reconnecting, only logging in anew. */
  async function stillIn() {
    const session = await sessionAsk(base);
    const in_ = session.state === 'in' && !session.setup;
    if (in_ || session.state === 'unreachable') return true;
    connection?.end();
    connection = null;
    set(session.state === 'in' ? { screen: 'setup' } : { screen: 'login', expired: true });
    return false;
  }

  const deeds = {
    /** @param {string} name @param {string} password @param {string} [code] @returns {Promise<LoginAnswer>} */
    async login(name, password, code) {
      const answer = await sessionLogin(base, name, password, code);
      if (answer.ok) {
        // Another agent's chats and half-written texts are nobody's business here.
        if (state.model.user && state.model.user !== name) set({ model: modelNew() });
        await start();
      }
      return answer;
    },
    async logout() {
      connection?.end();
      connection = null;
      drafts.clear();
      seenForget(storage);
      await sessionLogout(base);
      set({ screen: 'login', expired: false, model: modelNew() });
    },
    /** What had to be set up first is. */
    begin: () => start(),
    reconnect: () => connection?.hurry(),

    /** @param {Partial<Prefs>} change */
    prefer(change) {
      const prefs = { ...state.prefs, ...change };
      prefsWrite(storage, prefs);
      set({ prefs });
    },
    wake: () => {
      if (state.prefs.sound) sound.wake();
    },
    /** Lets the agent hear what they have just switched on. */
    trySound() {
      sound.wake();
      setTimeout(() => sound.play('waiting'), 60);
    },

    /** @param {Presence} presence */
    presence: (presence) => go(agent.agentPresence(state.model, presence)),
    take: () => go(agent.agentNext(state.model, Date.now())),
    /** @param {boolean} yes */
    answerOffer: (yes) => go(agent.agentAnswerOffer(state.model, yes, Date.now())),
    /** @param {number|null} ticket */
    select: (ticket) => go(agent.agentSelect(state.model, ticket, Date.now())),
    /** @param {string} department '' = all */
    filter: (department) => set({ model: agent.agentFilter(state.model, department) }),
    /** The lines of what was missed are put away. */
    read: () => set({ model: agent.agentRead(state.model) }),
    /** @param {number} step @param {boolean} [ownOnly] */
    move: (step, ownOnly) => deeds.select(neighbour(state.model, step, ownOnly)),
    /** @param {number} place 1 = first */
    selectOwn(place) {
      const ticket = listsOf(state.model).mine[place - 1];
      if (ticket) deeds.select(ticket.ticket);
    },
    /** @param {number} ticket @param {string} text @param {import('./protocol.js').Block[]} [files] */
    say: (ticket, text, files) => go(agent.agentSay(state.model, ticket, text, cidNew(), Date.now(), files)),
    /** @param {number} ticket @param {string} cid */
    retry: (ticket, cid) => go(agent.agentRetry(state.model, ticket, cid, Date.now())),
    /** @param {number} ticket @param {string} cid */
    discard: (ticket, cid) => set({ model: agent.agentDiscard(state.model, ticket, cid) }),
    /** @param {number} ticket @param {string} note */
    back: (ticket, note) => go(agent.agentBack(state.model, ticket, note, cidNew(), Date.now())),
    /** @param {number} ticket @param {Cause} cause */
    close: (ticket, cause) => go(agent.agentCloseSeen(state.model, ticket, cause, cidNew(), Date.now())),
    /** @param {number} id */
    dismiss: (id) => set({ model: agent.agentDismiss(state.model, id) }),
    /** @param {number} ticket */
    typing(ticket) {
      if (Date.now() - typedAt < TYPING_EVERY_MS) return;
      typedAt = Date.now();
      connection?.send({ type: 'typing', ticket });
    },
  };

  // --- the world -----------------------------------------------------------------------------------------------

  const timer = setInterval(() => {
    if (state.screen === 'desk') go(modelTick(state.model, Date.now()));
  }, TICK_MS);
  const look = () => {
    const visible = document.visibilityState === 'visible' && document.hasFocus();
    go(agent.agentVisible(state.model, visible, document.visibilityState === 'visible'));
    if (visible) connection?.hurry();
  };
  document.addEventListener('visibilitychange', look, { signal });
  window.addEventListener('focus', look, { signal });
  window.addEventListener('blur', look, { signal });
  window.addEventListener('online', () => connection?.hurry(), { signal });
  window.addEventListener('offline', () => connection?.restart(), { signal });
  window.addEventListener('beforeunload', (event) => {
    if (unsaved(state.model)) event.preventDefault();
  }, { signal });
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    connection?.end();
    listeners.clear();
  });
  void start();

  return {
    get state() {
      return state;
    },
    /** @param {() => void} listener @returns {() => void} stops it */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    drafts,
    ...deeds,
    ...taskDeeds(() => state.model, go),
  };
}
