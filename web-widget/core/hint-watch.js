// Whether a hint of the tag holds: hint="text" hint-on="/prezzi /contatti*" hint-after="20" (seconds on such a page, while it
// is looked at). What it looks like is fetched only then.

/** @param {string} rules addresses apart by spaces, `*` for any end; '' = every page @param {string} path */
export const hintOn = (rules, path) =>
  !rules.trim() || rules.trim().split(/\s+/).some((one) => (one.endsWith('*') ? path.startsWith(one.slice(0, -1)) : path === one));

/** @param {Element} tag @param {() => void} show @param {AbortSignal} signal */
export function hintWatch(tag, show, signal) {
  const rule = (/** @type {string} */ name) => tag.getAttribute(name) ?? '';
  let seconds = 0;
  const timer = setInterval(() => {
    if (document.hidden) return;
    seconds = hintOn(rule('hint-on'), location.pathname) ? seconds + 1 : 0;
    if (!seconds || seconds < (parseFloat(rule('hint-after') || '20') || 1)) return;
    clearInterval(timer);
    show();
  }, 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
}
