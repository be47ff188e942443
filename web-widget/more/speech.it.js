// How answers are said in this language: fetched once the panel stands.
import { speaking } from '../avatar/speaking.js';
import { visemesOf } from '../speech/letters-it.js';
import { createSpeaker } from '../speech/reveal.js';
import css from '../speech/reveal.css';

/** @param {import('../panel/panel.js').Context} context @param {import('../speech/reveal.js').Mouth} mouth */
export function createSpeech({ dress, signal }, mouth) {
  dress(css);
  mouth.learn(speaking);
  return createSpeaker(visemesOf, mouth, signal);
}
