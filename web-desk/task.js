// What the agent does around the chats: notes, tags, transfers, invitations, messages and callbacks of their own.
// Pure, as model.js says. What carries a `cid` is kept until it is acknowledged.

import { modelMap, modelNotice, modelSend } from './model.js';

/** @import {ClientFrame} from './protocol.js' */
/** @import {Model, PostFrame, Step} from './model.js' */

/** A request for a ticket that nobody answered may be repeated after so many ms. */
const TAKING_MS = 8000;

/**
 * @param {Model} model
 * @param {PostFrame} frame
 * @param {number} now
 * @param {boolean} [closes]
 * @returns {Step}
 */
function post(model, frame, now, closes) {
  const posts = modelMap(model.posts, frame.cid, {
    frame, at: now, sentAt: now, state: /** @type {const} */ ('sending'), ...(closes ? { closes } : {}) });
  return [{ ...model, posts }, model.link === 'open' ? [modelSend(frame)] : []];
}

/** For now or never. @param {Model} model @param {ClientFrame} frame @returns {Step} */
const ask = (model, frame) => [model, model.link === 'open' ? [modelSend(frame)] : []];

/**
 * @param {Model} model
 * @param {number} ticket
 * @param {string} text
 * @param {string} cid
 * @param {number} now
 * @returns {Step}
 */
export const taskNote = (model, ticket, text, cid, now) => post(model, { type: 'note', cid, ticket, text }, now);

/**
 * @param {Model} model
 * @param {number} ticket
 * @param {string[]} tags all of them: they replace what was there
 * @param {string} cid
 * @param {number} now
 * @returns {Step}
 */
export const taskTags = (model, ticket, tags, cid, now) => (
  post(model, { type: 'tags', cid, ticket, text: tags.join(',') }, now));

/**
 * @param {Model} model
 * @param {number} ticket
 * @param {{user: number}|{department: string}} to
 * @param {string} text a note for whoever gets it
 * @param {string} cid
 * @param {number} now
 * @returns {Step}
 */
export function taskTransfer(model, ticket, to, text, cid, now) {
  const under = [...model.posts.values()].some((p) => p.frame.type === 'transfer' && p.frame.ticket === ticket);
  if (under) return [model, []];
  return post(model, { type: 'transfer', cid, ticket, ...to, ...(text ? { text } : {}) }, now);
}

/** Answers the first chat that a colleague offers. */
/** @param {Model} model @param {boolean} yes @param {number} now @returns {Step} */
export function taskAnswer(model, yes, now) {
  const [first, ...transfers] = model.transfers;
  if (!first || model.link !== 'open') return [model, []];
  const takingUntil = yes ? now + TAKING_MS : model.takingUntil;
  const value = yes ? 1 : -1;
  return [{ ...model, transfers, takingUntil }, [modelSend({ type: 'transfer_answer', ticket: first.ticket, value })]];
}

/**
 * @param {Model} model
 * @param {number} ticket
 * @param {number} user
 * @param {number} now
 * @returns {Step}
 */
export function taskInvite(model, ticket, user, now) {
  if (model.link !== 'open') return [model, []];
  const name = model.agents.find((a) => a.id === user)?.name ?? '';
  return ask(modelNotice(model, now, { tone: 'good', word: 'invite_sent', ticket, name }), { type: 'invite', ticket, user });
}

/** A message or callback becomes this agent's, or everybody's again. */
/** @param {Model} model @param {number} ticket @param {boolean} mine @returns {Step} */
export const taskOwn = (model, ticket, mine) => ask(model, { type: 'own', ticket, value: mine ? 1 : -1 });

/** @param {Model} model @param {number} ticket @param {number} at ms, 0 = no more @returns {Step} */
export const taskDue = (model, ticket, at) => ask(model, { type: 'due', ticket, at });

/**
 * @param {Model} model
 * @param {number} ticket
 * @param {string} text
 * @param {boolean} closes whether the message is done with it
 * @param {string} cid
 * @param {number} now
 * @returns {Step}
 */
export const taskReply = (model, ticket, text, closes, cid, now) => (
  post(model, { type: 'reply', cid, ticket, text }, now, closes));

/** The same words under the same cid. @param {Model} model @param {string} cid @param {number} now @returns {Step} */
export function taskRetry(model, cid, now) {
  const failed = model.posts.get(cid);
  if (failed?.state !== 'failed') return [model, []];
  return post(model, failed.frame, now, failed.closes);
}

/** @param {Model} model @param {string} cid @returns {Model} */
export const taskDiscard = (model, cid) => ({ ...model, posts: modelMap(model.posts, cid, undefined) });

/** What the agent wrote of a kind for a ticket that is not acknowledged. */
/** @param {Model} model @param {number} ticket @param {PostFrame['type']} type */
export const taskPosts = (model, ticket, type) => (
  [...model.posts.values()].filter((p) => p.frame.ticket === ticket && p.frame.type === type));
