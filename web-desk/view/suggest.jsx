// Suggested answers above the composer: the three entries nearest to what the visitor said last. Alt+1, 2 or 3 inserts.
//
// For the composer: <Suggestions ticket={ticket} after={seq of the visitor's last message} text={text}
// onText={change} />, and confirmSent(ticket.ticket, said) of ../suggest.js when the text is sent.

import { useEffect, useState } from 'preact/hooks';
import { apiGet } from '../api.js';
import { percentOf } from '../format.js';
import { chosen, insertAnswer } from '../suggest.js';
import { useDesk } from './context.jsx';

/** @import {Ticket} from '../protocol.js' */
/** @import {Suggestion} from '../suggest.js' */

/** @type {{question: string, entries: Suggestion[]}} */
const NOTHING = { question: '', entries: [] };

/**
 * @param {{ticket: Ticket, after: number, text: string, onText: (text: string) => void}} props `after`: a new value
 *   asks anew; `onText` also gets the keyboard's focus to where the text is
 */
export function Suggestions({ ticket, after, text, onText }) {
  const { say } = useDesk();
  const [found, setFound] = useState(NOTHING);
  const [mine, setMine] = useState(() => chosen.of(ticket.ticket));
  const { entries, question } = found;

  useEffect(() => {
    const end = new AbortController();
    apiGet('suggest', { ticket: ticket.ticket }, end.signal).then((answer) => {
      if (!end.signal.aborted) setFound(answer.ok ? answer.data : NOTHING);
    });
    return () => end.abort();
  }, [ticket.ticket, after]);

  /** @param {Suggestion} entry */
  function insert(entry) {
    chosen.choose(ticket.ticket, entry);
    setMine(entry);
    onText(insertAnswer(text, entry.text));
  }
  useEffect(() => {
    const end = new AbortController();
    document.addEventListener('keydown', (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
      const at = ['Digit1', 'Digit2', 'Digit3'].indexOf(event.code);
      if (at < 0 || !entries[at] || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      insert(entries[at]);
    }, { signal: end.signal });
    return () => end.abort();
  }, [entries, text, ticket.ticket]);

  useEffect(() => {
    if (mine && text.trim() === '') {
      chosen.forget(ticket.ticket);
      setMine(null);
    }
  }, [text]);

  if (entries.length === 0 && !mine) return null;
  return (
    <section class="suggestions" aria-label={say('suggest_title')}>
      {entries.length > 0 && (
        <>
          <p class="muted small suggestions-for" lang={ticket.lang} title={question}>
            {say('suggest_for', { question })}</p>
          <ol>
            {entries.map((entry, i) => (
              <li key={entry.id}>
                <button type="button" class="suggestion" onClick={() => insert(entry)} title={entry.text}
                  aria-keyshortcuts={`Alt+${i + 1}`} aria-label={say('suggest_insert', { title: entry.title })}>
                  <kbd aria-hidden="true">Alt {i + 1}</kbd>
                  <span class="suggestion-title" lang={ticket.lang}>{entry.title}</span>
                  <span class="muted small">{percentOf(entry.confidence)}</span>
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
      {mine && (
        <p class="small suggestion-chosen" role="status">
          {say('suggest_chosen', { title: mine.title })}{' '}
          <button type="button" class="link" onClick={() => { chosen.forget(ticket.ticket); setMine(null); }}>
            {say('suggest_forget')}</button>
        </p>
      )}
    </section>
  );
}
