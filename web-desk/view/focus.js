// The keyboard's place on a page. Letters typed while nothing has the focus would be keys of the desk, so it must
// neither come late nor get lost.

import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * The `ref` of what takes the focus when it appears, before anything can be typed. (`autofocus` does so only for the
 * first element of a document, and in a <dialog>.)
 * @param {HTMLElement|null} element
 */
export const focusNow = (element) => element?.focus();

const REACHABLE = 'a[href], button, input, select, textarea, [tabindex="0"]';
/** As many as a long form has fields, and some. */
const MOST_BEFORE = 64;

/** @param {Element} element */
const shown = (element) => element.getClientRects().length > 0;

/**
 * Gives the `ref` of a part of the page. When what has the focus is taken out of it, the keyboard goes on where it was
 * before it came to what is gone, or else at the beginning of the nearest part around that is left.
 */
export function usePlaceKept() {
  const place = useRef(/** @type {HTMLElement|null} */ (null));
  useLayoutEffect(() => {
    const root = place.current;
    if (!root) return undefined;
    /** What had the focus, the newest last, and what was around that one, the nearest first. */
    /** @type {HTMLElement[]} */
    let had = [];
    /** @type {HTMLElement[]} */
    let around = [];
    const end = new AbortController();
    document.addEventListener('focusin', (event) => {
      const now = /** @type {HTMLElement} */ (event.target);
      had = [...had.filter((element) => element !== now), now].slice(-MOST_BEFORE);
      around = [];
      for (let up = now.parentElement; up && root.contains(up); up = up.parentElement) around.push(up);
    }, { signal: end.signal });
    const observer = new MutationObserver(() => {
      const last = had.at(-1);
      if (!last || last.isConnected || around.length === 0 || document.activeElement !== document.body) return;
      const gone = last.getRootNode();
      const before = had.filter((element) => !gone.contains(element)).at(-1);
      if (before && root.contains(before)) return before.focus();
      const left = around.filter((element) => element.isConnected);
      const first = left.map((part) => [...part.querySelectorAll(REACHABLE)].find(shown)).find(Boolean);
      /** @type {HTMLElement} */ (first ?? root).focus();
    });
    observer.observe(root, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      end.abort();
    };
  }, []);
  return place;
}
