// What the widget knows of its conversation, as a value: the server's frames and the visitor's deeds
// go in, a new value comes out. No page, no socket, no storage, no clock: `now` is passed in.
//
// Here is what the first view needs of it: the server's welcome, and that the visitor does something. What a
// conversation is made of comes with its first frames (course.js).
//
// Events are kept by `seq`: one that comes twice changes nothing, one that comes early finds its
// place. `held` is the highest seq up to which nothing is missing: what to resume after. Deeds wait
// in `pending` under their client id until they are acknowledged, and keep that id when sent again.
// A conversation that begins after a closed one counts its events from 1 again: `epoch` tells them
// apart, and what was said before stays on the page.

/** @typedef {import('./protocol.js').ServerFrame} ServerFrame */
/** @typedef {import('./protocol.js').Deed} Deed */
/** @typedef {import('./protocol.js').Who} Who */

/**
 * @typedef {object} Item An event of the conversation.
 * @property {string} key
 * @property {number} epoch
 * @property {number} seq
 * @property {number} at milliseconds since 1970
 * @property {'message' | 'state'} kind
 * @property {import('./protocol.js').From} from
 * @property {import('./protocol.js').Block[]} blocks
 * @property {import('./protocol.js').Option[]} options
 * @property {string} mood
 * @property {string} voice the id by which it is heard, '' = none
 * @property {string} track how the mouth moves, '' = by its letters
 * @property {{id: string, title: string} | null} entry
 * @property {boolean} fallback
 * @property {string} name of the agent
 * @property {string} cid
 * @property {string} picked
 * @property {string} form
 * @property {import('./protocol.js').Input | null} input what may be shown for the answer
 * @property {Who | ''} who for a state
 * @property {0 | 1 | -1} rated
 * @property {boolean} local made from an acknowledgement; the server's own event replaces it
 * @property {boolean} replayed it was there before this page asked for it
 */

/**
 * @typedef {object} Pending
 * @property {Deed} deed
 * @property {number} at
 * @property {'sending' | 'failed'} status
 * @property {string} code why it failed
 * @property {string} reason the server's words for it
 */

/**
 * @typedef {object} Model
 * @property {number} epoch
 * @property {Item[]} items in order
 * @property {number} held
 * @property {number} last the highest seq seen
 * @property {number} caughtUp events up to this seq were missed ones: they do not change the state
 * @property {Pending[]} pending in order
 * @property {Who} who
 * @property {string} agent
 * @property {string} picture of the agent, an address at the server; '' = none
 * @property {boolean} parted a person has just left, and nothing has been said since
 * @property {number} judged the epoch whose help was judged, or was not to be; -1 = none
 * @property {number} ticket
 * @property {{position: number, low: number, high: number, open: boolean, beyond: boolean, online: boolean} | null} place
 * @property {string} token
 * @property {import('./protocol.js').Site | null} site
 * @property {Notice[]} notices that hold now
 * @property {number} awaited until when the assistant's answer is looked for; 0 = it came, or nothing was said
 * @property {{from: string, until: number} | null} typing
 * @property {{code: string, reason: string} | null} problem an error that belongs to no deed
 */

/** @typedef {{id: number, text: string, until: number}} Notice `until`: milliseconds since 1970 */

const AWAITED_MS = 8000;
const shown = new Set(['say', 'pick']);

/** @returns {Model} */
export const emptyModel = () => ({
  epoch: 0,
  items: [],
  held: 0,
  last: 0,
  caughtUp: 0,
  pending: [],
  who: 'bot',
  agent: '',
  picture: '',
  parted: false,
  judged: -1,
  ticket: 0,
  place: null,
  token: '',
  site: null,
  notices: [],
  awaited: 0,
  typing: null,
  problem: null,
});

/** The words a deed shows on the page; '' when it shows none. @param {Deed} deed */
export const deedText = (deed) => (shown.has(deed.type) ? (deed.type === 'pick' ? deed.title : deed.text) || '' : '');

/** What a deed shows on the page: its words and its files; [] when it shows nothing.
 * @param {Deed} deed @returns {import('./protocol.js').Block[]} */
export function deedBlocks(deed) {
  const text = deedText(deed);
  /** @type {import('./protocol.js').Block[]} */
  const words = text ? [{ type: 'paragraph', children: [{ type: 'text', text }] }] : [];
  return [...words, ...(deed.shows ?? [])];
}

/** A conversation was begun. @param {Model} model */
export const begun = (model) => model.last > 0 || model.items.length > 0 || model.pending.length > 0;

/** @param {Model} model @param {Deed} deed @param {number} now @returns {Model} */
export function did(model, deed, now) {
  // Who waits for a person gets an answer only when the assistant is sure of it: nothing to look for.
  const speaks = shown.has(deed.type);
  const asks = (speaks || deed.type === 'human') && (model.who === 'bot' || model.who === 'closed');
  return {
    ...model,
    pending: [...model.pending, { deed, at: now, status: 'sending', code: '', reason: '' }],
    awaited: asks ? now + AWAITED_MS : model.awaited,
    problem: null,
    parted: model.parted && !speaks,
  };
}

/** Another visitor, or none: what was there belongs to nobody any more. @param {Model} model @returns {Model} */
export const forgotten = (model) => ({ ...emptyModel(), epoch: model.epoch + 1, site: model.site });

/** The visitor has asked to erase the chat, and it is not yet done. @param {Model} model */
export const erasing = (model) => model.pending.find(({ deed, status }) => deed.type === 'erase' && status === 'sending');

/** The server says who is there, and what this page has missed.
 * @param {Model} model @param {import('./protocol.js').WelcomeFrame} frame @returns {Model} */
export function welcome(model, frame) {
  const seq = count(frame.seq);
  const present = frame.state ?? {};
  const token = typeof frame.token === 'string' && frame.token ? frame.token : model.token;
  let next = model;
  if (model.token && token !== model.token) {
    // The server does not know us any more; what was not yet stored is still the visitor's to send.
    next = { ...forgotten(model), pending: model.pending };
  } else if (seq < model.last || (model.who === 'closed' && present.who !== 'closed')) {
    // It was closed and another one begun while this page was away.
    next = { ...model, epoch: model.epoch + 1, held: 0, last: 0, parted: false };
  }
  return {
    ...next,
    token,
    site: frame.site ?? next.site,
    notices: noticesOf(frame.notices),
    caughtUp: seq,
    who: present.who ?? 'bot',
    agent: present.name ?? '',
    picture: present.picture ?? '',
    ticket: count(present.ticket),
    place: present.who === 'waiting' ? next.place : null,
    typing: null,
    problem: null,
  };
}

/** @param {unknown} list @returns {Notice[]} */
export function noticesOf(list) {
  if (!Array.isArray(list)) return [];
  const good = (/** @type {any} */ one) => one && typeof one.text === 'string' && one.text.trim() && one.until > 0;
  return list.filter(good).map(({ id, text, until }) => ({ id: count(id), text, until }));
}

/** @param {unknown} value a whole number above zero, or 0 */
export const count = (value) => (Number.isSafeInteger(value) && /** @type {number} */ (value) > 0 ? /** @type {number} */ (value) : 0);
