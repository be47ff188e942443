// What a visitor may do in a conversation besides saying, choosing and asking for a person (session.js has those): each
// is called by the piece of the panel that offers it.
import { dropped, judged, rated, retried } from './course.js';
import { erasing } from './model.js';

/** @typedef {import('./session.js').Session} Session */

/** Leaves a message for the people, or asks to be called. Gives its client id.
 * @param {Session} session @param {'message' | 'callback'} type
 * @param {{text: string, contact: string, name: string, consent?: string}} fields consent: the text's version */
export const leave = (session, type, { text, contact, name, consent }) =>
  session.do({ type, contact, ...(text && { text }), ...(name && { name }), ...(consent && { consent }) });

/** @param {Session} session @param {number} seq of the answer @param {1 | -1} value */
export function rate(session, seq, value) {
  session.become(rated(session.model, seq, value));
  session.do({ type: 'rate', seq, value });
}

/** How content the visitor is; 0 = would rather not say. @param {Session} session @param {number} value 1 to 5
 * @param {string} text */
export function judge(session, value, text) {
  session.become(judged(session.model));
  if (value > 0) session.do({ type: 'satisfied', value, ...(text && { text }) });
}

/** Ends the conversation. @param {Session} session */
export const bye = (session) => void session.do({ type: 'bye' });

/** Everything of this visitor, at the server and in this browser. @param {Session} session */
export function erase(session) {
  if (!erasing(session.model)) session.do({ type: 'erase' });
}

/** Sends again what failed. @param {Session} session @param {string} cid */
export function retry(session, cid) {
  const one = session.model.pending.find(({ deed }) => deed.cid === cid);
  if (!one) return;
  session.become(retried(session.model, cid));
  session.talk?.resend(one.deed);
}

/** Gives up what failed. @param {Session} session @param {string} cid */
export const drop = (session, cid) => session.become(dropped(session.model, cid));
