// Search: a field, the chats found, and the one that is read. Everything that was asked stands in the address.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { apiGet } from '../api.js';
import { dateTimeOf } from '../format.js';
import { errorWords } from '../i18n.js';
import { useDesk } from '../view/context.jsx';
import { Slip } from '../view/icons.jsx';
import { queryHash, useQuery } from './query.js';
import { Said } from './said.jsx';

/** @import {WordKey} from '../i18n.js' */
/** @import {Query} from './query.js' */
/**
 * @typedef {object} Found
 * @property {number} ticket
 * @property {number} at
 * @property {number} closed
 * @property {string} department_name
 * @property {string} lang
 * @property {string} [name]
 * @property {string} [owner]
 * @property {string} question
 * @property {string[]} tags
 * @property {{text: string, mark?: boolean}[]} excerpt
 */
/** @typedef {{departments: {id: string, name: string}[], agents: string[], tags: string[]}} Choices */

const TYPING_MS = 250;
/** @type {Record<'department'|'agent'|'tag', WordKey>} */
const CHOICE_WORDS = { department: 'search_department', agent: 'search_agent', tag: 'search_tag' };
const FILTERS = ['name', 'department', 'agent', 'tag', 'from', 'to'];
const wanted = (/** @type {Query} */ query) => Object.fromEntries(['q', ...FILTERS].map((key) => [key, query[key] ?? '']));

/**
 * The chats that fit, asked for a moment after the last key.
 * @param {Query} query
 * @param {string} lang
 */
function useFound(query, lang) {
  const [found, setFound] = useState(/** @type {{chats: Found[], before?: number, code?: string}|null} */ (null));
  const [pages, setPages] = useState(1);
  const asked = JSON.stringify(wanted(query));
  useEffect(() => {
    const end = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await apiGet('search', { ...JSON.parse(asked), lang }, end.signal);
      if (end.signal.aborted) return;
      setFound(answer.ok ? answer.data : { chats: [], code: answer.code });
      setPages(1);
    }, found === null ? 0 : TYPING_MS);
    return () => { clearTimeout(timer); end.abort(); };
  }, [asked, lang]);
  const more = async () => {
    if (!found?.before) return;
    const answer = await apiGet('search', { ...JSON.parse(asked), lang, before: found.before });
    if (!answer.ok) return;
    setFound({ ...answer.data, chats: [...found.chats, ...answer.data.chats] });
    setPages(pages + 1);
  };
  return { found, more };
}

export function Search() {
  const { say, lang } = useDesk();
  const [query, setQuery] = useQuery('search');
  const { found, more } = useFound(query, lang);
  const field = useRef(/** @type {HTMLInputElement|null} */ (null));
  const list = useRef(/** @type {HTMLOListElement|null} */ (null));
  const reading = query.ticket || query.conversation;

  useLayoutEffect(() => { if (!reading) field.current?.focus(); }, []);
  useEffect(() => {
    const end = new AbortController();
    document.addEventListener('keydown', (event) => {
      const inField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
      if (event.key === '/' && !inField && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        field.current?.focus();
        field.current?.select();
      }
    }, { signal: end.signal });
    return () => end.abort();
  }, []);

  /** The arrows walk from the field through the list and back. @param {KeyboardEvent} event */
  const walk = (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    if (step === 0 || links.length === 0 || event.target instanceof HTMLSelectElement) return;
    const to = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement)) + step;
    event.preventDefault();
    if (to < 0) field.current?.focus();
    else links[Math.min(to, links.length - 1)].focus();
  };

  return (
    <div class={`search${reading ? ' reading' : ''}`}>
      <section class="search-side" onKeyDown={walk} aria-labelledby="search-title">
        <h2 id="search-title">{say('page_search')}</h2>
        <p class="muted">{say('search_lead')}</p>
        <form role="search" onSubmit={(event) => { event.preventDefault(); list.current?.querySelector('a')?.focus(); }}>
          <label class="hidden" for="search-q">{say('search_words')}</label>
          <input id="search-q" type="search" ref={field} placeholder={say('search_words')} maxLength={200} value={query.q ?? ''}
            autocomplete="off" onInput={(event) => setQuery({ ...query, q: event.currentTarget.value })} />
          <Filters query={query} setQuery={setQuery} />
        </form>
        <p class="search-keys muted small" aria-hidden="true"><kbd>/</kbd> <kbd>↑</kbd> <kbd>↓</kbd> <kbd>↵</kbd> {say('search_keys')}</p>
        <p class="search-count" role="status">
          {found?.code ? say('search_went_wrong', { why: errorWords(say, found.code) })
            : found && (found.chats.length === 0 ? say(Object.values(wanted(query)).some(Boolean) ? 'search_none' : 'search_nothing')
              : say(found.before ? 'search_found_more' : 'search_found', { n: found.chats.length }))}
        </p>
        <ol class="search-list" ref={list} aria-label={say('search_results')}>
          {found?.chats.map((chat) => (
            <Hit key={chat.ticket} chat={chat} href={queryHash('search', { ...wanted(query), ticket: String(chat.ticket) })}
              shown={query.ticket === String(chat.ticket)} />
          ))}
        </ol>
        {found?.before && <button class="button wide" type="button" onClick={more}>{say('search_more')}</button>}
      </section>
      <Reading query={query} back={queryHash('search', wanted(query))} />
    </div>
  );
}

/** @param {{query: Query, setQuery: (query: Query) => void}} props */
function Filters({ query, setQuery }) {
  const { say, lang } = useDesk();
  const [choices, setChoices] = useState(/** @type {Choices} */ ({ departments: [], agents: [], tags: [] }));
  const [open] = useState(() => FILTERS.some((key) => query[key]));
  useEffect(() => {
    apiGet('search/choices', { lang }).then((answer) => { if (answer.ok) setChoices(answer.data); });
  }, [lang]);
  const used = FILTERS.filter((key) => query[key]).length;
  const set = (/** @type {string} */ key, /** @type {string} */ value) => setQuery({ ...query, [key]: value });
  const named = (/** @type {string[]} */ names) => names.map((name) => ({ id: name, name }));
  /** @type {['department'|'agent'|'tag', {id: string, name: string}[]][]} */
  const lists = [['department', choices.departments], ['agent', named(choices.agents)], ['tag', named(choices.tags)]];
  return (
    <details class="search-filters" open={open}>
      <summary>{say('search_filters')}{used > 0 && <span class="count">{used}</span>}</summary>
      <div class="search-fields">
        {lists.map(([key, items]) => (
          <label key={key}>{say(CHOICE_WORDS[key])}
            <select value={query[key] ?? ''} onChange={(event) => set(key, event.currentTarget.value)}>
              <option value="">{say('search_any')}</option>
              {query[key] && !items.some((item) => item.id === query[key]) && <option value={query[key]}>{query[key]}</option>}
              {items.map((item) => <option key={item.id} value={item.id}>{item.name}</option>)}
            </select>
          </label>
        ))}
        <label>{say('search_name')}
          <input value={query.name ?? ''} maxLength={100} onInput={(event) => set('name', event.currentTarget.value)} />
        </label>
        <label>{say('search_from')}
          <input type="date" value={query.from ?? ''} onChange={(event) => set('from', event.currentTarget.value)} />
        </label>
        <label>{say('search_to')}
          <input type="date" value={query.to ?? ''} onChange={(event) => set('to', event.currentTarget.value)} />
        </label>
      </div>
      {used > 0 && (
        <button class="link" type="button" onClick={() => setQuery({ q: query.q ?? '', ticket: query.ticket ?? '' })}>
          {say('search_clear')}</button>
      )}
    </details>
  );
}

/** @param {{chat: Found, href: string, shown: boolean}} props */
function Hit({ chat, href, shown }) {
  const { say, lang } = useDesk();
  return (
    <li>
      <a class="search-hit" href={href} aria-current={shown ? 'true' : undefined}>
        <span class="search-top">
          <Slip n={chat.ticket} say={say} />
          {chat.name && <strong>{chat.name}</strong>}
          <time class="muted" dateTime={new Date(chat.closed).toISOString()}>{dateTimeOf(lang, chat.closed)}</time>
        </span>
        <span class="search-words" lang={chat.lang}>
          {chat.excerpt.length > 0
            ? chat.excerpt.map((piece, i) => (piece.mark ? <mark key={i}>{piece.text}</mark> : <span key={i}>{piece.text}</span>))
            : chat.question}
        </span>
        <span class="search-foot muted small">
          {chat.department_name}{chat.owner && ` · ${say('search_by', { name: chat.owner })}`}
          {chat.tags.map((tag) => <span key={tag} class="tag">{tag}</span>)}
        </span>
      </a>
    </li>
  );
}

/** @param {{query: Query, back: string}} props */
function Reading({ query, back }) {
  const { say, lang } = useDesk();
  const [read, setRead] = useState(/** @type {any} */ (null));
  const heading = useRef(/** @type {HTMLHeadingElement|null} */ (null));
  const { ticket = '', conversation = '' } = query;
  const more = async () => {
    const answer = await apiGet('transcript', { ticket, conversation, lang, after: read.events.at(-1).seq });
    if (!answer.ok) return;
    // Meanwhile another one may have been opened.
    setRead((/** @type {any} */ now) => (now === read ? { ...answer.data, notes: read.notes, events: [...read.events, ...answer.data.events] } : now));
  };
  useEffect(() => {
    if (!ticket && !conversation) {
      setRead(null);
      return undefined;
    }
    const end = new AbortController();
    apiGet('transcript', { ticket, conversation, lang }, end.signal).then((answer) => {
      if (end.signal.aborted) return;
      setRead(answer.ok ? answer.data : { code: answer.code });
      heading.current?.focus();
    });
    return () => end.abort();
  }, [ticket, conversation, lang]);
  if (!ticket && !conversation) return <section class="search-read empty"><p class="none">{say('search_pick')}</p></section>;
  const title = ticket ? say('search_transcript', { n: ticket }) : say('search_conversation', { n: conversation });
  return (
    <section class="search-read" aria-labelledby="search-read-title" tabIndex={0}>
      <a class="button search-back" href={back}>{say('search_back')}</a>
      <h2 id="search-read-title" ref={heading} tabIndex={-1}>{title}</h2>
      {read?.code && <p role="alert" class="none">{read.code === 'not_found' ? say('search_gone') : errorWords(say, read.code)}</p>}
      {read && !read.code && (
        <>
          <p class="muted search-facts">
            {[read.name, read.contact, read.department_name, read.owner && say('search_by', { name: read.owner }),
              read.closed && say('search_closed_at', { at: dateTimeOf(lang, read.closed) })].filter(Boolean).join(' · ')}
          </p>
          {read.notes && <Notes notes={read.notes} />}
          <Said events={read.events} lang={read.lang} visitor={read.name ?? ''} />
          {read.more && <button class="button wide" type="button" onClick={more}>{say('search_read_on')}</button>}
        </>
      )}
    </section>
  );
}

/** What colleagues noted about it. @param {{notes: {id: number, at: number, name: string, text: string}[]}} props */
function Notes({ notes }) {
  const { say, lang } = useDesk();
  return (
    <section class="search-notes" aria-label={say('notes')}>
      {notes.map(({ id, at, name, text }) => (
        <article key={id} class="note">
          <p class="note-words">{text}</p>
          <p class="note-foot">{name || say('note_own')} · <time dateTime={new Date(at).toISOString()}>{dateTimeOf(lang, at)}</time></p>
        </article>
      ))}
    </section>
  );
}
