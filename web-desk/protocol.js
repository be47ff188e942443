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
 * @property {{id: string, title: string, confidence: number, source?: string}[]} tried
 * @property {string} [corrected]
 * @property {string} [page]
 * @property {string} [page_title]
 * @property {string} [owner]
 * @property {boolean} mine
 * @property {boolean} visitor_online
 * @property {string} [contact]
 * @property {string} [name]
 * @property {string} [text]
 * @property {number} last_seq last event of its conversation
 * @property {boolean} [gone] it has only gone out of this agent's sight: nothing else of it is told
 * @property {number} [event] the number of its last step
 * @property {string[]} [tags]
 * @property {number} [notes] how many there are
 * @property {number} [owner_id]
 * @property {number} [due] ms since 1970: when a message or a callback is to be answered
 * @property {{to: number, name: string, until: number}} [transfer] offered to a colleague, until then
 * @property {string[]} [lookers] colleagues who have it on their screen
 * @property {{name: string, value: string}[]} [slots] what the assistant had collected
 * @property {string} [outside] its number in another system
 * @property {number} [undelivered] its last answer could not be delivered: named when it is closed all the same
 * @property {boolean} [erased] set by this page: its visitor has had the chat erased, nothing of it is kept
 */

/**
 * @typedef {{id?: number, name: string, presence: Presence, chats: number, capacity: number, picture?: string}} Agent
 */
/** @typedef {{id: string, name: string}} Department */

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
 * @property {string} [id] of a file
 * @property {string} [name]
 * @property {string} [media]
 * @property {number} [size]
 * @property {number} [width]
 * @property {number} [height]
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
 * @property {{name: string, assistant: string, lang: string, files?: import('./files.js').FileRules, mail?: boolean}} site
 *   `mail`: it can send e-mail
 * @property {number} [event] the newest step of any ticket
 * @property {Department[]} [departments] where a chat may be transferred to
 */

/** @typedef {{type: 'queue', tickets: Ticket[], agents: Agent[]}} QueueFrame */
/** @typedef {{type: 'ticket', ticket: Ticket}} TicketFrame */
/** @typedef {{type: 'agents', agents: Agent[]}} AgentsFrame */
/** @typedef {{type: 'offer', ticket: number, seconds: number}} OfferFrame */
/** @typedef {{type: 'typing', ticket: number, from: string}} TypingFrame */
/** @typedef {{type: 'note', ticket: number, id: number, at: number, name: string, text: string, cid?: string}} NoteFrame */
/** @typedef {{type: 'transfer_offer', ticket: number, name: string, text?: string, seconds: number}} TransferOfferFrame */
/** @typedef {{type: 'transferred', ticket: number, name: string, value: number}} TransferredFrame */
/** @typedef {{type: 'invited', ticket: number, name: string}} InvitedFrame */
/** @typedef {{type: 'lookers', ticket: number, names: string[], typing: string[]}} LookersFrame */
/** @typedef {{type: 'missed', ticket: number, cause: string, name?: string}} MissedFrame */
/** @typedef {{type: 'erased', ticket: number}} ErasedFrame */
/** @typedef {{type: 'ack', cid: string, seq: number}} AckFrame */
/**
 * @typedef {{type: 'error', code: string, message?: string, cid?: string, ticket?: number, retry_ms?: number}}
 *   ErrorFrame
 */

/**
 * @typedef {WelcomeFrame|QueueFrame|TicketFrame|AgentsFrame|OfferFrame|MessageFrame|StateFrame|TypingFrame
 *   |NoteFrame|TransferOfferFrame|TransferredFrame|InvitedFrame|LookersFrame|MissedFrame|ErasedFrame|AckFrame|ErrorFrame} ServerFrame
 */

/**
 * @typedef {{type: 'hello', lang: string, after_event?: number}
 *   | {type: 'presence', state: Presence}
 *   | {type: 'next'}
 *   | {type: 'accept', ticket: number}
 *   | {type: 'decline', ticket: number}
 *   | {type: 'open', ticket: number, after: number}
 *   | {type: 'say', cid: string, ticket: number, text?: string, files?: string[]}
 *   | {type: 'typing', ticket: number}
 *   | {type: 'back', cid: string, ticket: number, note?: string}
 *   | {type: 'close', cid: string, ticket: number, cause: Cause, undelivered?: number}
 *   | {type: 'note', cid: string, ticket: number, text: string}
 *   | {type: 'tags', cid: string, ticket: number, text: string}
 *   | {type: 'transfer', cid: string, ticket: number, user?: number, department?: string, text?: string}
 *   | {type: 'transfer_answer', ticket: number, value: 1|-1}
 *   | {type: 'invite', ticket: number, user: number}
 *   | {type: 'own', ticket: number, value: 1|-1}
 *   | {type: 'due', ticket: number, at: number}
 *   | {type: 'reply', cid: string, ticket: number, text: string}
 *   | {type: 'look', ticket: number}} ClientFrame
 */

export {};
