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
 * @property {HTMLButtonElement} launcher what opens the panel
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
const PHONE = '(max-width: 30em), (max-height: 26em)';

/** What the panel is given: what its pieces are, but for what it has itself.
 * @typedef {Pick<Context, 'words' | 'language' | 'session' | 'signal' | 'load' | 'dress' | 'avatar' | 'parts' | 'launcher' |
 *   'server' | 'contact'> & {toggled: (open: boolean) => void}} Given */

/** @param {Given} given */
export function createPanel(given) {
  const { session, words, load, toggled } = given;
  const life = new AbortController();
  given.signal.addEventListener('abort', () => life.abort(), { once: true, signal: life.signal });
  const { signal } = life;
  let drafting = false;
  let lostAt = 0;
  let noticeUntil = 0;
  /** @type {any} */
  let timer = null;
  /** @type {any} */
  let soon = null;
  const context = /** @type {Context} */ (/** @type {Omit<Context, 'sound'>} */ ({
    ...given,
    signal,
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
  }));
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
    { class: 'panel', part: 'panel', lang: given.language, 'aria-labelledby': 'name' },
    header.node,
  );
  const foot = el('div', { class: 'foot' }, leave);
  /** What stands below the head. */
  const fill = () => body.parentNode || node.append(told, body, notice, composer.node, foot);
  body.append(list.node, place);
  const phone = matchMedia(PHONE);

  function show() {
    if (phone.matches) node.showModal();
    else node.show();
    // Each in a task of its own: a slow phone shows the head first.
    for (const step of [fill, paint, header.face.wake]) setTimeout(() => node.open && step());
  }
  function open() {
    if (node.open || signal.aborted) return;
    if (!phone.matches) fill();
    show();
    toggled(true);
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
    },
    { signal },
  );
  document.addEventListener('visibilitychange', paint, { signal });
  session.subscribe(({ was, model }) => {
    pieces.piece?.tell(was, model);
    paintSoon();
  }, signal);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    clearTimeout(soon);
    node.close();
    node.remove();
  });

  /** Frames that arrive together are painted, and read aloud, together. */
  function paintSoon() {
    soon ||= setTimeout(paint);
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

  // Its first words are there before it is seen: nothing is laid out twice.
  soon = setTimeout(paint);
  return { node, open, close, isOpen: () => node.open, paint, end: () => life.abort() };
}
