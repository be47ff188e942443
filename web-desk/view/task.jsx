// Where a message or a callback is worked on: whose it is and by when, the answer by e-mail or the call, and its end.

import { useState } from 'preact/hooks';
import { dueWords } from '../due.js';
import { bytesOf, contactLink } from '../format.js';
import { errorWords } from '../i18n.js';
import { taskPosts } from '../task.js';
import { ticketClosable, ticketOverdue, ticketOwn, ticketOwnable } from '../ticket.js';
import { ContactLink } from './card.jsx';
import { useDesk, useNow } from './context.jsx';
import { Icon } from './icons.jsx';

/** @import {Ticket} from '../protocol.js' */
/** @typedef {(window: 'close'|'due') => void} Show */

/** Bytes of an answer, as the protocol limits them. */
const MOST = 4096;

/** @param {{ticket: Ticket, show: Show}} props */
export function Task({ ticket, show }) {
  const { controller, state, say } = useDesk();
  const link = ticket.contact ? contactLink(ticket.contact) : null;
  const leaving = [...state.model.leaving.values()].some((l) => l.frame.ticket === ticket.ticket);
  return (
    <footer class="task">
      <Whose ticket={ticket} show={show} />
      {ticket.undelivered && <p class="late"><strong>{say('undelivered')}.</strong> {say('undelivered_help')}</p>}
      {link?.kind === 'mail' && ticket.mine && ticket.state === 'message' && (state.model.site.mail
        ? <Reply key={ticket.ticket} ticket={ticket} />
        : <p class="call"><span>{say('mail_elsewhere')}</span> <ContactLink contact={ticket.contact ?? ''} button /></p>)}
      {link?.kind === 'phone' && <Call ticket={ticket} />}
      {!link && <p class="muted">{say('read_only_message')}</p>}
      {ticketClosable(ticket) && !leaving && (
        <div class="task-deeds">
          <button class="button" type="button" onClick={() => show('close')} aria-keyshortcuts="c">
            {say('close')}…</button>
          <button class="button" type="button" onClick={() => controller.close(ticket.ticket, 'answered')}>
            <Icon name="check" /> {say('answered')}
          </button>
        </div>
      )}
      {leaving && <p class="muted" role="status">{say('leaving')}</p>}
    </footer>
  );
}

/** @param {{ticket: Ticket, show: Show}} props */
function Whose({ ticket, show }) {
  const { controller, say, lang } = useDesk();
  const now = useNow();
  if (!ticketOwnable(ticket)) return null;
  const late = ticketOverdue(ticket, now);
  const by = ticket.due ? dueWords(lang, ticket.due, now) : '';
  return (
    <div class="whose">
      <p><Icon name="person" /> {ticket.mine ? say('task_mine') : ticket.owner
        ? say('task_of', { name: ticket.owner }) : say('task_nobody')}</p>
      {(ticket.mine || !ticket.owner) && (
        <button class={`button${ticket.mine ? '' : ' strong'}`} type="button" aria-keyshortcuts="o"
          onClick={() => controller.own(ticket.ticket, !ticket.mine)}>
          {say(ticket.mine ? 'task_release' : 'task_keep')}</button>
      )}
      <button class={`button due${late ? ' late' : ''}`} type="button" onClick={() => show('due')} aria-keyshortcuts="u">
        <Icon name="clock" /> {!ticket.due ? say('due_set') : say(late ? 'due_was' : 'due_by', { when: by })}</button>
    </div>
  );
}

/** @param {{ticket: Ticket}} props */
export function Call({ ticket }) {
  const { say } = useDesk();
  if (!ticket.contact || contactLink(ticket.contact)?.kind !== 'phone') return null;
  return (
    <p class="call">
      <span>{say(ticketOwn(ticket) ? 'call_now' : 'call_when')}</span>
      <ContactLink contact={ticket.contact} button />
    </p>
  );
}

/** The answer to a message, as an e-mail. @param {{ticket: Ticket}} props */
function Reply({ ticket }) {
  const { controller, state, say } = useDesk();
  const number = ticket.ticket;
  const draft = `reply:${number}`;
  const [text, setText] = useState(controller.drafts.get(draft) ?? '');
  const [failed] = taskPosts(state.model, number, 'reply').filter((p) => p.state === 'failed');
  const under = taskPosts(state.model, number, 'reply').some((p) => p.state === 'sending');
  const over = bytesOf(text.trim()) - MOST;
  /** @param {string} value */
  const change = (value) => {
    setText(value);
    controller.drafts.set(draft, value);
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    send(true);
  };
  /** @param {boolean} closes */
  const send = (closes) => {
    if (!text.trim() || over > 0 || under) return;
    controller.reply(number, text.trim(), closes);
    change('');
  };
  return (
    <form class="reply" onSubmit={submit}>
      <label for="composer">{say('reply_to', { contact: ticket.contact ?? '' })}</label>
      <textarea id="composer" rows={4} lang={ticket.lang} value={text} aria-invalid={over > 0}
        aria-describedby="reply-help" onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) submit(event);
        }} />
      <p id="reply-help" class="muted small">
        {over > 0 ? <strong class="fallback">{say('too_long', { n: over })}</strong> : say('reply_help')}</p>
      <div class="reply-deeds">
        <button class="button" type="button" aria-disabled={!text.trim() || over > 0 || under} onClick={() => send(false)}>
          {say('reply_keep')}</button>
        <button class="button strong" type="submit" aria-disabled={!text.trim() || over > 0 || under}>
          <Icon name="mail" /> {say(under ? 'sending' : 'reply_do')}</button>
      </div>
      {failed && (
        <p class="reply-failed" role="alert">
          <span class="fallback">{say('failed', { why: errorWords(say, failed.code ?? '') })}</span>{' '}
          <button class="link" type="button" onClick={() => controller.postRetry(failed.frame.cid)}>
            <Icon name="retry" /> {say('retry')}</button>{' '}
          <button class="link" type="button" onClick={() => {
            change('text' in failed.frame ? failed.frame.text ?? '' : '');
            controller.postDiscard(failed.frame.cid);
          }}>{say('reply_edit')}</button>
        </p>
      )}
    </form>
  );
}
