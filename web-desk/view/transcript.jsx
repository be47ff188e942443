// The conversation, newest below. It stays at the end while the agent is there, and never jumps while they read.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { dayOf, percentOf, timeOf } from '../format.js';
import { errorWords } from '../i18n.js';
import { linesOf } from '../lists.js';
import { talkNew } from '../talk.js';
import { Blocks } from './blocks.jsx';
import { useDesk } from './context.jsx';
import { Icon } from './icons.jsx';
import { Teach } from './teach.jsx';

/** @import {Line} from '../lists.js' */
/** @import {MessageFrame, StateFrame, Ticket} from '../protocol.js' */
/** @import {Pending} from '../talk.js' */
/** @import {Say} from '../i18n.js' */

/**
 * Who is who in this conversation, and in what words: all that a line needs besides itself.
 * @typedef {{say: Say, lang: string, visitor: string, assistant: string, user: string, spoken: string}} Cast
 */

/** Nearer to the end than this counts as being there. */
const NEAR_PX = 60;

/** @param {{ticket: Ticket}} props */
export function Transcript({ ticket }) {
  const { state, say, lang } = useDesk();
  const talk = state.model.talks.get(ticket.ticket) ?? talkNew();
  const log = useRef(/** @type {HTMLDivElement|null} */ (null));
  const atEnd = useRef(true);
  const [below, setBelow] = useState(false);
  const last = talk.events.length + talk.pending.length + (talk.typingUntil ? 1 : 0);
  const typing = talk.typingUntil > 0;
  const { name, lang: spoken } = ticket;
  const { user, site } = state.model;
  const cast = useMemo(() => (
    { say, lang, visitor: name || say('visitor'), assistant: site.assistant || 'Bot', user, spoken }
  ), [say, lang, name, site.assistant, user, spoken]);
  // Lines already there are not made again while somebody types or another chat moves.
  const lines = useMemo(
    () => linesOf(talk).map((line) => <LineView key={line.key} line={line} ticket={ticket.ticket} cast={cast} />),
    [talk.events, talk.pending, talk.mark, ticket.ticket, cast],
  );

  const toEnd = () => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
    setBelow(false);
  };
  const scrolled = () => {
    // A scroll event may come after the chat has gone from the page.
    if (!log.current) return;
    const { scrollTop, scrollHeight, clientHeight } = log.current;
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (atEnd.current) setBelow(false);
  };
  useLayoutEffect(() => {
    if (atEnd.current || talk.pending.length > 0) toEnd();
    else setBelow(true);
  }, [last]);
  useEffect(() => {
    // The column may grow lower (a keyboard on a phone, a longer draft), a message longer (it failed).
    const watch = new ResizeObserver(() => atEnd.current && toEnd());
    for (const element of [log.current, log.current?.firstElementChild]) if (element) watch.observe(element);
    return () => watch.disconnect();
  }, []);

  return (
    <div class="transcript-place">
      <div class="transcript" ref={log} role="log" tabIndex={0} onScroll={scrolled}
        aria-label={say('transcript', { n: ticket.ticket })}>
        <div class="transcript-lines">
          {talk.events.length === 0 && talk.pending.length === 0 && <p class="none">{say('loading')}</p>}
          {lines}
          {typing && (
            <p class="typing"><span class="typing-dots" aria-hidden="true"><i /><i /><i /></span>
              {say('typing', { name: ticket.name || say('visitor') })}</p>
          )}
        </div>
      </div>
      {below && (
        <button class="below" type="button" onClick={toEnd}><Icon name="down" /> {say('new_below')}</button>
      )}
    </div>
  );
}

/** @param {{line: Line, ticket: number, cast: Cast}} props */
function LineView({ line, ticket, cast }) {
  switch (line.kind) {
    case 'day': return <p class="day"><span>{dayOf(cast.lang, line.at, Date.now())}</span></p>;
    case 'mark': return <p class="mark-line" data-why={line.why}><span>{cast.say(`mark_${line.why}`)}</span></p>;
    case 'state': return <StateLine event={line.event} say={cast.say} />;
    case 'pending':
      return <PendingBubble pending={line.pending} first={line.first} ticket={ticket} spoken={cast.spoken} />;
    case 'message': return line.event.from === 'system'
      ? <div class="system" lang={cast.spoken}><Blocks blocks={line.event.blocks} /></div>
      : <Bubble event={line.event} first={line.first} ticket={ticket} cast={cast} />;
  }
}

/** @param {{event: StateFrame, say: Say}} props */
function StateLine({ event, say }) {
  const key = event.who === 'agent' && !event.name ? 'state_agent_unnamed' : /** @type {const} */ (`state_${event.who}`);
  return <p class="system">{say(key, { name: event.name ?? '' })}</p>;
}

/** @param {{event: MessageFrame, first: boolean, ticket: number, cast: Cast}} props */
function Bubble({ event, first, ticket, cast }) {
  const { say, lang, spoken } = cast;
  const own = event.from === 'agent' && (!event.name || event.name === cast.user);
  const names = {
    visitor: cast.visitor,
    bot: cast.assistant,
    agent: own ? say('you') : event.name || say('agent'),
    system: '',
  };
  return (
    <article class={`bubble ${event.from}${first ? ' first' : ''}${own ? ' own' : ''}`}
      aria-label={say('said_by', { name: names[event.from], time: timeOf(lang, event.at) })}>
      {first && (
        <p class="bubble-name" aria-hidden="true">{event.from === 'bot' && <Icon name="robot" />} {names[event.from]}</p>
      )}
      <div class="bubble-words" lang={spoken}><Blocks blocks={event.blocks} /></div>
      {event.options && event.options.length > 0 && (
        <p class="options"><span class="muted">{say('offered_options')}</span>{' '}
          {event.options.map((option) => <span key={option.id} class="option" lang={spoken}>{option.title}</span>)}</p>
      )}
      <p class="bubble-foot">
        {event.from === 'bot' && <BotFoot event={event} say={say} />}
        <time dateTime={new Date(event.at).toISOString()} aria-hidden="true">{timeOf(lang, event.at)}</time>
        {own && <Teach ticket={ticket} seq={event.seq} />}
        {own && <span class="sent"><Icon name="check" /><span class="hidden">{say('sent')}</span></span>}
      </p>
    </article>
  );
}

/** How sure the assistant was, and where it had it from. @param {{event: MessageFrame, say: Say}} props */
function BotFoot({ event, say }) {
  const { confidence, source, fallback, edition } = event;
  const title = edition === undefined ? undefined : say('edition', { n: edition });
  return (
    <span class="bot-foot" title={title}>
      {fallback && <span class="fallback">{say('fallback')}</span>}
      {confidence !== undefined && confidence > 0 && <span>{say('confidence', { share: percentOf(confidence) })}</span>}
      {source && <span class="source">{source}</span>}
    </span>
  );
}

/** @param {{pending: Pending, first: boolean, ticket: number, spoken: string}} props */
function PendingBubble({ pending, first, ticket, spoken }) {
  const { controller, state, say } = useDesk();
  const failed = pending.state === 'failed';
  const sending = state.model.link === 'open' ? 'sending' : 'sending_later';
  return (
    <article class={`bubble agent own ${pending.state}${first ? ' first' : ''}`} aria-label={say('you')}>
      <div class="bubble-words" lang={spoken}>{pending.text && <p>{pending.text}</p>}<Blocks blocks={pending.files ?? []} /></div>
      <p class="bubble-foot">
        {failed ? <span class="fallback">{say('failed', { why: errorWords(say, pending.code ?? '') })}</span> : say(sending)}
        {failed && (
          <>
            <button class="link" type="button" onClick={() => controller.retry(ticket, pending.cid)}>
              <Icon name="retry" /> {say('retry')}</button>
            <button class="link" type="button" onClick={() => controller.discard(ticket, pending.cid)}>
              {say('discard')}</button>
          </>
        )}
      </p>
    </article>
  );
}
