// The desk's state, and what happens to it with time. What the server's frames do to it stands in receive.js, what
// the agent does in agent.js.
//
// All three are pure: each function takes a model and gives back a model or a step, [model, effects], where the
// effects are what the caller is to do (send a frame, alert the agent, begin the connection anew). No DOM, no socket,
// no clock, no words.

import { ticketOwn } from './ticket.js';
import { talkAsked, talkLacks, talkNew, talkOffline, talkSeen } from './talk.js';

/** @import {Agent, ClientFrame, Department, NoteFrame, Presence, Ticket} from './protocol.js' */
/** @import {Talk} from './talk.js' */

/** @typedef {'waiting'|'message'|'offer'|'visitor'|'transfer'|'invited'} AlertKind */
/**
 * @typedef {{kind: 'send', frame: ClientFrame}
 *   | {kind: 'alert', what: AlertKind, ticket: number, text: string}
 *   | {kind: 'restart'}} Effect
 */

/**
 * Something to tell the agent: `word` is a key of i18n.js, `code` an error's code, `text` the server's own words.
 * @typedef {{id: number, tone: 'good'|'bad', word: string, ticket?: number, code?: string, text?: string,
 *   name?: string, until: number}} Notice
 */

/** @typedef {{frame: ClientFrame & {cid: string, ticket: number}, sentAt: number}} Leaving */
/** @typedef {ClientFrame & {type: 'note'|'tags'|'transfer'|'reply', cid: string, ticket: number}} PostFrame */
/** @typedef {{frame: PostFrame, at: number, sentAt: number, state: 'sending'|'failed', code?: string,
 *   closes?: boolean}} Post `closes`: the ticket is answered with it, and closed once it is acknowledged */
/** @typedef {{ticket: number, name: string, text: string, seconds: number, until: number}} Transfer */
/** @typedef {{names: string[], typing: string[], typingUntil: number}} Lookers */
/** @typedef {{ticket: number, cause: string, name: string}} Missed */

/**
 * @typedef {object} Model
 * @property {'connecting'|'open'|'lost'} link
 * @property {number} lostAt when the connection was lost (link `lost`)
 * @property {boolean} welcomed whether it ever was open
 * @property {string} user
 * @property {string} role
 * @property {number} capacity chats at once; 0 = not known
 * @property {{name: string, assistant: string, lang: string, files?: import('./files.js').FileRules, mail?: boolean}} site
 * @property {Presence} presence
 * @property {Presence|null} chosen what the agent chose on this page, said again after a reconnection
 * @property {Map<number, Ticket>} tickets
 * @property {Agent[]} agents
 * @property {Map<number, Talk>} talks
 * @property {Map<string, Leaving>} leaving hand-backs and closings under way, by cid
 * @property {Map<string, Post>} posts notes, tags, transfers and replies under way or refused, by cid
 * @property {Department[]} departments where a chat may go
 * @property {string} filter the department whose tickets are listed, '' = all
 * @property {Map<number, NoteFrame[]>} notes by ticket, oldest first
 * @property {Map<number, Lookers>} lookers colleagues who look at a ticket
 * @property {Transfer[]} transfers chats that colleagues want to give to this agent
 * @property {Map<number, string>} invited tickets that a colleague asked to look at, with the colleague's name
 * @property {Missed[]} missed what became of own chats meanwhile, until put away
 * @property {number} event the highest step of a ticket that this page has seen
 * @property {number} looking the ticket that colleagues were told is on this screen, 0 = none
 * @property {number|null} selected
 * @property {Ticket|null} ended the selected ticket when it is no longer in the lists
 * @property {boolean} visible the agent looks at the page
 * @property {boolean} shown the page is on a screen, in front or not
 * @property {{ticket: number, until: number, seconds: number}[]} offers visitors offered to this agent, in the order of the queue
 * @property {number} takingUntil a request for a ticket is under way: the next claimed one is shown
 * @property {Notice[]} notices
 * @property {number} noticed how many notices there have been
 */

/** @typedef {[Model, Effect[]]} Step */

const NOTICE_MS = { good: 5000, bad: 9000 };
const NOTICES = 3;
/** A connection that acknowledges nothing for so long is taken for dead. */
const SILENCE_MS = 10000;

/** @returns {Model} */
export function modelNew() {
  return {
    link: 'connecting', lostAt: 0, welcomed: false,
    user: '', role: '', capacity: 0, site: { name: '', assistant: '', lang: '' },
    presence: 'away', chosen: null,
    tickets: new Map(), agents: [], talks: new Map(), leaving: new Map(),
    posts: new Map(), departments: [], filter: '', notes: new Map(), lookers: new Map(), transfers: [],
    invited: new Map(), missed: [], event: 0, looking: 0,
    selected: null, ended: null, visible: true, shown: true, offers: [], takingUntil: 0, notices: [], noticed: 0,
  };
}

/** @param {ClientFrame} frame @returns {Effect} */
export const modelSend = (frame) => ({ kind: 'send', frame });

/**
 * @template K, V
 * @param {Map<K, V>} map
 * @param {K} key
 * @param {V|undefined} value undefined = without it
 */
export function modelMap(map, key, value) {
  const copy = new Map(map);
  if (value === undefined) copy.delete(key);
  else copy.set(key, value);
  return copy;
}

/** @param {Model} model @param {number} ticket @returns {Talk} */
export const modelTalk = (model, ticket) => model.talks.get(ticket) ?? talkNew();

/** @param {Model} model @param {number} ticket @param {Talk} talk @returns {Model} */
export const modelWithTalk = (model, ticket, talk) => ({ ...model, talks: modelMap(model.talks, ticket, talk) });

/**
 * @param {Model} model
 * @param {number} now
 * @param {Omit<Notice, 'id'|'until'>} notice
 * @returns {Model}
 */
export function modelNotice(model, now, notice) {
  const id = model.noticed + 1;
  const notices = [...model.notices, { ...notice, id, until: now + NOTICE_MS[notice.tone] }].slice(-NOTICES);
  return { ...model, noticed: id, notices };
}

/** Whoever takes nothing is away, whatever the word. @param {string} word @returns {Presence} */
export const modelPresenceOf = (word) => (word === 'online' || word === 'no_more' ? word : 'away');

/**
 * Asks for the events of a ticket from where we stand.
 * @param {Step} step
 * @param {number} ticket
 * @param {number} now
 * @returns {Step}
 */
export function modelAsk([model, effects], ticket, now) {
  const talk = talkAsked(modelTalk(model, ticket), now);
  return [modelWithTalk(model, ticket, talk), [...effects, modelSend({ type: 'open', ticket, after: talk.seq })]];
}

/**
 * Opens what is not open yet on this connection and what the page needs: own chats and the one looked at.
 * @param {Step} step
 * @param {number} now
 * @returns {Step}
 */
export function modelAskForAll(step, now) {
  const [model] = step;
  if (model.link !== 'open') return step;
  const wanted = [...model.tickets.values()].filter((t) => ticketOwn(t) || t.ticket === model.selected);
  return wanted
    .filter((t) => !modelTalk(model, t.ticket).opened)
    .reduce((before, t) => modelAsk(before, t.ticket, now), step);
}

/**
 * The present talk is seen when the page is.
 * @param {Model} model
 * @returns {Model}
 */
export function modelSeen(model) {
  if (model.selected === null || !model.visible) return model;
  const talk = model.talks.get(model.selected);
  const after = talk && talkSeen(talk);
  return after && after !== talk ? modelWithTalk(model, model.selected, after) : model;
}

/**
 * Tells colleagues which ticket is on this screen, when that has changed.
 * @param {Step} step
 * @returns {Step}
 */
export function modelLook([model, effects]) {
  const ticket = model.shown && model.selected !== null && model.tickets.has(model.selected) ? model.selected : 0;
  if (model.link !== 'open' || ticket === model.looking) return [model, effects];
  return [{ ...model, looking: ticket }, [...effects, modelSend({ type: 'look', ticket })]];
}

/** Nothing of a ticket is kept. @param {Model} model @param {number} number @returns {Model} */
export const modelForget = (model, number) => ({
  ...model,
  talks: modelMap(model.talks, number, undefined),
  notes: modelMap(model.notes, number, undefined),
  lookers: modelMap(model.lookers, number, undefined),
  invited: modelMap(model.invited, number, undefined),
});

/** It has left the lists and is still shown, words and all. @param {Model} model @param {number} number */
export const modelEnded = (model, number) => model.ended?.ticket === number && !model.ended.erased;

/** @param {Model} model */
export function modelFirstOwn(model) {
  const own = [...model.tickets.values()].filter(ticketOwn).sort((a, b) => a.seq - b.seq);
  return own[0]?.ticket ?? null;
}

/**
 * The connection was lost.
 * @param {Model} model
 * @param {number} now
 * @returns {Model}
 */
export function modelLost(model, now) {
  const talks = new Map([...model.talks].map(([ticket, talk]) => [ticket, talkOffline(talk)]));
  const lostAt = model.link === 'lost' ? model.lostAt : now;
  return {
    ...model, link: 'lost', lostAt, talks, offers: [], takingUntil: 0, lookers: new Map(), transfers: [], looking: 0,
  };
}

/**
 * Time went by: ends what has run out, asks for what is missing, doubts a silent connection.
 * @param {Model} model
 * @param {number} now
 * @returns {Step}
 */
export function modelTick(model, now) {
  let next = model;
  if (next.notices.some((n) => n.until <= now)) next = { ...next, notices: next.notices.filter((n) => n.until > now) };
  if (next.offers.some((o) => o.until <= now)) next = { ...next, offers: next.offers.filter((o) => o.until > now) };
  if (next.takingUntil && next.takingUntil <= now) next = { ...next, takingUntil: 0 };
  if (next.transfers.some((t) => t.until <= now)) {
    next = { ...next, transfers: next.transfers.filter((t) => t.until > now) };
  }
  for (const [ticket, one] of next.lookers) {
    if (!one.typingUntil || one.typingUntil > now) continue;
    next = { ...next, lookers: modelMap(next.lookers, ticket, { ...one, typing: [], typingUntil: 0 }) };
  }
  for (const [ticket, talk] of next.talks) {
    if (talk.typingUntil && talk.typingUntil <= now) next = modelWithTalk(next, ticket, { ...talk, typingUntil: 0 });
  }
  if (next.link !== 'open') return [next, []];
  const stuck = (/** @type {number} */ sentAt) => now - sentAt >= SILENCE_MS;
  const silent = [...next.leaving.values()].some((l) => stuck(l.sentAt))
    || [...next.posts.values()].some((p) => p.state === 'sending' && stuck(p.sentAt))
    || [...next.talks.values()].some((t) => t.pending.some((p) => p.state === 'sending' && stuck(p.sentAt)));
  if (silent) return [next, [{ kind: 'restart' }]];
  /** @type {Step} */
  let step = [next, []];
  for (const ticket of next.tickets.values()) {
    const talk = next.talks.get(ticket.ticket);
    if (talk && talkLacks(talk, ticket.last_seq, now)) step = modelAsk(step, ticket.ticket, now);
  }
  return step;
}
