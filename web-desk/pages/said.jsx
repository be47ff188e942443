// A conversation that is over, as it was said.

import { dayOf, percentOf, timeOf } from '../format.js';
import { linesOf } from '../lists.js';
import { talkNew } from '../talk.js';
import { Blocks } from '../view/blocks.jsx';
import { useDesk } from '../view/context.jsx';

/** @import {MessageFrame} from '../protocol.js' */
/** @import {Line} from '../lists.js' */

/** @param {{events: any[], lang: string, visitor: string}} props */
export function Said({ events, lang: spoken, visitor }) {
  const lines = linesOf({ ...talkNew(), events });
  return (
    <div class="said">
      {lines.map((line) => <SaidLine key={line.key} line={line} spoken={spoken} visitor={visitor} />)}
    </div>
  );
}

/** @param {{line: Line, spoken: string, visitor: string}} props */
function SaidLine({ line, spoken, visitor }) {
  const { say, lang } = useDesk();
  if (line.kind === 'day') return <p class="day"><span>{dayOf(lang, line.at, Date.now())}</span></p>;
  if (line.kind === 'state') {
    const { who, name } = line.event;
    const key = who === 'agent' && !name ? 'state_agent_unnamed' : /** @type {const} */ (`state_${who}`);
    return <p class="system">{say(key, { name: name ?? '' })}</p>;
  }
  if (line.kind !== 'message') return null;
  const { event } = line;
  if (event.from === 'system') return <div class="system" lang={spoken}><Blocks blocks={event.blocks} /></div>;
  return <Bubble event={event} first={line.first} spoken={spoken} visitor={visitor} />;
}

/** @param {{event: MessageFrame, first: boolean, spoken: string, visitor: string}} props */
function Bubble({ event, first, spoken, visitor }) {
  const { say, lang, state } = useDesk();
  const names = {
    visitor: visitor || say('visitor'),
    bot: state.model.site.assistant || 'Bot',
    agent: event.name || say('agent'),
    system: '',
  };
  const { confidence, source, fallback } = event;
  return (
    <article class={`bubble ${event.from}${first ? ' first' : ''}`}
      aria-label={say('said_by', { name: names[event.from], time: timeOf(lang, event.at) })}>
      {first && <p class="bubble-name" aria-hidden="true">{names[event.from]}</p>}
      <div class="bubble-words" lang={spoken}><Blocks blocks={event.blocks} /></div>
      <p class="bubble-foot">
        {event.from === 'bot' && (
          <span class="bot-foot">
            {fallback && <span class="fallback">{say('fallback')}</span>}
            {confidence !== undefined && confidence > 0 && <span>{say('confidence', { share: percentOf(confidence) })}</span>}
            {source && <span class="source">{source}</span>}
          </span>
        )}
        <time dateTime={new Date(event.at).toISOString()} aria-hidden="true">{timeOf(lang, event.at)}</time>
      </p>
    </article>
  );
}
