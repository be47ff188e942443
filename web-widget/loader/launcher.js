// The launcher: a button with a small still face, and the badge of unread messages.
import { drawStill, stillFaces } from '../avatar/static.js';
import css from './launcher.css';

const words = {
  it: { open: 'Apri la chat', unread: ' – messaggi nuovi: ', failed: 'La chat non si apre. Riprova più tardi.' },
  en: { open: 'Open the chat', unread: ' – new messages: ', failed: 'The chat does not open. Please try again later.' },
};

/** @param {ShadowRoot} root */
export function createLauncher(root) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  /** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {string} look */
  const make = (name, look) => {
    const node = document.createElement(name);
    node.className = look;
    return node;
  };
  const badge = make('span', 'badge');
  badge.hidden = true;
  const button = make('button', 'launcher');
  button.type = 'button';
  const tell = (/** @type {string} */ name, /** @type {string} */ value) => button.setAttribute(name, value);
  tell('part', 'launcher');
  tell('aria-haspopup', 'dialog');
  tell('aria-expanded', 'false');
  // What is said when the panel cannot be had: an alert that is there before it has words.
  const note = make('p', 'sorry');
  note.setAttribute('role', 'alert');
  root.replaceChildren(button, note);
  let drawn = ' ';

  let language = /** @type {'it' | 'en'} */ ('en');
  let unread = 0;
  const name = () => {
    const text = words[language];
    tell('aria-label', text.open + (unread ? text.unread + unread : ''));
  };
  return {
    root,
    button,
    /** @param {'it' | 'en'} wanted */
    label(wanted) {
      language = wanted;
      name();
    },
    /** @param {string} avatar '' = the house's; any other word: no face, but the mark */
    face(avatar) {
      if (avatar === drawn) return;
      drawn = avatar;
      button.replaceChildren(drawStill(avatar in stillFaces || !avatar ? avatar : 'segno'), badge);
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
