// The rows of a conversation: days, messages, what is on its way. However long it is, only its newest rows stand in the
// page; older ones come when the reader gets there.
import { build } from './blocks.js';
import { el, button } from '../panel/dom.js';
import { deedBlocks } from '../talk/model.js';
import { wordsOf } from '../words/words.js';
import { createRow, stateText } from './message-row.js';
import css from './rows.css';
import { tables } from './rows.words.js';

/** @typedef {import('../talk/model.js').Model} Model */
/** @typedef {import('./message-row.js').Row} Row */
/** @typedef {import('./message-row.js').Told} Told */
/** @typedef {(word: import('./rows.words.js').RowWord | import('../words/words.js').Word,
 *   values?: import('../words/words.js').Values) => string} RowWords */

const TOGETHER_MS = 3 * 60_000;
/** How many events stand in the page at first, and how many come at once when the reader gets to the oldest. */
export const PAGE = 50;
const NEAR_PX = 400;
const QUIET_MS = 600;

/** @param {import('../panel/panel.js').Context} context @param {HTMLElement} place where they stand
 * @param {HTMLElement} log what scrolls @param {() => void} paint */
export function createRows(context, place, log, paint) {
  const { dress, language, signal, words: panelWords } = context;
  dress(css);
  const own = wordsOf(tables[language]);
  /** @type {RowWords} */
  const words = (word, values) =>
    word in tables.it ? own(/** @type {any} */ (word), values) : panelWords(/** @type {any} */ (word), values);
  const earlier = button('plainly earlier', words('earlier'), () => older(true), signal);
  place.before(earlier);
  earlier.hidden = true;
  signal.addEventListener('abort', () => clearTimeout(timer));
  /** @type {Map<string, Row>} */
  let made = new Map();
  /** The first event that is shown, and of how many. */
  let first = 0;
  let known = 0;
  /** The newest event that has been shown: only what comes after it is news. */
  let newest = { epoch: 0, seq: 0 };
  /** @type {any} */
  let timer = null;

  /** Shows older rows, and what is being read stays where it is. They are not news: nothing is read aloud.
   * @param {boolean} [asked] by the button: then the focus goes to what has come */
  function older(asked) {
    if (!first || (log.scrollTop > NEAR_PX && !asked)) return;
    const anchor = /** @type {HTMLElement | null} */ (place.querySelector('.row'));
    const before = (anchor?.offsetTop ?? 0) - log.scrollTop;
    log.setAttribute('aria-live', 'off');
    clearTimeout(timer);
    timer = setTimeout(() => log.setAttribute('aria-live', 'polite'), QUIET_MS);
    first = Math.max(0, first - PAGE);
    paint();
    if (anchor) log.scrollTop += anchor.offsetTop - log.scrollTop - before;
    if (asked) log.focus({ preventScroll: true });
  }

  return {
    older,
    /** Finishes the greeting. Words that stand there already are left alone: nothing is read aloud twice.
     * @param {HTMLElement} bubble @param {string | import('../talk/protocol.js').Block[]} greeting */
    greet(bubble, greeting) {
      const isText = typeof greeting === 'string';
      const made = build(
        isText ? greeting.split('\n').map((text) => ({ type: 'paragraph', children: [{ type: 'text', text }] })) : greeting,
      );
      if (!isText || made.querySelector('a')) bubble.replaceChildren(made);
    },
    /** @param {string} key */
    bubbleOf: (key) => /** @type {HTMLElement | null | undefined} */ (made.get(key)?.node.querySelector('.bubble')),
    /** Gives what is new, and whether something is the visitor's own.
     * @param {import('../panel/panel.js').View} view @param {boolean} ended the reader is at the end */
    update({ model, link, assistant }, ended) {
      const { length } = model.items;
      // Whoever is at the end has no need of what is far above; whoever reads up there keeps it.
      if (ended ? length - first > 2 * PAGE || length < known : first > length) first = Math.max(0, length - PAGE);
      known = length;
      earlier.hidden = !first;
      const wanted = listed(model, first, words, language);
      const next = new Map();
      // What goes goes first: then what stays is never moved, and a reader's selection holds.
      const stays = new Set(wanted.map(({ key }) => key));
      for (const [key, row] of made) if (!stays.has(key)) row.node.remove();
      /** @type {HTMLElement | null} */
      let fresh = null;
      let mine = false;
      let before = place.firstElementChild;
      for (const one of wanted) {
        let row = made.get(one.key);
        if (!row) {
          row = one.day
            ? { node: el('p', { class: 'day' }, one.day), update() {} }
            : createRow(context, words, told(one, link, assistant));
          const { item } = one;
          const news = item && !item.replayed && (item.epoch === newest.epoch ? item.seq > newest.seq : item.epoch > newest.epoch);
          if (one.pending || (news && item.from === 'visitor')) mine = true;
          else if (news) fresh ??= row.node;
          if (one.pending || news) row.node.classList.add('new');
        }
        row.update(told(one, link, assistant));
        if (row.node === before) before = before.nextElementSibling;
        else place.insertBefore(row.node, before);
        next.set(one.key, row);
      }
      made = next;
      newest = model.items.at(-1) ?? newest;
      return { fresh, own: mine };
    },
  };
}

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
 * @param {Model} model @param {number} first of its items @param {RowWords} words @param {string} language
 * @returns {Listed[]} */
function listed(model, first, words, language) {
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
          day: dayName(when, words, language),
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
  for (let index = first; index < model.items.length; index += 1) {
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

/** @param {Listed} one @param {string} link @param {string} assistant @returns {Told} */
const told = (one, link, assistant) => ({
  item: one.item ?? null,
  pending: one.pending ?? null,
  offline: link !== 'on',
  picked: one.picked,
  current: one.current,
  follows: one.follows,
  last: one.last,
  assistant,
});

/** @param {number} when @param {RowWords} words @param {string} language */
function dayName(when, words, language) {
  const date = new Date(when);
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return words('today');
  if (date.toDateString() === yesterday.toDateString()) return words('yesterday');
  const text = date.toLocaleDateString(language === 'en' ? 'en-GB' : language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
