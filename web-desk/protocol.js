// The frames between this page and the server, as types: docs/protocol.md says what they mean. No code.
// Everything optional there is optional here; unknown fields are ignored, unknown types too.

/** @typedef {'waiting'|'offered'|'claimed'|'parked'|'callback'|'message'|'closed'} TicketState */
/** @typedef {'asked'|'not_understood'|'none_of_these'|'thumb_down'|'rule'} Why */
/** @typedef {'online'|'no_more'|'away'} Presence */
/** @typedef {'solved'|'answered'|'no_answer'|'spam'} Cause */

/**
 * @typedef {object} Ticket
 * @property {number} ticket its number, as the visitor was told
 * @property {TicketState} state
 * @property {string} department
 * @property {string} department_name
 * @property {string} lang
 * @property {number} seq place in the queue: lower = earlier
 * @property {number} [position]
 * @property {number} since ms since 1970
 * @property {string} question
 * @property {Why} why
 * @property {{id: string, title: string, confidence: number}[]} tried
 * @property {string} [corrected]
 * @property {string} [page]
 * @property {string} [owner]
 * @property {boolean} mine
 * @property {boolean} visitor_online
 * @property {string} [contact]
 * @property {string} [name]
 * @property {string} [text]
 * @property {number} last_seq last event of its conversation
 */

/** @typedef {{name: string, presence: Presence, chats: number, capacity: number}} Agent */

/**
 * @typedef {object} Block
 * @property {string} type
 * @property {string} [text]
 * @property {number} [level]
 * @property {string} [href]
 * @property {string} [src]
 * @property {string} [title]
 * @property {string} [alt]
 * @property {boolean} [ordered]
 * @property {Block[]} [children]
 */

/**
 * @typedef {object} MessageFrame
 * @property {'message'} type
 * @property {number} ticket
 * @property {number} seq
 * @property {number} at
 * @property {'visitor'|'bot'|'agent'|'system'} from
 * @property {Block[]} blocks
 * @property {{id: string, title: string, href?: string}[]} [options]
 * @property {{id: string, title: string}} [entry]
 * @property {boolean} [fallback]
 * @property {string} [name]
 * @property {string} [cid]
 * @property {string} [picked]
 * @property {number} [confidence]
 * @property {string} [source]
 * @property {number} [edition]
 * @property {boolean} [more]
 */

/**
 * @typedef {object} StateFrame
 * @property {'state'} type
 * @property {number} ticket
 * @property {number} seq
 * @property {'bot'|'waiting'|'agent'|'closed'} who
 * @property {string} [name]
 * @property {boolean} [more]
 */

/**
 * @typedef {object} WelcomeFrame
 * @property {'welcome'} type
 * @property {string} user
 * @property {string} role
 * @property {Presence} presence
 * @property {number} capacity
 * @property {{name: string, assistant: string, lang: string}} site
 */

/** @typedef {{type: 'queue', tickets: Ticket[], agents: Agent[]}} QueueFrame */
/** @typedef {{type: 'ticket', ticket: Ticket}} TicketFrame */
/** @typedef {{type: 'agents', agents: Agent[]}} AgentsFrame */
/** @typedef {{type: 'offer', ticket: number, seconds: number}} OfferFrame */
/** @typedef {{type: 'typing', ticket: number, from: string}} TypingFrame */
/** @typedef {{type: 'ack', cid: string, seq: number}} AckFrame */
/**
 * @typedef {{type: 'error', code: string, message?: string, cid?: string, ticket?: number, retry_ms?: number}}
 *   ErrorFrame
 */

/**
 * @typedef {WelcomeFrame|QueueFrame|TicketFrame|AgentsFrame|OfferFrame|MessageFrame|StateFrame|TypingFrame
 *   |AckFrame|ErrorFrame} ServerFrame
 */

/**
 * @typedef {{type: 'hello', lang: string}
 *   | {type: 'presence', state: Presence}
 *   | {type: 'next'}
 *   | {type: 'accept', ticket: number}
 *   | {type: 'decline', ticket: number}
 *   | {type: 'open', ticket: number, after: number}
 *   | {type: 'say', cid: string, ticket: number, text: string}
 *   | {type: 'typing', ticket: number}
 *   | {type: 'back', cid: string, ticket: number, note?: string}
 *   | {type: 'close', cid: string, ticket: number, cause: Cause}} ClientFrame
 */

export {};
