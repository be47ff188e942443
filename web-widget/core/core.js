// What the loader fetches at the first sign of interest: the element's deeds, and which panel does them.
import { hintWatch } from './hint-watch.js';

/** @typedef {import('../loader/element.js').SportelloChat} SportelloChat */
/** @typedef {import('../panel/attach.js').Panel} Panel */
/** @typedef {ReturnType<typeof begin>} Core */

/**
 * @param {SportelloChat} host
 * @param {HTMLButtonElement} button the launcher
 * @param {typeof import('../loader/load-module.js').loadModule} loadModule the loader's own
 */
export function begin(host, button, loadModule) {
  const life = new AbortController();
  const { signal } = life;
  /** @type {Promise<Panel> | null} */
  let panel = null;
  let watched = false;

  // What is typed here is not for the shortcuts of the page, which cannot see that it is typed into a field.
  for (const type of ['keydown', 'keypress', 'keyup']) host.addEventListener(type, (event) => event.stopPropagation(), { signal });
  const observer = new MutationObserver(() => void refresh());
  observer.observe(host, { attributeFilter: ['avatar-parts'] });
  signal.addEventListener('abort', () => observer.disconnect());

  /** One panel, of the language that the element has now. @param {import('../panel/attach.js').Rest} [rest] of the one before */
  function prepare(rest) {
    paint(host);
    panel ??= loadModule(FILES[`panel.${host.language}.js`]).then(({ attach }) => attach(host, button, signal, loadModule, rest));
    panel.catch(() => (panel = null));
    return panel;
  }

  async function refresh() {
    paint(host);
    const rest = (await panel)?.refresh();
    if (!rest) return;
    // The panel speaks one language: another takes its place, and goes on with what there was.
    panel = null;
    await prepare(rest);
  }

  async function showHint() {
    const hint = await loadModule(FILES['more-hint.js']);
    if (!panel && !signal.aborted) hint.showHint(host, signal);
  }

  return {
    refresh,
    prepare: async () => void prepare(),
    open: async () => (await prepare()).open(),
    close: async () => (await panel)?.close(),
    /** @param {string} text */
    async say(text) {
      const { open, say } = await prepare();
      open();
      say(String(text));
    },
    /** Shows the hint of the tag where its rules hold, unless the visitor has come before. */
    watch() {
      if (!watched) hintWatch(host, () => void (panel || showHint().catch(() => {})), signal);
      watched = true;
    },
    /** The element is taken out of its page: what is left is what the loader made. */
    end() {
      life.abort();
      button.hidden = false;
      button.ariaExpanded = null;
    },
  };
}

/** @param {SportelloChat} host */
function paint(host) {
  const accent = host.getAttribute('accent');
  if (accent && CSS.supports('color', accent)) host.style.setProperty('--sportello-accent', accent);
  else host.style.removeProperty('--sportello-accent');
}
