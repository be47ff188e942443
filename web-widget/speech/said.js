// What of a bubble is said: its words, without the buttons that stand in it.

const UNSAID = '.options, .turns';

/** The texts in their order. @param {Element} bubble @returns {Text[]} */
export function saidIn(bubble) {
  const { FILTER_ACCEPT, FILTER_REJECT, FILTER_SKIP, SHOW_ELEMENT, SHOW_TEXT } = NodeFilter;
  const walker = document.createTreeWalker(bubble, SHOW_ELEMENT | SHOW_TEXT, (node) => {
    if (node instanceof Text) return FILTER_ACCEPT;
    return /** @type {Element} */ (node).matches(UNSAID) ? FILTER_REJECT : FILTER_SKIP;
  });
  const found = [];
  while (walker.nextNode()) found.push(/** @type {Text} */ (walker.currentNode));
  return found;
}

/** @param {Text[]} texts */
export const joined = (texts) => texts.map(({ data }) => data).join('');
