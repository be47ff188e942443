// Tags of a ticket: chips to take away, a field to add. What is shown is what the server has, or what it was just told.

import { useState } from 'preact/hooks';
import { tagsAdd, tagsWithout } from '../tags.js';
import { taskPosts } from '../task.js';
import { useDesk } from './context.jsx';
import { usePlaceKept } from './focus.js';
import { Icon } from './icons.jsx';

/** @import {Ticket} from '../protocol.js' */

/** @param {{ticket: Ticket}} props */
export function Tags({ ticket }) {
  const { controller, state, say } = useDesk();
  const place = usePlaceKept();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState(/** @type {'tag_long'|'tags_many'|null} */ (null));
  const last = taskPosts(state.model, ticket.ticket, 'tags').at(-1);
  const told = last && 'text' in last.frame ? last.frame.text : undefined;
  const tags = told === undefined ? ticket.tags ?? [] : told.split(',').filter(Boolean);
  const ended = ticket.state === 'closed';

  /** @param {string} typed @returns {boolean} whether anything was wrong */
  const add = (typed) => {
    const { tags: after, problem: wrong } = tagsAdd(tags, typed);
    setProblem(wrong);
    if (wrong) return true;
    setText('');
    if (after.length !== tags.length) controller.tags(ticket.ticket, after);
    return false;
  };
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && text === '' && tags.length > 0) {
      controller.tags(ticket.ticket, tags.slice(0, -1));
    }
  };
  return (
    <section class="tags" ref={place} aria-labelledby="tags-title">
      <h3 id="tags-title"><Icon name="tag" /> {say('tags')}</h3>
      {tags.length > 0 && (
        <ul class="tags-list">
          {tags.map((tag) => (
            <li key={tag} class="chip">{tag}
              {!ended && (
                <button class="plain" type="button" aria-label={say('tag_remove', { tag })}
                  onClick={() => controller.tags(ticket.ticket, tagsWithout(tags, tag))}><Icon name="close" /></button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!ended && (
        <>
          <label class="hidden" for="tags">{say('tag_label')}</label>
          <input id="tags" type="text" value={text} placeholder={say('tag_placeholder')} autocomplete="off"
            aria-invalid={problem !== null} aria-describedby="tags-told" onKeyDown={pressed}
            onInput={(event) => setText(event.currentTarget.value)} onBlur={() => text.trim() && add(text)} />
          <p id="tags-told" class="fallback small" role="status">{problem && say(problem)}</p>
        </>
      )}
      {ended && tags.length === 0 && <p class="none">{say('tags_none')}</p>}
    </section>
  );
}
