// What a face needs besides to speak: the shapes of the mouth, and what the head does meanwhile. Handed to the engine
// (`speaking` of createAvatar, or `learn`), because a face that only looks needs none of it.
import { at } from './channels.js';
import { addGesture, gestures } from './gestures.js';
import { addMouth } from './visemes.js';

/** @typedef {import('./visemes.js').Timeline} Timeline */

/** One face's speaking: times are of the engine's clock. */
export function speaking() {
  /** @type {{name: keyof typeof gestures, begun: number} | null} */
  let gesture = null;
  /** @type {{line: Timeline, begun: number, on: number, told: number} | null} */
  let speech = null;

  /** One at a time; an unknown one is ignored. @param {string} name @param {number} begun */
  function begin(name, begun) {
    if (Object.hasOwn(gestures, name)) gesture = { name: /** @type {keyof typeof gestures} */ (name), begun };
  }
  return {
    gesture: begin,
    /** @param {Timeline} line @param {number} begun */
    speak: (line, begun) => void (speech = { line, begun, on: 0, told: 0 }),
    hush: () => void (speech = null),
    rest: () => void (gesture = speech = null),
    /** How long what is being said takes, in ms. */
    length: () => speech?.line.length ?? 0,
    /** Adds to a pose what is said and done at a moment. True: it goes on. @param {Float32Array} goal @param {number} time */
    add(goal, time) {
      if (speech) {
        const { line, begun } = speech;
        const { gestures: moves = [] } = line;
        const told = time - begun;
        goal[at.smile] *= 0.7;
        goal[at.jaw] *= 0.4;
        speech.on = addMouth(goal, line, told, speech.on);
        line.pass?.(told);
        for (; speech.told < moves.length && moves[speech.told][0] <= told; speech.told++) begin(moves[speech.told][1], time);
        if (told >= line.length) speech = null;
      }
      if (gesture && !addGesture(goal, gesture.name, time - gesture.begun)) gesture = null;
      return speech !== null || gesture !== null;
    },
  };
}
