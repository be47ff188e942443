// How the desk makes itself noticed: two short tones and the browser's notifications. Both only if the agent
// wants them.

/** @import {AlertKind} from './model.js' */

/** Two notes (Hz) each, so that the ear learns which is which: rising = somebody new, falling = your own chat. */
/** @type {Record<AlertKind, [number, number]>} */
const NOTES = {
  waiting: [523, 659], message: [523, 523], offer: [659, 880], transfer: [659, 880], invited: [587, 587],
  visitor: [784, 659],
};
const NOTE_S = 0.14;
const LOUDNESS = 0.12;
/** Several arrivals within so many ms are one sound. */
const QUIET_MS = 1200;

/** @returns {{wake(): void, play(what: AlertKind): void}} */
export function soundNew() {
  /** @type {AudioContext|null} */
  let context = null;
  let last = -QUIET_MS;
  return {
    /** Browsers let a page sound only after the agent touched it: to be called on a click or a key. */
    wake() {
      if (typeof AudioContext === 'undefined') return;
      context ??= new AudioContext();
      if (context.state === 'suspended') void context.resume();
    },
    play(what) {
      if (!context || context.state !== 'running' || performance.now() - last < QUIET_MS) return;
      last = performance.now();
      const start = context.currentTime;
      NOTES[what].forEach((hertz, i) => note(/** @type {AudioContext} */ (context), hertz, start + i * NOTE_S));
    },
  };
}

/** @param {AudioContext} context @param {number} hertz @param {number} at seconds of the context's clock */
function note(context, hertz, at) {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.type = 'sine';
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + NOTE_S * 1.8);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + NOTE_S * 2);
}

/** Whether this browser has notifications here at all (they need https or localhost). */
export const notifyPossible = () => 'Notification' in globalThis && globalThis.isSecureContext;

/** Asks the agent, once. @returns {Promise<boolean>} */
export async function notifyAllow() {
  if (!notifyPossible()) return false;
  return (await Notification.requestPermission().catch(() => 'denied')) === 'granted';
}

/** @param {string} title @param {string} body @param {string} tag one at a time each @param {() => void} clicked */
export function notifyShow(title, body, tag, clicked) {
  if (!notifyPossible() || Notification.permission !== 'granted') return;
  try {
    const shown = new Notification(title, { body: body.slice(0, 160), tag });
    shown.onclick = () => {
      window.focus();
      clicked();
      shown.close();
    };
  } catch {
    // Some phones have the object and refuse its use outside a service worker.
  }
}
