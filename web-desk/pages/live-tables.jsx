// The tables of the live view: day by day, by department, by entry.

import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../view/context.jsx';
import { Charts } from './charts.jsx';
import { Head, Leads } from './live-parts.jsx';
import { ASSISTANT, COUNTER, csvOf, valueOf } from './numbers.js';

/** @import {WordKey} from '../i18n.js' */
/** @import {Live} from './live-data.js' */

const DAYS = [...ASSISTANT, ...COUNTER];
const ENTRIES = /** @type {const} */ (['answered', 'thumbs_up', 'thumbs_down', 'handed_after']);


/** @param {{live: Live}} props */
export function Days({ live }) {
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
export function Departments({ live }) {
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
export function Entries({ live }) {
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
