// Where the visitor writes. Enter sends, Shift+Enter breaks the line; while an input method composes,
// Enter is its own.
import { el, icon, setText } from './dom.js';

export const TEXT_BYTES = 4096;
const WARN_BYTES = 3600;
const encoder = new TextEncoder();

/** How many bytes too many; below 0 there is room. @param {string} text */
export const excess = (text) => encoder.encode(text).length - TEXT_BYTES;

/** @param {import('./panel.js').Context} context */
export function createComposer({ words, session, signal, drafted, files }) {
  const area = el('textarea', {
    id: 'compose',
    rows: 1,
    placeholder: words('compose'),
    autocomplete: 'off',
    enterkeyhint: 'send',
    'aria-describedby': 'too-long',
  });
  const send = el(
    'button',
    { type: 'submit', class: 'send', 'aria-label': words('send'), title: words('send') },
    icon('M4 12L20 4l-5 16-3.5-6.5zM11.5 13.5L20 4'),
  );
  const warning = el('p', { id: 'too-long', class: 'warning', role: 'alert' });
  const node = el(
    'form',
    { class: 'composer', novalidate: true },
    el('label', { for: 'compose', class: 'unseen' }, words('compose')),
    area,
    send,
    warning,
  );

  const held = () => Boolean(files()?.any());
  function grow() {
    area.style.blockSize = 'auto';
    area.style.blockSize = `${area.scrollHeight + 2}px`;
  }
  function check() {
    const over = excess(area.value.trim());
    setText(warning, over > 0 ? words('tooLong', { count: over }) : '');
    area.setAttribute('aria-invalid', String(over > 0));
    node.classList.toggle('near', over > WARN_BYTES - TEXT_BYTES);
    node.classList.toggle('empty', !area.value.trim() && !held());
  }
  function submit() {
    const text = area.value.trim();
    if (!held() && !text || excess(text) > 0) return;
    const sent = held() ? files()?.take() : [];
    if (!sent) return; // It goes when they are uploaded.
    area.value = '';
    changed();
    session.say(text, sent);
  }
  function changed() {
    grow();
    check();
    drafted(area.value.trim() !== '');
  }

  area.addEventListener(
    'input',
    () => {
      changed();
      if (area.value.trim()) session.talk?.typing();
    },
    { signal },
  );
  area.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      submit();
    },
    { signal },
  );
  node.addEventListener(
    'submit',
    (event) => {
      event.preventDefault();
      submit();
      area.focus();
    },
    { signal },
  );
  check();
  return { node, area, submit, changed, focus: () => area.focus() };
}
