// The right column: why this visitor comes to a person, and what the assistant had in mind.

import { contactLink, dateTimeOf, differs, languageOf, percentOf, safeHref, wordsOf } from '../format.js';
import { ticketWhy } from '../ticket.js';
import { useDesk } from './context.jsx';
import { CustomerPart, EarlierChats } from './customer.jsx';
import { Icon } from './icons.jsx';
import { Notes } from './notes.jsx';
import { Tags } from './tags.jsx';

/** @import {Ticket} from '../protocol.js' */

/** @param {{ticket: Ticket|null, goTo: (pane: 'chat') => void}} props */
export function Card({ ticket, goTo }) {
  const { say } = useDesk();
  return (
    <section class="card" aria-labelledby="card-title" tabIndex={ticket ? 0 : undefined}>
      <header class="column-head">
        <button class="round narrow" type="button" onClick={() => goTo('chat')}>
          <Icon name="back" /><span class="hidden">{say('to_chat')}</span>
        </button>
        <h2 id="card-title">{say('card')}</h2>
      </header>
      {ticket?.erased && <Numbers ticket={ticket} />}
      {ticket && !ticket.erased && (
        <>
          <Facts key={ticket.ticket} ticket={ticket} />
          <Tags key={`t${ticket.ticket}`} ticket={ticket} />
          <Notes ticket={ticket} />
          <CustomerPart key={`k${ticket.ticket}`} ticket={ticket} />
          <EarlierChats key={`e${ticket.ticket}`} ticket={ticket} />
          <Numbers ticket={ticket} />
        </>
      )}
      {!ticket && <p class="none">{say('card_none')}</p>}
    </section>
  );
}

/** @param {{ticket: Ticket}} props */
function Facts({ ticket }) {
  const { say } = useDesk();
  const { question, corrected, text, tried, slots = [] } = ticket;
  return (
    <>
      {question && !text?.startsWith(question) && <section class="asked">
        <h3>{say('card_question')}</h3>
        <blockquote lang={ticket.lang}>{question}</blockquote>
        {corrected && differs(corrected, question) && (
          <p class="corrected">
            <span class="muted">{say('card_corrected')}</span> <q lang={ticket.lang}><Mended text={corrected} from={question} /></q>
          </p>
        )}
      </section>}
      {text && (text.startsWith(question) || differs(text, question)) && <section class="asked">
        <h3>{say('card_message')}</h3>
        <blockquote lang={ticket.lang}>{text}</blockquote>
      </section>}
      {ticket.page && (
        <section class="where">
          <h3>{say('card_page')}</h3>
          <p><Page page={ticket.page} title={ticket.page_title} /></p>
        </section>
      )}
      {ticket.contact && <Contact contact={ticket.contact} name={ticket.name} />}
      {slots.length > 0 && (
        <section class="slots">
          <h3 id="slots-title">{say('card_slots')}</h3>
          <table aria-labelledby="slots-title">
            <tbody>
              {slots.map(({ name, value }) => <tr key={name}><th scope="row">{name}</th><td>{value}</td></tr>)}
            </tbody>
          </table>
        </section>
      )}
      <section>
        <h3>{say('card_why')}</h3>
        <p class={`why ${ticket.why}`}>{say(`why_${ticketWhy(ticket)}`)}</p>
      </section>
      {(tried.length > 0 || !ticket.contact) && <section>
        <h3>{say('card_tried')}</h3>
        {tried.length === 0 ? <p class="muted">{say('card_tried_none')}</p> : (
          <ol class="tried">
            {tried.map(({ id, title, confidence, source }) => (
              <li key={id} title={source}>
                <span lang={ticket.lang}>{title}</span>
                <span class="share">{percentOf(confidence)}</span>
                <svg class="share-bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 1">
                  <rect width={Math.min(Math.max(confidence, 0), 1) * 100} height="1" />
                </svg>
              </li>
            ))}
          </ol>
        )}
      </section>}
    </>
  );
}

/** The words that are not in the original stand out. @param {{text: string, from: string}} props */
function Mended({ text, from }) {
  const known = wordsOf(from);
  return <>{text.split(/(\s+)/).map((word) => ([...wordsOf(word)].every((w) => known.has(w)) ? word : <b>{word}</b>))}</>;
}

/** What else is known of the ticket itself. @param {{ticket: Ticket}} props */
function Numbers({ ticket }) {
  const { say, lang } = useDesk();
  return (
    <dl class="facts">
      <Fact word="card_number">{ticket.ticket}</Fact>
      <Fact word="card_visitor">
        <span class={`dot ${ticket.visitor_online ? 'online' : 'offline'}`} aria-hidden="true" />
        {ticket.name && !ticket.contact ? `${ticket.name}, ` : ''}
        {say(ticket.visitor_online ? 'online_now' : 'offline_now')}
      </Fact>
      <Fact word="card_since">{dateTimeOf(lang, ticket.since)}</Fact>
      <Fact word="card_language">{languageOf(lang, ticket.lang)}</Fact>
      {ticket.department_name && <Fact word="card_department">{ticket.department_name}</Fact>}
      {ticket.owner && <Fact word="card_owner">{ticket.owner}</Fact>}
      {ticket.outside && <Fact word="card_outside">{ticket.outside}</Fact>}
    </dl>
  );
}

/** @param {{word: import('../i18n.js').WordKey, children: import('preact').ComponentChildren}} props */
function Fact({ word, children }) {
  const { say } = useDesk();
  return <div><dt>{say(word)}</dt><dd>{children}</dd></div>;
}

/** @param {{page: string, title?: string}} props */
function Page({ page, title }) {
  const href = safeHref(page);
  // An address breaks where its parts do.
  const parts = page.replace(/^https?:\/\//, '').split(/(?<=[/?&])/);
  const short = parts.map((part, i) => <span key={i}>{part}<wbr /></span>);
  const link = href ? <a href={href} target="_blank" rel="noopener noreferrer">{short}</a> : <>{short}</>;
  return title ? <>{title}<br />{link}</> : link;
}

/** @param {{contact: string, name?: string}} props */
function Contact({ contact, name }) {
  const { say } = useDesk();
  return (
    <section class="contact">
      <h3>{say('card_contact')}</h3>
      {name && <p class="contact-name">{name}</p>}
      <p><ContactLink contact={contact} button /></p>
    </section>
  );
}

/** A contact to press: it opens the mail or the telephone. @param {{contact: string, button?: boolean}} props */
export function ContactLink({ contact, button }) {
  const link = contactLink(contact);
  if (!link) return <>{contact}</>;
  return <a class={button ? 'button' : undefined} href={link.href}><Icon name={link.kind} /> {contact}</a>;
}
