// One row of the conversation: a message with its buttons, a line about its state, a change of state.
// A row is made once and then told what changed, so that nothing is read aloud twice.
import { build } from './blocks.js';
import { safeHref } from '../panel/href.js';
import { button, el, iconButton, setText } from '../panel/dom.js';
import { createLater } from '../panel/later.js';
import * as deeds from '../talk/deeds.js';
import { deedBlocks } from '../talk/model.js';

/** @typedef {import('../talk/model.js').Item} Item */
/** @typedef {import('../talk/model.js').Pending} Pending */
/** @typedef {import('../panel/panel.js').Context} Context */
/** @typedef {import('./rows.js').RowWords} RowWords */
/**
 * @typedef {object} Told What a row may show besides its own event.
 * @property {Item | null} item
 * @property {Pending | null} pending
 * @property {boolean} offline
 * @property {Set<string>} picked options of this message that were chosen
 * @property {boolean} current its buttons are the latest ones
 * @property {boolean} follows the one before is of the same sender and moment
 * @property {boolean} last nothing was said after it
 * @property {string} assistant
 */
/** @typedef {{node: HTMLElement, update: (told: Told) => void}} Row */

const UP =
  'M7 10v10H4V10zM7 11l4-7c1.5 0 2.5 1 2.300 2.5L12.800 9.5H19c1 0 1.600.9 1.400 1.800l-1.5 7c-.2 1-1 1.700-2 1.700H7';
const DOWN =
  'M7 14V4H4v10zM7 13l4 7c1.5 0 2.5-1 2.300-2.5l-.5-3H19c1 0 1.600-.9 1.400-1.800l-1.5-7c-.2-1-1-1.700-2-1.700H7';

/** @param {Context} context @param {RowWords} words @param {Told} told @returns {Row} */
export function createRow(context, words, told) {
  if (told.item?.kind === 'state') return stateRow(words, told.item);
  if (told.pending || told.item?.from === 'visitor') return visitorRow(context, words, told);
  return answerRow(context, words, /** @type {Item} */ (told.item), told);
}

/** The words for a change of state; '' when the messages themselves tell it.
 * @param {Item} item @param {RowWords} words */
export function stateText({ who, name }, words) {
  if (who === 'agent') return name ? words('joined', { name }) : words('joinedSomebody');
  return who === 'closed' ? words('ended') : '';
}

/** @param {string} name @returns {Row} */
export const dayRow = (name) => ({ node: el('p', { class: 'day' }, name), update() {} });

/** @param {RowWords} words @param {Item} item @returns {Row} */
function stateRow(words, item) {
  return { node: el('p', { class: 'change' }, stateText(item, words)), update() {} };
}

/** Hours and minutes, as both languages write them. @param {number} at */
function timeOf(at) {
  const when = new Date(at);
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  return el('time', { datetime: when.toISOString() }, `${two(when.getHours())}:${two(when.getMinutes())}`);
}

/** What is said, with its files. @param {Context} context @param {import('../talk/protocol.js').Block[]} blocks */
function bubbleOf({ showFiles }, blocks) {
  const node = el('div', { class: 'bubble', dir: 'auto' }, build(blocks));
  if (blocks.some(({ type }) => type === 'file')) showFiles(blocks, node);
  return node;
}

/** @param {Context} context @param {RowWords} words @param {Told} told @returns {Row} */
function visitorRow(context, words, { item, pending }) {
  const { session, signal } = context;
  const deed = pending?.deed;
  const blocks = item?.blocks ?? (deed ? deedBlocks(deed) : []);
  const status = el('span', { class: 'sending', dir: 'auto' });
  const cid = item?.cid || deed?.cid || '';
  /** What may be done where it failed. @type {HTMLElement[]} */
  let ways = [];
  const meta = el('p', { class: 'meta' }, timeOf(item?.at ?? pending?.at ?? 0), ' ', status);
  const node = el(
    'div',
    { class: 'row visitor' },
    el('span', { class: 'unseen' }, words('saysYou')),
    bubbleOf(context, blocks),
    meta,
  );
  return {
    node,
    update(told) {
      const now = told.pending;
      const failed = now?.status === 'failed';
      node.classList.toggle('failed', failed);
      node.classList.toggle('going', Boolean(now) && !failed);
      node.classList.toggle('follows', told.follows);
      if (failed && !ways.length) {
        ways = [
          button('plainly', words('retry'), () => deeds.retry(session, cid), signal),
          button('plainly', words('discard'), () => deeds.drop(session, cid), signal),
        ];
        meta.append(...ways);
      }
      for (const way of ways) way.hidden = !failed;
      const sentence = failed ? `${words('failed')} ${now?.reason ?? ''}` : words(told.offline ? 'queued' : 'sending');
      setText(status, now ? sentence.trim() : words('sent'));
      status.classList.toggle('unseen', !now);
    },
  };
}

/** @param {Context} context @param {RowWords} words @param {Item} item @param {Told} first @returns {Row} */
function answerRow(context, words, item, first) {
  const { signal } = context;
  const name = item.from === 'agent' ? item.name || words('person') : first.assistant;
  const thumbs = item.entry && item.from === 'bot' ? thumbButtons(context, words, item) : null;
  const field = item.input && fieldOf(context, item, item.input);
  const bubble = bubbleOf(context, item.blocks);
  const options = optionButtons(context, words, item, bubble);
  const node = el(
    'div',
    { class: `row ${item.from}` },
    el('span', { class: item.from === 'agent' ? 'sender' : 'unseen' }, words('saysName', { name })),
    bubble,
    options?.node,
    field?.node,
    el(
      'div',
      { class: 'meta' },
      timeOf(item.at),
      thumbs?.node,
      item.entry && item.from === 'bot' && whyNode(words, item.entry.title),
    ),
  );
  if (item.from === 'agent') setText(/** @type {Element} */ (node.firstElementChild), name);
  for (const image of node.querySelectorAll('img')) {
    image.addEventListener('error', () => image.replaceWith(image.alt), { signal });
  }
  if (bubble.querySelector('.card + .card')) carousel(context, bubble);
  for (const lines of bubble.querySelectorAll('pre')) lines.append(copyButton(words, lines, signal));
  return {
    node,
    update(told) {
      node.classList.toggle('follows', told.follows);
      options?.update(told);
      field?.update(told);
      if (told.item) thumbs?.update(told.item.rated);
    },
  };
}

/** Several cards in a row are shown as one, once what does it has come. @param {Context} context @param {HTMLElement} bubble */
function carousel(context, bubble) {
  /** @type {Promise<typeof import('./carousel.js')>} */
  const fetched = context.load('more-carousel.js');
  void fetched.then(({ dressCards }) => dressCards(context, bubble)).catch(() => {}); // One below the other will do.
}

/** A control for the answer, as long as it is asked for. @param {Context} context @param {Item} item
 * @param {import('../talk/protocol.js').Input} input */
function fieldOf(context, item, input) {
  const node = el('div', { class: 'field' });
  const later = createLater(
    context.load,
    'input',
    (/** @type {typeof import('./input.js')} */ { createField }) => {
      const field = createField(context, input, item.key);
      if (field) node.append(field);
      return true;
    },
  );
  return {
    node,
    /** @param {Told} told */
    update({ last }) {
      node.hidden = !last;
      if (last && !later.piece) later.want();
    },
  };
}

/** @param {RowWords} words @param {Element} lines @param {AbortSignal} signal */
function copyButton(words, lines, signal) {
  const text = lines.textContent ?? '';
  const node = iconButton(
    'copy',
    words('copy'),
    'M9 9h11v11H9zM5 15H4V4h11v1',
    () =>
      void navigator.clipboard?.writeText(text).then(() => {
        node.setAttribute('aria-label', words('copied'));
        node.title = words('copied');
      }, () => {}),
    signal,
  );
  return node;
}

/** @param {RowWords} words @param {string} title */
const whyNode = (words, title) =>
  el('details', { class: 'why' }, el('summary', null, words('why')), el('p', null, words('whyEntry', { title })));

/** Those of a card are put into it; `node` has the others. @param {Context} context @param {RowWords} words @param {Item} item
 * @param {Element} bubble */
function optionButtons({ session, signal, openForm }, words, item, bubble) {
  const offered = item.options.filter((option) => option?.title);
  if (item.form && !offered.some(({ id }) => id.startsWith('message:'))) {
    offered.push({ id: 'message:', title: words('leave') });
  }
  if (!offered.length) return null;
  const cards = bubble.querySelectorAll('.card');
  /** @type {Map<Element | undefined, HTMLElement>} by card; undefined = below all */
  const groups = new Map();
  /** @param {Element | undefined} card */
  const groupIn = (card) => {
    const there = groups.get(card);
    if (there) return there;
    const group = el('div', { class: 'options', role: 'group', 'aria-label': words('options') });
    groups.set(card, group);
    card?.append(group);
    return group;
  };
  /** @type {{id: string, card: Element | undefined, node: HTMLElement}[]} */
  const buttons = [];
  for (const option of offered) {
    const card = cards[Number(option.card) - 1];
    if (buttons.some((one) => one.id === option.id && one.card === card)) continue;
    const node = option.href
      ? el(
          'a',
          { class: 'option link', href: safeHref(option.href) || null, target: '_blank', rel: 'noopener noreferrer' },
          option.title,
        )
      : button(
          'option',
          option.title,
          () => {
            if (option.id.startsWith('message:')) openForm();
            else session.pick(option.id, option.title);
          },
          signal,
        );
    buttons.push({ id: option.id, card, node });
    groupIn(card).append(node);
  }
  return {
    node: groups.get(undefined),
    /** @param {Told} told */
    update({ picked, current }) {
      for (const group of groups.values()) group.classList.toggle('past', !current);
      for (const { id, node } of buttons) {
        if (!picked.has(id) || node.classList.contains('picked')) continue;
        node.classList.add('picked');
        node.append(el('span', { class: 'unseen' }, ` – ${words('picked')}`));
      }
    },
  };
}

/** @param {Context} context @param {RowWords} words @param {Item} item */
function thumbButtons({ session, signal }, words, item) {
  /** @param {1 | -1} value */
  const rate = (value) => () => {
    if (rated !== value) deeds.rate(session, item.seq, value);
  };
  /** @type {0 | 1 | -1} */
  let rated = 0;
  const up = iconButton('thumb', words('useful'), UP, rate(1), signal);
  const down = iconButton('thumb', words('useless'), DOWN, rate(-1), signal);
  const thanks = el('span', { class: 'thanks', role: 'status' });
  return {
    node: el('span', { class: 'thumbs' }, up, down, thanks),
    /** @param {0 | 1 | -1} value */
    update(value) {
      rated = value;
      up.setAttribute('aria-pressed', String(value === 1));
      down.setAttribute('aria-pressed', String(value === -1));
      setText(thanks, value ? words('thanks') : '');
    },
  };
}
