// What of a bubble is said: its words, without the buttons that stand in it.

const UNSAID = '.options, .turns';

/** The texts in their order. @param {Node} node a bubble, or a part of it @returns {Text[]} */
export function saidIn(node) {
  if (node.nodeType === node.TEXT_NODE) return [/** @type {Text} */ (node)];
  if (/** @type {Element} */ (node).matches(UNSAID)) return [];
  return [...node.childNodes].flatMap(saidIn);
}

/** @param {Text[]} texts */
export const joined = (texts) => texts.map(({ data }) => data).join('');
