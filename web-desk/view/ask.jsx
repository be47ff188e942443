// A question to the server whose answer a part of the page shows: on its way, there, or failed with a way to try again.

import { useCallback, useEffect, useState } from 'preact/hooks';
import { apiGet } from '../api.js';
import { errorWords } from '../i18n.js';
import { useDesk } from './context.jsx';
import { Icon } from './icons.jsx';

/**
 * @template T
 * @typedef {{state: 'loading'} | {state: 'failed', code: string} | {state: 'there', data: T}} Asked
 */

/**
 * @template T
 * @param {string} name of the route
 * @param {Record<string, string|number>} params asked anew when they change
 * @param {boolean} [ready] false = not yet
 * @returns {[Asked<T>, () => void]} the answer, and what asks again
 */
export function useAsk(name, params, ready = true) {
  const [asked, setAsked] = useState(/** @type {Asked<T>} */ ({ state: 'loading' }));
  const [tries, setTries] = useState(0);
  const key = JSON.stringify(params);
  useEffect(() => {
    const end = new AbortController();
    setAsked({ state: 'loading' });
    if (ready) {
      apiGet(name, JSON.parse(key), end.signal).then((answer) => {
        if (end.signal.aborted) return;
        setAsked(answer.ok ? { state: 'there', data: answer.data } : { state: 'failed', code: answer.code });
      });
    }
    return () => end.abort();
  }, [name, key, tries, ready]);
  const again = useCallback(() => setTries((n) => n + 1), []);
  return [asked, again];
}

/** @param {{code: string, again: () => void}} props */
export function AskFailed({ code, again }) {
  const { say } = useDesk();
  return (
    <p class="ask-failed"><span>{errorWords(say, code)}</span>{' '}
      <button class="link" type="button" onClick={again}><Icon name="retry" /> {say('retry')}</button></p>
  );
}
