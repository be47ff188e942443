// After a chat: how content the visitor is, from 1 to 5, and a line. Asked once a conversation, never in the way.
import { TEXT_BYTES } from './limit.js';
import { button, el, setText } from '../panel/dom.js';
import { wantsVerdict } from '../talk/course.js';
import * as deeds from '../talk/deeds.js';

const GRADES = /** @type {const} */ (['grade1', 'grade2', 'grade3', 'grade4', 'grade5']);
const encoder = new TextEncoder();

/** @param {import('../panel/panel.js').Context} context @param {import('./forms.js').FormWords} words */
export function createSatisfaction({ session, signal }, words) {
  const grades = GRADES.map((word, index) => {
    const value = index + 1;
    const input = el('input', { type: 'radio', name: 'grade', value, id: `grade-${value}` });
    return el('label', { class: 'grade', for: `grade-${value}` }, input, el('span', null, el('b', null, String(value)), ' ', words(word)));
  });
  const text = el('input', { type: 'text', id: 'verdict', autocomplete: 'off', placeholder: words('verdictText') });
  const fault = el('p', { class: 'fault', role: 'alert' });
  const no = button('plainly', words('verdictNo'), () => deeds.judge(session, 0, ''), signal);
  const node = el(
    'form',
    { class: 'verdict', novalidate: true, hidden: true },
    el(
      'fieldset',
      null,
      el('legend', null, words('verdictTitle')),
      el('div', { class: 'grades' }, ...grades),
      el('label', { for: 'verdict', class: 'unseen' }, words('verdictText')),
      text,
      fault,
      el('div', { class: 'deeds' }, el('button', { type: 'submit', class: 'primary' }, words('verdictSend')), no),
    ),
  );
  node.addEventListener(
    'submit',
    (event) => {
      event.preventDefault();
      const chosen = grades.findIndex((grade) => grade.querySelector('input')?.checked);
      const line = text.value.trim();
      if (chosen < 0) setText(fault, words('verdictNone'));
      else if (encoder.encode(line).length > TEXT_BYTES) setText(fault, words('formTooLong', { count: TEXT_BYTES }));
      else deeds.judge(session, chosen + 1, line);
    },
    { signal },
  );
  return {
    node,
    /** @param {import('../panel/panel.js').View} view */
    update({ model }) {
      const wanted = wantsVerdict(model);
      if (wanted && node.hidden) {
        setText(fault, '');
        node.reset();
      }
      node.hidden = !wanted;
    },
  };
}
