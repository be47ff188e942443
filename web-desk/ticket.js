// What a ticket's state means for this agent. Pure.

/** @import {Ticket} from './protocol.js' */

/** This agent serves it. @param {Ticket|undefined|null} ticket */
export const ticketOwn = (ticket) => Boolean(ticket && ticket.mine && ticket.state === 'claimed');

/** Somebody has made it their own. @param {Ticket} ticket */
const owned = (ticket) => Boolean(ticket.owner || ticket.owner_id || ticket.mine);

/** It stands in the queue, be it for a chat or for a call. @param {Ticket} ticket */
export const ticketQueued = (ticket) => ['waiting', 'offered'].includes(ticket.state)
  || (ticket.state === 'callback' && !owned(ticket));

/** A message, or a call that somebody has promised to make: work that nobody waits for in a chat. */
/** @param {Ticket|null} ticket */
export const ticketTask = (ticket) => ticket !== null
  && (ticket.state === 'message' || (ticket.state === 'callback' && owned(ticket)));

/** Whose turn it is to be made somebody's: a message or a callback. @param {Ticket|null} ticket */
export const ticketOwnable = (ticket) => ticket?.state === 'message' || ticket?.state === 'callback';

/** A colleague serves it. @param {Ticket} ticket */
export const ticketOthers = (ticket) => ticket.state === 'claimed' && !ticket.mine;

/** It should have been answered by now. @param {Ticket} ticket @param {number} now */
export const ticketOverdue = (ticket, now) => Boolean(ticket.due && ticket.due <= now);

/** This agent may close it: an own chat, or a message that is not a colleague's. @param {Ticket|null} ticket */
export const ticketClosable = (ticket) => ticketOwn(ticket)
  || Boolean(ticket && ticketTask(ticket) && (ticket.mine || !owned(ticket)));

/**
 * Why it comes to a person: who left an address or a number did not only ask for one.
 * @param {Ticket} ticket
 */
export function ticketWhy({ why, state, contact }) {
  if (why !== 'asked' || !contact) return why;
  return state === 'message' ? 'message' : 'callback';
}
