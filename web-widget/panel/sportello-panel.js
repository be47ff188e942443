// What the loader fetches when a visitor shows interest: session and panel of one <sportello-chat>.
import { cssColor, inkOn, parseColor, readable } from './color.js';
import { storageKey } from '../loader/live.js';
import { backTake } from '../loader/back.js';
import { createPanel, panelSheet } from './panel.js';
import { Session } from '../talk/session.js';
import { browserStorage } from '../talk/storage.js';

/** @typedef {import('../loader/element.js').SportelloChat} SportelloChat */
/** @typedef {{open: () => void, close: () => void, say: (text: string) => void, refresh: () => void}} Panel */

/**
 * @param {SportelloChat} host
 * @param {ReturnType<typeof import('../loader/launcher.js').createLauncher>} launcher
 * @param {AbortSignal} signal ends everything
 * @returns {Panel}
 */
export function attach(host, launcher, signal) {
  const { root, button } = launcher;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, panelSheet()];
  const storage = browserStorage(storageKey(host.server));
  const back = backTake();
  const session = new Session({
    server: host.server,
    language: () => host.language,
    page: () => location.origin + location.pathname,
    identity: () => host.getAttribute('identity') ?? '',
    back,
    storage,
    outside: {
      WebSocket,
      setTimeout: (work, ms) => setTimeout(work, ms),
      clearTimeout: (timer) => clearTimeout(timer),
      now: () => Date.now(),
      random: Math.random,
      online: () => navigator.onLine,
      warn: (text) => console.warn(text),
      origin: self.origin,
    },
  });
  signal.addEventListener('abort', () => session.end(), { once: true });

  /** @param {string} name @param {object} [detail] */
  const tell = (name, detail) =>
    host.dispatchEvent(new CustomEvent(`sportello:${name}`, { bubbles: true, composed: true, detail }));

  const make = () => {
    const panel = createPanel({
      session,
      language: host.language,
      drawn: host.getAttribute('avatar') !== 'initials',
      contact: () => host.getAttribute('contact')?.trim() ?? '',
      server: host.server,
      signal,
      toggled(open) {
        button.hidden = open;
        button.setAttribute('aria-expanded', String(open));
        if (open) session.connect();
        else button.focus();
        launcher.unread(open ? 0 : session.unread());
        tell(open ? 'open' : 'close');
      },
    });
    root.append(panel.node);
    paintAccent(host, panel.node);
    return panel;
  };
  let panel = make();
  let shape = shapeOf(host);

  /** @type {string} */
  let known = session.link;
  session.subscribe(({ was, model, link }) => {
    launcher.unread(panel.isOpen() ? 0 : session.unread());
    announce(tell, was, model, link !== known ? link : '');
    known = link;
  }, signal);

  window.addEventListener('online', () => session.renew(), { signal });
  window.addEventListener('pageshow', (event) => event.persisted && session.renew(), { signal });
  window.addEventListener('storage', (event) => event.key === storage.key && session.adopt(), { signal });
  document.addEventListener('visibilitychange', () => document.hidden || session.wake(), { signal });
  if (back) panel.open();
  else if (storage.read()?.live) session.connect();

  return {
    open: () => panel.open(),
    close: () => panel.close(),
    say(text) {
      if (text.trim()) session.say(text.trim());
    },
    refresh() {
      paintAccent(host, panel.node);
      if (shape === shapeOf(host)) return;
      shape = shapeOf(host);
      const open = panel.isOpen();
      panel.end();
      panel = make();
      if (open) panel.open();
    },
  };
}

/** What cannot be changed in a panel that stands: it is made anew. @param {SportelloChat} host */
const shapeOf = (host) => `${host.language} ${host.getAttribute('avatar')}`;

/** The events of the element.
 * @param {(name: string, detail?: object) => void} tell
 * @param {import('../talk/model.js').Model} was @param {import('../talk/model.js').Model} model
 * @param {string} link the new state of the line, '' if it is the same */
function announce(tell, was, model, link) {
  const known = new Set(was.items.map(({ key }) => key));
  for (const { kind, key, seq, from, replayed } of was === model ? [] : model.items) {
    if (kind === 'message' && !known.has(key)) tell('message', { seq, from, replayed });
  }
  const { who, ticket } = model;
  if (link || was.who !== who) tell('state', { who, ticket, ...(link && { link }) });
  if (was.who === 'bot' && (who === 'waiting' || who === 'agent')) tell('handoff', { who, ticket });
}

/** Shades of the site's accent that can be read on the panel's own grounds.
 * @param {SportelloChat} host @param {HTMLElement} node */
function paintAccent(host, node) {
  const probe = document.createElement('i');
  probe.hidden = true;
  probe.style.color = 'var(--accent)';
  host.shadowRoot?.append(probe);
  const accent = parseColor(getComputedStyle(probe).color) ?? [27, 111, 138];
  probe.remove();
  node.style.setProperty('--on-accent', cssColor(inkOn(accent)));
  node.style.setProperty('--accent-on-light', cssColor(readable(accent, [244, 246, 248])));
  node.style.setProperty('--accent-on-dark', cssColor(readable(accent, [36, 44, 54], 6)));
}
