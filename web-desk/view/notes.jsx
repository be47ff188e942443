// Notes of a ticket: what colleagues tell each other. The visitor never sees them.

import { useState } from 'preact/hooks';
import { bytesOf, dateTimeOf } from '../format.js';
import { errorWords } from '../i18n.js';
import { taskPosts } from '../task.js';
import { ticketOwn } from '../ticket.js';
import { useDesk } from './context.jsx';
import { Icon } from './icons.jsx';

/** @import {Ticket} from '../protocol.js' */

/** Bytes, as the protocol limits a text. */
const MOST = 4096;

/** @param {{ticket: Ticket}} props */
export function Notes({ ticket }) {
  const { controller, state, say, lang } = useDesk();
  const number = ticket.ticket;
  const notes = state.model.notes.get(number) ?? [];
  const under = taskPosts(state.model, number, 'note');
  const lacking = notes.length === 0 && under.length === 0 && (ticket.notes ?? 0) > 0;
  return (
    <section class="notes" aria-labelledby="notes-title">
      <h3 id="notes-title"><Icon name="note" /> {say('notes')}</h3>
      <div aria-live="polite">
        {lacking && <p class="none">{say('notes_loading')}</p>}
        {notes.map(({ id, name, at, text }) => (
          <article key={id} class="note">
            <p class="note-words">{text}</p>
            <p class="note-foot">{name === state.model.user ? say('you') : name || say('note_own')} · <time
              dateTime={new Date(at).toISOString()}>{dateTimeOf(lang, at)}</time></p>
          </article>
        ))}
        {under.map(({ frame, state: now, code }) => (
          <article key={frame.cid} class={`note ${now}`}>
            <p class="note-words">{'text' in frame ? frame.text : ''}</p>
            <p class="note-foot">
              {now === 'sending' ? say('sending') : (
                <>
                  <span class="fallback">{say('failed', { why: errorWords(say, code ?? '') })}</span>{' '}
                  <button class="link" type="button" onClick={() => controller.postRetry(frame.cid)}>
                    <Icon name="retry" /> {say('retry')}</button>{' '}
                  <button class="link" type="button" onClick={() => controller.postDiscard(frame.cid)}>
                    {say('discard')}</button>
                </>
              )}
            </p>
          </article>
        ))}
      </div>
      <Writer key={number} number={number} quiet={ticketOwn(ticket) || ticket.state === 'closed'} />
    </section>
  );
}

/** @param {{number: number, quiet: boolean}} props quiet: the visitor would be told of typing */
function Writer({ number, quiet }) {
  const { controller, say } = useDesk();
  const draft = `note:${number}`;
  const [text, setText] = useState(controller.drafts.get(draft) ?? '');
  const over = bytesOf(text.trim()) - MOST;
  /** @param {string} value */
  const change = (value) => {
    setText(value);
    controller.drafts.set(draft, value);
    if (value.trim() && !quiet) controller.typing(number);
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (!text.trim() || over > 0) return;
    controller.note(number, text.trim());
    change('');
  };
  return (
    <form class="note-writer" onSubmit={submit}>
      <label class="hidden" for="note">{say('note_label')}</label>
      <textarea id="note" rows={2} value={text} placeholder={say('note_placeholder')} aria-invalid={over > 0}
        aria-describedby={over > 0 ? 'note-told' : undefined} onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.altKey && !event.isComposing) submit(event);
        }} />
      <button class="button" type="submit" aria-disabled={!text.trim() || over > 0}>{say('note_add')}</button>
      {over > 0 && <p id="note-told" class="fallback small">{say('too_long', { n: over })}</p>}
    </form>
  );
}
