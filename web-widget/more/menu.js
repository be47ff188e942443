// What is behind the three dots: keep the conversation, choose the face, end or erase. Fetched when it is first opened.
// A list of plain buttons that opens below the head; what cannot be undone is asked about first.
import * as deeds from '../talk/deeds.js';
import { begun, erasing } from '../talk/model.js';
import { button, el } from '../panel/dom.js';
import { wordsOf } from '../words/words.js';
import controls from './controls.css';
import css from './menu.css';
import { tables } from './menu.words.js';
import { soundEntries } from './sound-switches.js';
import { saveTranscript } from './transcript.js';

/** @param {import('../panel/panel.js').Context} context @param {ReturnType<typeof import('../panel/face.js').createFace>} face
 * @param {HTMLElement} opener gets the focus back */
export function createMenu(context, face, opener) {
  const { session, signal, language, dress, words: panelWords } = context;
  dress(controls);
  dress(css);
  const words = wordsOf(tables[language]);

  const keep = entry('keep', () => {
    saveTranscript(session.model, panelWords, words, language);
    close();
  });
  const end = entry('end', () => ask(words('endSure'), words('endYes'), () => deeds.bye(session)));
  const erase = entry('erase', () =>
    ask(words('eraseSure'), words('eraseYes'), () => {
      deeds.erase(session);
      face.keep('');
    }),
  );
  const faces = el('fieldset', { class: 'faces' }, el('legend', null, words('faces')));
  const sounds = soundEntries(context, () => close());
  const list = el('div', { class: 'entries' }, keep, faces, ...sounds.nodes, end, erase);
  const question = el('p');
  const yes = button('quiet', '', () => settle(true), signal);
  const no = button('plainly', words('no'), () => settle(false), signal);
  const sure = el('div', { class: 'sure', role: 'group', hidden: true }, question, el('div', { class: 'deeds' }, yes, no));
  const sheet = el('div', { class: 'sheet' }, list, sure);
  const node = el('div', { class: 'menu', role: 'region', 'aria-label': panelWords('menu'), hidden: true }, sheet);
  node.addEventListener('click', ({ target }) => target === node && close(), { signal });
  let drawn = '';
  let act = () => {};

  /** @param {import('./menu.words.js').MenuWord} word @param {() => void} deed */
  function entry(word, deed) {
    return button('entry', words(word), deed, signal);
  }
  /** @param {string} text @param {string} consent @param {() => void} deed */
  function ask(text, consent, deed) {
    act = deed;
    question.textContent = text;
    sure.setAttribute('aria-label', text);
    yes.textContent = consent;
    list.hidden = true;
    sure.hidden = false;
    yes.focus();
  }
  /** @param {boolean} agreed */
  function settle(agreed) {
    sure.hidden = true;
    list.hidden = false;
    if (agreed) act();
    close();
  }
  function close() {
    node.hidden = true;
    opener.setAttribute('aria-expanded', 'false');
    opener.focus();
  }
  /** The avatars that the site offers, and none. @param {string[]} names */
  function drawFaces(names) {
    const key = names.join(' ');
    if (key === drawn) return;
    drawn = key;
    faces.hidden = names.length === 0;
    const choices = [...names, 'off'].map((name) => {
      const input = el('input', { type: 'radio', name: 'face', value: name, id: `face-${name}` });
      input.checked = face.chosen() === name;
      input.addEventListener('change', () => face.keep(name), { signal });
      return el('label', { for: input.id }, input, words(/** @type {any} */ (`face_${name}`)));
    });
    faces.replaceChildren(/** @type {Element} */ (faces.firstElementChild), ...choices);
  }

  return {
    node,
    toggle() {
      if (!node.hidden) return close();
      sure.hidden = true;
      list.hidden = node.hidden = false;
      opener.setAttribute('aria-expanded', 'true');
      drawn = '';
      this.update({ model: session.model });
      /** @type {HTMLElement | null} */ (node.querySelector('button:not([hidden]), input'))?.focus();
    },
    /** Esc closes it. Gives whether it was open. */
    dismiss() {
      const open = !node.hidden;
      if (open) close();
      return open;
    },
    /** @param {{model: import('../talk/model.js').Model}} view */
    update({ model }) {
      if (node.hidden) return;
      keep.hidden = !model.items.length;
      sounds.update();
      end.hidden = !begun(model) || model.who === 'closed';
      erase.hidden = !begun(model) || Boolean(erasing(model));
      drawFaces(offered(model, face.own()).filter((name) => `face_${name}` in tables.it));
    },
  };
}

/** The names among which the visitor may choose. @param {import('../talk/model.js').Model} model @param {string} own */
function offered({ site }, own) {
  const names = site?.avatars;
  return Array.isArray(names) && names.length ? names.map(String) : [own];
}
