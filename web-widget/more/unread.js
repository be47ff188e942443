// How many messages were not seen: on the launcher and in its name.
import { el } from '../panel/dom.js';

/** @param {import('../panel/panel.js').Context} context
 * @param {(word: 'unread', values: {count: number}) => string} words */
export function createUnread({ launcher, signal }, words) {
  const badge = el('span', { class: 'badge', hidden: true });
  let news = '';
  launcher.append(badge);
  signal.addEventListener('abort', () => badge.remove());
  return {
    /** @param {number} count */
    update(count) {
      const name = launcher.ariaLabel?.replace(news, '') ?? '';
      badge.hidden = !count;
      badge.textContent = count > 9 ? '9+' : String(count);
      news = count ? words('unread', { count }) : '';
      launcher.ariaLabel = name + news;
    },
  };
}
