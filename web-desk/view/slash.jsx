// The menu of canned replies behind "/": entries of the site and the agent's own. The focus stays in the text; the
// arrow keys choose, Enter or Tab inserts, Escape leaves the "/" as it is.
//
// For the composer: const slash = useSlash({ticket, text, caret, onText}); then {...slash.attributes} on the textarea,
// `if (slash.pressed(event)) return;` first in its onKeyDown, and {slash.menu} beside it, in a box that is positioned.

import { useEffect, useState } from 'preact/hooks';
import { apiGet } from '../api.js';
import { fillIn, slashAt } from '../snippets.js';
import { useDesk } from './context.jsx';

/** @import {Ticket} from '../protocol.js' */
/** @import {Snippet} from '../snippets.js' */

/** @typedef {{key: string, title: string, text: string, mine: boolean}} Reply */

const LIST = 'slash-list';

/**
 * @param {{ticket: Ticket, text: string, caret: number, onText: (text: string, caret: number) => void}} props
 */
export function useSlash({ ticket, text, caret, onText }) {
  const { state, say } = useDesk();
  const [replies, setReplies] = useState(/** @type {Reply[]|null} */ (null));
  const [at, setAt] = useState(0);
  const [left, setLeft] = useState(/** @type {number|null} */ (null));
  const asked = slashAt(text, caret);
  const open = asked !== null && asked.at !== left;
  const query = asked?.query ?? '';

  useEffect(() => {
    if (!open) {
      setReplies(null);
      return undefined;
    }
    const end = new AbortController();
    apiGet('suggest', { q: query || undefined, lang: ticket.lang, all: 1 }, end.signal).then((answer) => {
      if (end.signal.aborted) return;
      setReplies(answer.ok ? repliesOf(answer.data) : []);
      setAt(0);
    });
    return () => end.abort();
  }, [open, query, ticket.lang]);
  useEffect(() => {
    if (asked === null) setLeft(null);
  }, [asked === null]);

  /** @param {Reply} reply */
  function insert(reply) {
    if (!asked) return;
    const values = {
      'visitor.name': ticket.name, 'agent.name': state.model.user, ticket: ticket.ticket,
      'site.name': state.model.site.name,
    };
    const filled = reply.mine ? fillIn(reply.text, values) : reply.text;
    onText(text.slice(0, asked.at) + filled + text.slice(caret), asked.at + filled.length);
  }
  const count = replies?.length ?? 0;

  /** @param {KeyboardEvent} event @returns {boolean} whether it was for the menu */
  function pressed(event) {
    if (!open || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return false;
    if (event.key === 'Escape') setLeft(asked?.at ?? null);
    else if (count === 0) return false;
    else if (event.key === 'ArrowDown') setAt((at + 1) % count);
    else if (event.key === 'ArrowUp') setAt((at + count - 1) % count);
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') insert((replies ?? [])[at]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  const shown = open && replies !== null;
  const attributes = {
    'aria-autocomplete': /** @type {const} */ ('list'),
    'aria-controls': shown && count > 0 ? LIST : undefined,
    'aria-activedescendant': shown && count > 0 ? `${LIST}-${at}` : undefined,
  };
  const menu = (
    <>
      <p class="hidden" role="status">
        {shown && (count > 0 ? say('slash_count', { n: count }) : say('slash_none', { query }))}</p>
      {shown && (
        <div class="slash">
          {count === 0 && <p class="muted small">{say('slash_none', { query })}</p>}
          {count > 0 && (
            <ul id={LIST} role="listbox" aria-label={say('slash_title')}>
              {replies?.map((reply, i) => (
                // The focus stays in the text: a press of the mouse must not take it.
                <li key={reply.key} id={`${LIST}-${i}`} role="option" aria-selected={i === at}
                  onPointerDown={(event) => event.preventDefault()} onClick={() => insert(reply)}>
                  <span class="slash-title" lang={ticket.lang}>{reply.title}</span>
                  {reply.mine && <span class="tag">{say('slash_mine')}</span>}
                  <span class="slash-text muted small" lang={ticket.lang}>{reply.text}</span>
                </li>
              ))}
            </ul>
          )}
          <p class="slash-foot small"><a href="#snippets">{say('slash_snippets')}</a></p>
        </div>
      )}
    </>
  );
  return { open: shown, attributes, pressed, menu };
}

/** @typedef {{entries?: {id: string, title: string, text: string}[], snippets?: Snippet[]}} Found */

/** @param {Found} data @returns {Reply[]} */
function repliesOf({ entries = [], snippets = [] }) {
  return [
    ...snippets.map(({ id, name, text }) => ({ key: `s${id}`, title: name, text, mine: true })),
    ...entries.map(({ id, title, text }) => ({ key: `e${id}`, title, text, mine: false })),
  ];
}
