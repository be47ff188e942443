// Session and panel of one <sportello-chat>.
import { storageKey } from '../loader/kept.js';
import { backTake } from './back.js';
import { wordsOf } from '../words/words.js';
import { adopt } from './dom.js';
import { createPanel } from './panel.js';
import panelCss from './panel.css';
import { Session } from '../talk/session.js';
import { browserStorage } from '../talk/storage.js';

/** @typedef {import('../loader/element.js').SportelloChat} SportelloChat */
/** @typedef {'it' | 'en'} Language */
/** @typedef {{session: Session, open: boolean}} Rest What a panel leaves to the one that takes its place. */
/**
 * @typedef {object} Panel
 * @property {() => void} open
 * @property {() => void} close
 * @property {(text: string) => void} say
 * @property {() => Rest | null} refresh the element's attributes have changed; what it gives means: this panel is gone,
 *   the page has another language now
 */

/** The function that puts a panel of one language into the element.
 * @param {Language} language @param {Record<import('../words/words.js').Word, string>} table */
export function attachIn(language, table) {
  /**
   * @param {SportelloChat} host
   * @param {HTMLButtonElement} button the launcher
   * @param {AbortSignal} outer ends everything
   * @param {typeof import('../loader/load-module.js').loadModule} loadModule the loader's own
   * @param {Rest} [rest]
   * @returns {Promise<Panel>}
   */
  return (host, button, outer, loadModule, rest) => {
    /** Each file knows where some others are. @param {string} name @returns {Promise<any>} */
    async function load(name) {
      let files = FILES;
      for (const index of ['more-talk.js', 'more-index.js']) {
        if (!(name in files)) ({ files } = await loadModule(files[index]));
      }
      return loadModule(files[name]);
    }
    const panel = attach({ host, button, outer, load, rest, language, words: wordsOf(table) });
    // To make it and to show it are two tasks: each takes a slow phone its time.
    return new Promise((done) => setTimeout(done, 0, panel));
  };
}

/**
 * @param {object} given
 * @param {SportelloChat} given.host
 * @param {HTMLButtonElement} given.button
 * @param {AbortSignal} given.outer
 * @param {(name: string) => Promise<any>} given.load one of the widget's modules
 * @param {Rest} [given.rest]
 * @param {Language} given.language
 * @param {import('../words/words.js').Words} given.words
 * @returns {Panel}
 */
function attach({ host, button, outer, load, rest, language, words }) {
  const root = /** @type {ShadowRoot} */ (host.shadowRoot);
  const life = new AbortController();
  const { signal } = life;
  outer.addEventListener('abort', () => life.abort(), { once: true, signal });
  adopt(root, panelCss);
  const storage = browserStorage(storageKey(host));
  const back = backTake();
  const session = rest?.session ?? begin(host, load, storage, back);
  let handed = false;
  signal.addEventListener('abort', () => handed || session.end());

  /** @param {string} name @param {object} [detail] */
  const tell = (name, detail) =>
    host.dispatchEvent(new CustomEvent(`sportello:${name}`, { bubbles: true, composed: true, detail }));

  const make = () => {
    const panel = createPanel({
      session,
      language,
      words,
      load,
      dress: (css) => adopt(root, css),
      avatar: () => host.getAttribute('avatar') ?? '',
      parts: () => host.getAttribute('avatar-parts'),
      contact: () => host.getAttribute('contact')?.trim() ?? '',
      launcher: button,
      server: host.server,
      signal,
      toggled(open) {
        button.hidden = open;
        button.setAttribute('aria-expanded', String(open));
        if (open) session.connect();
        else button.focus();
        tell(open ? 'open' : 'close');
      },
    });
    root.append(panel.node);
    return panel;
  };
  let panel = make();
  let shape = shapeOf(host);

  /** @type {string} */
  let known = session.link;
  session.subscribe(({ was, model, link }) => {
    for (const { seq, from, replayed } of session.talk?.news(was) ?? []) tell('message', { seq, from, replayed });
    announce(tell, was, model, link !== known ? link : '');
    known = link;
  }, signal);

  window.addEventListener('online', () => session.renew(), { signal });
  window.addEventListener('pageshow', (event) => event.persisted && session.renew(), { signal });
  window.addEventListener('storage', ({ key }) => (!key || key === storage.key) && session.adopt(), { signal });
  document.addEventListener('visibilitychange', () => document.hidden || session.wake(), { signal });
  if (back || rest?.open) panel.open();
  else if (storage.read()?.live) session.connect();

  return {
    open: () => panel.open(),
    close: () => panel.close(),
    say(text) {
      if (text.trim()) session.say(text.trim());
    },
    refresh() {
      if (handed) return null;
      if (host.language !== language) {
        const open = panel.isOpen();
        handed = true;
        life.abort();
        return { session, open };
      }
      panel.paint(); // The launcher has just named itself anew.
      if (shape === shapeOf(host)) return null;
      shape = shapeOf(host);
      const open = panel.isOpen();
      panel.end();
      panel = make();
      if (open) panel.open();
      return null;
    },
  };
}

/** @param {SportelloChat} host @param {(name: string) => Promise<any>} load
 * @param {import('../talk/storage.js').Storage} storage @param {string} back */
function begin(host, load, storage, back) {
  return new Session({
    server: host.server,
    language: () => host.language,
    page: () => location.origin + location.pathname,
    identity: () => host.getAttribute('identity') ?? '',
    back,
    storage,
    outside: {
      WebSocket,
      fallback: () => load('more-poll.js'),
      talk: () => load('more-talk.js'),
      setTimeout: (work, ms) => setTimeout(work, ms),
      clearTimeout: (timer) => clearTimeout(timer),
      now: () => Date.now(),
      random: Math.random,
      online: () => navigator.onLine,
    },
  });
}

/** What cannot be changed in a panel that stands: it is made anew. @param {SportelloChat} host */
const shapeOf = (host) => `${host.getAttribute('avatar')} ${host.getAttribute('avatar-parts')}`;

/** The element's events besides messages.
 * @param {(name: string, detail?: object) => void} tell
 * @param {import('../talk/model.js').Model} was @param {import('../talk/model.js').Model} model
 * @param {string} link the new state of the line, '' if it is the same */
function announce(tell, was, model, link) {
  const { who, ticket } = model;
  if (link || was.who !== who) tell('state', { who, ticket, ...(link && { link }) });
  if (was.who === 'bot' && (who === 'waiting' || who === 'agent')) tell('handoff', { who, ticket });
}
