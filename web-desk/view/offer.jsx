// A visitor offered to this very agent, with the time left. It says so once; the countdown is for the eye.

import { useDesk, useNow } from './context.jsx';
import { Slip } from './icons.jsx';

/** The circle's length is 100, so that a share is its dash. */
const RADIUS = 100 / (2 * Math.PI);

export function Offer() {
  const { controller, state, say } = useDesk();
  const { offer, tickets } = state.model;
  const now = useNow();
  if (!offer) return <div class="offer-place" role="alert" />;
  const left = Math.min(offer.seconds, Math.max(0, Math.ceil((offer.until - now) / 1000)));
  const ticket = tickets.get(offer.ticket);
  const share = Math.min(100, ((offer.until - now) / (offer.seconds * 10)));
  return (
    <div class="offer-place">
      <section class="offer" aria-labelledby="offer-title">
        <svg class="ring" viewBox="0 0 40 40" aria-hidden="true">
          <circle cx="20" cy="20" r={RADIUS} />
          <circle cx="20" cy="20" r={RADIUS} class="ring-left" stroke-dasharray={`${Math.max(0, share)} 100`} />
          <text x="20" y="20">{left}</text>
        </svg>
        <div class="offer-words" role="alert">
          <h2 id="offer-title">{say('offer_title')} <Slip n={offer.ticket} say={say} /></h2>
          {ticket && <p lang={ticket.lang}>{ticket.text ?? ticket.question}</p>}
        </div>
        <span class="hidden" role="timer">{say('offer_left', { n: left })}</span>
        <div class="offer-deeds">
          <button class="button" type="button" onClick={() => controller.answerOffer(false)} aria-keyshortcuts="d">
            {say('decline')} <kbd aria-hidden="true">D</kbd>
          </button>
          <button class="button strong" type="button" onClick={() => controller.answerOffer(true)} aria-keyshortcuts="a">
            {say('accept')} <kbd aria-hidden="true">A</kbd>
          </button>
        </div>
      </section>
    </div>
  );
}
