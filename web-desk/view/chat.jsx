// The middle column: who it is, what can be done, the conversation, and where to write.

import { ticketOwn } from '../ticket.js';
import { useDesk } from './context.jsx';
import { Icon, Slip } from './icons.jsx';
import { ContactLink } from './card.jsx';
import { Composer } from './composer.jsx';
import { Transcript } from './transcript.jsx';
import { listsOf } from '../lists.js';

/** @import {Ticket} from '../protocol.js' */
/** @import {WordKey} from '../i18n.js' */

/** @typedef {{show: (window: 'back'|'close') => void, goTo: (pane: 'lists'|'card') => void}} Ways */

/** @param {{ticket: Ticket|null} & Ways} props */
export function Chat({ ticket, show, goTo }) {
  const { say } = useDesk();
  return (
    <section class="chat" id="chat" tabIndex={-1} aria-label={say('chat')}>
      {ticket ? (
        <>
          <Head ticket={ticket} show={show} goTo={goTo} />
          <Transcript key={ticket.ticket} ticket={ticket} />
          {ticketOwn(ticket) ? <Composer key={`c${ticket.ticket}`} ticket={ticket} />
            : <ReadOnly ticket={ticket} show={show} />}
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

/** @param {{ticket: Ticket} & Ways} props */
function Head({ ticket, show, goTo }) {
  const { controller, state, say } = useDesk();
  const leaving = [...state.model.leaving.values()].some((l) => l.frame.ticket === ticket.ticket);
  const toLists = () => {
    if (ticket.state === 'closed') controller.select(null);
    goTo('lists');
  };
  return (
    <header class="column-head">
      <button class="round narrow-lists" type="button" onClick={toLists}>
        <Icon name="back" /><span class="hidden">{say('to_lists')}</span>
      </button>
      <Slip n={ticket.ticket} say={say} />
      <div class="who">
        <h2>{ticket.name || say('visitor')}</h2>
        <p class="muted">
          <span class={`dot ${ticket.visitor_online ? 'online' : 'offline'}`} aria-hidden="true" />
          {say(ticket.visitor_online ? 'online_now' : 'offline_now')}
          {ticket.contact ? <> · <ContactLink contact={ticket.contact} /></>
            : ticket.department_name && ` · ${ticket.department_name}`}
        </p>
      </div>
      {leaving && <p class="muted" role="status">{say('leaving')}</p>}
      {ticketOwn(ticket) && !leaving && (
        <div class="head-deeds">
          <button class="button" type="button" onClick={() => show('back')} aria-keyshortcuts="b">
            {say('back')}</button>
          <button class="button" type="button" onClick={() => show('close')} aria-keyshortcuts="c">
            {say('close')}</button>
        </div>
      )}
      <button class="round narrow" type="button" onClick={() => goTo('card')} aria-keyshortcuts="i">
        <Icon name="info" /><span class="hidden">{say('card_show')}</span>
      </button>
    </header>
  );
}

/** @type {Record<string, WordKey>} */
const READ_ONLY = {
  waiting: 'read_only_waiting', callback: 'read_only_waiting', offered: 'read_only_offered',
  message: 'read_only_message', parked: 'read_only_parked', claimed: 'read_only_claimed', closed: 'read_only_ended',
};

/** @param {{ticket: Ticket, show: (window: 'close') => void}} props */
function ReadOnly({ ticket, show }) {
  const { controller, state, say } = useDesk();
  const leaving = [...state.model.leaving.values()].some((l) => l.frame.ticket === ticket.ticket);
  return (
    <footer class="read-only">
      <p>{say(READ_ONLY[ticket.state] ?? 'read_only_ended', { name: ticket.owner || say('agent') })}</p>
      {ticket.state === 'message' && !leaving && (
        <div class="read-only-deeds">
          <button class="button" type="button" onClick={() => show('close')} aria-keyshortcuts="c">
            {say('close')}…</button>
          <button class="button strong" type="button" onClick={() => controller.close(ticket.ticket, 'answered')}>
            <Icon name="check" /> {say('answered')}
          </button>
        </div>
      )}
      {ticket.state === 'closed' && (
        <button class="button" type="button" onClick={() => controller.select(null)}>{say('dismiss')}</button>
      )}
    </footer>
  );
}
