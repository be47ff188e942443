// Building nodes. Never from HTML: everything here works under `trusted-types 'none'`.

const SVG = 'http://www.w3.org/2000/svg';

/** @typedef {Node | string | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */

/** @template {keyof HTMLElementTagNameMap} K
 * @param {K} name @param {Attributes | null} [attributes] @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]} */
export function el(name, attributes, ...children) {
  const node = document.createElement(name);
  fill(node, attributes, children);
  return node;
}

/** @param {string} name @param {Attributes | null} [attributes] @param {...Child} children */
export function svg(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  fill(node, attributes, children);
  return node;
}

/** @param {Element} node @param {Attributes | null | undefined} attributes @param {Child[]} children */
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false)
      node.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child) node.append(child);
}

/** Sets the text only if it is another one: a live region must not repeat itself.
 * @param {Element} node @param {string} text */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A button with words.
 * @param {string} className @param {string} text @param {() => void} act @param {AbortSignal} signal */
export function button(className, text, act, signal) {
  const node = el('button', { type: 'button', class: className }, text);
  node.addEventListener('click', act, { signal });
  return node;
}

/** A button with a picture and a name.
 * @param {string} className @param {string} label @param {string} path of a 24 × 24 picture
 * @param {() => void} act @param {AbortSignal} signal */
export function iconButton(className, label, path, act, signal) {
  const node = el(
    'button',
    { type: 'button', class: `icon ${className}`, 'aria-label': label, title: label },
    icon(path),
  );
  node.addEventListener('click', act, { signal });
  return node;
}

/** @param {string} path */
export const icon = (path) =>
  svg('svg', { viewBox: '0 0 24 24', class: 'glyph', 'aria-hidden': 'true' }, svg('path', { d: path }));

/** Puts a style sheet into a shadow tree, once. @param {ShadowRoot} root @param {string} css */
export function adopt(root, css) {
  const sheet = (sheets[css] ??= new CSSStyleSheet());
  if (root.adoptedStyleSheets.includes(sheet)) return;
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
/** @type {Record<string, CSSStyleSheet>} */
const sheets = {};
