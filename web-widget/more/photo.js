// The picture of the person who is there, over the initials.
import { el } from '../panel/dom.js';
import { webAddress } from './web-address.js';

/** @param {import('../panel/panel.js').Context} context @param {Element} place where the face is */
export function createPhoto({ server, signal }, place) {
  const node = el('img', { class: 'photo', alt: '', hidden: true });
  // A page that forbids pictures, or one that is gone: the initials beneath are enough.
  node.addEventListener('error', () => (node.hidden = true), { signal });
  place.append(node);
  return {
    /** @param {import('../talk/model.js').Model} model */
    update({ who, picture }) {
      const source = who === 'agent' ? webAddress(picture, server) : '';
      if ((node.getAttribute('src') ?? '') === source) return;
      node.hidden = !source;
      if (source) node.src = source;
      else node.removeAttribute('src');
    },
  };
}
