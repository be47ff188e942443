// The live view: what is open now, today and the last 30 days, each number with what it means and what it counted.

import { useEffect, useRef, useState } from 'preact/hooks';
import { apiGet } from '../api.js';
import { percentOf, timeOf } from '../format.js';
import { errorWords } from '../i18n.js';
import { useDesk } from '../view/context.jsx';
import { Charts } from './charts.jsx';
import { csvOf, shareOf, SHARE_OF, spanOf, valueOf } from './numbers.js';
import { queryHash, useQuery } from './query.js';
import { Rows } from './rows.jsx';

/** @import {WordKey} from '../i18n.js' */
/** @import {Definition, Values} from './numbers.js' */
/** @typedef {{day: string, values: Values}} Day */
/** @typedef {{department: string, department_name: string, values: Values}} Department */
/** @typedef {{department: string, department_name: string} & Record<string, any>} Queue */
/**
 * @typedef {object} Live
 * @property {number} at
 * @property {Queue[]} queue
 * @property {{name: string, presence: 'online'|'no_more'|'away'|'offline', chats: number, capacity: number}[]} agents
 * @property {Definition[]} numbers
 * @property {Day[]} days
 * @property {{values: Values}} all
 * @property {Department[]} departments
 * @property {{entry: string, title: string, answered: number, thumbs_up: number, thumbs_down: number, handed_after: number}[]} entries
 */

/** What is now and today is asked for often, the 30 days behind it seldom. */
const RENEW_MS = 8000;
const WHOLE_MS = 60_000;
const ASSISTANT = ['asked', 'answered', 'offered', 'rephrased', 'passed_on', 'conversations', 'contained'];
const COUNTER = ['handed_over', 'joined', 'abandoned', 'waited_median', 'waited_p90', 'handling', 'satisfaction', 'messages', 'callbacks'];
const NOW = ['waiting', 'open_callbacks', 'parked', 'with_agents', 'open_messages', 'overdue'];
const DAYS = [...ASSISTANT, ...COUNTER];
const ENTRIES = /** @type {const} */ (['answered', 'thumbs_up', 'thumbs_down', 'handed_after']);

/** The numbers of before with what is now and of today; behind midnight they wait for the next whole. @param {Live} before @param {Live} now */
function withToday(before, now) {
  const days = before.days.map((day) => (day.day === now.days[0].day ? now.days[0] : day));
  return { ...before, at: now.at, queue: now.queue, agents: now.agents, days };
}

/** The numbers, renewed while somebody looks. @param {string} lang */
function useLive(lang) {
  const [live, setLive] = useState(/** @type {Live|null} */ (null));
  const [code, setCode] = useState('');
  useEffect(() => {
    const end = new AbortController();
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    let whole = -WHOLE_MS;
    const renew = async () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        const all = performance.now() - whole >= WHOLE_MS;
        const answer = await apiGet('live', all ? { lang } : { lang, days: 1 }, end.signal);
        if (end.signal.aborted) return;
        if (answer.ok && all) whole = performance.now();
        if (answer.ok) setLive((before) => (all || !before ? answer.data : withToday(before, answer.data)));
        setCode(answer.ok ? '' : answer.code);
      }
      clearTimeout(timer);
      timer = setTimeout(renew, RENEW_MS);
    };
    document.addEventListener('visibilitychange', renew, { signal: end.signal });
    renew();
    return () => { clearTimeout(timer); end.abort(); };
  }, [lang]);
  return { live, code };
}

export function Live() {
  const { say, lang } = useDesk();
  const { live, code } = useLive(lang);
  const [query] = useQuery('live');
  if (!live) {
    return <div class="live"><h2>{say('page_live')}</h2><p class="none" role="status">{code ? errorWords(say, code) : say('loading')}</p></div>;
  }
  return (
    <div class="live">
      <header class="live-head">
        <h2>{say('page_live')}</h2>
        <p class="muted" role="status">{say(code ? 'live_stale' : 'live_updated', { time: timeOf(lang, live.at) })}</p>
      </header>
      <Now live={live} />
      <Numbers live={live} />
      <Days live={live} />
      <Departments live={live} />
      <Entries live={live} />
      {query.what && <Rows query={query} />}
    </div>
  );
}

/** A number that leads to what it counted; plain where it counted nothing. @param {{text: string, rows: string, value: number|null|undefined, more?: Record<string, string>, label: string}} props */
function Leads({ text, rows, value, more = {}, label }) {
  if (!rows || !value) return <span class="figure">{text}</span>;
  return <a class="figure" href={queryHash('live', { what: rows, ...more })} aria-label={label}>{text}</a>;
}

/** @param {{live: Live}} props */
function Now({ live }) {
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

/** A heading with what its number means. @param {{name: string}} props */
function Head({ name }) {
  const { say } = useDesk();
  return (
    <th scope="col">
      {say(/** @type {WordKey} */ (`number_${name}`))}
      <small>{say(/** @type {WordKey} */ (`number_${name}_means`))}</small>
    </th>
  );
}

/** Today's numbers, or those of all days. @param {{live: Live}} props */
function Numbers({ live }) {
  const { say } = useDesk();
  const [all, setAll] = useState(false);
  const today = live.days[live.days.length - 1];
  const values = all ? live.all.values : today.values;
  /** @type {Record<string, string>} */
  const more = all ? {} : { day: today.day };
  return (
    <section class="live-numbers" aria-label={say(all ? 'live_period' : 'live_today')}>
      <fieldset class="live-span">
        <legend class="hidden">{say('live_span')}</legend>
        {[false, true].map((each) => (
          <label key={String(each)}>
            <input type="radio" name="live-span" checked={all === each} onChange={() => setAll(each)} />
            <span>{say(each ? 'live_period' : 'live_today')}</span>
          </label>
        ))}
      </fieldset>
      <h3>{say('live_assistant')}</h3>
      <dl class="live-tiles">{ASSISTANT.map((name) => <Tile key={name} name={name} live={live} values={values} more={more} />)}</dl>
      <h3>{say('live_people')}</h3>
      <dl class="live-tiles">
        {COUNTER.slice(0, 5).map((name) => <Tile key={name} name={name} live={live} values={values} more={more} />)}
        <Estimate values={values} more={more} />
        {COUNTER.slice(5).map((name) => <Tile key={name} name={name} live={live} values={values} more={more} />)}
      </dl>
    </section>
  );
}

/** @param {{name: string, live: Live, values: Values, more: Record<string, string>}} props */
function Tile({ name, live, values, more }) {
  const { say, lang } = useDesk();
  const definition = live.numbers.find((number) => number.name === name);
  if (!definition) return null;
  const text = valueOf(lang, definition, values[name]);
  const share = shareOf(values, name);
  const title = say(/** @type {WordKey} */ (`number_${name}`));
  return (
    <div class="live-tile">
      <dt>{title}</dt>
      <dd>
        <Leads text={text} rows={definition.rows} value={values[name]} more={more} label={`${title}: ${text}`} />
        {share !== null && (
          <span class="live-part">{say('live_share', {
            share: percentOf(share), of: say(/** @type {WordKey} */ (`number_${SHARE_OF[name]}`)).toLowerCase(),
          })}</span>
        )}
        <small>{say(/** @type {WordKey} */ (`number_${name}_means`))}</small>
      </dd>
    </div>
  );
}

/** What was told beside what was true. @param {{values: Values, more: Record<string, string>}} props */
function Estimate({ values, more }) {
  const { say, lang } = useDesk();
  const { told, told_low: low, told_high: high, told_waited: waited, told_over: over } = values;
  const minutes = (/** @type {number|null} */ value) => Math.round(value ?? 0);
  const text = told ? say('live_estimate_told', { low: minutes(low), high: minutes(high), waited: spanOf(lang, waited ?? 0) }) : '–';
  return (
    <div class="live-tile live-wide">
      <dt>{say('live_estimate')}</dt>
      <dd>
        <Leads text={text} rows="told" value={told} more={more} label={text} />
        {Boolean(told) && (
          <span class="live-part">
            <Leads text={say('live_estimate_over', { share: percentOf((over ?? 0) / (told ?? 1)) })} rows="told_over" value={over}
              more={more} label={say('number_told_over')} />
          </span>
        )}
        <small>{say('live_estimate_means')}</small>
      </dd>
    </div>
  );
}

/** @param {{live: Live}} props */
function Days({ live }) {
  const { say, lang } = useDesk();
  const numbers = DAYS.map((name) => live.numbers.find((number) => number.name === name)).filter((n) => n !== undefined);
  const saved = useRef('');
  const save = () => {
    URL.revokeObjectURL(saved.current);
    saved.current = URL.createObjectURL(new Blob([csvOf(live.numbers, live.days)], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = saved.current;
    link.download = `sportello-${live.days[live.days.length - 1].day}.csv`;
    link.click();
  };
  useEffect(() => () => URL.revokeObjectURL(saved.current), []);
  const dayName = (/** @type {string} */ day) => new Intl.DateTimeFormat(lang, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
    .format(new Date(`${day}T00:00:00Z`));
  return (
    <section>
      <div class="live-head">
        <h3 id="live-days">{say('live_days')}</h3>
        <button class="button" type="button" onClick={save}>{say('live_csv')}</button>
      </div>
      <Charts days={live.days} dayName={dayName} />
      <div class="live-scroll live-tall" role="region" aria-labelledby="live-days" tabIndex={0}>
        <table>
          <thead>
            <tr><th scope="col">{say('live_day')}</th>{numbers.map(({ name }) => <Head key={name} name={name} />)}</tr>
          </thead>
          <tbody>
            {[...live.days].reverse().map(({ day, values }) => (
              <tr key={day}>
                <th scope="row">{dayName(day)}</th>
                {numbers.map((number) => (
                  <td key={number.name}>
                    <Leads text={valueOf(lang, number, values[number.name])} rows={number.rows} value={values[number.name]} more={{ day }}
                      label={`${say(/** @type {WordKey} */ (`number_${number.name}`))}, ${dayName(day)}: ${valueOf(lang, number, values[number.name])}`} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** @param {{live: Live}} props */
function Departments({ live }) {
  const { say, lang } = useDesk();
  const numbers = live.numbers.filter((number) => number.by_department);
  if (live.departments.length === 0) return null;
  return (
    <section>
      <h3 id="live-departments">{say('live_departments')}</h3>
      <div class="live-scroll" role="region" aria-labelledby="live-departments" tabIndex={0}>
        <table>
          <thead>
            <tr><th scope="col">{say('live_department')}</th>{numbers.map(({ name }) => <Head key={name} name={name} />)}</tr>
          </thead>
          <tbody>
            {live.departments.map(({ department, department_name: name, values }) => (
              <tr key={department}>
                <th scope="row">{name}</th>
                {numbers.map((number) => (
                  <td key={number.name}>
                    <Leads text={valueOf(lang, number, values[number.name])} rows={number.rows} value={values[number.name]} more={{ department }}
                      label={`${say(/** @type {WordKey} */ (`number_${number.name}`))}, ${name}: ${valueOf(lang, number, values[number.name])}`} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** @param {{live: Live}} props */
function Entries({ live }) {
  const { say } = useDesk();
  if (live.entries.length === 0) return null;
  return (
    <section>
      <h3 id="live-entries">{say('live_entries')}</h3>
      <div class="live-scroll" role="region" aria-labelledby="live-entries" tabIndex={0}>
        <table class="live-entries">
          <thead>
            <tr><th scope="col">{say('live_entry')}</th>{ENTRIES.map((name) => <Head key={name} name={name} />)}</tr>
          </thead>
          <tbody>
            {live.entries.map((row) => (
              <tr key={row.entry}>
                <th scope="row">{row.title}</th>
                {ENTRIES.map((name) => (
                  <td key={name}>
                    <Leads text={String(row[name])} rows={name} value={row[name]} more={{ entry: row.entry }}
                      label={`${say(`number_${name}`)}, ${row.title}: ${row[name]}`} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
