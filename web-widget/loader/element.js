// The element <sportello-chat>: only its launcher, a button with a small still face. What it does beyond that comes with
// core/, at the first sign of interest. Its attributes, methods and events are told in docs/widget.md.
import { drawStill } from '../avatar/still.js';
import { kept, storageKey } from './kept.js';
import css from './launcher.css';
import { base, loadModule } from './load-module.js';
import { words } from './loader.words.js';

/** @typedef {import('../core/core.js').Core} Core */

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

export class SportelloChat extends HTMLElement {
  static observedAttributes = ['lang', 'accent', 'avatar'];

  #root = this.attachShadow({ mode: 'open' });
  #button = document.createElement('button');
  /** What is said when the chat cannot be had: an alert that is there before it has words. */
  #note = document.createElement('p');
  /** @type {Promise<Core> | null} */
  #core = null;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(this.#note, this.#button);
    const prepare = () => this.#do('prepare');
    const onclick = () => this.open();
    Object.assign(this.#note, { className: 'sorry', role: 'alert' });
    Object.assign(this.#button, { className: 'launcher', part: 'launcher', ariaHasPopup: 'dialog', onpointerenter: prepare, onfocus: prepare, onclick });
  }

  connectedCallback() {
    this.#paint();
    // Whoever follows the link of an e-mail comes to be answered, and whoever waits in the queue, or speaks with a person,
    // stays reachable from page to page.
    if (location.hash.startsWith('#sportello=') || kept(storageKey(this)).includes('"live":true')) this.#do('prepare');
    else if (this.getAttribute('hint') && !kept('sportello:hint')) this.#do('watch');
  }

  disconnectedCallback() {
    if (this.#core) this.#do('end');
    this.#core = null;
  }

  attributeChangedCallback() {
    this.#paint();
    if (this.#core) this.#do('refresh');
  }

  /** The address of the server, with a slash at its end. */
  get server() {
    return new URL(this.getAttribute('server') || base, document.baseURI).href.replace(/\/?$/, '/');
  }

  /** The language of the widget's own words: the element's, else the page's, else the browser's. */
  get language() {
    return /^it/i.test(this.lang || document.documentElement.lang || navigator.language) ? 'it' : 'en';
  }

  open() {
    return this.#do('open');
  }

  close() {
    return this.#core && this.#do('close');
  }

  /** Says it in the visitor's name, and shows the panel. @param {string} text */
  say(text) {
    return this.#do('say', text);
  }

  #paint() {
    this.#button.ariaLabel = words[this.language][0];
    this.#button.querySelector('svg')?.remove();
    this.#button.prepend(drawStill(kept('sportello:face') || this.getAttribute('avatar') || 'olma'));
  }

  /** What cannot be fetched is tried again the next time. @param {keyof Core} deed @param {string} [text] */
  async #do(deed, text) {
    this.#note.textContent = '';
    try {
      this.#core ??= loadModule(FILES['core.js']).then(({ begin }) => begin(this, this.#button, loadModule));
      this.#core.catch(() => (this.#core = null));
      await (await this.#core)[deed](/** @type {any} */ (text));
    } catch {
      if (deed === 'open') this.#note.textContent = words[this.language][1];
    }
  }
}
