// By when a message or a callback is to be answered: the usual times, any time, or none.

import { useState } from 'preact/hooks';
import { dueField, duePresets, dueRead, dueWords } from '../due.js';
import { useDesk } from './context.jsx';
import { Dialog } from './dialog.jsx';

/** @import {Ticket} from '../protocol.js' */

/** @param {{ticket: Ticket, onClose: () => void}} props */
export function DueDialog({ ticket, onClose }) {
  const { controller, say, lang } = useDesk();
  const [now] = useState(Date.now);
  const [field, setField] = useState(ticket.due ? dueField(ticket.due) : '');
  /** @param {number} at */
  const set = (at) => {
    controller.due(ticket.ticket, at);
    onClose();
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    const at = dueRead(field);
    if (at > 0) set(at);
  };
  return (
    <Dialog name="due" title={say('due_title', { n: ticket.ticket })} onClose={onClose}>
      <div class="due-presets">
        {duePresets(now).map(({ word, at }, i) => (
          <button key={word} class="button" type="button" autofocus={i === 0} onClick={() => set(at)}>
            {say(word)} <span class="muted">{dueWords(lang, at, now)}</span></button>
        ))}
      </div>
      <form onSubmit={submit}>
        <label for="due-at">{say('due_at')}</label>
        <input id="due-at" type="datetime-local" value={field} onInput={(event) => setField(event.currentTarget.value)} />
        <div class="dialog-deeds">
          {ticket.due ? <button class="button" type="button" onClick={() => set(0)}>{say('due_none')}</button> : null}
          <button class="button" type="button" onClick={onClose}>{say('cancel')}</button>
          <button class="button strong" type="submit" aria-disabled={dueRead(field) === 0}>{say('due_do')}</button>
        </div>
      </form>
    </Dialog>
  );
}
