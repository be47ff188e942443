// One conversation as the desk sees it: stored events in order, and what was written here and is not acknowledged.
//
// Events are kept by `seq`, which is gapless from 1: whatever comes twice is kept once, what is missing shows as
// a gap and is asked for again. Every function returns a new talk; none changes the one it is given. No DOM, no clock.

/** @import {MessageFrame, StateFrame} from './protocol.js' */

/** @typedef {MessageFrame|StateFrame} TalkEvent */

/**
 * Something written here that the server has not acknowledged. `sentAt` is when it was last handed to a connection.
 * @typedef {{cid: string, text: string, at: number, sentAt: number, state: 'sending'|'failed', code?: string, files?: import('./protocol.js').Block[]}} Pending
 */

/**
 * @typedef {object} Talk
 * @property {TalkEvent[]} events by seq, ascending
 * @property {number} seq the last event before the first gap
 * @property {Pending[]} pending in the order they were written
 * @property {number} read the last event the agent has seen
 * @property {number} typingUntil the visitor is typing, until this time
 * @property {boolean} opened asked for on the present connection
 * @property {boolean} caught everything of before has come: what comes now is new
 * @property {{after: number, at: number, tries: number}} asked the last request for events
 * @property {{after: number, why: 'missed'|'unread'}|null} mark where the agent should begin to read
 */

/** The server sends at most so many missed events at once. */
const PAGE = 200;
/** A gap is asked for again after so many ms, so many times. */
const ASK_AGAIN_MS = 3000;
const ASK_TRIES = 4;
const TYPING_MS = 5000;

/** @returns {Talk} */
export function talkNew() {
  return {
    events: [], seq: 0, pending: [], read: 0, typingUntil: 0, opened: false, caught: false,
    asked: { after: 0, at: 0, tries: 0 }, mark: null,
  };
}

/**
 * Where `seq` stands or belongs.
 * @param {TalkEvent[]} events
 * @param {number} seq
 */
function placeOf(events, seq) {
  let i = events.length;
  while (i > 0 && events[i - 1].seq >= seq) i--;
  return i;
}

/**
 * The last seq that follows `seq` without a gap.
 * @param {TalkEvent[]} events
 * @param {number} seq
 */
function runFrom(events, seq) {
  let last = seq;
  for (let i = placeOf(events, seq + 1); i < events.length && events[i].seq === last + 1; i++) last++;
  return last;
}

/**
 * @param {Talk} talk
 * @param {TalkEvent} event
 * @returns {Talk}
 */
export function talkEvent(talk, event) {
  const i = placeOf(talk.events, event.seq);
  const events = talk.events.slice();
  events.splice(i, events[i]?.seq === event.seq ? 1 : 0, event);
  const own = event.type === 'message' ? event.cid : undefined;
  const visitor = event.type === 'message' && event.from === 'visitor';
  return {
    ...talk,
    events,
    seq: runFrom(events, talk.seq),
    pending: own ? talk.pending.filter((p) => p.cid !== own) : talk.pending,
    typingUntil: visitor ? 0 : talk.typingUntil,
  };
}

/**
 * @param {Talk} talk
 * @param {number} now
 * @returns {Talk}
 */
export function talkTyping(talk, now) {
  return { ...talk, typingUntil: now + TYPING_MS };
}

/**
 * @param {Talk} talk
 * @param {string} cid
 * @param {string} text
 * @param {number} now
 * @param {import('./protocol.js').Block[]} [files] blocks of those that go with it
 * @returns {Talk}
 */
export function talkSay(talk, cid, text, now, files) {
  // Whoever answers has read; while the connection is lost nobody can have.
  const mark = talk.opened ? null : talk.mark;
  return { ...talk, mark, pending: [...talk.pending, { cid, text, at: now, sentAt: now, state: 'sending', ...(files?.length && { files }) }] };
}

/** What the server is told of it. @param {number} ticket @param {Pick<Pending, 'cid'|'text'|'files'>} said
 * @returns {import('./protocol.js').ClientFrame} */
export const sayFrame = (ticket, { cid, text, files }) =>
  ({ type: 'say', cid, ticket, ...(text && { text }), ...(files?.length && { files: files.map(({ id }) => String(id)) }) });

/**
 * @param {Talk} talk
 * @param {number} after the last event that is known
 * @param {'missed'|'unread'} why
 * @returns {Talk}
 */
export const talkMarked = (talk, after, why) => ({ ...talk, mark: { after, why } });

/**
 * What was written becomes an event; if the server also sends it, that one takes its place.
 * @param {Talk} talk
 * @param {number} ticket
 * @param {string} cid
 * @param {number} seq
 * @returns {Talk}
 */
export function talkAck(talk, ticket, cid, seq) {
  const said = talk.pending.find((p) => p.cid === cid);
  if (!said) return talk;
  const rest = { ...talk, pending: talk.pending.filter((p) => p !== said) };
  if (rest.events.some((e) => e.seq === seq)) return rest;
  const words = said.text ? [{ type: 'paragraph', children: [{ type: 'text', text: said.text }] }] : [];
  const blocks = [...words, ...(said.files ?? [])];
  return talkEvent(rest, { type: 'message', ticket, seq, at: said.at, from: 'agent', blocks, cid });
}

/**
 * @param {Talk} talk
 * @param {string} cid
 * @param {(pending: Pending) => Pending | null} change null = forget it
 * @returns {Talk}
 */
export function talkPending(talk, cid, change) {
  const pending = talk.pending.map((p) => (p.cid === cid ? change(p) : p));
  return { ...talk, pending: /** @type {Pending[]} */ (pending.filter(Boolean)) };
}

/**
 * A request for what follows `seq` was made.
 * @param {Talk} talk
 * @param {number} now
 * @returns {Talk}
 */
export function talkAsked(talk, now) {
  const tries = talk.opened && talk.asked.after === talk.seq ? talk.asked.tries + 1 : 1;
  return { ...talk, opened: true, asked: { after: talk.seq, at: now, tries } };
}

/**
 * Missed events are on their way: patience begins anew with each.
 * @param {Talk} talk
 * @param {number} now
 * @returns {Talk}
 */
export function talkFed(talk, now) {
  return { ...talk, asked: { ...talk.asked, at: now } };
}

/**
 * The connection is gone: everything open must be asked for again, and what comes then was missed.
 * @param {Talk} talk
 * @returns {Talk}
 */
export function talkOffline(talk) {
  const mark = talk.opened && talk.seq > 0 ? /** @type {const} */ ({ after: talk.seq, why: 'missed' }) : talk.mark;
  return { ...talk, opened: false, caught: false, typingUntil: 0, mark };
}

/**
 * Everything up to `last` is there: what comes from now on is news.
 * @param {Talk} talk
 * @param {number} last
 * @returns {Talk}
 */
export function talkCaught(talk, last) {
  return !talk.caught && talk.opened && talk.seq >= last ? { ...talk, caught: true } : talk;
}

/**
 * Whether to ask for more events now: a full page came, or something has been missing for a while.
 * @param {Talk} talk
 * @param {number} last the last event there is
 * @param {number} now
 */
export function talkLacks(talk, last, now) {
  const end = Math.max(last, talk.events.at(-1)?.seq ?? 0);
  if (!talk.opened || talk.seq >= end) return false;
  if (talk.seq - talk.asked.after >= PAGE) return true;
  const tries = talk.asked.after === talk.seq ? talk.asked.tries : 0;
  return tries < ASK_TRIES && now - talk.asked.at >= ASK_AGAIN_MS;
}

/**
 * Messages of the visitor that nobody here has seen or answered. What was said before a person joined is history.
 * @param {Talk} talk
 */
export function talkUnread(talk) {
  let count = 0;
  for (let i = talk.events.length - 1; i >= 0; i--) {
    const event = talk.events[i];
    if (event.seq <= talk.read) break;
    if (event.type === 'state' ? event.who === 'agent' : event.from === 'agent') break;
    if (event.type === 'message' && event.from === 'visitor') count++;
  }
  return count;
}

/**
 * @param {Talk} talk
 * @returns {Talk}
 */
export function talkSeen(talk) {
  const last = talk.events.at(-1)?.seq ?? 0;
  return last > talk.read ? { ...talk, read: last } : talk;
}
