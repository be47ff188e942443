// What the agent does to the model: presence, taking, writing, handing back, closing. Pure, as model.js says.
// What carries a `cid` is kept until it is acknowledged; everything else is for now or never.

import {
  modelAskForAll, modelForget, modelLook, modelMap, modelSeen, modelSend, modelTalk, modelWithTalk,
} from './model.js';
import { ticketOwn } from './ticket.js';
import { sayFrame, talkMarked, talkPending, talkSay, talkUnread } from './talk.js';

/** @import {Cause, ClientFrame, Presence} from './protocol.js' */
/** @import {Model, Step} from './model.js' */

/** A request for a ticket that nobody answered may be repeated after so many ms. */
const TAKING_MS = 8000;

/** @param {Model} model @param {Presence} state @returns {Step} */
export function agentPresence(model, state) {
  const effects = model.link === 'open' ? [modelSend({ type: 'presence', state })] : [];
  return [{ ...model, presence: state, chosen: state }, effects];
}

/** Takes the next. Nothing happens without a connection. @param {Model} model @param {number} now @returns {Step} */
export function agentNext(model, now) {
  if (model.link !== 'open' || model.takingUntil > now) return [model, []];
  return [{ ...model, takingUntil: now + TAKING_MS }, [modelSend({ type: 'next' })]];
}

/** Answers the first visitor who is offered. @param {Model} model @param {boolean} yes @param {number} now @returns {Step} */
export function agentAnswerOffer(model, yes, now) {
  const [first, ...offers] = model.offers;
  if (!first || model.link !== 'open') return [model, []];
  const { ticket } = first;
  const takingUntil = yes ? now + TAKING_MS : model.takingUntil;
  return [{ ...model, offers, takingUntil }, [modelSend({ type: yes ? 'accept' : 'decline', ticket })]];
}

/** @param {Model} model @param {number|null} ticket @param {number} now @returns {Step} */
export function agentSelect(model, ticket, now) {
  if (ticket === model.selected) return [model, []];
  const left = model.ended ? modelForget(model, model.ended.ticket) : model;
  const known = ticket !== null && model.tickets.has(ticket) ? ticket : null;
  const marked = known === null ? left : modelMarked(left, known);
  return modelLook(modelAskForAll([modelSeen({ ...marked, ended: null, selected: known }), []], now));
}

/** Marks where the unread messages of a chat begin. @param {Model} model @param {number} ticket @returns {Model} */
function modelMarked(model, ticket) {
  const talk = model.talks.get(ticket);
  if (!talk || !ticketOwn(model.tickets.get(ticket)) || talkUnread(talk) === 0) return model;
  return modelWithTalk(model, ticket, talkMarked(talk, talk.read, 'unread'));
}

/**
 * @param {Model} model
 * @param {boolean} visible in front and with the agent's keyboard
 * @param {boolean} shown on a screen at all
 * @returns {Step}
 */
export function agentVisible(model, visible, shown = visible) {
  const back = visible && !model.visible && model.selected !== null ? modelMarked(model, model.selected) : model;
  return modelLook([modelSeen({ ...back, visible, shown }), []]);
}

/** @param {Model} model @param {string} filter @returns {Model} */
export const agentFilter = (model, filter) => ({ ...model, filter });

/** What was missed is read. @param {Model} model @returns {Model} */
export const agentRead = (model) => ({ ...model, missed: [] });

/**
 * @param {Model} model
 * @param {number} ticket
 * @param {string} text
 * @param {string} cid
 * @param {number} now
 * @param {import('./protocol.js').Block[]} [files] blocks of those that go with it
 * @returns {Step}
 */
export function agentSay(model, ticket, text, cid, now, files) {
  const said = modelWithTalk(model, ticket, talkSay(modelTalk(model, ticket), cid, text, now, files));
  return [said, model.link === 'open' ? [modelSend(sayFrame(ticket, { cid, text, files }))] : []];
}

/**
 * The same words under the same cid: stored once, however often.
 * @param {Model} model
 * @param {number} ticket
 * @param {string} cid
 * @param {number} now
 * @returns {Step}
 */
export function agentRetry(model, ticket, cid, now) {
  const talk = modelTalk(model, ticket);
  const said = talk.pending.find((p) => p.cid === cid && p.state === 'failed');
  if (!said) return [model, []];
  const again = talkPending(talk, cid, (p) => ({ ...p, state: 'sending', code: undefined, sentAt: now }));
  const effects = model.link === 'open' ? [modelSend(sayFrame(ticket, said))] : [];
  return [modelWithTalk(model, ticket, again), effects];
}

/** @param {Model} model @param {number} ticket @param {string} cid @returns {Model} */
export function agentDiscard(model, ticket, cid) {
  return modelWithTalk(model, ticket, talkPending(modelTalk(model, ticket), cid, () => null));
}

/**
 * @param {Model} model
 * @param {ClientFrame & {type: 'back'|'close', cid: string, ticket: number}} frame
 * @param {number} now
 * @returns {Step}
 */
function leave(model, frame, now) {
  if ([...model.leaving.values()].some((l) => l.frame.ticket === frame.ticket)) return [model, []];
  const leaving = modelMap(model.leaving, frame.cid, { frame, sentAt: now });
  return [{ ...model, leaving }, model.link === 'open' ? [modelSend(frame)] : []];
}

/**
 * @param {Model} model
 * @param {number} ticket
 * @param {string} note
 * @param {string} cid
 * @param {number} now
 * @returns {Step}
 */
export function agentBack(model, ticket, note, cid, now) {
  return leave(model, note ? { type: 'back', cid, ticket, note } : { type: 'back', cid, ticket }, now);
}

/**
 * @param {Model} model
 * @param {number} ticket
 * @param {Cause} cause
 * @param {string} cid
 * @param {number} now
 * @returns {Step}
 */
export function agentClose(model, ticket, cause, cid, now) {
  return leave(model, { type: 'close', cid, ticket, cause }, now);
}

/**
 * By somebody who has seen how the ticket stands: also one whose answer could not be delivered.
 * @param {Model} model
 * @param {number} ticket
 * @param {Cause} cause
 * @param {string} cid
 * @param {number} now
 * @returns {Step}
 */
export function agentCloseSeen(model, ticket, cause, cid, now) {
  const undelivered = model.tickets.get(ticket)?.undelivered;
  return leave(model, { type: 'close', cid, ticket, cause, ...(undelivered && { undelivered }) }, now);
}

/** @param {Model} model @param {number} id @returns {Model} */
export function agentDismiss(model, id) {
  return { ...model, notices: model.notices.filter((n) => n.id !== id) };
}
