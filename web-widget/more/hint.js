// A hint by the launcher, where the tag of the page has a rule for one and it holds: a quiet line that neither moves nor
// takes the focus. Put away once it never returns; that, and nothing else, is remembered, because the visitor has asked.
import { adopt, button, el, iconButton } from '../panel/dom.js';
import { wordsOf } from '../words/words.js';
import css from './hint.css';
import { tables } from './hint.words.js';

export const KEY = 'sportello:hint';
const LONGEST = 160;

/**
 * @param {import('../loader/element.js').SportelloChat} host
 * @param {AbortSignal} signal takes it away; so does the panel, when it opens
 */
export function showHint(host, signal) {
  const root = /** @type {ShadowRoot} */ (host.shadowRoot);
  const { language } = host;
  const text = host.getAttribute('hint')?.trim() ?? '';
  adopt(root, css);
  const words = wordsOf(tables[language]);
  const gone = new AbortController();
  const end = () => gone.abort();
  signal.addEventListener('abort', end, { once: true });
  host.addEventListener('sportello:open', end, { signal: gone.signal });
  const line = el('div', { role: 'status' });
  const node = el('div', { class: 'hint', part: 'hint', lang: language }, line, iconButton('', words('hintAway'), 'M6 6l12 12M18 6L6 18', () => {
    try {
      localStorage.setItem(KEY, 'away');
    } catch {
      // The browser forbids storage: then it is put away for this page.
    }
    end();
  }, gone.signal));
  gone.signal.addEventListener('abort', () => node.remove());
  root.append(node);
  // A status is read aloud when its words come, not when it is made.
  setTimeout(() => line.append(button('', [...text].slice(0, LONGEST).join(''), () => (end(), void host.open()), gone.signal)), 100);
}
