// The head of the panel: the face, who is there and what they are doing, what this is, and the way
// to a person, which is always there.
import { button, el, icon, iconButton, setText } from './dom.js';
import { createFace } from './face.js';

const CROSS = 'M6 6l12 12M18 6L6 18';
const DOTS = 'M5 12h.1M12 12h.1M19 12h.1';
const PERSON = 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-4 4-5.5 7.5-5.5s6.700 1.5 7.5 5.5';

/** @param {import('./panel.js').Context} context */
export function createHeader(context) {
  const { words, session, signal, more, close } = context;
  const face = createFace(context);
  const name = el('h2', { class: 'name', id: 'name', tabindex: -1 });
  const what = el('p', { class: 'what' });
  const status = el('p', { class: 'status' });
  const human = button('human', words('human'), () => session.human(), signal);
  human.prepend(icon(PERSON));
  const dots = iconButton('opener', words('menu'), DOTS, () => more((it) => it.openMenu()), signal);
  dots.setAttribute('aria-expanded', 'false');
  const node = el(
    'div',
    { class: 'top' },
    el(
      'div',
      { class: 'who' },
      face.node,
      el('div', { class: 'names' }, name, what, status),
      dots,
      iconButton('close', words('close'), CROSS, close, signal),
    ),
    human,
  );

  return {
    node,
    name,
    face,
    opener: dots,
    /** @param {import('./panel.js').View} view */
    update({ model, face: state, assistant, mood }) {
      const who = model.who === 'agent' ? model.agent || words('person') : assistant;
      const doing = words(`face_${state}`);
      setText(name, who);
      setText(what, words(model.who === 'agent' ? 'staff' : 'assistant'));
      setText(status, doing);
      // A person who is out of reach is still a person: never the assistant's face beside that name.
      face.show(model.who === 'agent' ? 'human-here' : state, `${who}: ${doing}`, who, mood);
      const asked = model.pending.some(({ deed, status }) => deed.type === 'human' && status === 'sending');
      label(human, asked ? words('humanAsked') : words('human'));
      human.hidden = model.who === 'agent' || model.who === 'waiting';
    },
  };
}

/** Keeps the picture of a button and changes its words. @param {HTMLElement} node @param {string} text */
function label(node, text) {
  const words = node.lastChild;
  if (words && words.nodeType === Node.TEXT_NODE && words.nodeValue !== text) words.nodeValue = text;
}
