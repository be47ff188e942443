// What a panel that takes the whole screen needs: room that follows the keyboard, a page behind that does not scroll, and
// the Back button, which closes the panel instead of leaving the page.
//
// One entry is added to the page's history when the visitor has opened the panel, with the page's own state and our sign in
// it, at the same address; it is taken back when the panel is closed otherwise. A page that has gone on meanwhile (a
// single-page application) is left alone. The page does not hear of our own steps, since for it nothing has changed.

const SIGN = 'sportelloOpen';

/**
 * @param {HTMLElement} node the panel @param {() => void} close @param {AbortSignal} signal
 * @param {Window} [page] a test gives its own
 */
export function createPhone(node, close, signal, page = window) {
  const { history, document } = page;
  const view = page.visualViewport;
  const root = document.documentElement;
  /** The sign of the entry that is ours; '' = none. */
  let ours = '';
  /** Our own step back is under way. */
  let leaving = false;
  let open = false;
  let overflow = '';

  function fit() {
    node.style.setProperty('--room', open && view ? `${view.height}px` : '');
    node.style.setProperty('--shift', open && view ? `${view.offsetTop}px` : '');
  }
  /** @returns {string} */
  const sign = () => history.state?.[SIGN] ?? '';

  // Before the page's own: it was here first, but capturing listeners of the window come first all the same.
  page.addEventListener('popstate', (event) => {
    if (leaving) {
      leaving = false;
      event.stopImmediatePropagation();
      // Opened again before the step back was done.
      if (open) enter();
    } else if (ours && open && sign() !== ours) {
      event.stopImmediatePropagation();
      ours = '';
      close();
    } else if (sign() && sign() === ours) event.stopImmediatePropagation(); // Forward again: the panel stays closed.
  }, { capture: true, signal });
  view?.addEventListener('resize', fit, { signal });
  view?.addEventListener('scroll', fit, { signal });
  signal.addEventListener('abort', () => shut());

  function enter() {
    // In a frame the Back button is of the page around it.
    if (page.top !== page || ours || leaving) return;
    const { state } = history;
    if (sign()) return void (ours = sign()); // Of a page that was loaded anew while the panel was open.
    if (state !== null && typeof state !== 'object') return; // A state that has no place for a sign is left as it is.
    ours = String(Date.now());
    try {
      history.pushState({ ...state, [SIGN]: ours }, '');
    } catch {
      ours = ''; // Sandboxed, or too many in a short time: then the Back button leaves, as ever.
    }
  }
  function shut() {
    if (!open) return;
    open = false;
    root.style.overflow = overflow;
    fit();
    const mine = ours && sign() === ours;
    ours = '';
    if (!mine) return;
    leaving = true;
    history.back();
  }

  return {
    opened() {
      if (open) return;
      open = true;
      overflow = root.style.overflow;
      root.style.overflow = 'hidden';
      fit();
      enter();
    },
    closed: shut,
  };
}
