// Short words about what just happened. They go by themselves.

import { errorWords } from '../i18n.js';
import { useDesk } from './context.jsx';
import { Icon } from './icons.jsx';

export function Notices() {
  const { controller, state, say } = useDesk();
  return (
    <div class="notices" role="status">
      {state.model.notices.map(({ id, tone, word, ticket, code, text, name }) => (
        <div key={id} class={`notice ${tone}`}>
          <Icon name={tone === 'good' ? 'check' : 'warn'} />
          <p>{word === 'error' ? errorWords(say, code ?? '', text)
            : say(/** @type {import('../i18n.js').WordKey} */ (word), { n: ticket ?? '', name: name || say('agent') })}</p>
          <button class="plain" type="button" aria-label={say('dismiss')} onClick={() => controller.dismiss(id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
