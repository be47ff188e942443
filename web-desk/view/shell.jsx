// The desk itself: the bar on top, three columns below. A narrow window shows one column at a time (`pane`).

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { errorWords } from '../i18n.js';
import { selectedTicket } from '../lists.js';
import { keyDeed } from '../keys.js';
import { ticketClosable, ticketOwn } from '../ticket.js';
import { Bar } from './bar.jsx';
import { Card } from './card.jsx';
import { Chat } from './chat.jsx';
import { BackDialog, CloseDialog } from './deeds.jsx';
import { Lists } from './lists.jsx';
import { Offer } from './offer.jsx';
import { Keys, Settings } from './settings.jsx';
import { pageOf } from '../pages/pages.js';
import { useDesk, useHash, useNow } from './context.jsx';
import { Icon } from './icons.jsx';

/** @import {Deed} from '../keys.js' */
/** @import {Controller} from '../controller.js' */
/** @import {Ticket} from '../protocol.js' */
/** @typedef {'lists'|'chat'|'card'} Pane */
/** @typedef {'back'|'close'|'settings'|'keys'|null} Window */
/**
 * @typedef {object} Reach what a key can reach
 * @property {Controller} controller
 * @property {Ticket|null} ticket
 * @property {Pane} pane
 * @property {(window: Window) => void} show
 * @property {(pane: Pane) => void} goTo
 */

/** @type {Record<Deed, (reach: Reach, key: string) => void>} */
const DEEDS = {
  take: ({ controller }) => controller.take(),
  accept: ({ controller }) => controller.answerOffer(true),
  decline: ({ controller }) => controller.answerOffer(false),
  next: ({ controller }) => controller.move(1),
  previous: ({ controller }) => controller.move(-1),
  next_own: ({ controller }) => controller.move(1, true),
  previous_own: ({ controller }) => controller.move(-1, true),
  own: ({ controller }, key) => controller.selectOwn(Number(key)),
  write: () => document.getElementById('composer')?.focus(),
  back: ({ ticket, show }) => ticketOwn(ticket) && show('back'),
  close: ({ ticket, show }) => ticketClosable(ticket) && show('close'),
  presence: () => /** @type {HTMLElement|null} */ (document.querySelector('.presence :checked'))?.focus(),
  details: ({ ticket, pane, goTo }) => ticket && goTo(pane === 'card' ? 'chat' : 'card'),
  help: ({ show }) => show('keys'),
  leave: () => /** @type {HTMLElement|null} */ (document.activeElement)?.blur(),
};

/** @param {EventTarget|null} target */
function isWriting(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
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
  const page = pageOf(useHash(), model.role);

  // Choosing a chat, by whatever way, shows it; when it is gone a narrow window returns to the lists.
  useEffect(() => goTo(selected === null ? 'lists' : 'chat'), [selected]);
  useLanding(pane, selected);

  // At once with the picture: a key pressed right after a window closed must find it closed.
  useLayoutEffect(() => {
    const end = new AbortController();
    document.addEventListener('keydown', (event) => {
      if (page || window !== null || event.defaultPrevented) return;
      const found = keyDeed(event, { writing: isWriting(event.target), single: prefs.keys });
      if (!found) return;
      event.preventDefault();
      DEEDS[found.deed]({ controller, ticket, pane, show, goTo }, found.key);
    }, { signal: end.signal });
    return () => end.abort();
  }, [controller, ticket, pane, window, page, prefs.keys]);

  const close = () => show(null);
  return (
    <div class="shell" data-pane={page ? 'page' : pane}>
      <a class="skip" href={page ? '#page' : '#chat'}>{say('skip')}</a>
      <Bar show={show} />
      <Lost />
      <Offer />
      {page ? <main class="page" id="page" tabIndex={-1}><page.View /></main> : (
        <main class="columns">
          <Lists goTo={goTo} />
          <Chat ticket={ticket} show={show} goTo={goTo} />
          <Card ticket={ticket} goTo={goTo} />
        </main>
      )}
      <Notices />
      {window === 'back' && ticket && <BackDialog ticket={ticket} onClose={close} />}
      {window === 'close' && ticket && <CloseDialog ticket={ticket} onClose={close} />}
      {window === 'settings' && <Settings onClose={close} />}
      {window === 'keys' && <Keys onClose={close} />}
    </div>
  );
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

function Notices() {
  const { controller, state, say } = useDesk();
  return (
    <div class="notices" role="status">
      {state.model.notices.map(({ id, tone, word, ticket, code, text }) => (
        <div key={id} class={`notice ${tone}`}>
          <Icon name={tone === 'good' ? 'check' : 'warn'} />
          <p>{word === 'error' ? errorWords(say, code ?? '', text)
            : say(/** @type {import('../i18n.js').WordKey} */ (word), { n: ticket ?? '' })}</p>
          <button class="plain" type="button" aria-label={say('dismiss')} onClick={() => controller.dismiss(id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
