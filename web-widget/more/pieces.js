// What the panel has besides its first view: it comes with what a conversation needs, and each piece of it is fetched when
// it is first wanted. The panel hands on what happens (`tell`), and shows what is told here (`update`).
import { createLater } from '../panel/later.js';
import { joined, saidIn } from '../speech/said.js';
import { begun, deedText, erasing } from '../talk/model.js';
import { wordsOf } from '../words/words.js';
import { createLimit } from './limit.js';
import { faceOf } from './mood.js';
import css from './pieces.css';
import { tables } from './pieces.words.js';
import { createPhoto } from './photo.js';
import { createPrivacy } from './privacy.js';
import { createUnread } from './unread.js';

/** @typedef {import('../talk/model.js').Model} Model */
/** @typedef {ReturnType<typeof createPieces>} Pieces */

/** The face speaks for so long where nothing else tells how long an answer takes. */
const SPEAKING_MS = 2200;
/** What concerns the whole chat: where it fails, a line above the composer says so. */
const WHOLE = ['human', 'bye', 'erase'];

/**
 * @param {import('../panel/panel.js').Context} context
 * @param {object} panel
 * @param {HTMLDialogElement} panel.node
 * @param {MediaQueryList} panel.phone the panel takes the whole screen
 * @param {HTMLElement} panel.body
 * @param {HTMLElement} panel.told where notices stand
 * @param {HTMLElement} panel.place where forms stand
 * @param {HTMLElement} panel.leave the button that opens the form
 * @param {ReturnType<typeof import('../panel/header.js').createHeader>} panel.header
 * @param {ReturnType<typeof import('../panel/composer.js').createComposer>} panel.composer
 * @param {ReturnType<typeof import('../panel/message-list.js').createMessageList>} panel.list
 * @param {(text: string) => void} panel.say a line above the composer, for a moment
 * @param {() => void} panel.paint @param {() => void} panel.paintSoon
 */
export function createPieces(context, panel) {
  const { node, phone, body, told, place, leave, header, composer, list, say, paint, paintSoon } = panel;
  const { session, words: panelWords, language, signal } = context;
  const words = wordsOf(tables[language]);
  const { face } = header;
  context.dress(css);
  createLimit(composer, words);
  const photo = createPhoto(context, face.picture);
  const privacy = createPrivacy(/** @type {Element} */ (leave.parentNode), words('privacy'));
  const unread = createUnread(context, words);
  const sorry = () => say(panelWords('problem'));
  /** @template Piece @param {string} name @param {(module: any) => Piece} make @param {() => void} [failed] */
  const later = (name, make, failed) => createLater(context.load, name, make, failed);

  /** How answers are said: once the visitor is about to say something. */
  const speech = later(
    `speech.${language}`,
    (/** @type {typeof import('./speech.it.js')} */ { createSpeech }) => createSpeech(context, face),
  );
  /** The queue and the notices. */
  const counter = later(
    'counter',
    (/** @type {typeof import('./counter.js')} */ { createCounter }) => createCounter(context, told),
  );
  /** What is said when the server takes no connection. */
  const away = later(
    'away',
    (/** @type {typeof import('./away.js')} */ { createUnreachable }) => createUnreachable(context, told),
  );
  /** What a panel that takes the whole screen needs: the keyboard, the Back button, the page behind. */
  const full = later(
    'phone',
    (/** @type {typeof import('./phone.js')} */ { createPhone }) => createPhone(node, context.close, signal),
  );
  /** Files, where the site takes them or a message has one. */
  const files = later(
    'files',
    (/** @type {typeof import('./files.js')} */ { createFiles }) => createFiles(context, composer),
    sorry,
  );
  /** The message form and the verdict. */
  const forms = later(
    'forms',
    (/** @type {typeof import('./forms.js')} */ { createForms }) =>
      createForms(context, place, () => {
        node.classList.remove('asking');
        composer.focus();
      }),
    sorry,
  );
  /** What is heard and dictated, once the visitor asks for it. */
  const sound = later(
    'sound',
    (/** @type {typeof import('./sound.js')} */ { createSound }) =>
      createSound(context, face, { composer, head: header.opener, say, paint }),
    sorry,
  );
  /** What is behind the three dots. */
  const menu = later(
    'menu',
    (/** @type {typeof import('./menu.js')} */ { createMenu }) => {
      const made = createMenu(context, face, header.opener);
      body.append(made.node);
      return made;
    },
    sorry,
  );
  context.sound = sound;
  /** A message is about to be said: what shows it, and says the answer. */
  function prepare() {
    list.prepare();
    speech.want();
  }
  for (const sign of ['pointerover', 'focusin']) list.starters.addEventListener(sign, prepare, { signal });

  /** @type {import('../talk/model.js').Item | null} has just come, and is to be said */
  let toSay = null;

  /** A line that stands as long as it holds. @param {import('../panel/panel.js').View} view */
  function standing({ model, link }) {
    // The line is lost, and with it what shows messages could not be fetched: the visitor's last one is seen all the same.
    const text = link === 'lost' && !list.stands() && model.pending.map(({ deed }) => deedText(deed)).filter(Boolean).at(-1);
    if (text) return words('waits', { text });
    if (model.problem) return model.problem.reason || panelWords('problem');
    const failed = model.pending.find(({ status, deed }) => status === 'failed' && WHOLE.includes(deed.type));
    return failed ? failed.reason || panelWords('problem') : '';
  }

  return {
    /** Until when an answer is being said. */
    spokenUntil: 0,
    /** What the face shows. @param {import('../panel/panel.js').View} view @param {boolean} drafting the visitor has
     * something written */
    look(view, drafting) {
      const { model, link, now } = view;
      const speaking = this.spokenUntil > now || Boolean(sound.piece?.sounds());
      const last = model.items.at(-1);
      view.face = faceOf({ model, link, drafting, speaking, now });
      view.mood = last?.from === 'bot' ? last.mood : '';
    },
    /** The visitor writes, or has nothing written any more. @param {boolean} on */
    drafted(on) {
      sound.piece?.stop();
      if (!on) return;
      prepare();
      speech.piece?.stop();
    },
    /** Ends all sound. Gives whether there was any. */
    silence: () => Boolean(sound.piece?.stop()),
    /** Closes what is smaller than the panel. Gives whether there was such. */
    dismiss() {
      if (!forms.piece?.form.isOpen()) return Boolean(menu.piece?.dismiss());
      forms.piece.form.close();
      return true;
    },
    openMenu: () => menu.want((made) => made.toggle()),
    openForm() {
      forms.want(({ form }) => {
        form.open(composer.area.value.trim());
        paint();
      });
    },
    files: () => files.piece,
    /** @param {import('../talk/protocol.js').Block[]} blocks of a message @param {HTMLElement} where */
    showFiles: (blocks, where) => files.want((piece) => piece.show(blocks, where)),
    /** The model has changed. @param {Model} was @param {Model} model */
    tell(was, model) {
      const last = model.items.at(-1);
      const fresh = last && last.key !== was.items.at(-1)?.key && last.from === 'bot' && last.kind === 'message';
      if (fresh && !last.replayed) {
        this.spokenUntil = Date.now() + SPEAKING_MS;
        toSay = last;
      } else if (was.pending.length < model.pending.length) speech.piece?.stop();
      counter.piece?.tell(was, model);
      // What was asked for is done, in whichever page of this browser it was asked; this one may hear of it when it is back.
      const another = model.token !== was.token && was.last > 0 && !model.caughtUp;
      if (was.token && (!model.token || another)) say(words('erased'));
    },
    /** Says what has just come, where it is seen. @param {number} now */
    speak(now) {
      const bubble = toSay && node.open && !document.hidden && list.bubbleOf(toSay.key);
      if (toSay && bubble) {
        const aloud = sound.piece?.aloud() ? sound.piece : null;
        aloud?.say(joined(saidIn(bubble)), toSay);
        const took = aloud ? 0 : speech.piece?.say(bubble, toSay.track);
        if (took) this.spokenUntil = now + took;
      }
      toSay = null;
    },
    /** Gives the line above the composer that holds now, '' = none. @param {import('../panel/panel.js').View} view */
    update(view) {
      const { model } = view;
      node.classList.toggle('still', document.hidden);
      const whole = phone.matches && node.open;
      if (whole && !full.piece) full.want(paintSoon);
      full.piece?.[whole ? 'opened' : 'closed']();
      photo.update(model);
      privacy.update(model);
      if (node.open && begun(model)) prepare();
      else if (model.caughtUp || !isPlain(model.site?.greeting)) list.prepare();
      if (session.unreachable) away.want();
      away.piece?.update();
      if (!counter.piece && tells(model)) counter.want(paintSoon);
      counter.piece?.update(view);
      if (!files.piece && model.site?.files && node.open) files.want(paintSoon);
      files.piece?.update(view);
      if (files.piece?.any()) prepare();
      menu.piece?.update(view);
      if (!forms.piece && session.talk?.wantsVerdict()) forms.want(paintSoon);
      const done = forms.piece?.update(view);
      node.classList.toggle('asking', Boolean(forms.piece?.form.isOpen()));
      leave.hidden = Boolean(counter.piece?.offersForm());
      if (node.open && !document.hidden) session.talk?.see();
      unread.update(node.open ? 0 : (session.talk?.unread() ?? 0));
      if (erasing(model)) return words('erasing');
      if (!done) return standing(view);
      say(done);
      return '';
    },
  };
}

/** Words without addresses, mail addresses and telephone numbers: they are whole without the rows.
 * @param {unknown} greeting */
const isPlain = (greeting) => !greeting || (typeof greeting === 'string' && !/:\/\/|www\.|@|\+\d/i.test(greeting));

/** Is there anything for the counter to tell? @param {Model} model */
const tells = ({ notices, who }) => notices.length > 0 || who === 'waiting' || who === 'agent';
