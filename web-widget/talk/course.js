// The course of a conversation: how each frame of the server changes the model (model.js), and what of it can be seen.
// Pure, like the model; fetched with what shows messages, because a first view knows none.
import { count, deedBlocks, erasing, forgotten, noticesOf, welcome } from './model.js';

/** @typedef {import('./model.js').Model} Model */
/** @typedef {import('./model.js').Item} Item */
/** @typedef {import('./protocol.js').Deed} Deed */
/** @typedef {import('./protocol.js').ServerFrame} ServerFrame */
/** @typedef {import('./protocol.js').Who} Who */

const TYPING_MS = 6000;

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

/** What the visitor thinks of an answer, 0 = nothing. @param {Model} model @param {number | undefined} seq @param {0 | 1 | -1} value
 * @returns {Model} */
export function rated(model, seq, value) {
  const items = model.items.map((item) =>
    item.epoch === model.epoch && item.seq === seq ? { ...item, rated: value } : item,
  );
  return { ...model, items };
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

/** @type {Record<string, (model: Model, frame: any, now: number) => Model>} */
const receivers = { welcome, ack, message, state, position, typing, notice, error, erased };

/** Nothing is left, here as there; what the visitor did after asking for it is not of that chat.
 * @param {Model} model @returns {Model} */
function erased(model) {
  const asked = model.pending.findIndex(({ deed }) => deed.type === 'erase');
  return { ...forgotten(model), pending: asked < 0 ? [] : model.pending.slice(asked + 1) };
}

/** @param {Model} model @param {import('./protocol.js').NoticeFrame} frame @returns {Model} */
function notice(model, frame) {
  return { ...model, notices: noticesOf(frame.notices) };
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
  next = turnedOver(next, frame);
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
  next = turnedOver(next, frame);
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
  if (failed.deed.type === 'satisfied' || failed.deed.type === 'rate') {
    const before = failed.deed.type === 'rate' ? rated(model, failed.deed.seq, 0) : { ...model, judged: -1 };
    return { ...dropped(before, cid), problem: { code: frame.code, reason } };
  }
  const pending = model.pending.map((one) =>
    one === failed ? { ...one, status: /** @type {const} */ ('failed'), code: frame.code, reason } : one,
  );
  return { ...model, pending, awaited: 0 };
}

/** The model this event belongs to: one with a known seq that is not the known one is of another conversation, which was begun
 * when this one had been closed, here or while this page was away. @param {Model} model
 * @param {import('./protocol.js').MessageFrame | import('./protocol.js').StateFrame} frame */
function turnedOver(model, frame) {
  const { seq, at } = frame;
  const there = model.items[placeOf(model.items, model.epoch, seq)];
  const known = there?.epoch === model.epoch && there.seq === seq;
  // What is later than something with a higher place fills no gap before it.
  const late = there?.epoch === model.epoch && !there.local && Number(at) > there.at;
  if (!at || (known ? isSame(there, frame) : !late)) return model;
  if (model.who === 'closed') return { ...newEpoch(model), who: /** @type {Who} */ ('bot') };
  // The welcome has told how it stands.
  return { ...model, epoch: model.epoch + 1, held: 0, last: 0, parted: false };
}

/** What was made from an acknowledgement has a moment of the page's own clock.
 * @param {Item} known @param {{at?: number, from?: string, cid?: string}} frame */
const isSame = (known, { at, from, cid }) => (known.local ? from === 'visitor' && (!cid || cid === known.cid) : known.at === at);

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
