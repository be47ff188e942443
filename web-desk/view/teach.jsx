// One key or press that proposes a visitor's question and the agent's answer to the editors. Nothing is learnt by
// itself: an editor accepts or refuses.
//
// For the transcript: <Teach ticket={number} seq={event.seq} /> in the foot of an agent's own message.

import { useState } from 'preact/hooks';
import { apiPost } from '../api.js';
import { errorWords } from '../i18n.js';
import { useDesk } from './context.jsx';
import { Icon } from './icons.jsx';

/** What was proposed since the page was opened, by ticket and seq. */
const proposed = /** @type {Set<string>} */ (new Set());

/** @param {{ticket: number, seq: number}} props */
export function Teach({ ticket, seq }) {
  const { say } = useDesk();
  const key = `${ticket}/${seq}`;
  const [state, setState] = useState(proposed.has(key) ? 'done' : 'new');
  const [why, setWhy] = useState('');

  async function teach() {
    if (state === 'doing') return;
    setState('doing');
    const answer = await apiPost('teach', { ticket, seq });
    if (answer.ok) proposed.add(key);
    else setWhy(answer.code === 'not_found' ? say('teach_no_question') : errorWords(say, answer.code));
    setState(answer.ok ? 'done' : 'failed');
  }
  return (
    <span class="teach">
      <span role="status">
        {state === 'done' && <><Icon name="check" /> {say('teach_done')}</>}
        {state === 'doing' && say('teach_doing')}
        {state === 'failed' && <span class="fallback">{say('teach_failed', { why })}</span>}
      </span>
      {(state === 'new' || state === 'failed') && (
        <button type="button" class="link" title={say('teach_help')} onClick={teach}>{say('teach')}</button>
      )}
    </span>
  );
}
