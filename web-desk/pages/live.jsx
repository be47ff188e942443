// The live view: what is open now, today and the last 30 days, each number with what it means and what it counted.

import { timeOf } from '../format.js';
import { errorWords } from '../i18n.js';
import { useDesk } from '../view/context.jsx';
import { useLive } from './live-data.js';
import { Now } from './live-now.jsx';
import { Numbers } from './live-numbers.jsx';
import { Days, Departments, Entries } from './live-tables.jsx';
import { useQuery } from './query.js';
import { Rows } from './rows.jsx';

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
