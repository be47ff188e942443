// What is offered to this very agent, with the time left: a visitor of the queue, or a colleague's chat. It says so
// once; the countdown is for the eye.

import { useDesk, useNow } from './context.jsx';
import { Slip } from './icons.jsx';

/** The circle's length is 100, so that a share is its dash. */
const RADIUS = 100 / (2 * Math.PI);

export function Offer() {
  const { controller, state, say } = useDesk();
  const { offers: [offer, ...others], tickets } = state.model;
  if (!offer) return <div role="alert" />;
  return (
    <Offered id="offer" ticket={offer.ticket} seconds={offer.seconds} until={offer.until} title={say('offer_title')}
      words={tickets.get(offer.ticket)?.text ?? tickets.get(offer.ticket)?.question ?? ''}
      more={others.length > 0 ? say('offer_more', { n: others.length }) : ''} answer={controller.answerOffer} keys />
  );
}

/** A colleague wants to give one of their chats. The keys are for a visitor of the queue, if there is one. */
export function TransferOffer() {
  const { controller, state, say } = useDesk();
  const { offers, tickets, transfers: [first] } = state.model;
  if (!first) return <div role="alert" />;
  const question = tickets.get(first.ticket)?.question ?? '';
  return (
    <Offered id="transfer-offer" ticket={first.ticket} seconds={first.seconds} until={first.until} keys={offers.length === 0}
      title={say('transfer_offer', { name: first.name })} words={first.text || question} answer={controller.answerTransfer} />
  );
}

/**
 * @param {{id: string, ticket: number, seconds: number, until: number, title: string, words: string,
 *   more?: string, answer: (yes: boolean) => void, keys: boolean}} props
 */
function Offered({ id, ticket, seconds, until, title, words, more, answer, keys }) {
  const { state, say } = useDesk();
  const now = useNow();
  const left = Math.min(seconds, Math.max(0, Math.ceil((until - now) / 1000)));
  const share = Math.min(100, ((until - now) / (seconds * 10)));
  /** @param {'A'|'D'} key */
  const shown = (key) => keys && <kbd aria-hidden="true">{key}</kbd>;
  return (
    <section class="offer" aria-labelledby={`${id}-title`}>
      <svg class="ring" viewBox="0 0 40 40" aria-hidden="true">
        <circle cx="20" cy="20" r={RADIUS} />
        <circle cx="20" cy="20" r={RADIUS} class="ring-left" stroke-dasharray={`${Math.max(0, share)} 100`} />
        <text x="20" y="20">{left}</text>
      </svg>
      <div class="offer-words" role="alert">
        <h2 id={`${id}-title`}>{title} <Slip n={ticket} say={say} />
          {more && <span class="muted small">{more}</span>}</h2>
        {words && <p lang={state.model.tickets.get(ticket)?.lang}>{words}</p>}
      </div>
      <span class="hidden" role="timer">{say('offer_left', { n: left })}</span>
      <div class="offer-deeds">
        <button class="button" type="button" onClick={() => answer(false)} aria-keyshortcuts={keys ? 'd' : undefined}>
          {say('decline')} {shown('D')}
        </button>
        <button class="button strong" type="button" onClick={() => answer(true)} aria-keyshortcuts={keys ? 'a' : undefined}>
          {say('accept')} {shown('A')}
        </button>
      </div>
    </section>
  );
}
