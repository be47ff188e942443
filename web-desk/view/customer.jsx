// What is known of this visitor besides the chat: the customer card of the company, and earlier chats.

import { dateTimeOf, safeHref } from '../format.js';
import { AskFailed, useAsk } from './ask.jsx';
import { useDesk } from './context.jsx';
import { Icon, Slip } from './icons.jsx';

/** @import {Ticket, TicketState} from '../protocol.js' */

/** @typedef {{label: string, value: string}} Fact */
/** @typedef {{id?: string, state?: string, date?: string, url?: string}} Order */
/** @typedef {{name?: string, lines?: Fact[], orders?: Order[], notes?: string}} Customer */
/** @typedef {{customer: Customer|null, why?: string}} CustomerAnswer */
/** @typedef {{ticket: number, at: number, question: string, state: TicketState, owner?: string}} Earlier */

/** What the company's own service knows. Where there is none, or nobody is known, nothing stands here. */
/** @param {{ticket: Ticket}} props */
export function CustomerPart({ ticket }) {
  const { state, say } = useDesk();
  const [asked, again] = useAsk('customer', { ticket: ticket.ticket }, state.model.link === 'open');
  if (asked.state === 'loading') return null;
  const answer = asked.state === 'there' ? /** @type {CustomerAnswer} */ (asked.data) : null;
  if (answer?.customer) return <CustomerCard customer={answer.customer} />;
  const failed = answer ? answer.why === 'not_available' : asked.state === 'failed' && asked.code !== 'not_found';
  if (!failed) return null;
  return (
    <section class="customer">
      <h3><Icon name="person" /> {say('customer')}</h3>
      <p class="ask-failed"><span>{say('customer_failed')}</span>{' '}
        <button class="link" type="button" onClick={again}><Icon name="retry" /> {say('retry')}</button></p>
    </section>
  );
}

/** Earlier chats of the same visitor. @param {{ticket: Ticket}} props */
export function EarlierChats({ ticket }) {
  const { controller, state, say, lang } = useDesk();
  const [asked, again] = useAsk('card', { ticket: ticket.ticket }, state.model.link === 'open');
  /** @type {Earlier[]} */
  const earlier = asked.state === 'there' ? asked.data.earlier ?? [] : [];
  return (
    <section class="earlier">
      <h3>{say('earlier')}</h3>
      {asked.state === 'loading' && <p class="none" role="status">{say('card_loading')}</p>}
      {asked.state === 'failed' && <AskFailed code={asked.code} again={again} />}
      {asked.state === 'there' && earlier.length === 0 && <p class="none">{say('earlier_none')}</p>}
      {earlier.length > 0 && (
        <ol>
          {earlier.map((one) => {
            const here = state.model.tickets.has(one.ticket);
            const words = <><Slip n={one.ticket} say={say} /> <span lang={ticket.lang}>{one.question}</span></>;
            return (
              <li key={one.ticket}>
                {here ? <button class="plain earlier-row" type="button" onClick={() => controller.select(one.ticket)}>
                  {words}</button> : <p class="earlier-row">{words}</p>}
                <p class="muted small">{dateTimeOf(lang, one.at)} · {say(`was_${one.state}`)}
                  {one.owner && ` · ${one.owner}`}</p>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

/** @param {{customer: Customer}} props */
function CustomerCard({ customer }) {
  const { say } = useDesk();
  const { name, lines = [], orders = [], notes } = customer;
  return (
    <section class="customer" aria-labelledby="customer-title">
      <h3 id="customer-title"><Icon name="person" /> {say('customer')}</h3>
      {name && <p class="customer-name">{name}</p>}
      {lines.length > 0 && (
        <dl class="facts">
          {lines.map(({ label, value }, i) => <div key={i}><dt>{label}</dt><dd>{value}</dd></div>)}
        </dl>
      )}
      {orders.length > 0 && (
        <>
          <h4>{say('customer_orders')}</h4>
          <dl class="facts">
            {orders.map((order, i) => (
              <div key={i}><dt><Maybe href={order.url}>{order.id}</Maybe></dt>
                <dd>{[order.state, order.date].filter(Boolean).join(', ')}</dd></div>
            ))}
          </dl>
        </>
      )}
      {notes && <p class="customer-note">{notes}</p>}
    </section>
  );
}

/** A link where there is a safe one. @param {{href?: string, children: import('preact').ComponentChildren}} props */
function Maybe({ href, children }) {
  const safe = safeHref(href);
  return safe ? <a href={safe} target="_blank" rel="noopener noreferrer">{children}</a> : <>{children}</>;
}
