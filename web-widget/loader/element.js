// The element <sportello-chat>: the launcher now, the panel on the first sign of interest. Its attributes, methods and
// events are told in docs/widget.md.
import { createLauncher } from './launcher.js';
import { loadModule } from './load-module.js';
import { backOf } from './back.js';
import { faceChosen } from './face-choice.js';
import { hintWatch } from './hint.js';
import { isLive, kept, storageKey } from './live.js';

/** @typedef {import('../panel/attach.js').Panel} Panel */

export class SportelloChat extends HTMLElement {
  /** Where the script came from, with a slash at its end; the registration sets it. */
  static base = '';
  static observedAttributes = ['lang', 'accent', 'position', 'avatar', 'avatar-parts', 'theme'];

  /** @type {AbortController | null} Ends every listener of the element and of its panel. */
  #life = null;
  /** @type {ReturnType<typeof createLauncher> | null} */
  #launcher = null;
  /** @type {Promise<Panel> | null} */
  #panel = null;
  /** The visitor has opened it: no hint is needed any more. */
  #wanted = false;
  #unhint = () => {};

  connectedCallback() {
    const life = (this.#life = new AbortController());
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.#launcher = createLauncher(root);
    this.#paint();
    const { button } = this.#launcher;
    const { signal } = life;
    const interest = () => void this.#load().catch(() => {});
    /** @param {EventTarget} target @param {string[]} types @param {(event: Event) => void} act */
    const on = (target, types, act) => types.forEach((type) => target.addEventListener(type, act, { signal }));
    on(button, ['pointerenter', 'focus'], interest);
    on(button, ['click'], () => void this.open());
    // What is typed here is not for the shortcuts of the page, which cannot see that it is typed into a field.
    on(this, ['keydown', 'keypress', 'keyup'], (event) => event.stopPropagation());
    const hint = this.getAttribute('hint')?.trim();
    if (hint && !kept('sportello:hint')) {
      hintWatch(this, () => void (this.#wanted || this.#hint(hint, signal)), signal);
    }
    // A visitor who waits in the queue, or speaks with a person, stays reachable from page to page.
    // Whoever follows the link of an e-mail comes to be answered.
    if (backOf(location.hash) || isLive(storageKey(this.server))) interest();
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#life = null;
    this.#panel = null;
    this.shadowRoot?.replaceChildren();
  }

  attributeChangedCallback() {
    if (!this.#life) return;
    this.#paint();
    void this.#panel?.then((panel) => {
      const rest = panel.refresh();
      if (!rest) return;
      // The panel speaks one language: another takes its place, and goes on with what there was.
      this.#panel = null;
      void this.#load(rest).catch(() => {});
    });
  }

  /** Where the widget's files are, with a slash at the end. */
  get base() {
    return SportelloChat.base;
  }

  /** The address of the server, with a slash at its end. */
  get server() {
    const given = this.getAttribute('server');
    const url = new URL(given || SportelloChat.base, document.baseURI).href;
    return url.endsWith('/') ? url : `${url}/`;
  }

  /** The language of the widget's own words: the element's, else the page's, else the browser's. */
  get language() {
    const wish = this.lang || document.documentElement.lang || navigator.language;
    return wish.toLowerCase().startsWith('it') ? 'it' : 'en';
  }

  async open() {
    this.#wanted = true;
    this.#unhint();
    this.#launcher?.busy(true);
    try {
      (await this.#load()).open();
    } catch {
      this.#panel = null; // The next click tries again.
      this.#launcher?.failed();
    } finally {
      this.#launcher?.busy(false);
    }
  }

  async close() {
    (await this.#panel)?.close();
  }

  /** Says it in the visitor's name, and shows the panel. @param {string} text */
  async say(text) {
    await this.open();
    (await this.#panel)?.say(String(text));
  }

  /** @param {string} text @param {AbortSignal} signal */
  async #hint(text, signal) {
    const { showHint } = await loadModule(FILES, this.base, 'more-hint.js').catch(() => ({}));
    const root = this.shadowRoot;
    if (showHint && root && !this.#wanted && !signal.aborted)
      this.#unhint = showHint(root, text, this.language, () => void this.open(), signal);
  }

  #paint() {
    const launcher = this.#launcher;
    if (!launcher) return;
    launcher.label(this.language);
    launcher.face(faceChosen() || this.getAttribute('avatar') || '');
    const accent = this.getAttribute('accent');
    if (accent && CSS.supports('color', accent)) this.style.setProperty('--sportello-accent', accent);
    else this.style.removeProperty('--sportello-accent');
  }

  /** @param {import('../panel/attach.js').Rest} [rest] of the panel before @returns {Promise<Panel>} */
  #load(rest) {
    const life = this.#life;
    const launcher = this.#launcher;
    if (!life || !launcher) return Promise.reject(new Error('sportello-chat is not in a page'));
    this.#panel ??= loadModule(FILES, this.base, `panel.${this.language}.js`).then(({ attach }) =>
      attach(this, launcher, life.signal, loadModule, rest),
    );
    this.#panel.catch(() => (this.#panel = null));
    return this.#panel;
  }
}
