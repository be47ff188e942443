// The left column: take the next, my chats, who waits in fair order, messages and callbacks to answer, colleagues'
// chats, parked, colleagues.

import { useEffect, useRef, useState } from 'preact/hooks';
import { clockOf, languageOf, lengthOf, plainOf, timeOf } from '../format.js';
import { dueWords } from '../due.js';
import { departmentsOf, lastOf, listsOf, unreadOf } from '../lists.js';
import { ticketOverdue, ticketOwn, ticketOthers, ticketQueued, ticketTask } from '../ticket.js';
import { Colleagues } from './colleagues.jsx';
import { useDesk, useNow } from './context.jsx';
import { Icon, Slip } from './icons.jsx';

/** @import {Ticket} from '../protocol.js' */
/** @import {WordKey} from '../i18n.js' */

/** Waiting longer than this stands out. */
const LONG_MS = 5 * 60 * 1000;
/** So many rows of a list are shown at first, and with each “more”. */
const ROWS = 100;
/** So many tags of a ticket stand in its row. */
const TAGS_SHOWN = 2;

/** @param {{goTo: (pane: 'chat') => void}} props */
export function Lists({ goTo }) {
  const { state, say } = useDesk();
  const now = useNow();
  const { model } = state;
  const { mine, waiting, messages, others, parked } = listsOf(model);
  const late = messages.filter((t) => ticketOverdue(t, now)).length;
  /** @param {Ticket} ticket @param {number} [place] */
  const row = (ticket, place) => <Row key={ticket.ticket} ticket={ticket} place={place} now={now} goTo={goTo} />;
  const count = model.capacity > 0 ? `${mine.length}/${model.capacity}` : mine.length;
  return (
    <nav class="lists" aria-label={say('lists')}>
      <Take mine={mine} waiting={waiting} now={now} />
      <Filter />
      <div class="lists-scroll">
        <Section name="mine" count={count} none="mine_none">{mine.map((t) => row(t))}</Section>
        <Section name="waiting" count={waiting.length} none="waiting_none" help="fair" ordered>
          {waiting.map((t, i) => row(t, i + 1))}
        </Section>
        <Section name="messages" count={messages.length} late={late} none="messages_none">
          {messages.map((t) => row(t))}</Section>
        {others.length > 0 && (
          <Section name="others" count={others.length}>{others.map((t) => row(t))}</Section>
        )}
        {parked.length > 0 && (
          <Section name="parked" count={parked.length} help="parked_help">{parked.map((t) => row(t))}</Section>
        )}
        <Colleagues />
      </div>
    </nav>
  );
}

/** @param {{mine: Ticket[], waiting: Ticket[], now: number}} props */
function Take({ mine, waiting, now }) {
  const { controller, state, say, lang } = useDesk();
  const { model } = state;
  const full = model.capacity > 0 && mine.length >= model.capacity;
  const first = waiting.reduce((since, t) => Math.min(since, t.since), now);
  const help = waiting.length === 0 ? say('take_nobody')
    : full ? say('take_full', { n: mine.length, max: model.capacity })
      : say('take_help', { n: waiting.length, wait: lengthOf(lang, now - first) });
  const idle = model.link !== 'open' || waiting.length === 0 || full;
  return (
    <div class="take-place">
      <button class="take" type="button" data-idle={idle || undefined} disabled={model.link !== 'open'}
        onClick={controller.take} aria-keyshortcuts="n" aria-describedby="take-help">
        <span>{say(model.takingUntil ? 'taking' : 'take')}</span><kbd aria-hidden="true">N</kbd>
      </button>
      <p id="take-help" class="take-help">{help}</p>
      {model.presence === 'away' && model.link === 'open' && (
        <p class="away-hint">{say('away_hint')} <button class="link" type="button"
          onClick={() => controller.presence('online')}>{say('go_online')}</button></p>
      )}
    </div>
  );
}

/** Only the tickets of one department, where there are several. */
function Filter() {
  const { controller, state, say } = useDesk();
  const departments = departmentsOf(state.model);
  const { filter } = state.model;
  if (departments.length < 2 && !filter) return null;
  return (
    <p class="filter">
      <label class="hidden" for="filter">{say('filter')}</label>
      <select id="filter" value={filter} aria-keyshortcuts="f" data-on={filter ? true : undefined}
        onChange={(event) => controller.filter(event.currentTarget.value)}>
        <option value="">{say('filter_all')}</option>
        {departments.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </select>
    </p>
  );
}

/**
 * @param {{name: 'mine'|'waiting'|'messages'|'others'|'parked', count: number|string, late?: number, none?: WordKey,
 *   help?: WordKey, ordered?: boolean, children: import('preact').ComponentChild[]}} props
 */
function Section({ name, count, late = 0, none, help, ordered, children }) {
  const { say } = useDesk();
  const List = ordered ? 'ol' : 'ul';
  const [more, setMore] = useState(0);
  // Thousands may wait on a bad day: nobody reads so far, and each row is drawn anew every second.
  const shown = ROWS * (1 + more);
  return (
    <section class={`list ${name}`} aria-labelledby={`list-${name}`}>
      <h2 id={`list-${name}`}>{say(name)} <span class="count">{count}</span>
        {late > 0 && <span class="tag late">{say('overdue_count', { n: late })}</span>}</h2>
      {children.length > 0 ? <List>{children.slice(0, shown)}</List> : none && <p class="none">{say(none)}</p>}
      {children.length > shown && (
        <button class="link list-more" type="button" onClick={() => setMore(more + 1)}>
          {say('list_more', { n: children.length - shown })}</button>
      )}
      {help && children.length > 0 && <p class="list-help">{say(help)}</p>}
    </section>
  );
}

/** @param {{ticket: Ticket, place?: number, now: number, goTo: (pane: 'chat') => void}} props */
function Row({ ticket, place, now, goTo }) {
  const { controller, state, say, lang } = useDesk();
  const { model } = state;
  const n = ticket.ticket;
  const unread = unreadOf(model, n);
  const current = model.selected === n;
  const button = useRef(/** @type {HTMLButtonElement|null} */ (null));
  useEffect(() => {
    if (current) button.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const choose = () => {
    controller.select(n);
    goTo('chat');
  };
  return (
    <li>
      <button class="row" type="button" ref={button} aria-current={current ? 'true' : undefined} onClick={choose}>
        <span class="row-head">
          {place !== undefined && <span class="place"><span class="hidden">{say('place', { n: place })}</span>
            <span aria-hidden="true">{place}</span></span>}
          <Slip n={n} say={say} />
          {ticket.name && <span class="row-name">{ticket.name}</span>}
          <abbr class="lang" title={languageOf(lang, ticket.lang)}>{ticket.lang}</abbr>
          {unread > 0 && <span class="unread"><span class="hidden">{say('unread', { n: unread })}</span>
            <span aria-hidden="true">{unread}</span></span>}
          <When ticket={ticket} now={now} />
        </span>
        <span class="row-question" lang={ticket.lang}>{ticket.text ?? ticket.question}</span>
        <span class="row-foot">
          <span class="row-why"><Hint ticket={ticket} now={now} /></span>
          {ticket.tags && ticket.tags.length > 0 && <RowTags tags={ticket.tags} />}
        </span>
      </button>
    </li>
  );
}

/** The first tags, and how many more there are. @param {{tags: string[]}} props */
function RowTags({ tags }) {
  return (
    <span class="row-tags">
      {tags.slice(0, TAGS_SHOWN).map((tag) => <span key={tag} class="chip">{tag}</span>)}
      {tags.length > TAGS_SHOWN && <span class="chip">+{tags.length - TAGS_SHOWN}</span>}
    </span>
  );
}

/** How long they have waited; for an own chat, when it last moved. @param {{ticket: Ticket, now: number}} props */
function When({ ticket, now }) {
  const { state, say, lang } = useDesk();
  const waits = now - ticket.since;
  if (ticketOwn(ticket)) {
    const last = lastOf(state.model, ticket.ticket);
    return <span class="wait">{timeOf(lang, last?.at ?? ticket.since)}</span>;
  }
  if (!ticketQueued(ticket)) return <span class="wait">{lengthOf(lang, waits)}</span>;
  // The seconds tick for the eye; who listens hears a length that changes once a minute.
  return (
    <span class={`wait${waits > LONG_MS ? ' long' : ''}`}>
      <span aria-hidden="true">{clockOf(waits)}</span>
      <span class="hidden">{say('waits', { wait: lengthOf(lang, waits < 60_000 ? 0 : waits) })}</span>
    </span>
  );
}

/** The last line of a row: what is going on, how to reach them, what was last said, or why they came. */
/** @param {{ticket: Ticket, now: number}} props */
function Hint({ ticket, now }) {
  const { state, say } = useDesk();
  const { model } = state;
  const last = ticketOwn(ticket) ? lastOf(model, ticket.ticket) : undefined;
  if ((model.talks.get(ticket.ticket)?.typingUntil ?? 0) > now) return <em>{say('typing_short')}</em>;
  if (last?.from === 'agent') return <>{say('you_said', { text: plainOf(last.blocks) })}</>;
  if (last && plainOf(last.blocks) !== ticket.question) return <>{plainOf(last.blocks)}</>;
  if (ticketOthers(ticket)) {
    const by = model.invited.get(ticket.ticket);
    return <>{by && <><span class="tag">{say('invited', { name: by })}</span> </>}{ticket.owner}</>;
  }
  return (
    <>
      {ticketTask(ticket) && <TaskHint ticket={ticket} now={now} />}
      {ticket.state === 'offered' && <span class="tag">{say('offered_to')}</span>}
      {ticket.state === 'callback' && <span class="tag">{say('callback')}</span>}{' '}
      {ticket.contact ? <><Icon name={ticket.contact.includes('@') ? 'mail' : 'phone'} /> {ticket.contact}</>
        : say(`why_${ticket.why}`)}
    </>
  );
}

/** Whose a message is and by when. @param {{ticket: Ticket, now: number}} props */
function TaskHint({ ticket, now }) {
  const { say, lang } = useDesk();
  const late = ticketOverdue(ticket, now);
  return (
    <>
      {ticket.due ? <><span class={late ? 'tag late' : 'tag calm'}><Icon name="clock" />{' '}
        {say(late ? 'due_was' : 'due_by', { when: dueWords(lang, ticket.due, now) })}</span> </> : null}
      {ticket.undelivered ? <><span class="tag late">{say('undelivered')}</span> </> : null}
      {(ticket.mine || ticket.owner) && <span class="tag calm">{ticket.mine ? say('you') : ticket.owner}</span>}
    </>
  );
}
