// The bar on top: whose desk it is, the agent's presence, settings and keys.

import { PAGES, pageShown } from '../pages/pages.js';
import { useDesk, useHash } from './context.jsx';
import { Icon, Mark } from './icons.jsx';

/** @type {import('../protocol.js').Presence[]} */
const PRESENCES = ['online', 'no_more', 'away'];

/** So many pages have no room for their names on a usual screen. */
const MANY = 5;

/** @param {{show: (window: 'settings'|'keys') => void}} props */
export function Bar({ show }) {
  const { controller, state, say } = useDesk();
  const { model } = state;
  return (
    <header class="bar">
      <h1 class="bar-name"><Mark /> <span>{model.site.name || 'Sportello'}</span></h1>
      {model.role !== 'editor' && <fieldset class="presence" data-presence={model.presence}>
        <legend class="hidden">{say('presence')}</legend>
        {PRESENCES.map((presence) => (
          <label key={presence} title={say(`presence_${presence}_help`)}>
            <input type="radio" name="presence" value={presence} checked={model.presence === presence}
              onChange={() => controller.presence(presence)} aria-describedby={`presence-${presence}`} />
            <span class={`dot ${presence}`} aria-hidden="true" />
            <span>{say(`presence_${presence}`)}</span>
            <span class="hidden" id={`presence-${presence}`}>{say(`presence_${presence}_help`)}</span>
          </label>
        ))}
      </fieldset>}
      <Pages />
      <div class="bar-end">
        {model.link === 'connecting' ? <span class="bar-user">{say('connecting')}</span> : (
          <a class="bar-user" href="#account" title={say('page_account')}>
            {model.user || state.name}<span class="hidden"> · {say('page_account')}</span></a>
        )}
        <button class="round" type="button" onClick={() => show('keys')} aria-keyshortcuts="?">
          <Icon name="keyboard" /><span class="hidden">{say('keys')}</span>
        </button>
        <button class="round" type="button" onClick={() => show('settings')} aria-keyshortcuts="s">
          <Icon name="sliders" /><span class="hidden">{say('settings')}</span>
        </button>
      </div>
    </header>
  );
}

/** The way to the pages beside the counter, and back to it. */
function Pages() {
  const { state, say } = useDesk();
  const { role } = state.model;
  const shown = pageShown(useHash(), role);
  const pages = PAGES.filter((page) => page.roles.includes(role) && !page.own);
  if (pages.length === 0) return null;
  return (
    <nav class="pages" aria-label={say('pages')} data-many={pages.length >= MANY || undefined}>
      {role !== 'editor' && (
        <a href="#" title={say('page_counter')} aria-current={shown === null ? 'page' : undefined}>
          <Icon name="inbox" /><span>{say('page_counter')}</span></a>
      )}
      {pages.map((page) => (
        <a key={page.name} href={`#${page.name}`} title={say(page.word)} aria-current={shown === page ? 'page' : undefined}>
          <Icon name={page.icon} /><span>{say(page.word)}</span>
        </a>
      ))}
    </nav>
  );
}
