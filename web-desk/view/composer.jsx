// Where the agent writes. Enter sends, Shift+Enter begins a new line; a draft waits while another chat is looked at.
// Suggested answers stand above it, canned replies open behind "/", words to check stand below.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { bytesOf } from '../format.js';
import { lastSeqOf } from '../lists.js';
import { confirmSent } from '../suggest.js';
import { useDesk } from './context.jsx';
import { Icon } from './icons.jsx';
import { Marks } from './marks.jsx';
import { useSlash } from './slash.jsx';
import { Suggestions } from './suggest.jsx';
import { Clip, Tray, useTray } from './tray.jsx';

/** @import {Ticket} from '../protocol.js' */

/** Bytes of a message, as the protocol limits them; the last so many are counted down. */
const MOST = 4096;
const COUNT_FROM = 400;

/** @param {{ticket: Ticket}} props */
export function Composer({ ticket }) {
  const { controller, state, say } = useDesk();
  const number = ticket.ticket;
  const draft = `say:${number}`;
  const [text, setText] = useState(controller.drafts.get(draft) ?? '');
  const [caret, setCaret] = useState(text.length);
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const place = useRef(/** @type {number|null} */ (null));
  const left = MOST - bytesOf(text.trim());

  useLayoutEffect(() => {
    // On a phone the keyboard would cover the conversation that is to be read first.
    if (matchMedia('(min-width: 45rem)').matches) field.current?.focus();
  }, []);
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
    if (place.current === null) return;
    area.focus();
    area.setSelectionRange(place.current, place.current);
    place.current = null;
  }, [text]);

  /** @param {string} value @param {number} at */
  function change(value, at) {
    setText(value);
    setCaret(at);
    controller.drafts.set(draft, value);
    if (value.trim()) controller.typing(number);
  }
  /** What a help put there: the focus and the caret go with it. @param {string} value @param {number} [at] */
  function put(value, at = value.length) {
    place.current = at;
    change(value, at);
  }
  const tray = useTray(number);
  const slash = useSlash({ ticket, text, caret, onText: put });

  /** @param {Event} [event] */
  function submit(event) {
    event?.preventDefault();
    const said = text.trim();
    if (!(said || tray.any) || !tray.ready || left < 0) return;
    controller.say(number, said, tray.take());
    if (said) void confirmSent(number, said);
    setText('');
    setCaret(0);
    controller.drafts.delete(draft);
    field.current?.focus();
  }
  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (slash.pressed(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && !event.isComposing) submit(event);
  }
  /** @param {ClipboardEvent} event */
  function pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    // A table copied from a document is words and a picture of them: the words are meant.
    if (!files.length || !tray.rules || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    tray.add(files);
  }
  /** @param {DragEvent} event */
  function dropped(event) {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length || !tray.rules) return;
    event.preventDefault();
    tray.add(files);
  }
  /** @param {number} at @param {number} size */
  function select(at, size) {
    field.current?.focus();
    field.current?.setSelectionRange(at, at + size);
  }
  return (
    <>
      <Suggestions ticket={ticket} after={lastSeqOf(state.model, number)} text={text} onText={put} />
      <form class="composer" onSubmit={submit} onDragOver={(event) => tray.rules && event.preventDefault()} onDrop={dropped}>
        <Tray tray={tray} />
        <label class="hidden" for="composer">{say('write_label')}</label>
        {slash.menu}
        <textarea id="composer" ref={field} rows={1} value={text} onKeyDown={pressed} lang={ticket.lang}
          onPaste={pasted} {...slash.attributes} aria-describedby="composer-help" aria-invalid={left < 0}
          onInput={(event) => change(event.currentTarget.value, event.currentTarget.selectionStart)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          placeholder={say('write', { name: ticket.name || say('visitor').toLowerCase() })} />
        <Clip tray={tray} after={() => field.current?.focus()} />
        <button class="button strong send" type="submit" aria-disabled={!(text.trim() || tray.any) || !tray.ready || left < 0}>
          <Icon name="send" /><span class="hidden">{say('send')}</span>
        </button>
        <Marks text={text} lang={ticket.lang} onText={put} onSelect={select} />
        <p id="composer-help" class="muted small">
          {left < 0 ? <strong class="fallback">{say('too_long', { n: -left })}</strong>
            : left < COUNT_FROM ? say('room_left', { n: left }) : say('write_help')}
        </p>
      </form>
    </>
  );
}
