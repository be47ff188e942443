// The launcher: a button with a small still face, and the badge of unread messages.
import css from './launcher.css';

const words = {
  it: { open: 'Apri la chat', unread: ' – messaggi nuovi: ' },
  en: { open: 'Open the chat', unread: ' – new messages: ' },
};

// Shapes of the face, back to front: [what, where it is, how it is painted].
const shapes = [
  ['circle', { cx: 48, cy: 13, r: 9 }, 'hair'],
  ['path', { d: 'M20 52C16 22 31 12 48 12s32 10 28 40c2 12-1 20-8 24H28c-7-4-10-12-8-24z' }, 'hair'],
  ['path', { d: 'M10 98c0-16 14-21 30-23V62h16v13c16 2 30 7 30 23z' }, 'shirt'],
  ['path', { d: 'M39 62h18v11c0 8-18 8-18 0z' }, 'shade'],
  ['path', { d: 'M28 44c0-16 8-22 20-22s20 6 20 22c0 14-8 24-20 24S28 58 28 44z' }, 'skin'],
  ['path', { d: 'M27 45c-1-18 9-27 22-27 12 0 21 8 20 26-6-3-11-8-13-15-6 8-17 9-24 8-3 2-4 5-5 8z' }, 'hair'],
  ['path', { d: 'M25 44C25 9 71 9 71 44' }, 'set'],
  ['rect', { x: 21, y: 41, width: 8, height: 14, rx: 4 }, 'cup'],
  ['rect', { x: 67, y: 41, width: 8, height: 14, rx: 4 }, 'cup'],
  ['circle', { cx: 40.5, cy: 47, r: 2.8 }, 'ink'],
  ['circle', { cx: 55.5, cy: 47, r: 2.8 }, 'ink'],
  ['path', { d: 'M41 56q7 7 14 0' }, 'mouth'],
  ['path', { d: 'M30 98V85q18 5 36 0v13z' }, 'apron'],
];

/** @param {string} name @param {Record<string, string | number>} attributes */
function shape(name, attributes) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes) node.setAttribute(key, String(attributes[key]));
  return node;
}

/** @param {ShadowRoot} root */
export function createLauncher(root) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const face = shape('svg', { viewBox: '0 0 96 96', 'aria-hidden': 'true' });
  for (const [name, where, paint] of /** @type {[string, Record<string, number>, string][]} */ (shapes)) {
    face.append(shape(name, { ...where, class: paint }));
  }
  const badge = document.createElement('span');
  badge.className = 'badge';
  badge.hidden = true;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'launcher';
  button.setAttribute('part', 'launcher');
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  button.append(face, badge);
  root.replaceChildren(button);

  let language = /** @type {'it' | 'en'} */ ('en');
  let unread = 0;
  const name = () => {
    const text = words[language];
    button.setAttribute('aria-label', text.open + (unread ? text.unread + unread : ''));
  };
  return {
    root,
    button,
    /** @param {'it' | 'en'} wanted */
    label(wanted) {
      language = wanted;
      name();
    },
    /** @param {number} count */
    unread(count) {
      unread = count;
      badge.hidden = !count;
      badge.textContent = count > 9 ? '9+' : String(count);
      name();
    },
    /** @param {boolean} on */
    busy(on) {
      button.classList.toggle('busy', on);
    },
  };
}
