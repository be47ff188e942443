// What every part of the page needs: the controller, its present state and the words.

import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';

/** @import {Controller, State} from '../controller.js' */
/** @import {Say} from '../i18n.js' */

/** @typedef {{controller: Controller, state: State, say: Say, lang: string}} Desk */

export const DeskContext = createContext(/** @type {Desk} */ (/** @type {unknown} */ (null)));

export const useDesk = () => useContext(DeskContext);

/** The time, renewed every second. */
export function useNow() {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The part of the address behind its path: which page is shown. */
export function useHash() {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const end = new AbortController();
    window.addEventListener('hashchange', () => setHash(location.hash), { signal: end.signal });
    return () => end.abort();
  }, []);
  return hash;
}
