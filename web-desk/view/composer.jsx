// Where the agent writes. Enter sends, Shift+Enter begins a new line; a draft waits while another chat is looked at.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { bytesOf } from '../format.js';
import { useDesk } from './context.jsx';
import { Icon } from './icons.jsx';

/** @import {Ticket} from '../protocol.js' */

/** Bytes of a message, as the protocol limits them; the last so many are counted down. */
const MOST = 4096;
const COUNT_FROM = 400;

/** @param {{ticket: Ticket}} props */
export function Composer({ ticket }) {
  const { controller, say } = useDesk();
  const number = ticket.ticket;
  const draft = `say:${number}`;
  const [text, setText] = useState(controller.drafts.get(draft) ?? '');
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const left = MOST - bytesOf(text.trim());

  useEffect(() => {
    // On a phone the keyboard would cover the conversation that is to be read first.
    if (matchMedia('(min-width: 45rem)').matches) field.current?.focus();
  }, []);
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [text]);

  /** @param {string} value */
  function change(value) {
    setText(value);
    controller.drafts.set(draft, value);
    if (value.trim()) controller.typing(number);
  }
  /** @param {Event} [event] */
  function submit(event) {
    event?.preventDefault();
    const said = text.trim();
    if (!said || left < 0) return;
    controller.say(number, said);
    setText('');
    controller.drafts.delete(draft);
    field.current?.focus();
  }
  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && !event.isComposing) submit(event);
  }
  return (
    <form class="composer" onSubmit={submit}>
      <label class="hidden" for="composer">{say('write_label')}</label>
      <textarea id="composer" ref={field} rows={1} value={text} onKeyDown={pressed} lang={ticket.lang}
        onInput={(event) => change(event.currentTarget.value)} aria-describedby="composer-help"
        aria-invalid={left < 0} placeholder={say('write', { name: ticket.name || say('visitor').toLowerCase() })} />
      <button class="button strong send" type="submit" aria-disabled={!text.trim() || left < 0}>
        <Icon name="send" /><span class="hidden">{say('send')}</span>
      </button>
      <p id="composer-help" class="muted small">
        {left < 0 ? <strong class="fallback">{say('too_long', { n: -left })}</strong>
          : left < COUNT_FROM ? say('room_left', { n: left }) : say('write_help')}
      </p>
    </form>
  );
}
