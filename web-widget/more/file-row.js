// A file as the conversation shows it: a picture, or a chip with its name and size.
import { el, icon } from '../panel/dom.js';
import { fileHref, isPicture, sizeText } from './file-rules.js';

const PAPER = 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6';
const MOST_PX = 240;

/** How large a picture is shown. @param {number} width @param {number} height */
function fit(width, height) {
  const scale = Math.min(1, MOST_PX / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** @param {import('../talk/protocol.js').Block} block @param {string} server @param {string} language
 * @param {(word: import('./files.words.js').FileWord, values?: Record<string, string | number>) => string} words
 * @param {AbortSignal} signal @param {(show: () => void) => void} sent does it once the server gives the file to anybody */
export function fileNode(block, server, language, words, signal, sent) {
  const href = fileHref(block, server);
  const name = String(block.name ?? '');
  const size = sizeText(Number(block.size) || 0, language);
  const link = el('a', { class: 'file', href: href || null, target: '_blank', rel: 'noopener noreferrer' });
  if (href && isPicture(block)) {
    const image = el('img', { alt: name, loading: 'lazy', decoding: 'async', ...fit(Number(block.width), Number(block.height)) });
    // Erased, out of its time, or kept from being shown by the page's own policy: the name is still there.
    image.addEventListener('error', () => image.replaceWith(words('fileGone', { name })), { signal });
    sent(() => (image.src = href));
    link.classList.add('picture');
    link.title = words('fileOpen', { name });
    link.append(image);
  } else {
    if (href) link.setAttribute('aria-label', words('fileSave', { name, size }));
    link.append(icon(PAPER), el('span', { class: 'file-name', dir: 'auto' }, name), el('span', { class: 'file-size' }, size));
  }
  return link;
}
