// What the counter tells besides the talk: notices, the place in the queue, and that the turn is near. Fetched when there
// is something of it to tell.
import { wordsOf } from '../words/words.js';
import controls from './controls.css';
import css from './counter.css';
import { tables } from './counter.words.js';
import { createHerald, newsOf } from './near.js';
import { createNoticeLine } from './notice-line.js';
import { createQueueBanner } from './queue-banner.js';

/** @typedef {ReturnType<typeof wordsOf<import('./counter.words.js').CounterWord>>} CounterWords */

/** @param {import('../panel/panel.js').Context} context @param {HTMLElement} place where they stand */
export function createCounter(context, place) {
  context.dress(controls);
  context.dress(css);
  const words = wordsOf(tables[context.language]);
  const herald = createHerald(words, context.signal);
  const notices = createNoticeLine(context, words);
  const queue = createQueueBanner(context, words, herald);
  place.append(notices.node, queue.node);
  return {
    offersForm: queue.offersForm,
    /** @param {import('../panel/panel.js').View} view */
    update(view) {
      notices.update(view);
      queue.update(view);
    },
    /** @param {import('../talk/model.js').Model} was @param {import('../talk/model.js').Model} model */
    tell(was, model) {
      const news = newsOf(was, model);
      if (news) herald.tell(news);
    },
  };
}
