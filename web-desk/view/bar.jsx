// The bar on top: whose desk it is, the agent's presence, settings and keys.

import { useDesk } from './context.jsx';
import { Icon, Mark } from './icons.jsx';

/** @type {import('../protocol.js').Presence[]} */
const PRESENCES = ['online', 'no_more', 'away'];

/** @param {{show: (window: 'settings'|'keys') => void}} props */
export function Bar({ show }) {
  const { controller, state, say } = useDesk();
  const { model } = state;
  return (
    <header class="bar">
      <h1 class="bar-name"><Mark /> <span>{model.site.name || 'Sportello'}</span></h1>
      <fieldset class="presence" data-presence={model.presence}>
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
      </fieldset>
      <div class="bar-end">
        <span class="bar-user">{model.link === 'connecting' ? say('connecting') : model.user}</span>
        <button class="round" type="button" onClick={() => show('keys')} aria-keyshortcuts="?">
          <Icon name="keyboard" /><span class="hidden">{say('keys')}</span>
        </button>
        <button class="round" type="button" onClick={() => show('settings')}>
          <Icon name="sliders" /><span class="hidden">{say('settings')}</span>
        </button>
      </div>
    </header>
  );
}
