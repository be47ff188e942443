// What visitors see while the server takes no connection from this page; the operator reads the advice in the console.
import { el } from '../panel/dom.js';
import { chatUrl } from '../talk/connection.js';
import { wordsOf } from '../words/words.js';
import controls from './controls.css';
import css from './away.css';
import { advice, contactHref, contactShown } from './unreachable.js';
import { tables } from './away.words.js';

/** Shown as long as the session says so. @param {import('../panel/panel.js').Context} context @param {HTMLElement} place */
export function createUnreachable({ language, session, server, contact, dress }, place) {
  dress(controls);
  dress(css);
  console.warn(advice(chatUrl(server), self.origin));
  const words = wordsOf(tables[language]);
  const reach = contact();
  const href = contactHref(reach);
  const link = href && el('a', { href, target: '_blank', rel: 'noopener' }, contactShown(reach));
  const node = el('div', { class: 'unreachable', role: 'status' });
  const lines = [el('p', null, words('unreachable')), reach && el('p', null, words('unreachableContact'), ' ', link || reach)];
  place.append(node);
  return {
    update() {
      // A status is read aloud when its words come, not when it is made.
      if (session.unreachable === node.hasChildNodes()) return;
      node.replaceChildren(...lines.filter((line) => line && session.unreachable));
    },
  };
}
