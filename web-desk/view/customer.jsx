// What is known of this visitor besides the chat: the customer card of the company, and earlier chats.

import { dateTimeOf, safeHref } from '../format.js';
import { AskFailed, useAsk } from './ask.jsx';
import { useDesk } from './context.jsx';
import { Icon, Slip } from './icons.jsx';

/** @import {Ticket, TicketState} from '../protocol.js' */

/** @typedef {{label?: string, value?: string, href?: string}} Fact */
/** @typedef {{name?: string, lines?: Fact[], orders?: Fact[], notes?: string[]}} Customer */
/** @typedef {{ticket: number, at: number, question: string, state: TicketState, owner?: string}} Earlier */
/** @typedef {{earlier?: Earlier[], customer?: Customer|null, why_failed?: string}} Extras */

/** @param {{ticket: Ticket}} props */
export function Known({ ticket }) {
  const { controller, state, say, lang } = useDesk();
  const [asked, again] = useAsk('card', { ticket: ticket.ticket }, state.model.link === 'open');
  if (asked.state === 'loading') return <p class="none" role="status">{say('card_loading')}</p>;
  if (asked.state === 'failed') {
    return (
      <section>
        <h3>{say('card_known')}</h3>
        <AskFailed code={asked.code} again={again} />
      </section>
    );
  }
  const { earlier = [], customer, why_failed: why } = /** @type {Extras} */ (asked.data);
  return (
    <>
      {customer && <CustomerCard customer={customer} />}
      {!customer && why && (
        <section class="customer">
          <h3>{say('customer')}</h3>
          <p class="ask-failed"><span>{say('customer_failed', { why })}</span>{' '}
            <button class="link" type="button" onClick={again}><Icon name="retry" /> {say('retry')}</button></p>
        </section>
      )}
      <section class="earlier">
        <h3>{say('earlier')}</h3>
        {earlier.length === 0 ? <p class="none">{say('earlier_none')}</p> : (
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
    </>
  );
}

/** @param {{customer: Customer}} props */
function CustomerCard({ customer }) {
  const { say } = useDesk();
  const { name, lines = [], orders = [], notes = [] } = customer;
  return (
    <section class="customer" aria-labelledby="customer-title">
      <h3 id="customer-title"><Icon name="person" /> {say('customer')}</h3>
      {name && <p class="customer-name">{name}</p>}
      {lines.length > 0 && <Facts facts={lines} />}
      {orders.length > 0 && <><h4>{say('customer_orders')}</h4><Facts facts={orders} /></>}
      {notes.map((note, i) => <p key={i} class="customer-note">{note}</p>)}
    </section>
  );
}

/** @param {{facts: Fact[]}} props */
function Facts({ facts }) {
  return (
    <dl class="facts">
      {facts.map(({ label, value, href }, i) => (
        <div key={i}><dt>{label}</dt><dd><Maybe href={href}>{value}</Maybe></dd></div>
      ))}
    </dl>
  );
}

/** A link where there is a safe one. @param {{href?: string, children: import('preact').ComponentChildren}} props */
function Maybe({ href, children }) {
  const safe = safeHref(href);
  return safe ? <a href={safe} target="_blank" rel="noopener noreferrer">{children}</a> : <>{children}</>;
}
