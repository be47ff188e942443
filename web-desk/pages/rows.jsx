// What a number counted, over the live view: a list that leads to the transcripts.

import { useEffect, useRef, useState } from 'preact/hooks';
import { apiGet } from '../api.js';
import { dateTimeOf } from '../format.js';
import { errorWords } from '../i18n.js';
import { useDesk } from '../view/context.jsx';
import { spanOf } from './numbers.js';
import { queryHash } from './query.js';

/** @import {WordKey} from '../i18n.js' */
/** @import {Query} from './query.js' */
/**
 * @typedef {{conversation: number, ticket?: number, at: number, value?: number, department_name?: string, text: string,
 *   owner?: string, title?: string, state?: string}} Row
 */

/** @param {{query: Query}} props */
export function Rows({ query }) {
  const { say, lang } = useDesk();
  const [rows, setRows] = useState(/** @type {{rows: Row[], before?: number, code?: string}|null} */ (null));
  const window = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const { what = '', day = '', department = '', entry = '' } = query;
  const close = () => { location.hash = '#live'; };
  const asked = { what, day, department, entry, lang };
  useEffect(() => {
    const end = new AbortController();
    apiGet('live/rows', asked, end.signal).then((answer) => {
      if (!end.signal.aborted) setRows(answer.ok ? answer.data : { rows: [], code: answer.code });
    });
    return () => end.abort();
  }, [what, day, department, entry, lang]);
  useEffect(() => {
    const end = new AbortController();
    const dialog = window.current;
    dialog?.showModal();
    // Not left to the browser alone: it closes nothing by a key that was opened by going back.
    document.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); }, { signal: end.signal });
    return () => { end.abort(); dialog?.close(); };
  }, []);
  const more = async () => {
    const answer = await apiGet('live/rows', { ...asked, before: rows?.before });
    if (answer.ok && rows) setRows({ ...answer.data, rows: [...rows.rows, ...answer.data.rows] });
  };
  return (
    <dialog class="window live-rows" ref={window} aria-labelledby="live-rows-title" onCancel={(event) => { event.preventDefault(); close(); }}>
      <div class="live-head">
        <h3 id="live-rows-title">{say('live_rows', { what: say(/** @type {WordKey} */ (`number_${what}`)) })}</h3>
        <button class="button" type="button" onClick={close}>{say('live_rows_close')}</button>
      </div>
      <p class="muted">{[day, department, entry].filter(Boolean).join(' · ')}</p>
      <p class="none" role="status">
        {rows?.code ? errorWords(say, rows.code) : rows && rows.rows.length === 0 ? say('live_rows_none') : ''}
      </p>
      <ul>
        {rows?.rows.map((row, i) => <RowLine key={i} row={row} what={what} />)}
      </ul>
      {rows?.before && <button class="button wide" type="button" onClick={more}>{say('live_rows_more')}</button>}
    </dialog>
  );
}

const RATED = ['rated', 'thumbs_up', 'thumbs_down'];

/** @param {{row: Row, what: string}} props */
function RowLine({ row, what }) {
  const { say, lang } = useDesk();
  // A ticket's transcript is its chat; what the assistant said belongs to the whole conversation.
  const whole = !row.ticket || ['asked', 'answered', 'offered', 'rephrased', 'passed_on', 'thumbs_up', 'thumbs_down', 'conversations'].includes(what);
  const href = queryHash('search', whole ? { conversation: String(row.conversation) } : { ticket: String(row.ticket) });
  const value = !row.value ? '' : what === 'rated' ? say('live_rows_points', { n: row.value })
    : RATED.includes(what) ? '' : say('live_rows_waited', { time: spanOf(lang, row.value) });
  return (
    <li>
      <a class="live-row" href={href}>
        <time class="muted" dateTime={new Date(row.at).toISOString()}>{dateTimeOf(lang, row.at)}</time>
        <span class="live-row-text">{row.text || '–'}</span>
        <span class="muted small">
          {[row.ticket ? say('live_rows_ticket', { n: row.ticket }) : say('live_rows_conversation'), row.department_name, row.owner,
            row.title, value].filter(Boolean).join(' · ')}
        </span>
      </a>
    </li>
  );
}
