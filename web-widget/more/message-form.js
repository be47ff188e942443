// The form for leaving a message, or asking to be called, when no person can come now.
// What is written stays until the server has stored it.
import { button, el, setText } from '../panel/dom.js';
import { TEXT_BYTES } from './limit.js';
import * as deeds from '../talk/deeds.js';

/** @typedef {{text: string, contact: string, name: string}} Fields */
/** @typedef {'text' | 'contact' | 'name' | 'consent'} Field */
/** @typedef {{field: Field, word: import('./forms.words.js').FormWord, count?: number}} Fault */

const CONTACT_BYTES = 320;
const NAME_BYTES = 160;
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/u;
const encoder = new TextEncoder();

/** @param {string} contact */
const isPhone = (contact) => /^\+?[\d\s()./-]+$/.test(contact) && contact.replace(/\D/g, '').length >= 6;

/** What is wrong with the fields, in their order.
 * @param {'message' | 'callback'} type @param {Fields} fields @param {boolean} [agreed] to what the site asks, if it does
 * @returns {Fault[]} */
export function faults(type, { text, contact, name }, agreed = true) {
  /** @type {[boolean, Fault][]} */
  const rules = [
    [type === 'message' && !text, { field: 'text', word: 'formNeedText' }],
    [over(text, TEXT_BYTES), { field: 'text', word: 'formTooLong', count: TEXT_BYTES }],
    [type === 'message' && !MAIL.test(contact) && !isPhone(contact), { field: 'contact', word: 'formNeedContact' }],
    [type === 'callback' && !isPhone(contact), { field: 'contact', word: 'formNeedPhone' }],
    [over(contact, CONTACT_BYTES), { field: 'contact', word: 'formTooLong', count: CONTACT_BYTES }],
    [over(name, NAME_BYTES), { field: 'name', word: 'formTooLong', count: NAME_BYTES }],
    [!agreed, { field: 'consent', word: 'formNeedConsent' }],
  ];
  return rules.filter(([wrong]) => wrong).map(([, fault]) => fault);
}

/** @param {string} text @param {number} bytes */
const over = (text, bytes) => encoder.encode(text).length > bytes;

/** @param {import('../panel/panel.js').Context} context @param {import('./forms.js').FormWords} words
 * @param {() => void} done focus goes back to the chat */
export function createMessageForm({ session, signal, words: panelWords }, words, done) {
  const inputs = {
    text: el('textarea', { id: 'form-text', rows: 4, required: true, 'aria-describedby': 'form-text-fault' }),
    contact: el('input', {
      id: 'form-contact',
      type: 'text',
      required: true,
      autocomplete: 'email',
      inputmode: 'email',
      'aria-describedby': 'form-contact-hint form-contact-fault',
    }),
    name: el('input', { id: 'form-name', type: 'text', autocomplete: 'name', 'aria-describedby': 'form-name-fault' }),
    consent: el('input', { id: 'form-consent', type: 'checkbox', 'aria-describedby': 'form-consent-fault' }),
  };
  const notes = {
    text: el('p', { id: 'form-text-fault', class: 'fault' }),
    contact: el('p', { id: 'form-contact-fault', class: 'fault' }),
    name: el('p', { id: 'form-name-fault', class: 'fault' }),
    consent: el('p', { id: 'form-consent-fault', class: 'fault' }),
  };
  const asked = el('span');
  const agreement = el('label', { class: 'agree', for: 'form-consent', hidden: true }, inputs.consent, asked);
  const outcome = el('p', { class: 'outcome', role: 'status' });
  const send = el('button', { type: 'submit', class: 'primary' }, words('formSend'));
  const call = button('quiet', words('formCall'), () => submit('callback'), signal);
  const cancel = button('plainly', words('formCancel'), close, signal);
  const title = el('h3', { id: 'form-title', tabindex: -1 }, words('formTitle'));
  const node = el(
    'form',
    { class: 'leave', novalidate: true, 'aria-labelledby': 'form-title', hidden: true },
    title,
    el('p', { class: 'intro' }, words('formIntro')),
    el('label', { for: 'form-text' }, words('formText')),
    inputs.text,
    notes.text,
    el('label', { for: 'form-contact' }, words('formContact')),
    inputs.contact,
    el('p', { id: 'form-contact-hint', class: 'hint' }, words('formContactHint')),
    notes.contact,
    el('label', { for: 'form-name' }, words('formName')),
    inputs.name,
    notes.name,
    agreement,
    notes.consent,
    outcome,
    el('div', { class: 'deeds' }, send, call, cancel),
  );
  /** @type {{cid: string, type: 'message' | 'callback'} | null} */
  let sent = null;

  /** @returns {Fields} */
  const fields = () => ({
    text: inputs.text.value.trim(),
    contact: inputs.contact.value.trim(),
    name: inputs.name.value.trim(),
  });

  /** @param {Fault[]} found */
  function mark(found) {
    for (const field of /** @type {Field[]} */ (Object.keys(inputs))) {
      const fault = found.find((one) => one.field === field);
      setText(notes[field], fault ? words(fault.word, { count: fault.count ?? 0 }) : '');
      inputs[field].setAttribute('aria-invalid', String(Boolean(fault)));
    }
    if (found.length) inputs[found[0].field].focus();
  }

  /** @param {'message' | 'callback'} type */
  function submit(type) {
    if (sent) return;
    const consent = session.model.site?.consent?.version ?? '';
    const found = faults(type, fields(), !consent || inputs.consent.checked);
    mark(found);
    if (found.length) return;
    sent = { type, cid: deeds.leave(session, type, { ...fields(), consent }) };
    setText(outcome, words(session.link === 'on' ? 'formSending' : 'formWaits'));
    busy(true);
  }

  /** @param {boolean} on */
  function busy(on) {
    for (const one of [send, call]) one.setAttribute('aria-disabled', String(on));
  }

  function close() {
    node.hidden = true;
    done();
  }

  node.addEventListener(
    'submit',
    (event) => {
      event.preventDefault();
      submit('message');
    },
    { signal },
  );

  return {
    node,
    /** @param {string} [draft] */
    open(draft) {
      node.hidden = false;
      setText(outcome, '');
      if (draft && !inputs.text.value) inputs.text.value = draft;
      title.focus();
    },
    isOpen: () => !node.hidden,
    close,
    /** @param {import('../panel/panel.js').View} view @returns {string} what happened, once stored */
    update({ model }) {
      const text = model.site?.consent?.text ?? '';
      agreement.hidden = !text;
      setText(asked, text);
      if (!sent) return '';
      const { cid, type } = sent;
      const pending = model.pending.find(({ deed }) => deed.cid === cid);
      if (pending?.status === 'sending') return '';
      sent = null;
      busy(false);
      if (pending) {
        setText(outcome, pending.reason || panelWords('problem'));
        deeds.drop(session, cid);
        return '';
      }
      inputs.text.value = '';
      inputs.consent.checked = false;
      mark([]);
      if (!node.hidden) close();
      return words(type === 'callback' ? 'formCallSent' : 'formSent');
    },
  };
}
