// The conversation: greeting, rows, who is typing. The rows themselves come with the first message (more/rows.js).
// New messages never take the page from under a reader: who is at the end is followed to the beginning of what is new; who
// reads further up gets a button.
import { button, el, iconButton, setText } from './dom.js';
import { createLater } from './later.js';
import { begun } from '../talk/model.js';

const NEAR_PX = 60;
/** What shows the rows could not be fetched: it is tried again. */
const AGAIN_MS = 3000;

/** @param {import('./panel.js').Context} context @param {() => void} paint */
export function createMessageList(context, paint) {
  const { words, signal, load } = context;
  const intro = createIntro(context);
  const place = el('div', { class: 'rows' });
  const typing = el(
    'p',
    { class: 'typing', hidden: true },
    el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')),
  );
  const typist = el('span', { class: 'unseen' });
  typing.append(typist);
  const log = el(
    'div',
    { class: 'log', role: 'log', 'aria-label': words('log'), 'aria-live': 'polite', tabindex: 0 },
    intro.node,
    place,
    typing,
  );
  // Something new that is out of sight gets words; the rest of what is being read only an arrow in the corner.
  const pill = button('pill', words('newMessages'), () => toEnd(true), signal);
  const more = iconButton('more', words('toEnd'), 'M12 5v13m-6-6 6 6 6-6', () => toEnd(true), signal);
  pill.hidden = more.hidden = true;
  const node = el('div', { class: 'talk' }, log, pill, more);
  const rows = createLater(
    load,
    'rows',
    (/** @type {typeof import('../more/rows.js')} */ { createRows }) => createRows(context, place, log, paint),
    () => void (signal.aborted || setTimeout(paint, AGAIN_MS)),
  );

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
  /** @param {boolean} focus */
  function toEnd(focus) {
    log.scrollTop = log.scrollHeight;
    ended = true;
    pill.hidden = more.hidden = true;
    if (focus) log.focus({ preventScroll: true });
  }
  // Whether the reader is at the end: left only by scrolling up, not by what takes room below.
  let ended = true;
  let top = 0;
  log.addEventListener(
    'scroll',
    () => {
      const up = log.scrollTop < top;
      top = log.scrollTop;
      if (atEnd()) ended = pill.hidden = more.hidden = true;
      else if (up) ended = false;
      if (up) rows.piece?.older();
    },
    { signal, passive: true },
  );
  /** What is new, and is to be gone to. @type {{fresh: HTMLElement | null, own: boolean, followed: boolean} | null} */
  let news = null;
  // A message, a keyboard, a banner, a longer draft or a picture that has come takes room: who was at the end stays there.
  // It is seen to once all of it is laid out, in the same frame: to ask for a place before would lay it out twice.
  const room = new ResizeObserver(() => {
    if (!place.childElementCount) return; // The first view begins at the greeting.
    const { fresh, own, followed } = news ?? { followed: ended };
    news = null;
    if (own || (followed && !fresh)) toEnd(false);
    else if (fresh && followed) {
      log.scrollTop = fresh.offsetTop - log.offsetTop - 12;
      ended = more.hidden = atEnd();
      pill.hidden = true;
    } else if (fresh) pill.hidden = false;
  });
  for (const one of [log, place, typing]) room.observe(one);
  signal.addEventListener('abort', () => room.disconnect());

  return {
    node,
    log,
    /** The questions to begin with. */
    starters: intro.starters,
    toEnd,
    /** What shows messages is there. */
    stands: () => Boolean(rows.piece),
    /** Messages may come: what shows them is fetched. */
    prepare: () => void (rows.piece ?? rows.want(paint)),
    /** Where the words of a message are. @param {string} key @returns {HTMLElement | null | undefined} */
    bubbleOf: (key) => rows.piece?.bubbleOf(key),
    /** @param {import('./panel.js').View} view */
    update(view) {
      const { model, link, assistant, now } = view;
      const followed = ended;
      log.setAttribute('aria-busy', String(model.last < model.caughtUp));
      if (!rows.piece && begun(model)) rows.want(paint);
      intro.update(view, rows.piece);
      const made = rows.piece?.update(view, followed);
      const typed = model.typing !== null && model.typing.until > now;
      const awaited = model.awaited > now && link === 'on' && model.pending.every(({ status }) => status === 'sending');
      typing.hidden = !(typed || awaited);
      const agent = model.who === 'agent';
      setText(
        typist,
        typing.hidden
          ? ''
          : words(agent ? 'typingAgent' : 'typingBot', { name: agent ? model.agent || words('person') : assistant }),
      );
      if (!made?.fresh && !made?.own) return;
      news ??= { ...made, followed };
      news.own ||= made.own;
      // A line of ours gives way to the site's own words, perhaps before either was laid out.
      if (!news.fresh?.isConnected) news.fresh = made.fresh;
    },
  };
}

/** The first view: the site's greeting and the questions to begin with.
 * @param {import('./panel.js').Context} context */
function createIntro({ words, session, signal }) {
  const bubble = el('div', { class: 'bubble', dir: 'auto' });
  const starters = el('div', { class: 'options starters', role: 'group', 'aria-label': words('starters') });
  const node = el('div', { class: 'row bot intro' }, bubble, starters);
  let shown = '';
  let finished = '';
  let offered = '';
  return {
    node,
    starters,
    /** @param {import('./panel.js').View} view @param {ReturnType<import('../more/rows.js').createRows> | null} rows */
    update({ model, assistant }, rows) {
      // Before `welcome` only a quiet place is kept: the site's own greeting comes in a moment.
      const greeting = model.site && (model.site.greeting || words('greeting', { assistant }));
      const now = JSON.stringify(greeting);
      // Plain words stand there at once; the links in them, and whatever else a greeting is made of, come with the rows.
      if (now !== shown && typeof greeting === 'string')
        bubble.replaceChildren(...greeting.split('\n').map((line) => el('p', null, line)));
      shown = now;
      if (greeting && rows && now !== finished) {
        rows.greet(bubble, greeting);
        finished = now;
      }
      const blank = !bubble.hasChildNodes();
      bubble.classList.toggle('blank', blank);
      bubble.hidden = session.unreachable && blank;
      const questions = (model.site?.starters ?? []).slice(0, 6);
      const asked = JSON.stringify(questions);
      if (asked !== offered) {
        starters.replaceChildren(
          ...questions.map(({ id, title }) => button('option', title, () => session.pick(id, title), signal)),
        );
      }
      offered = asked;
      starters.hidden = begun(model) || !questions.length;
    },
  };
}
