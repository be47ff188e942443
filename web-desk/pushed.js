// What a pushed message is shown as: the words for it, in the agent's language. Pure: the worker (push-worker.js) shows it.

/** @typedef {{kind: string, ticket: number, department: string, lang: string}} Pushed */

/** @type {Record<string, Record<string, [title: string, body: string]>>} */
const WORDS = {
  it: {
    waiting: ['Qualcuno aspetta', '{department}: pratica {ticket}'],
    message: ['Un tuo visitatore ha scritto', 'Pratica {ticket}'],
    other: ['Sportello', 'C’è qualcosa da vedere'],
  },
  en: {
    waiting: ['Somebody is waiting', '{department}: ticket {ticket}'],
    message: ['A visitor of yours has written', 'Ticket {ticket}'],
    other: ['Sportello', 'There is something to see'],
  },
};

/**
 * What to show for a message; for one that this worker does not know, that there is something: a push must show.
 * @param {unknown} message
 * @returns {{title: string, body: string, tag: string, lang: string}}
 */
export function shownFor(message) {
  const { kind, ticket, department, lang } = /** @type {Partial<Pushed>} */ (message ?? {});
  const words = Object.hasOwn(WORDS, String(lang)) ? WORDS[String(lang)] : WORDS.en;
  const known = kind !== 'other' && Object.hasOwn(words, String(kind)) && Number.isSafeInteger(ticket);
  const [title, body] = known ? words[String(kind)] : words.other;
  /** @type {Record<string, string>} */
  const values = { department: String(department ?? '').slice(0, 80), ticket: String(ticket) };
  const text = body.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  return { title, body: text, tag: known ? `${kind}-${ticket}` : 'other', lang: words === WORDS.it ? 'it' : 'en' };
}
