// What a ticket's state means for this agent. Pure.

/** @import {Ticket} from './protocol.js' */

/** This agent serves it. @param {Ticket|undefined|null} ticket */
export const ticketOwn = (ticket) => Boolean(ticket && ticket.mine && ticket.state === 'claimed');

/** It stands in the queue, be it for a chat or for a call. @param {Ticket} ticket */
export const ticketQueued = (ticket) => ['waiting', 'offered', 'callback'].includes(ticket.state);

/** This agent may close it: an own chat, or a message, which nobody needs to claim. @param {Ticket|null} ticket */
export const ticketClosable = (ticket) => ticketOwn(ticket) || ticket?.state === 'message';
