// What holds for everybody just now ("the courier is late"): a quiet line under the header, which the visitor may put
// away. Words of the company's people, as text and nothing else; what ended is not shown, even without a connection.
import { el, iconButton } from '../panel/dom.js';

/** @typedef {import('../talk/model.js').Notice} Notice */

/** At most so many lines: the conversation needs the room. */
const SHOWN = 2;
const CROSS = 'M6 6l12 12M18 6L6 18';

/** Those to be shown. @param {Notice[]} notices @param {ReadonlySet<string>} away @param {number} now */
export const noticesShown = (notices, away, now) =>
  notices.filter((notice) => notice.until > now && !away.has(keyOf(notice))).slice(0, SHOWN);

/** A notice whose words were changed is another one. @param {Notice} notice */
export const keyOf = ({ id, text }) => `${id} ${text}`;

/** @param {import('../panel/panel.js').Context} context @param {import('./counter.js').CounterWords} words */
export function createNoticeLine({ signal }, words) {
  /** @type {Set<string>} */
  const away = new Set();
  const lines = el('div', { role: 'status', class: 'tidings' });
  let drawn = '';
  /** @type {import('../panel/panel.js').View | null} */
  let last = null;
  /** @param {Notice} notice */
  const line = (notice) =>
    el(
      'p',
      null,
      el('span', { dir: 'auto' }, notice.text),
      iconButton('cross', words('noticeAway'), CROSS, () => putAway(notice), signal),
    );
  /** @param {Notice} notice */
  function putAway(notice) {
    away.add(keyOf(notice));
    if (last) update(last);
  }
  /** @param {import('../panel/panel.js').View} view */
  function update(view) {
    last = view;
    const shown = noticesShown(view.model.notices, away, view.now);
    const keys = shown.map(keyOf).join('\n');
    lines.hidden = shown.length === 0;
    if (keys === drawn) return;
    drawn = keys;
    lines.replaceChildren(...shown.map(line));
  }
  return { node: lines, update };
}
