// The middle column: who it is, what can be done, the conversation, and where to write.

import { ticketOwn, ticketTask } from '../ticket.js';
import { useDesk } from './context.jsx';
import { Composer } from './composer.jsx';
import { Head } from './head.jsx';
import { Call, Task } from './task.jsx';
import { Transcript } from './transcript.jsx';
import { listsOf } from '../lists.js';

/** @import {Ticket} from '../protocol.js' */
/** @import {WordKey} from '../i18n.js' */
/** @import {Ways} from './head.jsx' */

/** @param {{ticket: Ticket|null} & Ways} props */
export function Chat({ ticket, show, goTo }) {
  const { say } = useDesk();
  return (
    <section class="chat" id="chat" tabIndex={-1} aria-label={say('chat')}>
      {ticket ? (
        <>
          <Head ticket={ticket} show={show} goTo={goTo} />
          {ticket.erased ? <Erased /> : <Transcript key={ticket.ticket} ticket={ticket} />}
          {ticketOwn(ticket) ? <><Call ticket={ticket} /><Composer key={`c${ticket.ticket}`} ticket={ticket} /></>
            : ticketTask(ticket) ? <Task ticket={ticket} show={show} /> : <ReadOnly ticket={ticket} />}
        </>
      ) : <Nobody />}
    </section>
  );
}

function Nobody() {
  const { state, say } = useDesk();
  const waiting = listsOf(state.model).waiting.length;
  return (
    <div class="nobody">
      <svg class="nobody-slip" viewBox="0 0 120 80" aria-hidden="true">
        <path d="M6 6h108v22a12 12 0 0 0 0 24v22H6V52a12 12 0 0 0 0-24z" />
        <path class="nobody-line" d="M84 12v56" />
        <circle cx="38" cy="36" r="3" /><circle cx="58" cy="36" r="3" />
        <path class="nobody-smile" d="M36 46c5 7 19 7 24 0" />
      </svg>
      <h2>{waiting > 0 ? say('chat_none_waiting', { n: waiting }) : say('chat_none_title')}</h2>
      <p class="muted">{say('chat_none')}</p>
    </div>
  );
}

/** Instead of a transcript that is no more. */
function Erased() {
  const { say } = useDesk();
  return <div class="transcript-place"><p class="none" role="status">{say('chat_erased')}</p></div>;
}

/** @type {Record<string, WordKey>} */
const READ_ONLY = {
  waiting: 'read_only_waiting', callback: 'read_only_waiting', offered: 'read_only_offered',
  parked: 'read_only_parked', claimed: 'read_only_claimed', closed: 'read_only_ended',
};

/** @param {{ticket: Ticket}} props */
function ReadOnly({ ticket }) {
  const { controller, state, say } = useDesk();
  const by = state.model.invited.get(ticket.ticket);
  return (
    <footer class="read-only">
      <p>{by && `${say('read_only_invited', { name: by })} `}
        {say(READ_ONLY[ticket.state] ?? 'read_only_ended', { name: ticket.owner || say('agent') })}</p>
      {ticket.state === 'callback' && (
        <button class="button" type="button" aria-keyshortcuts="o" onClick={() => controller.own(ticket.ticket, true)}>
          {say('task_keep')}</button>
      )}
      {ticket.state === 'closed' && (
        <button class="button" type="button" onClick={() => controller.select(null)} aria-keyshortcuts="x">
          {say('dismiss')}</button>
      )}
    </footer>
  );
}
