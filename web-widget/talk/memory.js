// What is written into the storage (storage.js reads it): only once a conversation has begun.
import { toJson } from './json.js';
import { attempt } from './storage.js';

/** @typedef {import('./storage.js').Storage} Storage */

/** @param {Storage} storage @param {import('./storage.js').Memory} memory */
export const write = ({ local, key }, memory) => void attempt(() => local?.setItem(key, toJson(memory)));

/** Nothing of the chat stays in this browser. @param {Storage} storage */
export function forget({ local, session, key }) {
  for (const store of [local, session]) attempt(() => store?.removeItem(key));
}

/** What this tab waits for. @param {Storage} storage @param {import('./protocol.js').Deed[]} deeds */
export function writeDeeds({ session, key }, deeds) {
  attempt(() => (deeds.length ? session?.setItem(key, toJson(deeds)) : session?.removeItem(key)));
}
