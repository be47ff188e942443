// How long a message may be: said below the composer as soon as it is longer.
import { el, setText } from '../panel/dom.js';

export const TEXT_BYTES = 4096;
const WARN_BYTES = 3600;
const encoder = new TextEncoder();

/** How many bytes too many; below 0 there is room. @param {string} text */
export const excess = (text) => encoder.encode(text).length - TEXT_BYTES;

/** @param {ReturnType<typeof import('../panel/composer.js').createComposer>} composer
 * @param {(word: 'tooLong', values: {count: number}) => string} words */
export function createLimit({ node, area, limit }, words) {
  const warning = el('p', { id: 'too-long', class: 'warning', role: 'alert' });
  node.append(warning);
  area.setAttribute('aria-describedby', 'too-long');
  limit((text) => {
    const over = excess(text);
    setText(warning, over > 0 ? words('tooLong', { count: over }) : '');
    area.setAttribute('aria-invalid', String(over > 0));
    node.classList.toggle('near', over > WARN_BYTES - TEXT_BYTES);
    return over > 0;
  });
}
