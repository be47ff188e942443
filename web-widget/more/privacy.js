// The link to what the site says about data, where it has one.
import { el } from '../panel/dom.js';
import { webAddress } from './web-address.js';

/** @param {Element} place @param {string} text */
export function createPrivacy(place, text) {
  const node = el('a', { class: 'privacy', target: '_blank', rel: 'noopener', hidden: true }, text);
  place.append(node);
  return {
    /** @param {import('../talk/model.js').Model} model */
    update({ site }) {
      const address = webAddress(site?.privacy, document.baseURI);
      node.hidden = !address;
      if (address) node.href = address;
    },
  };
}
