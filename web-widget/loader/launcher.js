// The launcher: a button with a small still face, and the badge of unread messages.
import css from './launcher.css';

const words = {
  it: { open: 'Apri la chat', unread: ' – messaggi nuovi: ', failed: 'La chat non si apre. Riprova più tardi.' },
  en: { open: 'Open the chat', unread: ' – new messages: ', failed: 'The chat does not open. Please try again later.' },
};

// The face, back to front: [its lines, how they are painted]. Round things are thick short strokes.
const shapes = [
  [
    'M48 4a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM20 52c-4-30 11-40 28-40s32 10 28 40c2 12-1 20-8 24H28c-7-4-10-12-8-24z',
    'hair',
  ],
  ['M10 98c0-16 14-21 30-23V62h16v13c16 2 30 7 30 23z', 'shirt'],
  ['M39 62h18v11c0 8-18 8-18 0z', 'shade'],
  ['M28 44c0-16 8-22 20-22s20 6 20 22c0 14-8 24-20 24S28 58 28 44z', 'skin'],
  ['M27 45c-1-18 9-27 22-27 12 0 21 8 20 26-6-3-11-8-13-15-6 8-17 9-24 8-3 2-4 5-5 8z', 'hair'],
  ['M25 44C25 9 71 9 71 44', 'set'],
  ['M25 46v5M71 46v5', 'set cup'],
  ['M40.5 47v.6M55.5 47v.6', 'set ink'],
  ['M41 56q7 7 14 0', 'set mouth'],
  ['M30 98V85q18 5 36 0v13z', 'apron'],
];

/** @param {string} name @param {Record<string, string>} attributes */
function shape(name, attributes) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key of Object.keys(attributes)) node.setAttribute(key, attributes[key]);
  return node;
}

/** @param {ShadowRoot} root */
export function createLauncher(root) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const face = shape('svg', { viewBox: '0 0 96 96', 'aria-hidden': 'true' });
  for (const [d, paint] of shapes) face.append(shape('path', { d, class: paint }));
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
  // What is said when the panel cannot be had: an alert that is there before it has words.
  const note = document.createElement('p');
  note.className = 'sorry';
  note.setAttribute('role', 'alert');
  root.replaceChildren(button, note);

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
      if (on) note.textContent = '';
    },
    failed() {
      note.textContent = words[language].failed;
    },
  };
}
