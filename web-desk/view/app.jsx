// Which of the screens is shown, and what concerns the whole document: language, appearance.

import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { speaker } from '../i18n.js';
import { DeskContext } from './context.jsx';
import { Login } from './login.jsx';
import { Setup } from './setup.jsx';
import { Shell } from './shell.jsx';
import { Mark } from './icons.jsx';

/** @import {Controller} from '../controller.js' */

/** @param {{controller: Controller}} props */
export function App({ controller }) {
  const [state, setState] = useState(controller.state);
  useLayoutEffect(() => {
    const renew = () => setState(controller.state);
    renew();
    return controller.subscribe(renew);
  }, [controller]);
  const { lang, theme } = state.prefs;
  const say = useMemo(() => speaker(lang), [lang]);

  useEffect(() => {
    document.documentElement.lang = lang;
    document.documentElement.dataset.theme = theme;
  }, [lang, theme]);
  useEffect(() => {
    const end = new AbortController();
    for (const type of ['pointerdown', 'keydown']) {
      document.addEventListener(type, controller.wake, { signal: end.signal, passive: true });
    }
    return () => end.abort();
  }, [controller]);

  return (
    <DeskContext.Provider value={{ controller, state, say, lang }}>
      {state.screen === 'desk' && <Shell />}
      {state.screen === 'login' && <Login />}
      {state.screen === 'setup' && <Setup />}
      {(state.screen === 'starting' || state.screen === 'unreachable') && (
        <main class="threshold">
          <h1 class="threshold-name"><Mark /> Sportello</h1>
          <p role="status">{say(state.screen)}</p>
        </main>
      )}
    </DeskContext.Provider>
  );
}
