// Before the desk: one-time codes, where the site requires them of somebody who has none yet.

import { TotpSetup } from '../pages/totp.jsx';
import { useDesk } from './context.jsx';
import { Mark } from './icons.jsx';

export function Setup() {
  const { controller, say } = useDesk();
  return (
    <main class="threshold">
      <div class="board setup">
        <p class="threshold-name"><Mark /> Sportello</p>
        <div class="board-item">
          <h1>{say('setup_title')}</h1>
          <p class="board-lead">{say('setup_lead')}</p>
          <TotpSetup code={false} onDone={() => void controller.begin()} />
          <p><button type="button" class="plain-link" onClick={() => void controller.logout()}>{say('logout')}</button></p>
        </div>
      </div>
    </main>
  );
}
