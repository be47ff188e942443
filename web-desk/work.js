// What the server says about work around the chats: notes, transfers, invitations, who looks, what was missed.
// Rows of receive.js. Pure, as model.js says.

import { agentClose } from './agent.js';
import { modelEnded, modelForget, modelLook, modelMap, modelNotice, modelSend } from './model.js';
import { ticketOwn } from './ticket.js';

/**
 * @import {
 *   ErasedFrame, ErrorFrame, InvitedFrame, LookersFrame, MissedFrame, NoteFrame, Ticket, TransferOfferFrame, TransferredFrame,
 * } from './protocol.js'
 */
/** @import {Model, Post, Step} from './model.js' */

/** Somebody types until they are said to have stopped, at most so long. */
const TYPING_MS = 8000;
/** So much may have been missed, newest last. */
const MISSED = 20;

/** @param {Model} model @param {string} cid @returns {Model} */
const without = (model, cid) => ({ ...model, posts: modelMap(model.posts, cid, undefined) });

/** Notes are kept once and in order. @param {Model} model @param {NoteFrame} frame @returns {Step} */
export function workNote(model, frame) {
  const next = frame.cid === undefined ? model : without(model, frame.cid);
  if (!next.tickets.has(frame.ticket) && !modelEnded(next, frame.ticket)) return [next, []];
  const others = (next.notes.get(frame.ticket) ?? []).filter((n) => n.id !== frame.id);
  const notes = [...others, frame].sort((a, b) => a.id - b.id);
  return [{ ...next, notes: modelMap(next.notes, frame.ticket, notes) }, []];
}

/** @param {Model} model @param {TransferOfferFrame} frame @param {number} now @returns {Step} */
export function workTransferOffer(model, { ticket, name, text = '', seconds }, now) {
  const others = model.transfers.filter((t) => t.ticket !== ticket);
  const transfers = [...others, { ticket, name, text, seconds, until: now + seconds * 1000 }];
  const question = text || (model.tickets.get(ticket)?.question ?? '');
  return [{ ...model, transfers }, [{ kind: 'alert', what: 'transfer', ticket, text: question }]];
}

/** What became of a chat that this agent wanted to give. */
/** @param {Model} model @param {TransferredFrame} frame @param {number} now @returns {Step} */
export function workTransferred(model, { ticket, name, value }, now) {
  const told = value > 0 ? /** @type {const} */ ({ tone: 'good', word: 'transfer_accepted' })
    : /** @type {const} */ ({ tone: 'bad', word: 'transfer_declined' });
  return [modelNotice(model, now, { ...told, ticket, name }), []];
}

/** @param {Model} model @param {InvitedFrame} frame @param {number} now @returns {Step} */
export function workInvited(model, { ticket, name }, now) {
  const next = modelNotice(model, now, { tone: 'good', word: 'invited_by', ticket, name });
  const text = model.tickets.get(ticket)?.question ?? '';
  return [{ ...next, invited: modelMap(next.invited, ticket, name) }, [{ kind: 'alert', what: 'invited', ticket, text }]];
}

/** @param {Model} model @param {LookersFrame} frame @param {number} now @returns {Step} */
export function workLookers(model, { ticket, names, typing }, now) {
  const others = (/** @type {string[]|undefined} */ list) => (list ?? []).filter((name) => name !== model.user);
  const one = { names: others(names), typing: others(typing), typingUntil: 0 };
  if (one.typing.length > 0) one.typingUntil = now + TYPING_MS;
  const nobody = one.names.length + one.typing.length === 0;
  return [{ ...model, lookers: modelMap(model.lookers, ticket, nobody ? undefined : one) }, []];
}

/** @param {Model} model @param {MissedFrame} frame @param {number} now @returns {Step} */
export function workMissed(model, { ticket, cause, name = '' }, now) {
  const missed = [...model.missed.filter((m) => m.ticket !== ticket), { ticket, cause, name }].slice(-MISSED);
  // The line says it better than a notice would.
  const notices = model.notices.filter((n) => n.ticket !== ticket || n.word !== 'no_longer_yours');
  const [next, effects] = cause === 'erased' ? workErased(model, { type: 'erased', ticket }, now) : [model, []];
  return [{ ...next, missed, notices }, effects];
}

/** What is left to show of a ticket whose words are gone. @param {Ticket} ticket @returns {Ticket} */
const bare = ({ ticket, department, department_name, lang, seq, since, why, owner, visitor_online }) => ({
  ticket, department, department_name, lang, seq, since, why, owner, visitor_online,
  state: 'closed', mine: false, question: '', tried: [], last_seq: 0, erased: true,
});

/** The visitor has had the chat erased: this page keeps nothing of it either. */
/** @param {Model} model @param {ErasedFrame} frame @param {number} now @returns {Step} */
export function workErased(model, { ticket }, now) {
  const before = model.tickets.get(ticket) ?? (model.ended?.ticket === ticket ? model.ended : undefined);
  const others = (/** @type {{ticket: number}} */ one) => one.ticket !== ticket;
  /** @template {{frame: {ticket: number}}} T @param {Map<string, T>} map */
  const ofOthers = (map) => new Map([...map].filter(([, one]) => others(one.frame)));
  const rest = {
    ...modelForget(model, ticket),
    tickets: modelMap(model.tickets, ticket, undefined),
    leaving: ofOthers(model.leaving),
    posts: ofOthers(model.posts),
    offers: model.offers.filter(others),
    transfers: model.transfers.filter(others),
  };
  if (before && model.selected === ticket) return modelLook([{ ...rest, ended: bare(before) }, []]);
  const told = ticketOwn(before) ? modelNotice(rest, now, { tone: 'good', word: 'visitor_erased', ticket }) : rest;
  return modelLook([told, []]);
}

/** A transfer ends when its ticket is no longer on offer. */
/** @param {Model} model @param {Ticket|undefined} after @param {number} ticket @returns {Model} */
export function workTransferMoved(model, after, ticket) {
  if (after?.state === 'claimed' && !ticketOwn(after)) return model;
  if (!model.transfers.some((t) => t.ticket === ticket)) return model;
  return { ...model, transfers: model.transfers.filter((t) => t.ticket !== ticket) };
}

/**
 * An own chat went where this agent sent it: nothing to complain of.
 * @param {Model} model
 * @param {Ticket} before
 * @param {Ticket} after
 * @returns {Model|null} null = it was taken away
 */
export function workGiven(model, before, after) {
  if (before.transfer && after.owner === before.transfer.name) return model;
  const posted = [...model.posts.values()].some((p) => p.frame.type === 'transfer' && p.frame.ticket === after.ticket);
  const told = model.notices.some((n) => n.ticket === after.ticket && n.word === 'transfer_moved');
  const missed = model.missed.some((m) => m.ticket === after.ticket);
  return posted || told || missed || after.department !== before.department ? model : null;
}

/**
 * After a reconnection: what was not acknowledged is said again, under its own cid.
 * @param {Model} model
 * @param {number} now
 * @returns {Step}
 */
export function workAgain(model, now) {
  const posts = new Map([...model.posts].map(([cid, post]) => (
    /** @type {[string, Post]} */ ([cid, post.state === 'failed' ? post : { ...post, sentAt: now }]))));
  const under = [...posts.values()].filter((p) => p.state === 'sending');
  return [{ ...model, posts }, under.map((p) => modelSend(p.frame))];
}

/** @param {Model} model @param {string} cid @param {number} now @returns {Step} */
export function workPosted(model, cid, now) {
  const { frame, closes } = /** @type {Post} */ (model.posts.get(cid));
  const next = without(model, cid);
  const tell = (/** @type {string} */ word, name = '') => (
    modelNotice(next, now, { tone: 'good', word, ticket: frame.ticket, name }));
  if (frame.type === 'reply') {
    const told = tell('reply_sent');
    return closes ? agentClose(told, frame.ticket, 'answered', `${cid}-close`, now) : [told, []];
  }
  if (frame.type !== 'transfer') return [next, []];
  const to = frame.user === undefined
    ? next.departments.find((d) => d.id === frame.department)?.name ?? frame.department
    : next.agents.find((a) => a.id === frame.user)?.name;
  return [tell(frame.user === undefined ? 'transfer_moved' : 'transfer_asked', to ?? ''), []];
}

/** Words stay, with their reason; the rest is told. */
/** @param {Model} model @param {ErrorFrame} error @param {number} now @returns {Step} */
export function workRefused(model, { cid = '', code, message: text }, now) {
  const post = /** @type {Post} */ (model.posts.get(cid));
  const kept = post.frame.type === 'note' || post.frame.type === 'reply';
  if (kept) return [{ ...model, posts: modelMap(model.posts, cid, { ...post, state: 'failed', code }) }, []];
  return [modelNotice(without(model, cid), now, { tone: 'bad', word: 'error', code, text, ticket: post.frame.ticket }), []];
}
