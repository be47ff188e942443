// What a control for an answer lets pass, and how it is said.

/** @typedef {import('../talk/protocol.js').Input} Input */

/** What is wrong with it: the word, its value; null = nothing. @param {Input} input @param {string} value as it is said
 * @returns {[import('./input.words.js').InputWord, import('../words/words.js').Values] | null} */
export function fault({ type, min, max, step }, value) {
  if (!value) return ['inputEmpty', {}];
  if (type !== 'number') return null;
  const number = Number(value.replace(',', '.'));
  if (!Number.isFinite(number)) return ['inputNumber', {}];
  if (min && number < Number(min)) return ['inputLeast', { min }];
  if (max && number > Number(max)) return ['inputMost', { max }];
  return Number(step) === 1 && !Number.isInteger(number) ? ['inputWhole', {}] : null;
}

/** A number with the sign that the server reads. @param {Input} input @param {string} value */
export function said({ type, decimal }, value) {
  const text = value.trim();
  return type === 'number' && (decimal === ',' || decimal === '.') ? text.replace(/[.,](?=\d*$)/, decimal) : text;
}
