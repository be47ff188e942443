// What rows a conversation has, in order: its days, what was said, what is on its way, and what each has to know of the
// others. Pure; makes no node.
import { deedBlocks } from '../talk/model.js';
import { stateText } from './message-row.js';

/** @typedef {import('../talk/model.js').Model} Model */
/** @typedef {import('./rows.js').RowWords} RowWords */

const TOGETHER_MS = 3 * 60_000;

/**
 * @typedef {object} Listed
 * @property {string} key
 * @property {string} [day]
 * @property {import('../talk/model.js').Item} [item]
 * @property {import('../talk/model.js').Pending} [pending]
 * @property {Set<string>} picked
 * @property {boolean} current
 * @property {boolean} follows
 * @property {boolean} last
 */

/** The rows in order. A visitor's own message has one key from sending to history: its client id.
 * @param {Model} model @param {{first: number, last: number}} span of its items @param {RowWords} words
 * @returns {Listed[]} */
export function listed(model, { first, last }, words) {
  /** @type {Listed[]} */
  const rows = [];
  let day = '';
  let sender = '';
  let at = 0;
  /** @param {number} when @param {string} from @param {Omit<Listed, 'picked' | 'current' | 'follows' | 'last'>} row */
  const add = (when, from, row) => {
    const date = new Date(when).toDateString();
    if (date !== day) {
      // The first day is named only when it is not today: a new chat needs no date.
      if (day || date !== new Date().toDateString()) {
        rows.push({
          key: `day:${date}:${rows.length ? row.key : ''}`,
          day: dayName(when, words),
          picked: none,
          current: false,
          follows: false,
          last: false,
        });
      }
      day = date;
      sender = '';
    }
    rows.push({ ...row, picked: new Set(), current: false, follows: from === sender && when - at < TOGETHER_MS, last: false });
    sender = from;
    at = when;
  };
  for (let index = first; index < last; index += 1) {
    const item = model.items[index];
    if (item.kind === 'state' && (!stateText(item, words) || toldAfter(model.items, index))) continue;
    if (item.kind === 'message' && !item.blocks.length && !item.options.length) continue;
    add(item.at, item.from + item.name, { key: item.cid ? `cid:${item.cid}` : item.key, item });
  }
  for (const pending of model.pending) {
    if (deedBlocks(pending.deed).length) add(pending.at, 'visitor', { key: `cid:${pending.deed.cid}`, pending });
  }
  markPicked(rows);
  const end = rows.at(-1);
  if (end) end.last = true;
  return rows;
}

/** @type {Set<string>} */
const none = new Set();

/** A change of state that the site tells in its own words, right after it, needs none of ours.
 * @param {import('../talk/model.js').Item[]} items @param {number} index of the state */
const toldAfter = (items, index) => items[index + 1]?.kind === 'message' && items[index + 1].from === 'system';

/** Tells each message which of its buttons were chosen after it. @param {Listed[]} rows */
function markPicked(rows) {
  /** @type {Listed | null} */
  let offering = null;
  for (const row of rows) {
    const option = row.item?.picked || row.pending?.deed.option;
    if (option) offering?.picked.add(option);
    if (row.item?.options.length || row.item?.form) {
      if (offering) offering.current = false;
      offering = row;
      row.current = true;
    }
  }
}

/** Names of days and months are words of ours: to ask the browser for its own costs a slow phone a third of a second.
 * @param {number} when @param {RowWords} words */
function dayName(when, words) {
  const date = new Date(when);
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return words('today');
  if (date.toDateString() === yesterday.toDateString()) return words('yesterday');
  const name = (/** @type {'days' | 'months'} */ list, /** @type {number} */ at) => words(list).split(' ')[at];
  return `${name('days', date.getDay())} ${date.getDate()} ${name('months', date.getMonth())}`;
}
