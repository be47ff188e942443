// What the page shows of the model: the lists in their order, counts, and a talk as lines. Pure.

import { ticketOthers, ticketOwn, ticketQueued, ticketTask } from './ticket.js';
import { talkUnread } from './talk.js';

/** @import {Model} from './model.js' */
/** @import {Department, MessageFrame, StateFrame, Ticket} from './protocol.js' */
/** @import {Pending, Talk} from './talk.js' */

/** @param {Ticket} a @param {Ticket} b */
const bySeq = (a, b) => a.seq - b.seq;
/** @param {Ticket} a @param {Ticket} b */
const bySince = (a, b) => a.since - b.since || a.ticket - b.ticket;

/** One's own first, then what is due first, then what has waited longest. @param {Ticket} a @param {Ticket} b */
const byDue = (a, b) => Number(b.mine) - Number(a.mine) || (a.due || Infinity) - (b.due || Infinity) || bySince(a, b);

/**
 * The lists of the left column, each in its order: the queue by place, messages and callbacks by what is due. One's
 * own chats are there whatever department is chosen.
 * @param {Model} model
 */
export function listsOf(model) {
  const all = [...model.tickets.values()];
  const some = model.filter ? all.filter((t) => t.department === model.filter) : all;
  const asked = (/** @type {Ticket} */ t) => Number(model.invited.has(t.ticket));
  return {
    mine: all.filter(ticketOwn).sort(bySeq),
    waiting: some.filter(ticketQueued).sort(bySeq),
    messages: some.filter(ticketTask).sort(byDue),
    others: some.filter(ticketOthers).sort((a, b) => asked(b) - asked(a) || bySeq(a, b)),
    parked: some.filter((t) => t.state === 'parked').sort(bySeq),
  };
}

/** The departments that the tickets here belong to. @param {Model} model @returns {Department[]} */
export function departmentsOf(model) {
  /** @type {Map<string, Department>} */
  const found = new Map();
  for (const { department: id, department_name: name } of model.tickets.values()) found.set(id, { id, name: name || id });
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Where a chat may go: the departments that the server named, else those seen here, without the chat's own.
 * @param {Model} model
 * @param {Ticket} ticket
 */
export function departmentsFor(model, ticket) {
  const known = model.departments.length > 0 ? model.departments : departmentsOf(model);
  return known.filter((d) => d.id !== ticket.department);
}

/**
 * The ticket `step` places after the selected one in the order of the lists; the ends hold.
 * @param {Model} model
 * @param {number} step
 * @param {boolean} [ownOnly]
 * @returns {number|null}
 */
export function neighbour(model, step, ownOnly = false) {
  const { mine, waiting, messages, others, parked } = listsOf(model);
  const order = ownOnly ? mine : [...mine, ...waiting, ...messages, ...others, ...parked];
  if (order.length === 0) return model.selected;
  const at = order.findIndex((t) => t.ticket === model.selected);
  const to = at < 0 ? (step > 0 ? 0 : order.length - 1) : Math.min(Math.max(at + step, 0), order.length - 1);
  return order[to].ticket;
}

/** The ticket shown in the middle, even when it has left the lists. @param {Model} model @returns {Ticket|null} */
export function selectedTicket(model) {
  if (model.selected === null) return null;
  return model.tickets.get(model.selected) ?? (model.ended?.ticket === model.selected ? model.ended : null);
}

/** @param {Model} model @param {number} ticket */
export function unreadOf(model, ticket) {
  const talk = model.talks.get(ticket);
  return talk && ticketOwn(model.tickets.get(ticket)) ? talkUnread(talk) : 0;
}

/**
 * The last message of a talk that a person wrote.
 * @param {Model} model
 * @param {number} ticket
 * @returns {MessageFrame|undefined}
 */
export function lastOf(model, ticket) {
  const events = model.talks.get(ticket)?.events ?? [];
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i];
    if (event.type === 'message' && (event.from === 'visitor' || event.from === 'agent')) return event;
  }
  return undefined;
}

/** The seq of the visitor's last message, 0 = none. @param {Model} model @param {number} ticket */
export function lastSeqOf(model, ticket) {
  const events = model.talks.get(ticket)?.events ?? [];
  return events.reduce((last, e) => (e.type === 'message' && e.from === 'visitor' ? e.seq : last), 0);
}

/** What waits for this very agent: unread messages and what is offered. @param {Model} model */
export function badgeOf(model) {
  let count = model.offers.length + model.transfers.length;
  for (const ticket of model.tickets.keys()) count += unreadOf(model, ticket);
  return count;
}

/** Whether anything written here would be lost with the page. @param {Model} model */
export function unsaved(model) {
  return model.leaving.size > 0 || model.posts.size > 0
    || [...model.talks.values()].some((t) => t.pending.length > 0);
}

/**
 * @typedef {{kind: 'day', key: string, at: number}
 *   | {kind: 'message', key: string, event: MessageFrame, first: boolean}
 *   | {kind: 'state', key: string, event: StateFrame}
 *   | {kind: 'mark', key: string, why: 'missed'|'unread'}
 *   | {kind: 'pending', key: string, pending: Pending, first: boolean}} Line
 */

/** Messages of one person within so many ms stand together. */
const TOGETHER_MS = 3 * 60 * 1000;

/** @param {number} at */
function dayOf(at) {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

/**
 * The first event behind the mark that somebody else made: there the agent begins to read.
 * @param {Talk} talk
 */
function markedOf({ mark, events }) {
  if (!mark) return undefined;
  return events.find((e) => e.seq > mark.after && e.type === 'message' && e.from !== 'agent' && e.from !== 'system');
}

/**
 * The talk as lines: a separator where a day begins, a change of state unless the server says it in words beside it,
 * then what is not acknowledged yet.
 * @param {Talk} talk
 * @returns {Line[]}
 */
export function linesOf(talk) {
  /** @type {Line[]} */
  const lines = [];
  let day = '';
  let from = '';
  let at = 0;
  /** @param {import('./talk.js').TalkEvent|undefined} event */
  const isSystem = (event) => event?.type === 'message' && event.from === 'system';
  const first = markedOf(talk);
  talk.events.forEach((event, i) => {
    if (event === first) {
      from = '';
      lines.push({ kind: 'mark', key: 'mark', why: /** @type {NonNullable<Talk['mark']>} */ (talk.mark).why });
    }
    if (event.type === 'state') {
      from = '';
      if (isSystem(talk.events[i - 1]) || isSystem(talk.events[i + 1])) return;
      lines.push({ kind: 'state', key: `s${event.seq}`, event });
      return;
    }
    if (dayOf(event.at) !== day) {
      day = dayOf(event.at);
      from = '';
      lines.push({ kind: 'day', key: `d${event.seq}`, at: event.at });
    }
    const who = `${event.from} ${event.name ?? ''}`;
    const begins = who !== from || event.at - at > TOGETHER_MS;
    [from, at] = [who, event.at];
    lines.push({ kind: 'message', key: `m${event.seq}`, event, first: begins });
  });
  talk.pending.forEach((pending, i) => {
    lines.push({ kind: 'pending', key: `p${pending.cid}`, pending, first: i === 0 && !from.startsWith('agent') });
  });
  return lines;
}
