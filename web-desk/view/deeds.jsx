// The two ways a chat leaves the agent: back to the assistant, or closed with a cause.

import { useRef, useState } from 'preact/hooks';
import { useDesk } from './context.jsx';
import { Dialog } from './dialog.jsx';

/** @import {Cause, Ticket} from '../protocol.js' */

/** A note is a line or two. */
const NOTE_MOST = 500;

/** @param {{ticket: Ticket, onClose: () => void}} props */
export function BackDialog({ ticket, onClose }) {
  const { controller, say } = useDesk();
  const note = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    controller.back(ticket.ticket, note.current?.value.trim() ?? '');
    onClose();
  };
  return (
    <Dialog name="back" title={say('back_title')} lead={say('back_lead')} onClose={onClose}>
      <form onSubmit={submit}>
        <label for="back-note">{say('back_note')}</label>
        <textarea id="back-note" ref={note} rows={3} maxLength={NOTE_MOST} aria-describedby="back-note-help" />
        <p id="back-note-help" class="muted small">{say('back_note_help')}</p>
        <div class="dialog-deeds">
          <button class="button" type="button" onClick={onClose}>{say('cancel')}</button>
          <button class="button strong" type="submit">{say('back_do')}</button>
        </div>
      </form>
    </Dialog>
  );
}

/** @type {Cause[]} */
const CAUSES = ['solved', 'answered', 'no_answer', 'spam'];

/** @param {{ticket: Ticket, onClose: () => void}} props */
export function CloseDialog({ ticket, onClose }) {
  const { controller, say } = useDesk();
  const [cause, setCause] = useState(/** @type {Cause} */ (ticket.contact ? 'answered' : 'solved'));
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    controller.close(ticket.ticket, cause);
    onClose();
  };
  return (
    <Dialog name="close" title={say('close_title', { n: ticket.ticket })} onClose={onClose}>
      <form onSubmit={submit}>
        <fieldset class="causes">
          <legend class="muted">{say('close_lead')}</legend>
          {CAUSES.map((one) => (
            <label key={one} class="cause">
              <input type="radio" name="cause" value={one} checked={cause === one} onChange={() => setCause(one)}
                aria-describedby={`cause-${one}`} autofocus={cause === one} />
              <span>{say(`cause_${one}`)}</span>
              <small id={`cause-${one}`} class="muted">{say(`cause_${one}_help`)}</small>
            </label>
          ))}
        </fieldset>
        <div class="dialog-deeds">
          <button class="button" type="button" onClick={onClose}>{say('cancel')}</button>
          <button class="button strong" type="submit">{say('close_do')}</button>
        </div>
      </form>
    </Dialog>
  );
}
