// Logging in and out over HTTP. Every answer is a plain value: nothing here throws.

/**
 * @typedef {{ok: true} | {ok: false, why: 'wrong'|'code_needed'|'wrong_code'|'forbidden'|'unreachable'|'failed'}
 *   | {ok: false, why: 'slow_down', seconds: number}} LoginAnswer
 */
/** @typedef {{state: 'in', name: string, role: string, setup?: boolean} | {state: 'out'} | {state: 'unreachable'}} SessionAnswer */

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
  403: { ok: false, why: 'forbidden' },
};

/** What is missing or wrong. @param {Response} response @returns {Promise<'wrong'|'code_needed'|'wrong_code'>} */
async function whyOf(response) {
  const { code } = await response.json().catch(() => ({}));
  return code === 'code_needed' || code === 'wrong_code' ? code : 'wrong';
}

/** @param {string} base @param {string} name @param {string} password @param {string} [code] @returns {Promise<LoginAnswer>} */
export async function sessionLogin(base, name, password, code) {
  const body = JSON.stringify({ name, password, code });
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${base}/login`, { method: 'POST', headers, body }).catch(() => null);
  if (!response) return { ok: false, why: 'unreachable' };
  if (response.ok) return { ok: true };
  if (response.status === 401) return { ok: false, why: await whyOf(response) };
  if (response.status !== 429) return refusals[response.status] ?? { ok: false, why: 'failed' };
  const { retry_ms: wait } = await response.json().catch(() => ({}));
  return { ok: false, why: 'slow_down', seconds: Math.max(1, Math.ceil((Number(wait) || 1000) / 1000)) };
}

/** @param {string} base @returns {Promise<SessionAnswer>} */
export async function sessionAsk(base) {
  const response = await fetch(`${base}/session`, { cache: 'no-store' }).catch(() => null);
  if (response?.status === 401) return { state: 'out' };
  if (!response?.ok) return { state: 'unreachable' };
  const { name, role, setup } = await response.json().catch(() => ({}));
  return name ? { state: 'in', name, role, ...(setup === true && { setup }) } : { state: 'unreachable' };
}

/** @param {string} base */
export async function sessionLogout(base) {
  await fetch(`${base}/logout`, { method: 'POST' }).catch(() => null);
}
