// The numbers of today, or of all days, each on a tile with what it means.

import { useState } from 'preact/hooks';
import { percentOf } from '../format.js';
import { useDesk } from '../view/context.jsx';
import { Leads } from './live-parts.jsx';
import { ASSISTANT, COUNTER, shareOf, SHARE_OF, spanOf, valueOf } from './numbers.js';

/** @import {WordKey} from '../i18n.js' */
/** @import {Values} from './numbers.js' */
/** @import {Live} from './live-data.js' */

/** Today's numbers, or those of all days. @param {{live: Live}} props */
export function Numbers({ live }) {
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
