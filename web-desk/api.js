// Questions to the server that have one answer, over HTTP: /desk/api/NAME. Nothing here throws.

import { deskPath } from './session.js';

/**
 * @template T
 * @typedef {{ok: true, data: T} | {ok: false, code: string}} ApiAnswer `code`: one of docs/protocol.md, or `unreachable`
 */

/**
 * @param {Response|null} response
 * @returns {Promise<ApiAnswer<any>>}
 */
async function answerOf(response) {
  if (!response) return { ok: false, code: 'unreachable' };
  if (response.status === 204) return { ok: true, data: null };
  const data = await response.json().catch(() => null);
  if (response.ok && data !== null) return { ok: true, data };
  return { ok: false, code: String(data?.code ?? (response.status === 401 ? 'forbidden' : 'busy')) };
}

/**
 * @param {string} name
 * @param {Record<string, string|number|undefined>} [params] what is undefined or '' is left out
 * @param {AbortSignal} [signal] ends a question that nobody waits for: then the answer is `unreachable`
 */
export async function apiGet(name, params = {}, signal) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value !== undefined && value !== '') query.set(key, String(value));
  }
  const path = `${deskPath()}/api/${name}${query.size > 0 ? `?${query}` : ''}`;
  return answerOf(await fetch(path, { cache: 'no-store', signal }).catch(() => null));
}

/** @param {string} name @param {unknown} body becomes JSON */
export async function apiPost(name, body) {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${deskPath()}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(body) })
    .catch(() => null);
  return answerOf(response);
}

/** The same with bytes as they are. @param {string} name @param {Blob} body */
export async function apiSend(name, body) {
  const response = await fetch(`${deskPath()}/api/${name}`, { method: 'POST', body }).catch(() => null);
  return answerOf(response);
}
