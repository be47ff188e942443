// Where the visitor writes. Enter sends, Shift+Enter breaks the line; while an input method composes,
// Enter is its own.
import { el, icon } from './dom.js';

/** @param {import('./panel.js').Context} context */
export function createComposer({ words, session, signal, drafted, files }) {
  const area = el('textarea', {
    id: 'compose',
    rows: 1,
    placeholder: words('compose'),
    autocomplete: 'off',
    enterkeyhint: 'send',
  });
  const send = el(
    'button',
    { type: 'submit', class: 'send', 'aria-label': words('send'), title: words('send') },
    icon('M4 12L20 4l-5 16-3.5-6.5zM11.5 13.5L20 4'),
  );
  const node = el(
    'form',
    { class: 'composer', novalidate: true },
    el('label', { for: 'compose', class: 'unseen' }, words('compose')),
    area,
    send,
  );

  /** Whether a text is too long: told once there is a limit. */
  let measure = (/** @type {string} */ _) => false;
  let over = false;

  const held = () => Boolean(files()?.any());
  function grow() {
    area.style.blockSize = 'auto';
    area.style.blockSize = `${area.scrollHeight + 2}px`;
  }
  function check() {
    over = measure(area.value.trim());
    node.classList.toggle('empty', !area.value.trim() && !held());
  }
  function submit() {
    const text = area.value.trim();
    if (!held() && !text || over) return;
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
  /** @param {typeof measure} given */
  function limit(given) {
    measure = given;
    check();
  }
  return { node, area, limit, submit, changed, focus: () => area.focus() };
}
