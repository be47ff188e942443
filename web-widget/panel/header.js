// The head of the panel: the face, who is there and what they are doing, what this is, and the way
// to a person, which is always there.
import { button, el, icon, iconButton, setText } from './dom.js';
import { createFace } from './face.js';
import { begun } from '../talk/model.js';

const CROSS = 'M6 6l12 12M18 6L6 18';
const PERSON = 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-4 4-5.5 7.5-5.5s6.700 1.5 7.5 5.5';

/** @param {import('./panel.js').Context} context */
export function createHeader({ words, language, session, signal, drawn, pictureOf, load, close }) {
  const face = createFace(drawn);
  const name = el('h2', { class: 'name', id: 'name', tabindex: -1 });
  const what = el('p', { class: 'what' });
  const status = el('p', { class: 'status' });
  const human = button('human', words('human'), () => session.human(), signal);
  human.prepend(icon(PERSON));
  const end = iconButton('end', words('end'), 'M5 4h9v16H5zM10 12h10m-3.5-3.5L20 12l-3.5 3.5', ask, signal);
  const keep = iconButton('keep', words('keep'), 'M12 4v11m-4.500-4.500L12 15l4.500-4.500M5 20h14', save, signal);
  const sure = el(
    'div',
    { class: 'sure', role: 'group', 'aria-label': words('endSure'), hidden: true },
    el('p', null, words('endSure')),
    button('plainly', words('endYes'), () => answer(true), signal),
    button('plainly', words('endNo'), () => answer(false), signal),
  );
  const node = el(
    'div',
    { class: 'top' },
    el(
      'div',
      { class: 'who' },
      face.node,
      el('div', { class: 'names' }, name, what, status),
      keep,
      end,
      iconButton('close', words('close'), CROSS, close, signal),
    ),
    sure,
    human,
  );

  /** The conversation as a file, with what everybody in it was called. */
  async function save() {
    /** @type {typeof import('../more/transcript.js')} */
    const { saveTranscript } = await load('more-transcript.js');
    saveTranscript(session.model, words, language);
  }
  function ask() {
    sure.hidden = !sure.hidden;
    if (!sure.hidden) sure.querySelector('button')?.focus();
  }
  /** @param {boolean} yes */
  function answer(yes) {
    sure.hidden = true;
    if (yes) session.bye();
    name.focus();
  }

  return {
    node,
    name,
    /** Esc asks here first: is there something smaller to close? */
    dismiss() {
      const open = !sure.hidden;
      sure.hidden = true;
      if (open) end.focus();
      return open;
    },
    /** @param {import('./panel.js').View} view */
    update({ model, face: state, assistant, mood }) {
      const who = model.who === 'agent' ? model.agent || words('person') : assistant;
      const doing = words(`face_${state}`);
      setText(name, who);
      setText(what, words(model.who === 'agent' ? 'staff' : 'assistant'));
      setText(status, doing);
      // A person who is out of reach is still a person: never the assistant's face beside that name.
      face.show(model.who === 'agent' ? 'human' : state, `${who}: ${doing}`, who, mood, model.who === 'agent' ? pictureOf(model.picture) : '');
      const asked = model.pending.some(({ deed, status }) => deed.type === 'human' && status === 'sending');
      label(human, asked ? words('humanAsked') : words('human'));
      human.hidden = model.who === 'agent' || model.who === 'waiting';
      end.hidden = !begun(model) || model.who === 'closed';
      keep.hidden = !model.items.length;
      if (end.hidden) sure.hidden = true;
    },
  };
}

/** Keeps the picture of a button and changes its words. @param {HTMLElement} node @param {string} text */
function label(node, text) {
  const words = node.lastChild;
  if (words && words.nodeType === Node.TEXT_NODE && words.nodeValue !== text) words.nodeValue = text;
}
