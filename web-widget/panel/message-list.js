// The conversation as it stands: greeting, days, messages, what is on its way, who is typing.
// New messages never take the page from under a reader: who is at the end is followed to the
// beginning of what is new; who reads further up gets a button.
import { build, plain } from './blocks.js';
import { button, el, iconButton, setText } from './dom.js';
import { begun, deedText } from '../talk/model.js';
import { createRow, stateText } from './message-row.js';

/** @typedef {import('../talk/model.js').Model} Model */
/** @typedef {import('./message-row.js').Row} Row */
/** @typedef {import('./message-row.js').Told} Told */

const NEAR_PX = 60;
const TOGETHER_MS = 3 * 60_000;

/** @param {import('./panel.js').Context} context */
export function createMessageList(context) {
  const { words, signal } = context;
  const intro = createIntro(context);
  const rows = el('div', { class: 'rows' });
  const typing = el(
    'p',
    { class: 'typing', hidden: true },
    el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')),
  );
  const typist = el('span', { class: 'unseen' });
  typing.append(typist);
  const log = el(
    'div',
    { class: 'log', role: 'log', 'aria-label': words('log'), 'aria-live': 'polite', tabindex: 0 },
    intro.node,
    rows,
    typing,
  );
  // Something new that is out of sight gets words; the rest of what is being read only an arrow in the corner.
  const pill = button('pill', words('newMessages'), () => toEnd(true), signal);
  const more = iconButton('more', words('toEnd'), 'M12 5v13m-6-6 6 6 6-6', () => toEnd(true), signal);
  pill.hidden = more.hidden = true;
  const node = el('div', { class: 'talk' }, log, pill, more);

  /** @type {Map<string, Row>} */
  let made = new Map();

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
  /** @param {boolean} focus */
  function toEnd(focus) {
    log.scrollTop = log.scrollHeight;
    ended = true;
    pill.hidden = more.hidden = true;
    if (focus) log.focus({ preventScroll: true });
  }
  // Whether the reader is at the end: left only by scrolling up, not by what takes room below.
  let ended = true;
  let top = 0;
  log.addEventListener(
    'scroll',
    () => {
      const up = log.scrollTop < top;
      top = log.scrollTop;
      if (atEnd()) ended = pill.hidden = more.hidden = true;
      else if (up) ended = false;
    },
    { signal, passive: true },
  );
  // A keyboard, a banner or a longer draft takes room: who was at the end stays there.
  const room = new ResizeObserver(() => {
    if (ended && rows.childElementCount) toEnd(false);
  });
  room.observe(log);
  signal.addEventListener('abort', () => room.disconnect());

  /** Follows what is new. @param {boolean} followed @param {HTMLElement | null} fresh @param {boolean} own */
  function follow(followed, fresh, own) {
    if (!rows.childElementCount)
      log.scrollTop = 0; // The first view begins at the greeting.
    else if (own || (followed && !fresh)) toEnd(false);
    else if (fresh && followed) {
      const start = fresh.offsetTop - log.offsetTop - 12;
      log.scrollTop = Math.min(start, log.scrollHeight - log.clientHeight);
      ended = more.hidden = atEnd();
      pill.hidden = true;
    } else if (fresh) pill.hidden = false;
  }

  return {
    node,
    log,
    toEnd,
    /** Where the words of a message are. @param {string} key @returns {HTMLElement | null | undefined} */
    bubbleOf: (key) => made.get(key)?.node.querySelector('.bubble'),
    /** @param {import('./panel.js').View} view */
    update(view) {
      const { model, link, assistant, now } = view;
      const followed = ended;
      log.setAttribute('aria-busy', String(model.last < model.caughtUp));
      intro.update(view);
      const wanted = listed(model, words, context.language);
      const next = new Map();
      /** @type {HTMLElement | null} */
      let fresh = null;
      let own = false;
      let before = rows.firstElementChild;
      for (const one of wanted) {
        let row = made.get(one.key);
        if (!row) {
          row = one.day
            ? { node: el('p', { class: 'day' }, one.day), update() {} }
            : createRow(context, told(one, link, assistant));
          if (one.pending || (one.item?.from === 'visitor' && !one.item.replayed)) own = true;
          else if (one.item && !one.item.replayed) fresh ??= row.node;
        }
        row.update(told(one, link, assistant));
        if (row.node === before) before = before.nextElementSibling;
        else rows.insertBefore(row.node, before);
        next.set(one.key, row);
      }
      for (const [key, row] of made) if (!next.has(key)) row.node.remove();
      made = next;
      const typed = model.typing !== null && model.typing.until > now;
      const awaited = model.awaited > now && link === 'on' && model.pending.every(({ status }) => status === 'sending');
      typing.hidden = !(typed || awaited);
      const agent = model.who === 'agent';
      setText(
        typist,
        typing.hidden
          ? ''
          : words(agent ? 'typingAgent' : 'typingBot', { name: agent ? model.agent || words('person') : assistant }),
      );
      follow(followed, fresh, own);
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
 */

/** The rows in order. A visitor's own message has one key from sending to history: its client id.
 * @param {Model} model @param {import('../words/words.js').Words} words @param {string} language @returns {Listed[]} */
function listed(model, words, language) {
  /** @type {Listed[]} */
  const rows = [];
  let day = '';
  let sender = '';
  let at = 0;
  /** @param {number} when @param {string} from @param {Omit<Listed, 'picked' | 'current' | 'follows'>} row */
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
        });
      }
      day = date;
      sender = '';
    }
    rows.push({ ...row, picked: new Set(), current: false, follows: from === sender && when - at < TOGETHER_MS });
    sender = from;
    at = when;
  };
  for (const [index, item] of model.items.entries()) {
    if (item.kind === 'state' && (!stateText(item, words) || toldAfter(model.items, index))) continue;
    if (item.kind === 'message' && !item.blocks.length && !item.options.length) continue;
    add(item.at, item.from + item.name, { key: item.cid ? `cid:${item.cid}` : item.key, item });
  }
  for (const pending of model.pending) {
    if (deedText(pending.deed)) add(pending.at, 'visitor', { key: `cid:${pending.deed.cid}`, pending });
  }
  markPicked(rows);
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
  assistant,
});

/** @param {number} when @param {import('../words/words.js').Words} words @param {string} language */
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

/** The first view: the site's greeting and the questions to begin with.
 * @param {import('./panel.js').Context} context */
function createIntro({ words, session, signal }) {
  const bubble = el('div', { class: 'bubble', dir: 'auto' });
  const starters = el('div', { class: 'options starters', role: 'group', 'aria-label': words('starters') });
  const node = el('div', { class: 'row bot intro' }, bubble, starters);
  let shown = '';
  let offered = '';
  return {
    node,
    /** @param {import('./panel.js').View} view */
    update({ model, assistant }) {
      const given = model.site?.greeting;
      const blocks = Array.isArray(given)
        ? given
        : (given || words('greeting', { assistant }))
            .split('\n')
            .map((text) => ({ type: 'paragraph', children: [{ type: 'text', text }] }));
      // Before `welcome` only a quiet place is kept: the site's own greeting comes in a moment.
      const text = model.site ? plain(blocks) : '';
      if (text !== shown) bubble.replaceChildren(build(blocks));
      shown = text;
      bubble.classList.toggle('blank', !text);
      bubble.hidden = session.unreachable && !text;
      const questions = (model.site?.starters ?? []).slice(0, 6);
      const key = JSON.stringify(questions);
      if (key !== offered) {
        starters.replaceChildren(
          ...questions.map(({ id, title }) => button('option', title, () => session.pick(id, title), signal)),
        );
      }
      offered = key;
      starters.hidden = begun(model) || !questions.length;
    },
  };
}
