// The panel: puts its pieces together, opens and closes, keeps the focus where it belongs.
// A dialog of the page's own kind: beside the page on a wide screen, in place of it on a phone.
import { createComposer } from './composer.js';
import { button, el, setText } from './dom.js';
import { createHeader } from './header.js';
import { createLater } from './later.js';
import { createMessageList } from './message-list.js';
import { begun, erasing, wantsVerdict } from '../talk/model.js';
import { faceOf } from './mood.js';

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
 * @property {(path: string) => string} pictureOf the address of an agent's picture, '' for none
 * @property {string} server its address, with a slash at its end
 * @property {() => string} contact how else the company is reached, '' = not told
 * @property {ReturnType<typeof createLater<ReturnType<typeof import('../more/sound.js').createSound>>>} sound
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
 * @property {import('./mood.js').Face} face
 * @property {string} mood
 * @property {string} assistant
 * @property {number} now
 */

const SPEAKING_MS = 2200;
const LOST_MS = 1500;
const NOTICE_MS = 8000;
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
 * @param {string} given.server with a slash at its end
 * @param {AbortSignal} given.signal
 * @param {(open: boolean) => void} given.toggled
 */
export function createPanel({ session, language, words, load, dress, avatar, parts, contact, server, signal: outer, toggled }) {
  const life = new AbortController();
  outer.addEventListener('abort', () => life.abort(), { once: true, signal: life.signal });
  const { signal } = life;
  let drafting = false;
  let spokenUntil = 0;
  let lostAt = 0;
  /** @type {import('../talk/model.js').Item | null} has just come, and is to be said */
  let toSay = null;
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
    pictureOf: (path) => webAddress(path, server),
    server,
    contact,
    close,
    openForm() {
      forms.want(({ form }) => {
        form.open(composer.area.value.trim());
        paint();
      });
    },
    files: () => files.piece,
    showFiles: (blocks, place) => files.want((piece) => piece.show(blocks, place)),
    drafted(on) {
      drafting = on;
      sound.piece?.stop();
      if (on) speech.piece?.stop();
      paint();
    },
  });
  const body = el('div', { class: 'body' });
  const header = createHeader(context, body, (text) => say(text));
  const told = el('div', { class: 'told' });
  const place = el('div', { class: 'forms' });

  // What comes when it is first needed.
  /** How answers are said: once the panel stands. */
  const speech = createLater(
    load,
    `speech.${language}`,
    (/** @type {typeof import('../more/speech.it.js')} */ { createSpeech }) => createSpeech(context, header.face),
  );
  /** The queue and the notices. */
  const counter = createLater(
    load,
    'counter',
    (/** @type {typeof import('../more/counter.js')} */ { createCounter }) => createCounter(context, told),
  );
  /** What is said when the server takes no connection. */
  const away = createLater(
    load,
    'away',
    (/** @type {typeof import('../more/away.js')} */ { createUnreachable }) => createUnreachable(context, told),
  );
  /** Files, where the site takes them or a message has one. */
  const files = createLater(
    load,
    'files',
    (/** @type {typeof import('../more/files.js')} */ { createFiles }) => createFiles(context, composer),
    () => say(words('problem')),
  );
  /** The message form and the verdict. */
  const forms = createLater(
    load,
    'forms',
    (/** @type {typeof import('../more/forms.js')} */ { createForms }) =>
      createForms(context, place, () => {
        node.classList.remove('asking');
        composer.focus();
      }),
    () => say(words('problem')),
  );
  /** What a phone needs besides. */
  const onPhone = createLater(
    load,
    'phone',
    (/** @type {typeof import('../more/phone.js')} */ { createPhone }) => createPhone(node, close, signal),
  );
  /** What is heard and dictated, once the visitor asks for it. */
  const sound = createLater(
    load,
    'sound',
    (/** @type {typeof import('../more/sound.js')} */ { createSound }) =>
      createSound(context, header.face, { composer, head: header.opener, say, paint }),
    () => say(words('problem')),
  );
  context.sound = sound;

  const list = createMessageList(context, () => paint());
  const composer = createComposer(context);

  const notice = el('p', { class: 'notice', role: 'status' });
  const privacy = el('a', { class: 'privacy', target: '_blank', rel: 'noopener', hidden: true }, words('privacy'));
  const leave = button('plainly', words('leave'), () => context.openForm(), signal);
  const node = el(
    'dialog',
    { class: 'panel', part: 'panel', lang: language, 'aria-labelledby': 'name' },
    header.node,
  );
  const foot = el('div', { class: 'foot' }, leave, privacy);
  /** What stands below the head. */
  const fill = () => body.parentNode || node.append(told, body, notice, composer.node, foot);
  body.append(list.node, place);
  const phone = matchMedia(PHONE);

  function show() {
    if (phone.matches) node.showModal();
    else node.show();
    // Each in a task of its own: a slow phone shows the head first.
    for (const step of [fill, paint, phoned, header.face.wake, list.prepare, () => speech.want()])
      setTimeout(() => node.open && step());
  }
  /** On a phone: the keyboard, the Back button, the page behind. */
  function phoned() {
    if (phone.matches && node.open) onPhone.want((it) => it[phone.matches && node.open ? 'opened' : 'closed']());
    else onPhone.piece?.closed();
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
    phoned();
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
      if (!sound.piece?.stop()) dismiss();
    },
    { signal },
  );
  function dismiss() {
    if (forms.piece?.form.isOpen()) forms.piece.form.close();
    else if (!header.dismiss()) close();
  }
  phone.addEventListener(
    'change',
    () => {
      if (!node.open) return;
      node.close();
      onPhone.piece?.closed();
      show();
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
    const last = model.items.at(-1);
    if (
      last &&
      last.key !== was.items.at(-1)?.key &&
      last.from === 'bot' &&
      last.kind === 'message' &&
      !last.replayed
    ) {
      spokenUntil = Date.now() + SPEAKING_MS;
      toSay = last;
    } else if (was.pending.length < model.pending.length) speech.piece?.stop();
    counter.piece?.tell(was, model);
    // What was asked for is done, in whichever page of this browser it was asked.
    if (was.token && !model.token) say(words('erased'));
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
    const last = model.items.at(-1);
    /** @type {View} */
    const view = {
      model,
      link: session.link === 'on' ? 'on' : link,
      face: faceOf({ model, link, drafting, speaking: spokenUntil > now || Boolean(sound.piece?.sounds()), now }),
      mood: last?.from === 'bot' ? last.mood : '',
      assistant: model.site?.assistant || 'Olma',
      now,
    };
    header.update(view);
    if (!away.piece && session.unreachable) away.want(paintSoon);
    away.piece?.update();
    if (!counter.piece && tells(model)) counter.want(paintSoon);
    counter.piece?.update(view);
    if (!files.piece && model.site?.files && node.open) files.want(paintSoon);
    files.piece?.update(view);
    list.update(view);
    if (toSay && node.open && !document.hidden) {
      const bubble = list.bubbleOf(toSay.key);
      const aloud = sound.piece?.aloud() ? sound.piece : null;
      if (bubble) aloud?.say(bubble.textContent ?? '', toSay);
      const took = bubble && !aloud ? speech.piece?.say(bubble, toSay.track) : 0;
      if (took) spokenUntil = now + took;
    }
    toSay = null;
    if (!forms.piece && wantsVerdict(model)) forms.want(paintSoon);
    const done = forms.piece?.update(view);
    if (erasing(model)) setText(notice, words('erasing'));
    else if (done) say(words(done));
    else if (model.problem) setText(notice, model.problem.reason || words('problem'));
    else if (failedDeed(model)) setText(notice, failedDeed(model));
    else if (noticeUntil <= now) setText(notice, '');
    const address = webAddress(model.site?.privacy, document.baseURI);
    privacy.hidden = !address;
    if (address) privacy.href = address;
    node.classList.toggle('asking', Boolean(forms.piece?.form.isOpen()));
    leave.hidden = Boolean(counter.piece?.offersForm());
    if (node.open && !document.hidden) session.see();
    again(now, [spokenUntil, noticeUntil, lostAt && lostAt + LOST_MS, model.typing?.until ?? 0, model.awaited]);
  }
  /** A line above the composer, for a moment. @param {string} text */
  function say(text) {
    noticeUntil = Date.now() + NOTICE_MS;
    setText(notice, text);
    again(Date.now(), [noticeUntil]);
  }
  /** @param {import('../talk/model.js').Model} model */
  function failedDeed(model) {
    const one = model.pending.find(
      ({ status, deed }) => status === 'failed' && ['human', 'bye', 'erase'].includes(deed.type),
    );
    return one ? one.reason || words('problem') : '';
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

/** Is there anything for the counter to tell? @param {import('../talk/model.js').Model} model */
const tells = ({ notices, who }) => notices.length > 0 || who === 'waiting' || who === 'agent';

/** An address of the web, whole; '' = it is none. @param {string | undefined} path @param {string} base */
function webAddress(path, base) {
  try {
    const { href, protocol } = new URL(path || '', base);
    return path && /^https?:$/.test(protocol) ? href : '';
  } catch {
    return '';
  }
}
