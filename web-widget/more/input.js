// A control that fits the answer to a question: a date, a number, an e-mail address, a choice among many. A help, never a
// condition: whoever prefers to write does so below. What it gives is said like anything else (docs/protocol.md).
import { el, setText } from '../panel/dom.js';
import { wordsOf } from '../words/words.js';
import { fault, said } from './answer.js';
import controls from './controls.css';
import css from './input.css';
import { tables } from './input.words.js';

/** @typedef {import('../talk/protocol.js').Input} Input */

/** Type: the browser's own control, the keyboard it wants. `text` has the composer already.
 * @type {Record<string, {type: string, inputmode?: string}>} */
const kinds = {
  date: { type: 'date' },
  time: { type: 'time' },
  moment: { type: 'datetime-local' },
  email: { type: 'email', inputmode: 'email' },
  tel: { type: 'tel', inputmode: 'tel' },
  number: { type: 'text', inputmode: 'decimal' },
};
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const COMPLETIONS = new Set(['email', 'tel', 'name', 'given-name', 'family-name', 'postal-code', 'street-address', 'bday']);

/** A bound as the control wants it; '' = none. @param {string} type @param {unknown} bound @param {string} hour */
const bounded = (type, bound, hour) => {
  if (typeof bound !== 'string' || !DAY.test(bound)) return '';
  return type === 'date' ? bound : type === 'datetime-local' ? `${bound}T${hour}` : '';
};

/** @param {import('../panel/panel.js').Context} context @param {Input} input @param {string} key of the message
 * @returns {HTMLElement | null} null: this is best written */
export function createField(context, input, key) {
  const { session, language, signal, dress } = context;
  const choices = Array.isArray(input.choices) ? input.choices.filter((one) => typeof one === 'string' && one) : [];
  const kind = Object.hasOwn(kinds, input.type) ? kinds[input.type] : null;
  if (!kind && !(input.type === 'choice' && choices.length)) return null;
  dress(controls);
  dress(css);
  const words = wordsOf(tables[language]);
  const id = `field-${key.replace(':', '-')}`;
  const control = kind
    ? el('input', {
        ...kind, id,
        min: bounded(kind.type, input.min, '00:00') || null,
        max: bounded(kind.type, input.max, '23:59') || null,
        autocomplete: COMPLETIONS.has(input.autocomplete ?? '') ? input.autocomplete : 'off',
        'aria-describedby': `${id}-fault`,
      })
    : el('select', { id, 'aria-describedby': `${id}-fault` }, el('option', { value: '' }, words('inputChoose')), ...choices.map((one) => el('option', null, one)));
  const wrong = el('p', { id: `${id}-fault`, class: 'fault', role: 'alert' });
  const word = /** @type {import('./input.words.js').InputWord} */ (`input_${kind ? input.type : 'choice'}`);
  const form = el(
    'form',
    { class: 'ask', novalidate: true },
    el('label', { for: id }, words(word)),
    el('div', { class: 'line' }, control, el('button', { type: 'submit', class: 'primary' }, words('inputSend'))),
    wrong,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const value = said(input, control.value);
    // What the browser itself finds wrong it tells in the visitor's language; an empty half-written date is one of them.
    const found = value || control.validity.valid ? fault(input, value) : null;
    const text = found ? words(...found) : control.validity.valid ? '' : control.validationMessage;
    setText(wrong, text);
    control.setAttribute('aria-invalid', String(Boolean(text)));
    if (text) control.focus();
    else session.say(value);
  }, { signal });
  return form;
}
