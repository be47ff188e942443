// After a reconnection: what became of chats that were this agent's. It stays until it is put away.

import { useDesk } from './context.jsx';
import { Icon, Slip } from './icons.jsx';

/** @import {WordKey} from '../i18n.js' */

export function MissedLines() {
  const { controller, state, say } = useDesk();
  const { missed, tickets } = state.model;
  return (
    <div role="status">
      {missed.length > 0 && (
        <section class="missed" aria-labelledby="missed-title">
          <h2 id="missed-title">{say('missed_title')}</h2>
          <ul>
            {missed.map(({ ticket, cause, name }) => {
              const words = say(/** @type {WordKey} */ (`missed_${cause}`), { name: name || say('agent') });
              return (
                <li key={ticket}><Slip n={ticket} say={say} /> {tickets.has(ticket)
                  ? <button class="link" type="button" onClick={() => controller.select(ticket)}>{words}</button>
                  : words}</li>
              );
            })}
          </ul>
          <button class="button" type="button" onClick={controller.read} aria-keyshortcuts="x">
            <Icon name="check" /> {say('missed_read')}</button>
        </section>
      )}
    </div>
  );
}
