// The panel: puts its pieces together, opens and closes, keeps the focus where it belongs.
// A dialog of the page's own kind: beside the page on a wide screen, in place of it on a phone.
import { createComposer } from './composer.js';
import { button, el, setText } from './dom.js';
import { createHeader } from './header.js';
import { createLater } from './later.js';
import { createMessageList } from './message-list.js';
import { begun } from '../talk/model.js';

/** @typedef {import('../talk/session.js').Session} Session */
/**
 * @typedef {object} Context What every piece is given.
 * @property {import('../words/words.js').Words} words
 * @property {'it' | 'en'} language
 * @property {Session} session
 * @property {AbortSignal} signal ends with the panel
 * @property {(name: string) => Promise<any>} load one of the widget's modules
 * @property {(css: string) => void} dress adds a style sheet
 * @property {() => string} avatar the name of the site's own, 'initials' = none
 * @property {() => string | null} parts what the avatar wears, null = its own
 * @property {ReturnType<typeof import('../loader/launcher.js').createLauncher>} launcher what opens the panel
 * @property {string} server its address, with a slash at its end
 * @property {() => string} contact how else the company is reached, '' = not told
 * @property {ReturnType<typeof createLater<ReturnType<typeof import('../more/sound.js').createSound>>>} sound
 * @property {(use: (pieces: import('../more/pieces.js').Pieces) => void) => void} more does this with what comes later
 * @property {() => void} close
 * @property {() => void} openForm
 * @property {() => ReturnType<typeof import('../more/files.js').createFiles> | null} files the files to be sent, once there
 * @property {(blocks: import('../talk/protocol.js').Block[], place: HTMLElement) => void} showFiles of a message
 * @property {(on: boolean) => void} drafted the visitor has something written
 */
/**
 * @typedef {object} View What every piece shows.
 * @property {import('../talk/model.js').Model} model
 * @property {string} link
 * @property {import('../more/mood.js').Face} face
 * @property {string} mood
 * @property {string} assistant
 * @property {number} now
 */

const LOST_MS = 1500;
const NOTICE_MS = 8000;
/** While a long history arrives it is painted now and then. */
const REPLAY_MS = 1000;
const PHONE = '(max-width: 30em), (max-height: 26em)';

/**
 * @param {object} given
 * @param {Session} given.session
 * @param {'it' | 'en'} given.language
 * @param {import('../words/words.js').Words} given.words
 * @param {(name: string) => Promise<any>} given.load one of the widget's modules
 * @param {(css: string) => void} given.dress
 * @param {() => string} given.avatar
 * @param {() => string | null} given.parts
 * @param {() => string} given.contact
 * @param {Context['launcher']} given.launcher
 * @param {string} given.server with a slash at its end
 * @param {AbortSignal} given.signal
 * @param {(open: boolean) => void} given.toggled
 */
export function createPanel({ session, language, words, load, dress, avatar, parts, contact, launcher, server, signal: outer, toggled }) {
  const life = new AbortController();
  outer.addEventListener('abort', () => life.abort(), { once: true, signal: life.signal });
  const { signal } = life;
  let drafting = false;
  let lostAt = 0;
  let noticeUntil = 0;
  /** @type {any} */
  let timer = null;
  /** @type {any} */
  let soon = null;
  const context = /** @type {Context} */ ({
    words,
    language,
    session,
    signal,
    load,
    dress,
    avatar,
    parts,
    launcher,
    server,
    contact,
    close,
    more: (use) => pieces.want(use),
    openForm: () => pieces.want((it) => it.openForm()),
    files: () => pieces.piece?.files() ?? null,
    showFiles: (blocks, where) => pieces.want((it) => it.showFiles(blocks, where)),
    drafted(on) {
      drafting = on;
      pieces.piece?.drafted(on);
      paint();
    },
  });
  const body = el('div', { class: 'body' });
  const header = createHeader(context);
  const told = el('div', { class: 'told' });
  const place = el('div', { class: 'forms' });

  /** What is not of the first view. */
  const pieces = createLater(
    load,
    'talk',
    (/** @type {typeof import('../more/talk.js')} */ { createPieces }) =>
      createPieces(context, { node, phone, body, told, place, leave, header, composer, list, say, paint, paintSoon }),
    () => say(words('problem')),
  );
  const list = createMessageList(context, () => paint());
  const composer = createComposer(context);

  const notice = el('p', { class: 'notice', role: 'status' });
  const leave = button('plainly', words('leave'), () => context.openForm(), signal);
  const node = el(
    'dialog',
    { class: 'panel', part: 'panel', lang: language, 'aria-labelledby': 'name' },
    header.node,
    told,
    body,
    notice,
    composer.node,
    el('div', { class: 'foot' }, leave),
  );
  body.append(list.node, place);
  const phone = matchMedia(PHONE);

  function show() {
    if (phone.matches) node.showModal();
    else node.show();
  }
  function open() {
    if (node.open) return;
    show();
    toggled(true);
    header.face.wake();
    paint();
    if (begun(session.model)) list.toEnd(false);
    // On a phone the keyboard would hide the greeting: there the focus begins at the name.
    if (phone.matches) header.name.focus();
    else composer.focus();
  }
  function close() {
    if (!node.open) return;
    node.close();
    paint();
    toggled(false);
  }
  node.addEventListener(
    'cancel',
    (event) => {
      event.preventDefault();
      dismiss();
    },
    { signal },
  );
  node.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      if (!pieces.piece?.silence()) dismiss();
    },
    { signal },
  );
  function dismiss() {
    if (!pieces.piece?.dismiss()) close();
  }
  phone.addEventListener(
    'change',
    () => {
      if (!node.open) return;
      node.close();
      show();
      paint();
    },
    { signal },
  );
  document.addEventListener(
    'visibilitychange',
    () => {
      node.classList.toggle('still', document.hidden);
      paint();
    },
    { signal },
  );
  session.subscribe(({ was, model }) => {
    pieces.piece?.tell(was, model);
    paintSoon();
  }, signal);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    clearTimeout(soon);
    node.remove();
  });

  /** Frames that arrive together are painted, and read aloud, together. */
  function paintSoon() {
    const { last, caughtUp } = session.model;
    soon ||= setTimeout(paint, last < caughtUp ? REPLAY_MS : 0);
  }
  function paint() {
    clearTimeout(soon);
    soon = null;
    const now = Date.now();
    const { model } = session;
    // A moment without a connection is not worth a word.
    if (session.link !== 'lost') lostAt = 0;
    else lostAt ||= now;
    const link = session.link === 'lost' && now - lostAt < LOST_MS ? 'connecting' : session.link;
    const it = pieces.piece;
    if (session.talk && !it) pieces.want(paintSoon);
    /** @type {View} */
    const view = {
      model,
      link,
      face: link === 'lost' ? 'offline' : 'idle',
      mood: '',
      assistant: model.site?.assistant || 'Olma',
      now,
    };
    it?.look(view, drafting);
    header.update(view);
    const line = it?.update(view);
    list.update(view);
    it?.speak(now);
    if (line) setText(notice, line);
    else if (noticeUntil <= now) setText(notice, '');
    again(now, [it?.spokenUntil ?? 0, noticeUntil, lostAt && lostAt + LOST_MS, model.typing?.until ?? 0, model.awaited]);
  }
  /** A line above the composer, for a moment. @param {string} text */
  function say(text) {
    noticeUntil = Date.now() + NOTICE_MS;
    setText(notice, text);
    again(Date.now(), [noticeUntil]);
  }
  /** Paints again when the next of these moments has passed. @param {number} now @param {number[]} moments */
  function again(now, moments) {
    clearTimeout(timer);
    const next = Math.min(...moments.filter((moment) => moment > now));
    if (Number.isFinite(next)) timer = setTimeout(paint, next - now + 10);
  }

  return { node, open, close, isOpen: () => node.open, paint, end: () => life.abort() };
}
