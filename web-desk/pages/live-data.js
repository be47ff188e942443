// What the live view shows: asked for while somebody looks.

import { useEffect, useState } from 'preact/hooks';
import { apiGet } from '../api.js';

/** @import {Definition, Values} from './numbers.js' */
/** @typedef {{day: string, values: Values}} Day */
/** @typedef {{department: string, department_name: string, values: Values}} Department */
/** @typedef {{department: string, department_name: string} & Record<string, any>} Queue */
/**
 * @typedef {object} Live
 * @property {number} at
 * @property {Queue[]} queue
 * @property {{name: string, presence: 'online'|'no_more'|'away'|'offline', chats: number, capacity: number}[]} agents
 * @property {Definition[]} numbers
 * @property {Day[]} days
 * @property {{values: Values}} all
 * @property {Department[]} departments
 * @property {{entry: string, title: string, answered: number, thumbs_up: number, thumbs_down: number, handed_after: number}[]} entries
 */

/** What is now and today is asked for often, the 30 days behind it seldom. */
const RENEW_MS = 8000;
const WHOLE_MS = 60_000;

/** The numbers of before with what is now and of today; behind midnight they wait for the next whole. @param {Live} before @param {Live} now */
function withToday(before, now) {
  const days = before.days.map((day) => (day.day === now.days[0].day ? now.days[0] : day));
  return { ...before, at: now.at, queue: now.queue, agents: now.agents, days };
}

/** The numbers, renewed while somebody looks. @param {string} lang */
export function useLive(lang) {
  const [live, setLive] = useState(/** @type {Live|null} */ (null));
  const [code, setCode] = useState('');
  useEffect(() => {
    const end = new AbortController();
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    let whole = -WHOLE_MS;
    const renew = async () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        const all = performance.now() - whole >= WHOLE_MS;
        const answer = await apiGet('live', all ? { lang } : { lang, days: 1 }, end.signal);
        if (end.signal.aborted) return;
        if (answer.ok && all) whole = performance.now();
        if (answer.ok) setLive((before) => (all || !before ? answer.data : withToday(before, answer.data)));
        setCode(answer.ok ? '' : answer.code);
      }
      clearTimeout(timer);
      timer = setTimeout(renew, RENEW_MS);
    };
    document.addEventListener('visibilitychange', renew, { signal: end.signal });
    renew();
    return () => { clearTimeout(timer); end.abort(); };
  }, [lang]);
  return { live, code };
}
