// Spelling marks under the composer: the words the dictionary of the chat's language does not have, each with what it
// suggests, as buttons; and what a canned reply left to be filled in. Alt+M goes to the first of them.
//
// For the composer: <Marks text={text} lang={ticket.lang} onText={change} onSelect={(at, size) => …} /> in its form,
// below the textarea.

import { useEffect, useRef, useState } from 'preact/hooks';
import { leftOver } from '../snippets.js';
import { PAUSE_MS, askMarks, marksIn, replaceMark } from '../spelling.js';
import { useDesk } from './context.jsx';
import { Icon } from './icons.jsx';

/** @import {Mark} from '../spelling.js' */

/** Words that the agent has kept, while the page is open. */
const kept = /** @type {Set<string>} */ (new Set());

/**
 * @param {{text: string, lang: string, onText: (text: string) => void,
 *   onSelect: (at: number, size: number) => void}} props `onSelect`: select this part of the text
 */
export function Marks({ text, lang, onText, onSelect }) {
  const { say } = useDesk();
  const [marks, setMarks] = useState(/** @type {Mark[]} */ ([]));
  const [, renew] = useState(0);
  const place = useRef(/** @type {HTMLDivElement|null} */ (null));
  const shown = marksIn(marks, text, kept);
  const open = leftOver(text);

  useEffect(() => {
    if (text.trim() === '' || text.startsWith('/')) {
      setMarks([]);
      return undefined;
    }
    let current = true;
    const timer = setTimeout(async () => {
      const found = await askMarks(lang, text);
      if (current) setMarks(found);
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, lang]);
  useEffect(() => {
    const end = new AbortController();
    document.addEventListener('keydown', (event) => {
      const first = event.altKey && event.code === 'KeyM' ? place.current?.querySelector('button') : null;
      if (!first || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      first.focus();
    }, { signal: end.signal });
    return () => end.abort();
  }, []);

  return (
    <div class="marks" ref={place}>
      <p class="hidden" role="status">{shown.length > 0 && say('marks_count', { n: shown.length })}</p>
      {open.length > 0 && (
        <p class="marks-fill small">
          <span class="muted">{say('marks_fill')}</span>{' '}
          {open.map(({ at, size, name }) => (
            <button key={at} type="button" class="mark-chip" onClick={() => onSelect(at, size)}
              aria-label={say('marks_fill_one', { name })}>{name}</button>
          ))}
        </p>
      )}
      {shown.length > 0 && (
        <ul class="marks-list small" aria-label={say('marks_title')} aria-keyshortcuts="Alt+M">
          {shown.map((mark) => (
            <li key={`${mark.at}${mark.word}`}>
              <span class="mark-word" lang={lang}>{mark.word}</span>
              {mark.suggestions?.length === 0 && <span class="muted">{say('marks_none')}</span>}
              {mark.suggestions?.map((suggestion) => (
                <button key={suggestion} type="button" class="mark-chip" lang={lang}
                  aria-label={say('marks_replace', { word: mark.word, suggestion })}
                  onClick={() => onText(replaceMark(text, mark, suggestion))}>{suggestion}</button>
              ))}
              <button type="button" class="mark-keep" title={say('marks_keep', { word: mark.word })}
                onClick={() => { kept.add(mark.word); renew((n) => n + 1); }}>
                <Icon name="close" /><span class="hidden">{say('marks_keep', { word: mark.word })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
