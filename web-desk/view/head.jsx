// The head of a chat: who it is, what can be done with it, and who else is looking at it.

import { ticketOwn } from '../ticket.js';
import { ContactLink } from './card.jsx';
import { useDesk } from './context.jsx';
import { Icon, Slip } from './icons.jsx';

/** @import {Ticket} from '../protocol.js' */
/** @import {WordKey} from '../i18n.js' */

/** @typedef {'back'|'close'|'transfer'|'invite'|'due'} ChatWindow */
/** @typedef {{show: (window: ChatWindow) => void, goTo: (pane: 'lists'|'card') => void}} Ways */

/** @param {{ticket: Ticket} & Ways} props */
export function Head({ ticket, show, goTo }) {
  const { controller, state, say } = useDesk();
  const leaving = [...state.model.leaving.values()].some((l) => l.frame.ticket === ticket.ticket);
  const toLists = () => {
    if (ticket.state === 'closed') controller.select(null);
    goTo('lists');
  };
  return (
    <>
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
            <Deed icon="invite" word="invite" keys="v" deed={() => show('invite')} />
            <Deed icon="give" word="transfer" keys="t" deed={() => show('transfer')} />
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
      <Around ticket={ticket} />
    </>
  );
}

/** @param {{icon: string, word: WordKey, keys: string, deed: () => void}} props */
function Deed({ icon, word, keys, deed }) {
  const { say } = useDesk();
  return (
    <button class="round" type="button" onClick={deed} aria-keyshortcuts={keys} title={say(word)}>
      <Icon name={icon} /><span class="hidden">{say(word)}</span>
    </button>
  );
}

/** A list of names as the agent's language has it. @param {string} lang @param {string[]} names */
const namesOf = (lang, names) => new Intl.ListFormat(lang, { type: 'conjunction' }).format(names);

/** Colleagues who look at it or write a note, and a transfer that waits for its answer. @param {{ticket: Ticket}} props */
function Around({ ticket }) {
  const { state, say, lang } = useDesk();
  const { lookers, user } = state.model;
  const { names = ticket.lookers ?? [], typing = [] } = lookers.get(ticket.ticket) ?? {};
  const looking = names.filter((name) => name !== user && !typing.includes(name));
  const some = looking.length + typing.length > 0 || ticket.transfer;
  return (
    <p class={some ? 'around' : 'hidden'} role="status">
      {looking.length > 0 && (
        <span><Icon name="eye" /> {say('looking', { n: looking.length, names: namesOf(lang, looking) })}</span>)}
      {typing.length > 0 && (
        <span><Icon name="note" /> {say('typing_too', { n: typing.length, names: namesOf(lang, typing) })}</span>)}
      {ticket.transfer && <span><Icon name="give" /> {say('transfer_waits', { name: ticket.transfer.name })}</span>}
    </p>
  );
}
