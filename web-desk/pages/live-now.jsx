// What is open now: who waits where, and who is there for them.

import { useDesk } from '../view/context.jsx';
import { Head, Leads } from './live-parts.jsx';
import { spanOf } from './numbers.js';

/** @import {WordKey} from '../i18n.js' */
/** @import {Live} from './live-data.js' */

const NOW = ['waiting', 'open_callbacks', 'parked', 'with_agents', 'open_messages', 'overdue'];

/** @param {{live: Live}} props */
export function Now({ live }) {
  const { say, lang } = useDesk();
  return (
    <section class="live-now" aria-labelledby="live-now">
      <h3 id="live-now">{say('live_now')}</h3>
      <div class="live-pair">
        <div class="live-scroll" role="region" aria-label={say('live_queue')} tabIndex={0}>
          <table>
            <caption>{say('live_queue')}</caption>
            <thead>
              <tr>
                <th scope="col">{say('live_department')}</th>
                {NOW.map((name) => <Head key={name} name={name} />)}
              </tr>
            </thead>
            <tbody>
              {live.queue.length === 0 && <tr><td class="none" colSpan={NOW.length + 1}>{say('live_quiet')}</td></tr>}
              {live.queue.map((row) => (
                <tr key={row.department}>
                  <th scope="row">{row.department_name}</th>
                  {NOW.map((name) => (
                    <td key={name} class={name === 'overdue' && row[name] > 0 ? 'late' : undefined}>
                      <Leads text={String(row[name])} rows={name} value={row[name]} more={{ department: row.department }}
                        label={`${say(/** @type {WordKey} */ (`number_${name}`))}, ${row.department_name}: ${row[name]}`} />
                      {name === 'waiting' && row.waiting > 0 && (
                        <small>{say('live_longest')} {spanOf(lang, row.longest)}</small>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div class="live-scroll">
          <table>
            <caption>{say('live_agents')}</caption>
            <thead>
              <tr><th scope="col">{say('live_agent')}</th><th scope="col">{say('live_presence')}</th><th scope="col">{say('live_chats')}</th></tr>
            </thead>
            <tbody>
              {live.agents.length === 0 && <tr><td class="none" colSpan={3}>{say('live_nobody')}</td></tr>}
              {live.agents.map((agent) => (
                <tr key={agent.name}>
                  <th scope="row">{agent.name}</th>
                  <td class="live-presence"><span class={`dot ${agent.presence}`} aria-hidden="true" />
                    {agent.presence !== 'offline' && say(`presence_${agent.presence}`)}</td>
                  <td><Load chats={agent.chats} capacity={agent.capacity} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

/** @param {{chats: number, capacity: number}} props */
function Load({ chats, capacity }) {
  const { say } = useDesk();
  const slots = Math.min(Math.max(chats, capacity), 12);
  return (
    <span class="live-load">
      <svg viewBox={`0 0 ${slots * 10} 8`} width={slots * 10} height="8" aria-hidden="true">
        {Array.from({ length: slots }, (_, i) => <rect key={i} x={i * 10} y="0" width="8" height="8" rx="2" class={i < chats ? 'busy' : 'free'} />)}
      </svg>
      {say('live_of', { n: chats, most: capacity })}
    </span>
  );
}
