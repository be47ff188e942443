// Who else is at the desk, and how busy.

import { useDesk } from './context.jsx';

export function Colleagues() {
  const { state, say } = useDesk();
  const others = state.model.agents.filter((a) => a.name !== state.model.user);
  return (
    <section class="list colleagues" aria-labelledby="list-colleagues">
      <h2 id="list-colleagues">{say('colleagues')} <span class="count">{others.length}</span></h2>
      {others.length === 0 ? <p class="none">{say('colleagues_none')}</p> : (
        <ul>
          {others.map(({ name, presence, chats, capacity }) => (
            <li key={name} class="colleague">
              <span class={`dot ${presence}`} aria-hidden="true" />
              <span class="colleague-name">{name}</span>
              <span class="muted">{say(`presence_${presence}`)} · {say('agent_load', { chats, capacity })}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
