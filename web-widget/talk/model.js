// What the widget knows of its conversation, as a value: the server's frames and the visitor's deeds
// go in, a new value comes out. No page, no socket, no storage, no clock: `now` is passed in.
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

const TYPING_MS = 6000;
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
  const asks = (shown.has(deed.type) || deed.type === 'human') && (model.who === 'bot' || model.who === 'closed');
  const awaited = asks ? now + AWAITED_MS : model.awaited;
  const items =
    deed.type === 'rate'
      ? model.items.map((item) =>
          item.epoch === model.epoch && item.seq === deed.seq
            ? { ...item, rated: /** @type {0 | 1 | -1} */ (deed.value ?? 0) }
            : item,
        )
      : model.items;
  const speaks = shown.has(deed.type);
  const pending = [...model.pending, { deed, at: now, status: /** @type {const} */ ('sending'), code: '', reason: '' }];
  return { ...model, items, pending, awaited, problem: null, parted: model.parted && !speaks };
}

/** The help was judged, or is not to be. @param {Model} model @returns {Model} */
export const judged = (model) => ({ ...model, judged: model.epoch, parted: false });

/** A verdict is wanted: the chat is over, or a person has given it back, while this page looked on.
 * @param {Model} model */
export function wantsVerdict({ site, who, parted, judged, epoch }) {
  return Boolean(site?.satisfaction) && judged !== epoch && (parted || who === 'closed');
}

/** A deed that failed is to be sent again. @param {Model} model @param {string} cid @returns {Model} */
export function retried(model, cid) {
  const pending = model.pending.map((one) =>
    one.deed.cid === cid ? { ...one, status: /** @type {const} */ ('sending'), code: '', reason: '' } : one,
  );
  return { ...model, pending };
}

/** A deed that failed is given up. @param {Model} model @param {string} cid @returns {Model} */
export function dropped(model, cid) {
  return { ...model, pending: model.pending.filter((one) => one.deed.cid !== cid) };
}

/** One frame of the server. A frame that makes no sense changes nothing.
 * @param {Model} model @param {ServerFrame} frame @param {number} now @returns {Model} */
export function received(model, frame, now) {
  const rule = Object.hasOwn(receivers, frame.type) ? receivers[frame.type] : null;
  return rule ? rule(model, frame, now) : model;
}

/** Many frames at once: of a long list of events one copy is made, not one for each.
 * @param {Model} model @param {ServerFrame[]} frames @param {number} now @returns {Model} */
export function receivedAll(model, frames, now) {
  if (frames.length > 1) model = { ...model, items: (draft = model.items.slice()) };
  const next = frames.reduce((one, frame) => received(one, frame, now), model);
  draft = null;
  return next;
}
/** The items of a model that nobody has seen yet: they may be changed. @type {Item[] | null} */
let draft = null;

/** Another visitor, or none: what was there belongs to nobody any more. @param {Model} model @returns {Model} */
export const forgotten = (model) => ({ ...emptyModel(), epoch: model.epoch + 1, site: model.site });

/** @type {Record<string, (model: Model, frame: any, now: number) => Model>} */
const receivers = { welcome, ack, message, state, position, typing, notice, error, erased };

/** Nothing is left, here as there; what the visitor did after asking for it is not of that chat.
 * @param {Model} model @returns {Model} */
function erased(model) {
  const asked = model.pending.findIndex(({ deed }) => deed.type === 'erase');
  return { ...forgotten(model), pending: asked < 0 ? [] : model.pending.slice(asked + 1) };
}

/** The visitor has asked to erase the chat, and it is not yet done. @param {Model} model */
export const erasing = (model) => model.pending.find(({ deed, status }) => deed.type === 'erase' && status === 'sending');

/** @param {Model} model @param {import('./protocol.js').WelcomeFrame} frame @returns {Model} */
function welcome(model, frame) {
  const seq = count(frame.seq);
  const present = frame.state ?? {};
  const token = typeof frame.token === 'string' && frame.token ? frame.token : model.token;
  let next = model;
  if (model.token && token !== model.token) {
    // The server does not know us any more; what was not yet stored is still the visitor's to send.
    next = { ...forgotten(model), pending: model.pending };
  } else if (seq < model.held || (model.who === 'closed' && present.who !== 'closed')) {
    next = newEpoch(model); // It was closed and another one begun while this page was away.
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

/** @param {Model} model @param {import('./protocol.js').NoticeFrame} frame @returns {Model} */
function notice(model, frame) {
  return { ...model, notices: noticesOf(frame.notices) };
}

/** @param {unknown} list @returns {Notice[]} */
function noticesOf(list) {
  if (!Array.isArray(list)) return [];
  const good = (/** @type {any} */ one) => one && typeof one.text === 'string' && one.text.trim() && one.until > 0;
  return list.filter(good).map(({ id, text, until }) => ({ id: count(id), text, until }));
}

/** @param {Model} model @returns {Model} */
const newEpoch = (model) => ({
  ...model,
  epoch: model.epoch + 1,
  held: 0,
  last: 0,
  caughtUp: 0,
  place: null,
  ticket: 0,
  agent: '',
  picture: '',
  parted: false,
});

/** @param {Model} model @param {import('./protocol.js').Ack} frame @param {number} now @returns {Model} */
function ack(model, frame, now) {
  const done = model.pending.find((one) => one.deed.cid === frame.cid);
  if (!done) return model;
  let next = { ...model, pending: model.pending.filter((one) => one !== done) };
  const seq = count(frame.seq);
  const blocks = deedBlocks(done.deed);
  if (!blocks.length || !seq) return next;
  if (next.who === 'closed' && seq <= next.held) next = { ...newEpoch(next), who: 'bot' };
  if (find(next, seq)) return next;
  return placed(next, {
    ...blankItem(next.epoch, seq, done.at || now),
    from: 'visitor',
    blocks,
    cid: done.deed.cid,
    picked: done.deed.option ?? '',
    local: true,
  });
}

/** @param {Model} model @param {import('./protocol.js').MessageFrame} frame @param {number} now @returns {Model} */
function message(model, frame, now) {
  let next = frame.ack ? ack(model, frame.ack, now) : model;
  const seq = count(frame.seq);
  if (!seq) return next;
  next = turnedOver(next, seq, frame.at);
  if (frame.cid) next = { ...next, pending: next.pending.filter((one) => one.deed.cid !== frame.cid) };
  const known = find(next, seq);
  if (known && !known.local) return next;
  const answers = frame.from !== 'visitor';
  next = placed(next, {
    ...blankItem(next.epoch, seq, count(frame.at) || now),
    from: frame.from,
    blocks: Array.isArray(frame.blocks) ? frame.blocks : [],
    options: Array.isArray(frame.options) ? frame.options : [],
    mood: frame.mood ?? '',
    track: frame.track ?? '',
    voice: frame.voice ?? '',
    entry: frame.entry ?? null,
    fallback: Boolean(frame.fallback),
    name: frame.name ?? '',
    cid: frame.cid ?? '',
    picked: frame.picked ?? '',
    form: frame.form ? 'message' : '',
    input: typeof frame.input?.type === 'string' ? frame.input : null,
    replayed: seq <= next.caughtUp,
  });
  return answers ? { ...next, awaited: 0, typing: null } : next;
}

/** @param {Model} model @param {import('./protocol.js').StateFrame} frame @param {number} now @returns {Model} */
function state(model, frame, now) {
  let next = frame.ack ? ack(model, frame.ack, now) : model;
  const seq = count(frame.seq);
  if (!seq) return next;
  next = turnedOver(next, seq, frame.at);
  if (find(next, seq)) return next;
  // A state carries no time of its own: in history it stands by what came before it.
  const beside = seq <= next.caughtUp ? next.items.at(-1)?.at : 0;
  next = placed(next, {
    ...blankItem(next.epoch, seq, count(frame.at) || beside || now),
    kind: 'state',
    from: 'system',
    who: frame.who,
    name: frame.name ?? '',
    replayed: seq <= next.caughtUp,
  });
  if (seq <= next.caughtUp) return next; // History: the welcome already told the present.
  return {
    ...next,
    who: frame.who,
    agent: frame.name ?? '',
    picture: frame.picture ?? '',
    parted: model.who === 'agent' && frame.who !== 'agent' && frame.who !== 'waiting',
    ticket: frame.ticket ?? (frame.who === 'bot' ? 0 : next.ticket),
    place: frame.who === 'waiting' ? next.place : null,
    awaited: frame.who === 'bot' ? next.awaited : 0,
    typing: null,
  };
}

/** @param {Model} model @param {import('./protocol.js').PositionFrame} frame @returns {Model} */
function position(model, frame) {
  const place = {
    position: count(frame.position),
    low: typeof frame.wait_low === 'number' ? frame.wait_low : -1,
    high: typeof frame.wait_high === 'number' ? frame.wait_high : -1,
    open: frame.open !== false,
    beyond: frame.beyond === true,
    online: frame.online === undefined || Number(frame.online) > 0,
  };
  return { ...model, place, ticket: count(frame.ticket) || model.ticket };
}

/** @param {Model} model @param {import('./protocol.js').TypingFrame} frame @param {number} now @returns {Model} */
function typing(model, frame, now) {
  return frame.from === 'visitor' ? model : { ...model, typing: { from: frame.from ?? 'bot', until: now + TYPING_MS } };
}

/** @param {Model} model @param {import('./protocol.js').ErrorFrame} frame @returns {Model} */
function error(model, frame) {
  const unknown = frame.code === 'unknown_type';
  // A server that is older than this page: what it has no word for is not done, and nothing waits for it.
  const cid = frame.cid || (unknown && erasing(model)?.deed.cid);
  const reason = frame.message ?? '';
  if (unknown && !cid) return model;
  if (!cid) return { ...model, problem: { code: frame.code, reason } };
  // What was too fast is sent again by itself, later: whoever owns the socket does it.
  if (frame.code === 'slow_down' && frame.retry_ms) return model;
  const failed = model.pending.find((one) => one.deed.cid === cid);
  if (!failed) return model;
  if (failed.deed.type === 'satisfied') {
    const left = model.pending.filter((one) => one !== failed);
    return { ...model, pending: left, judged: -1, problem: { code: frame.code, reason } };
  }
  if (failed.deed.type === 'rate') return { ...unrated(model, failed.deed), problem: { code: frame.code, reason } };
  const pending = model.pending.map((one) =>
    one === failed ? { ...one, status: /** @type {const} */ ('failed'), code: frame.code, reason } : one,
  );
  return { ...model, pending, awaited: 0 };
}

/** @param {Model} model @param {Deed} deed @returns {Model} */
function unrated(model, deed) {
  const items = model.items.map((item) =>
    item.epoch === model.epoch && item.seq === deed.seq ? { ...item, rated: /** @type {const} */ (0) } : item,
  );
  return { ...model, items, pending: model.pending.filter((one) => one.deed !== deed) };
}

/** The model this event belongs to: after a closed conversation, one with a known seq but of another
 * moment begins the next. @param {Model} model @param {number} seq @param {number | undefined} at */
function turnedOver(model, seq, at) {
  if (model.who !== 'closed' || seq > model.held) return model;
  const known = find(model, seq);
  return known && at && known.at !== at && !known.local
    ? { ...newEpoch(model), who: /** @type {Who} */ ('bot') }
    : model;
}

/** An event in its place. Most come at the end: ten thousand of them must not cost ten thousand looks each.
 * @param {Model} model @param {Item} item @returns {Model} */
function placed(model, item) {
  const items = model.items === draft ? draft : model.items.slice();
  const at = placeOf(items, item.epoch, item.seq);
  items.splice(at, items[at]?.key === item.key ? 1 : 0, item);
  let { held } = model;
  if (item.seq === held + 1) for (let next = at; items[next]?.seq === held + 1; next += 1) held += 1;
  return { ...model, items, held, last: Math.max(model.last, item.seq) };
}

/** Where an event is among these, or would be. @param {Item[]} items in order @param {number} epoch @param {number} seq */
function placeOf(items, epoch, seq) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = items[middle];
    if (one.epoch === epoch ? one.seq < seq : one.epoch < epoch) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {Model} model @param {number} seq */
function find({ items, epoch }, seq) {
  const one = items[placeOf(items, epoch, seq)];
  return one?.epoch === epoch && one.seq === seq ? one : undefined;
}

/** What has come since: the items that are new in the list, the ones at its end first found.
 * @param {Item[]} was @param {Item[]} items */
export function fresh(was, items) {
  const grown = items.length - was.length;
  let end = items.length;
  while (grown > 0 && end > grown && items[end - 1] === was[end - 1 - grown]) end -= 1;
  return grown > 0 ? items.slice(end - grown, end) : [];
}

/** @param {unknown} value a whole number above zero, or 0 */
const count = (value) => (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0);

/** @param {number} epoch @param {number} seq @param {number} at @returns {Item} */
const blankItem = (epoch, seq, at) => ({
  key: `${epoch}:${seq}`,
  epoch,
  seq,
  at,
  kind: 'message',
  from: 'bot',
  blocks: [],
  options: [],
  mood: '',
  track: '',
  voice: '',
  entry: null,
  fallback: false,
  name: '',
  cid: '',
  picked: '',
  form: '',
  input: null,
  who: '',
  rated: 0,
  local: false,
  replayed: false,
});
