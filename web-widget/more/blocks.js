// Nodes from typed blocks (docs/protocol.md): what is not listed here is shown as the text it carries.
// Addresses, mail addresses and telephone numbers within plain text become links.
import { safeHref } from '../panel/href.js';

/** @typedef {import('../talk/protocol.js').Block} Block */

const DEPTH = 12;
const LINKS = new RegExp(
  [
    String.raw`https?:\/\/[^\s<>"']+`,
    String.raw`www\.[^\s<>"']+\.[^\s<>"']+`,
    // From its first letter on, or not at all: every other place of a long word would be looked at for nothing.
    String.raw`(?<![\p{L}\d._%+-])[\p{L}\d._%+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,4}`,
    String.raw`\+\d(?:[ .\/\-]?\d){7,14}(?!\d)`,
  ].join('|'),
  'giu',
);

const AFTER = '.,;:!?…\'’”»';

/** Cuts a text into plain pieces and links. @param {string} text @returns {{text: string, href: string}[]} */
export function linkify(text) {
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(LINKS)) {
    const found = trimmed(match[0]);
    const href = hrefOf(found);
    if (!href) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), href: '' });
    pieces.push({ text: found, href });
    from = match.index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: '' });
  return pieces;
}

/** The full stop after an address is not of it; nor is a bracket that was opened before.
 * @param {string} found */
function trimmed(found) {
  let end = found.length;
  while (end && AFTER.includes(found[end - 1])) end -= 1;
  if (!found.includes('(')) while (found[end - 1] === ')') end -= 1;
  return found.slice(0, end);
}

/** @param {string} found */
function hrefOf(found) {
  if (/^https?:/i.test(found)) return safeHref(found);
  if (/^www\./i.test(found)) return safeHref(`https://${found}`);
  return found.includes('@') ? `mailto:${found}` : `tel:${found.replace(/[^+\d]/g, '')}`;
}

/** @param {Block[]} blocks @param {Document} [doc] @returns {DocumentFragment} */
export function build(blocks, doc = document) {
  const fragment = doc.createDocumentFragment();
  append(fragment, blocks, doc, DEPTH, true);
  return fragment;
}

/** @type {Record<string, (block: Block, doc: Document) => HTMLElement>} */
const makers = {
  paragraph: (_, doc) => doc.createElement('p'),
  heading: (block, doc) => doc.createElement(`h${Math.min(6, Math.max(3, Math.trunc(block.level ?? 3) || 3))}`),
  list: (block, doc) => doc.createElement(block.ordered ? 'ol' : 'ul'),
  item: (_, doc) => doc.createElement('li'),
  quote: (_, doc) => doc.createElement('blockquote'),
  code_lines: (_, doc) => doc.createElement('pre'),
  rule: (_, doc) => doc.createElement('hr'),
  strong: (_, doc) => doc.createElement('strong'),
  emphasis: (_, doc) => doc.createElement('em'),
  code: (_, doc) => doc.createElement('code'),
  break: (_, doc) => doc.createElement('br'),
  link: (block, doc) => anchor(safeHref(block.href), doc),
  image: (block, doc) => image(block, doc),
  card: (block, doc) => card(block, doc),
  gesture: (block, doc) => gesture(block, doc),
};

/** @param {Node} parent @param {unknown} blocks @param {Document} doc @param {number} depth @param {boolean} links */
function append(parent, blocks, doc, depth, links) {
  if (!Array.isArray(blocks) || depth === 0) return;
  for (const block of blocks) {
    const make = Object.hasOwn(makers, String(block?.type)) ? makers[block.type] : null;
    const node = make?.(block, doc);
    const target = node ?? parent;
    const inside = links && block?.type !== 'link' && block?.type !== 'code' && block?.type !== 'code_lines';
    if (typeof block?.text === 'string') appendText(target, block.text, doc, inside);
    append(target, block?.children, doc, depth - 1, inside);
    if (node) parent.appendChild(node);
  }
}

/** @param {Node} parent @param {string} text @param {Document} doc @param {boolean} links */
function appendText(parent, text, doc, links) {
  for (const piece of links ? linkify(text) : [{ text, href: '' }]) {
    const node = doc.createTextNode(piece.text);
    if (piece.href) parent.appendChild(anchor(piece.href, doc)).appendChild(node);
    else parent.appendChild(node);
  }
}

/** @param {string} href '' gives the words without a link @param {Document} doc */
function anchor(href, doc) {
  if (!href) return doc.createElement('span');
  const node = doc.createElement('a');
  node.setAttribute('href', href);
  if (/^https?:/i.test(href)) {
    node.setAttribute('target', '_blank');
    node.setAttribute('rel', 'noopener noreferrer');
  }
  return node;
}

/** @param {Block} block @param {Document} doc */
function image(block, doc) {
  const src = safeHref(block.src);
  if (!/^https?:/i.test(src)) {
    const words = doc.createElement('span');
    words.appendChild(doc.createTextNode(block.alt ?? ''));
    return words;
  }
  const node = doc.createElement('img');
  node.setAttribute('alt', block.alt ?? '');
  node.setAttribute('loading', 'lazy');
  node.setAttribute('referrerpolicy', 'no-referrer');
  node.setAttribute('src', src);
  return node;
}

/** A box with its picture and title; its text follows as children. @param {Block} block @param {Document} doc */
function card(block, doc) {
  const box = doc.createElement('div');
  box.setAttribute('class', 'card');
  // The title says what the picture shows.
  if (/^https?:/i.test(safeHref(block.src))) box.appendChild(image({ ...block, alt: '' }, doc));
  const title = doc.createElement('strong');
  title.setAttribute('class', 'card-title');
  title.appendChild(doc.createTextNode(String(block.title ?? '')));
  box.appendChild(title);
  return box;
}

/** What the avatar does at this place of the text: nothing to see or to hear. @param {Block} block @param {Document} doc */
function gesture(block, doc) {
  const node = doc.createElement('span');
  node.setAttribute('hidden', '');
  node.setAttribute('data-gesture', String(block.name));
  return node;
}
