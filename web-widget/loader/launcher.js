// The launcher: a button with a small still face.
import { drawStill, stillFaces } from '../avatar/static.js';
import css from './launcher.css';

const words = {
  it: ['Apri la chat', 'La chat non si apre. Riprova più tardi.'],
  en: ['Open the chat', 'The chat does not open. Please try again later.'],
};

/** @param {string} name of a tag, or of a shape @param {Record<string, string>} attributes @param {string} [space] */
function make(name, attributes, space = 'http://www.w3.org/1999/xhtml') {
  const node = document.createElementNS(space, name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  return node;
}
/** @param {string} name @param {Record<string, string>} attributes */
const shape = (name, attributes) => make(name, attributes, 'http://www.w3.org/2000/svg');

/** @param {ShadowRoot} root */
export function createLauncher(root) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const button = /** @type {HTMLButtonElement} */ (
    make('button', { type: 'button', class: 'launcher', part: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' })
  );
  // What is said when the panel cannot be had: an alert that is there before it has words.
  const note = make('p', { class: 'sorry', role: 'alert' });
  root.replaceChildren(button, note);
  let language = /** @type {'it' | 'en'} */ ('en');
  let drawn = ' ';
  /** @type {Element | undefined} */
  let picture;
  return {
    root,
    button,
    /** @param {'it' | 'en'} wanted @param {string} [news] said after the name */
    label(wanted, news = '') {
      language = wanted;
      button.setAttribute('aria-label', words[language][0] + news);
    },
    /** @param {string} avatar '' = the house's; any other word: no face, but the mark */
    face(avatar) {
      if (avatar === drawn) return;
      drawn = avatar;
      picture?.remove();
      picture = drawStill(!avatar ? 'olma' : Object.hasOwn(stillFaces, avatar) ? avatar : 'segno', shape);
      button.prepend(picture);
    },
    /** @param {boolean} on */
    busy(on) {
      button.classList.toggle('busy', on);
      if (on) note.textContent = '';
    },
    failed() {
      note.textContent = words[language][1];
    },
  };
}
