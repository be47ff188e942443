// An answer appears as the mouth says it. The text is whole in the page from the first moment, for those who hear it and
// for the layout; what is not yet said is only painted without colour (CSS custom highlights, so no node changes). Where
// the browser cannot do that, or movement is not wanted, the words are all there at once and the mouth moves beside them.
import { joined, saidIn } from './said.js';
import { speechOf } from './track.js';

/** Faster than a voice, because nobody listens: words are shown for reading. */
const RATE = 2;
const MOST_MS = 3000;
/** Letters appear in steps of so many milliseconds, by a timer; by the mouth where one moves, for a timer of their own would
 * cost a phone as much as the mouth: then the timer only looks after gestures and the end. */
const STEP_MS = 50;
const SELDOM_MS = 150;
/** Longer texts are read, not listened to: they are there at once. */
const MOST_CHARS = 1500;
const NAME = 'sportello-unsaid';

/**
 * @typedef {object} Mouth What speaks.
 * @property {(line: import('./track.js').Timeline) => void} speak
 * @property {() => void} hush
 * @property {(speaking: import('../avatar/engine.js').Speaking) => void} learn
 * @property {(name: string) => void} gesture
 */

/**
 * @param {(text: string) => import('./track.js').Viseme[]} visemesOf of the text's language
 * @param {Mouth} mouth
 * @param {AbortSignal} signal ends it
 */
export function createSpeaker(visemesOf, mouth, signal) {
  /** @type {any} */
  let timer = null;
  /** @type {(() => void) | null} what is left to show, and to do, of the text under way */
  let finish = null;

  /** The whole text, and a mouth that is shut. */
  function stop() {
    clearTimeout(timer);
    finish?.();
    finish = null;
  }
  signal.addEventListener('abort', stop);

  return {
    stop,
    /** Says a message. @param {HTMLElement} bubble @param {unknown} track of the server, if it gave one
     * @returns {number} how long it takes, in milliseconds; 0 = it is all there */
    say(bubble, track) {
      stop();
      const said = saidIn(bubble);
      const text = joined(said);
      if (!text.trim() || text.length > MOST_CHARS) return 0;
      const { timeline, shownAt } = speechOf(visemesOf(text), { track, rate: RATE, cap: MOST_MS });
      const gestures = gesturesIn(bubble, said);
      const veil = createVeil(said);
      const began = performance.now();
      let done = 0;
      let carried = -Infinity;
      finish = () => {
        veil?.lift();
        mouth.hush();
      };
      const step = () => {
        const time = performance.now() - began;
        const shown = shownAt(time);
        veil?.from(shown);
        for (; done < gestures.length && gestures[done].at <= shown; done += 1) mouth.gesture(gestures[done].name);
        if (time >= timeline.length) stop();
        else timer = setTimeout(step, time - carried < 2 * STEP_MS ? Math.min(SELDOM_MS, timeline.length - time) : STEP_MS);
      };
      timeline.pass = (time) => {
        carried = time;
        veil?.from(shownAt(time));
      };
      mouth.speak(timeline);
      step();
      return timeline.length;
    },
  };
}

/** Where gestures stand in a text. @param {HTMLElement} bubble @param {Text[]} said */
function gesturesIn(bubble, said) {
  return [...bubble.querySelectorAll('[data-gesture]')].map((node) => {
    const before = said.filter((text) => text.compareDocumentPosition(node) & text.DOCUMENT_POSITION_FOLLOWING);
    return { name: /** @type {HTMLElement} */ (node).dataset.gesture ?? '', at: joined(before).length };
  });
}

/** Covers what is behind the nth character. Static ranges: live ones lose their places when texts are moved, as those of cards
 * are when they become a carousel. @param {Text[]} said */
function createVeil(said) {
  const highlights = globalThis.CSS?.highlights;
  if (!highlights || matchMedia('(prefers-reduced-motion: reduce)').matches) return null;
  /** @param {Text} text @param {number} from */
  const cover = (text, from) => new StaticRange({ startContainer: text, startOffset: from, endContainer: text, endOffset: text.length });
  const covered = said.map((text) => cover(text, 0));
  const veil = new Highlight(...covered);
  highlights.set(NAME, veil);
  let at = 0;
  let before = 0;
  let last = -1;
  return {
    /** @param {number} shown */
    from(shown) {
      if (shown === last) return;
      last = shown;
      for (; at < said.length && before + said[at].length <= shown; at += 1) {
        before += said[at].length;
        veil.delete(covered[at]);
      }
      if (at === said.length) return;
      veil.delete(covered[at]);
      covered[at] = cover(said[at], shown - before);
      veil.add(covered[at]);
    },
    lift: () => void highlights.delete(NAME),
  };
}
