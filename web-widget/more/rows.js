// The rows of a conversation: days, messages, what is on its way. However long it is, only its newest rows stand in the
// page; older ones come when the reader gets there. They are made a slice at a time (span.js), each in a task of its own.
import { build } from './blocks.js';
import { button } from '../panel/dom.js';
import { wordsOf } from '../words/words.js';
import { listed } from './listed.js';
import { createRow, dayRow } from './message-row.js';
import css from './rows.css';
import { tables } from './rows.words.js';
import { createSpan } from './span.js';

/** @typedef {import('./message-row.js').Row} Row */
/** @typedef {import('./message-row.js').Told} Told */
/** @typedef {import('./listed.js').Listed} Listed */
/** @typedef {(word: import('./rows.words.js').RowWord | import('../words/words.js').Word,
 *   values?: import('../words/words.js').Values) => string} RowWords */

const NEAR_PX = 400;
const QUIET_MS = 600;
/** A history that does not go on coming is shown as far as it has come. */
const STALLED_MS = 3000;

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
  signal.addEventListener('abort', () => {
    clearTimeout(loud);
    clearTimeout(next);
  });
  const span = createSpan();
  /** @type {Map<string, Row>} */
  let made = new Map();
  /** How many events there were, and since when. */
  let known = 0;
  let came = 0;
  /** The newest event that has been shown: only what comes after it is news. */
  let newest = { epoch: 0, seq: 0 };
  /** The next slice is due. */
  let due = false;
  /** @type {any} */
  let next = null;
  /** @type {any} */
  let loud = null;

  function grow() {
    due = true;
    paint();
  }
  /** Shows older rows, and what is being read stays where it is.
   * @param {boolean} [asked] by the button: then the focus goes to what has come */
  function older(asked) {
    if ((log.scrollTop > NEAR_PX && !asked) || !span.older()) return;
    clearTimeout(next);
    next = setTimeout(grow);
    if (asked) log.focus({ preventScroll: true });
  }
  /** What was there before is not news: nothing of it is read aloud. */
  function hush() {
    log.setAttribute('aria-live', 'off');
    clearTimeout(loud);
    loud = setTimeout(speak, QUIET_MS);
  }
  function speak() {
    loud = clearTimeout(loud);
    log.setAttribute('aria-live', 'polite');
  }

  /** Sees to it that these rows stand in the page, and no other ones.
   * @param {Listed[]} wanted @param {string} link @param {string} assistant */
  function stand(wanted, link, assistant) {
    const rows = new Map();
    // What goes goes first: then what stays is never moved, and a reader's selection holds.
    const stays = new Set(wanted.map(({ key }) => key));
    for (const [key, row] of made) if (!stays.has(key)) row.node.remove();
    /** @type {HTMLElement | null} */
    let fresh = null;
    let mine = false;
    let before = place.firstElementChild;
    for (const one of wanted) {
      const now = told(one, link, assistant);
      let row = made.get(one.key);
      if (!row) {
        row = one.day ? dayRow(one.day) : createRow(context, words, now);
        const { item } = one;
        const news = item && !item.replayed && (item.epoch === newest.epoch ? item.seq > newest.seq : item.epoch > newest.epoch);
        if (one.pending || (news && item.from === 'visitor')) mine = true;
        else if (news) fresh ??= row.node;
        if (one.pending || news) row.node.classList.add('new');
      }
      row.update(now);
      if (row.node === before) before = before.nextElementSibling;
      else place.insertBefore(row.node, before);
      rows.set(one.key, row);
    }
    made = rows;
    return { fresh, own: mine };
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
    update({ model, link, assistant, now }, ended) {
      const { length } = model.items;
      if (length !== known) came = now;
      known = length;
      // What is still coming of a history is shown when all of it is there: what is first would have to go again at once.
      const coming = link === 'on' && model.last < model.caughtUp && now - came < STALLED_MS && length >= span.last;
      const up = due && !coming && span.last > 0;
      const first = made.size === 0;
      due = false;
      if (!coming) span.follow(length, ended);
      if (up) span.grow();
      earlier.hidden = !span.first;
      const anchor = up && !ended ? /** @type {HTMLElement | null} */ (place.querySelector('.row')) : null;
      const before = (anchor?.offsetTop ?? 0) - log.scrollTop;
      const result = stand(listed(model, span, words), link, assistant);
      const { fresh, own } = result;
      if (fresh || own) speak();
      else if (up || (first && made.size)) hush();
      if (anchor) log.scrollTop += anchor.offsetTop - log.scrollTop - before;
      newest = model.items[span.last - 1] ?? newest;
      clearTimeout(next);
      if (coming) next = setTimeout(paint, STALLED_MS);
      else if (span.wants(length)) next = setTimeout(grow, fresh ? QUIET_MS : 0);
      return result;
    },
  };
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
