// The desk itself: the bar on top, three columns below. A narrow window shows one column at a time (`pane`).

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { selectedTicket } from '../lists.js';
import { keyDeed } from '../keys.js';
import { ticketClosable, ticketOwnable, ticketOwn } from '../ticket.js';
import { Bar } from './bar.jsx';
import { Card } from './card.jsx';
import { Chat } from './chat.jsx';
import { BackDialog, CloseDialog } from './deeds.jsx';
import { DueDialog } from './due.jsx';
import { usePlaceKept } from './focus.js';
import { Lists } from './lists.jsx';
import { MissedLines } from './missed.jsx';
import { Notices } from './notices.jsx';
import { Offer, TransferOffer } from './offer.jsx';
import { Keys, Settings } from './settings.jsx';
import { InviteDialog, TransferDialog } from './transfer.jsx';
import { pageShown } from '../pages/pages.js';
import { useDesk, useHash, useNow } from './context.jsx';
import { Icon } from './icons.jsx';

/** @import {Deed} from '../keys.js' */
/** @import {Controller} from '../controller.js' */
/** @import {Ticket} from '../protocol.js' */
/** @typedef {'lists'|'chat'|'card'} Pane */
/** @typedef {import('./head.jsx').ChatWindow|'settings'|'keys'|null} Window */
/**
 * @typedef {object} Reach what a key can reach
 * @property {Controller} controller
 * @property {Ticket|null} ticket
 * @property {Pane} pane
 * @property {(window: Window) => void} show
 * @property {(pane: Pane) => void} goTo
 */

/** What is offered: a visitor of the queue before a colleague's chat. @param {Controller} controller @param {boolean} yes */
const answer = (controller, yes) => (
  controller.state.model.offers.length > 0 ? controller.answerOffer(yes) : controller.answerTransfer(yes));

/** The last of its kind on the page: focused, or pressed. @param {string} selector @param {boolean} [press] */
function focusOn(selector, press) {
  const last = /** @type {HTMLElement|undefined} */ ([...document.querySelectorAll(selector)].at(-1));
  if (press) last?.click();
  else last?.focus();
}

/** A field of the card, which a narrow window shows first. @param {Reach} reach @param {string} id */
function inCard({ ticket, goTo }, id) {
  if (!ticket) return;
  const field = document.getElementById(id);
  if (field && field.getClientRects().length > 0) return field.focus();
  goTo('card');
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}

/** @type {Record<Deed, (reach: Reach, key: string) => void>} */
const DEEDS = {
  take: ({ controller }) => controller.take(),
  accept: ({ controller }) => answer(controller, true),
  decline: ({ controller }) => answer(controller, false),
  next: ({ controller }) => controller.move(1),
  previous: ({ controller }) => controller.move(-1),
  next_own: ({ controller }) => controller.move(1, true),
  previous_own: ({ controller }) => controller.move(-1, true),
  own: ({ controller }, key) => controller.selectOwn(Number(key)),
  write: () => document.getElementById('composer')?.focus(),
  transfer: ({ ticket, show }) => ticketOwn(ticket) && show('transfer'),
  invite: ({ ticket, show }) => ticketOwn(ticket) && show('invite'),
  back: ({ ticket, show }) => ticketOwn(ticket) && show('back'),
  close: ({ ticket, show }) => ticketClosable(ticket) && show('close'),
  keep: ({ controller, ticket }) => ticketOwnable(ticket) && ticket && (ticket.mine || !ticket.owner)
    && controller.own(ticket.ticket, !ticket.mine),
  due: ({ ticket, show }) => ticketOwnable(ticket) && show('due'),
  note: (reach) => inCard(reach, 'note'),
  tags: (reach) => inCard(reach, 'tags'),
  teach: () => focusOn('.bubble.own .teach button', true),
  filter: () => focusOn('#filter'),
  put_away: ({ controller, ticket }) => {
    if (controller.state.model.missed.length > 0) controller.read();
    else if (ticket?.state === 'closed') controller.select(null);
  },
  presence: () => /** @type {HTMLElement|null} */ (document.querySelector('.presence :checked'))?.focus(),
  details: ({ ticket, pane, goTo }) => ticket && goTo(pane === 'card' ? 'chat' : 'card'),
  pages: () => focusOn('.pages a'),
  settings: ({ show }) => show('settings'),
  help: ({ show }) => show('keys'),
  leave: () => /** @type {HTMLElement|null} */ (document.activeElement)?.blur(),
};

/** @param {EventTarget|null} target */
function isWriting(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** Where the focus goes when what had it is no longer there to be seen: the first that exists. */
/** @type {Record<Pane, string[]>} */
const LANDINGS = { lists: ['.row[aria-current]', '.take'], chat: ['#chat'], card: ['.card'] };

/**
 * Keeps the focus on something visible when a chat leaves or a narrow window turns to another column.
 * @param {Pane} pane
 * @param {number|null} selected
 */
function useLanding(pane, selected) {
  const begun = useRef(false);
  useEffect(() => {
    const active = document.activeElement;
    const lost = !active || active === document.body || active.getClientRects().length === 0;
    const landing = LANDINGS[pane].map((selector) => document.querySelector(selector)).find(Boolean);
    if (begun.current && lost) /** @type {HTMLElement|undefined} */ (landing)?.focus();
    begun.current = true;
  }, [pane, selected]);
}

export function Shell() {
  const { controller, state, say } = useDesk();
  const { model, prefs } = state;
  const [pane, goTo] = useState(/** @type {Pane} */ ('lists'));
  const [window, show] = useState(/** @type {Window} */ (null));
  const ticket = selectedTicket(model);
  const selected = model.selected;
  const page = pageShown(useHash(), model.role);

  // Choosing a chat, by whatever way, shows it; when it is gone a narrow window returns to the lists.
  useEffect(() => goTo(selected === null ? 'lists' : 'chat'), [selected]);
  useLanding(pane, selected);

  // At once with the picture: a key pressed right after a window closed must find it closed.
  useLayoutEffect(() => {
    const end = new AbortController();
    document.addEventListener('keydown', (event) => {
      if (window !== null || event.defaultPrevented) return;
      const found = keyDeed(event, { writing: isWriting(event.target), single: prefs.keys, page: page !== null });
      if (!found) return;
      event.preventDefault();
      DEEDS[found.deed]({ controller, ticket, pane, show, goTo }, found.key);
    }, { signal: end.signal });
    return () => end.abort();
  }, [controller, ticket, pane, window, page, prefs.keys]);

  const beside = page !== null || model.role === 'editor';
  /** The address must not change with it: it says which page is shown. @param {MouseEvent} event */
  const skip = (event) => {
    event.preventDefault();
    document.getElementById(beside ? 'page' : 'chat')?.focus();
  };
  const close = () => show(null);
  return (
    <div class="shell" data-pane={beside ? 'page' : pane}>
      <a class="skip" href={`#${beside ? 'page' : 'chat'}`} onClick={skip}>{say(beside ? 'skip_page' : 'skip')}</a>
      <Bar show={show} />
      <Lost />
      <div class="offer-place">
        <Offer />
        <TransferOffer />
        <MissedLines />
      </div>
      {page ? <Page View={page.View} /> : model.role === 'editor' ? (
        <main class="page" id="page" tabIndex={-1}><p class="none">{say('no_pages')}</p></main>
      ) : (
        <main class="columns">
          <Lists goTo={goTo} />
          <Chat ticket={ticket} show={show} goTo={goTo} />
          <Card ticket={ticket} goTo={goTo} />
        </main>
      )}
      <Notices />
      {window === 'back' && ticket && <BackDialog ticket={ticket} onClose={close} />}
      {window === 'close' && ticket && <CloseDialog ticket={ticket} onClose={close} />}
      {window === 'transfer' && ticket && <TransferDialog ticket={ticket} onClose={close} />}
      {window === 'invite' && ticket && <InviteDialog ticket={ticket} onClose={close} />}
      {window === 'due' && ticket && <DueDialog ticket={ticket} onClose={close} />}
      {window === 'settings' && <Settings onClose={close} />}
      {window === 'keys' && <Keys onClose={close} />}
    </div>
  );
}

/** One of the pages beside the counter. @param {{View: () => import('preact').JSX.Element}} props */
function Page({ View }) {
  const place = usePlaceKept();
  return <main class="page" id="page" tabIndex={-1} ref={place}><View /></main>;
}

const GRACE_MS = 120_000;

/** What a lost connection means for the agent's chats. */
function Lost() {
  const { controller, state, say } = useDesk();
  const now = useNow();
  const { link, lostAt, welcomed } = state.model;
  const word = !welcomed ? 'unreachable' : now - lostAt > GRACE_MS ? 'lost_late' : 'lost_text';
  return (
    <div class="lost-place" role="alert">
      {link === 'lost' && (
        <div class="lost">
          <Icon name="warn" />
          <p><strong>{say('lost_title')}.</strong> {say(word)}</p>
          <button class="button" type="button" onClick={controller.reconnect}>{say('lost_retry')}</button>
        </div>
      )}
    </div>
  );
}
