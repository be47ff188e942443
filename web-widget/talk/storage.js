// What this browser remembers, and only after the visitor's first deed: the token, the last event
// seen, whether a person is waited for or spoken with; and, for this tab alone, what was not yet
// acknowledged. A browser that forbids storage remembers nothing and everything else works.

/** @typedef {{token: string, seen: number, live: boolean, erase?: string}} Memory `erase`: the client id of an erasure that
 * is not yet acknowledged; any later page goes on with it */

export class Storage {
  /** @param {string} key @param {globalThis.Storage | null} local @param {globalThis.Storage | null} session */
  constructor(key, local, session) {
    this.key = key;
    this.local = local;
    this.session = session;
  }

  /** @returns {Memory | null} */
  read() {
    const value = parsed(attempt(() => this.local?.getItem(this.key)));
    if (typeof value?.token !== 'string' || !value.token) return null;
    const erase = typeof value.erase === 'string' ? value.erase : '';
    return { token: value.token, seen: Number(value.seen) || 0, live: value.live === true, erase };
  }

  /** Deeds that wait for their acknowledgement: this tab's, and an erasure that any tab has asked for.
   * @param {string} [erase] its client id @returns {import('./protocol.js').Deed[]} */
  readDeeds(erase) {
    const value = parsed(attempt(() => this.session?.getItem(this.key)));
    const deeds = Array.isArray(value) ? value.filter((deed) => typeof deed?.cid === 'string') : [];
    if (erase && !deeds.some(({ cid }) => cid === erase)) deeds.push({ type: 'erase', cid: erase });
    return deeds;
  }
}

/** @param {string} key */
export function browserStorage(key) {
  return new Storage(key, attempt(() => localStorage) ?? null, attempt(() => sessionStorage) ?? null);
}

/** @template T @param {() => T} work @returns {T | undefined} */
export function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** @param {string | null | undefined} text @returns {any} */
const parsed = (text) => (text ? attempt(() => JSON.parse(text)) : undefined);
