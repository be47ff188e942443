// Suggested answers: what was chosen for a chat, and whether what is sent is still that answer. Nothing here draws.

import { apiPost } from './api.js';

/**
 * @typedef {object} Suggestion
 * @property {string} id of the entry
 * @property {string} title
 * @property {string} text ready to be inserted
 * @property {number} confidence 0–1
 */

/** So much of the suggested answer's words must have stayed for the sending to say something about the entry. */
const KEPT_ENOUGH = 0.5;

/** @param {string} text */
const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * The share of the answer's words that the text still has.
 * @param {string} answer @param {string} text
 */
export function keptShare(answer, text) {
  const words = wordsOf(answer);
  const left = new Set(wordsOf(text));
  return words.length === 0 ? 0 : words.filter((word) => left.has(word)).length / words.length;
}

/**
 * The text with an answer put into it: in place of nothing but blanks, else behind what is there.
 * @param {string} text @param {string} answer
 */
export function insertAnswer(text, answer) {
  const before = text.trimEnd();
  return before === '' ? answer : `${before}\n\n${answer}`;
}

/** The suggestion that was inserted last for each ticket: sending confirms it. */
export class Chosen {
  /** @type {Map<number, Suggestion>} */
  #byTicket = new Map();

  /** @param {number} ticket @param {Suggestion} suggestion */
  choose(ticket, suggestion) {
    this.#byTicket.set(ticket, suggestion);
  }

  /** @param {number} ticket */
  of(ticket) {
    return this.#byTicket.get(ticket) ?? null;
  }

  /** @param {number} ticket */
  forget(ticket) {
    this.#byTicket.delete(ticket);
  }

  /**
   * Call when `text` is sent. Gives the suggestion that this confirms, null = none.
   * @param {number} ticket @param {string} text
   */
  sent(ticket, text) {
    const chosen = this.of(ticket);
    this.forget(ticket);
    return chosen && keptShare(chosen.text, text) >= KEPT_ENOUGH ? chosen : null;
  }
}

export const chosen = new Chosen();

/**
 * For the composer, when it sends: tells the server which entry the answer was of. An editor decides what comes of it.
 * @param {number} ticket @param {string} text
 */
export async function confirmSent(ticket, text) {
  const confirmed = chosen.sent(ticket, text);
  return confirmed ? apiPost('confirm', { ticket, entry: confirmed.id }) : null;
}
