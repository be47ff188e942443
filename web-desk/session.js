// Logging in and out over HTTP. Every answer is a plain value: nothing here throws.

/**
 * @typedef {{ok: true} | {ok: false, why: 'wrong'|'forbidden'|'unreachable'|'failed'}
 *   | {ok: false, why: 'slow_down', seconds: number}} LoginAnswer
 */
/** @typedef {{state: 'in', name: string, role: string} | {state: 'out'} | {state: 'unreachable'}} SessionAnswer */

/** Where the desk is served, with the path prefix a proxy may add: no slash at its end. */
export function deskPath(pathname = location.pathname) {
  return pathname.replace(/\/+$/, '');
}

/** @param {string} base @returns {string} the address of the socket */
export function socketUrl(base) {
  const url = new URL(`${base}/socket`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** @type {Record<number, LoginAnswer>} */
const refusals = {
  401: { ok: false, why: 'wrong' },
  403: { ok: false, why: 'forbidden' },
};

/** @param {string} base @param {string} name @param {string} password @returns {Promise<LoginAnswer>} */
export async function sessionLogin(base, name, password) {
  const body = JSON.stringify({ name, password });
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${base}/login`, { method: 'POST', headers, body }).catch(() => null);
  if (!response) return { ok: false, why: 'unreachable' };
  if (response.ok) return { ok: true };
  if (response.status !== 429) return refusals[response.status] ?? { ok: false, why: 'failed' };
  const { retry_ms: wait } = await response.json().catch(() => ({}));
  return { ok: false, why: 'slow_down', seconds: Math.max(1, Math.ceil((Number(wait) || 1000) / 1000)) };
}

/** @param {string} base @returns {Promise<SessionAnswer>} */
export async function sessionAsk(base) {
  const response = await fetch(`${base}/session`, { cache: 'no-store' }).catch(() => null);
  if (response?.status === 401) return { state: 'out' };
  if (!response?.ok) return { state: 'unreachable' };
  const { name, role } = await response.json().catch(() => ({}));
  return name ? { state: 'in', name, role } : { state: 'unreachable' };
}

/** @param {string} base */
export async function sessionLogout(base) {
  await fetch(`${base}/logout`, { method: 'POST' }).catch(() => null);
}
