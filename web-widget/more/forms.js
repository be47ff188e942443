// The message form and the verdict, with their words and their looks: fetched when one of them is wanted.
import { wordsOf } from '../words/words.js';
import controls from './controls.css';
import css from './forms.css';
import { tables } from './forms.words.js';
import { createMessageForm } from './message-form.js';
import { createSatisfaction } from './satisfaction.js';

/** @typedef {ReturnType<typeof wordsOf<import('./forms.words.js').FormWord>>} FormWords */

/** @param {import('../panel/panel.js').Context} context @param {HTMLElement} place where they stand
 * @param {() => void} done focus goes back to the chat */
export function createForms(context, place, done) {
  context.dress(controls);
  context.dress(css);
  const words = wordsOf(tables[context.language]);
  const form = createMessageForm(context, words, done);
  const verdict = createSatisfaction(context, words);
  place.append(verdict.node, form.node);
  return {
    form,
    /** @param {import('../panel/panel.js').View} view @returns what has just been stored, '' = nothing */
    update(view) {
      verdict.update(view);
      return form.update(view);
    },
  };
}
