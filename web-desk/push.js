// Notifications while no page of the desk is open (Web Push): the browser's subscription, and the server's knowledge of
// it. A subscription lasts as long as the login; who wanted it here gets it again at the next one (pushAgain).

import { apiGet, apiPost } from './api.js';
import { deskPath } from './session.js';

/** `off` = possible, but not on; `denied` = the browser forbids it; `impossible` = not with this browser or address. */
/** @typedef {'on'|'off'|'denied'|'impossible'} PushState */

const KEY = 'sportello.push';

const possible = () => 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis
  && globalThis.isSecureContext;

/** Who wants it in this browser: a name, '' = nobody. */
const wanted = () => {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
};

/** @param {string} name */
function want(name) {
  try {
    if (name) localStorage.setItem(KEY, name);
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage it has to be switched on again after each login.
  }
}

/** The page's policy lets scripts be named by an address only through this: one address. */
function workerUrl() {
  const url = `${deskPath()}/push-worker.js`;
  const types = /** @type {any} */ (globalThis).trustedTypes;
  return types ? types.createPolicy('desk-worker', { createScriptURL: () => url }).createScriptURL('') : url;
}

/** @type {Promise<ServiceWorkerRegistration|null>|null} */
let registering = null;

const register = () => (registering ??= navigator.serviceWorker.register(workerUrl()).catch(() => null));

/** The browser's subscription, null = none. */
async function subscription() {
  const registration = await navigator.serviceWorker.getRegistration(`${deskPath()}/push-worker.js`).catch(() => null);
  return (await registration?.pushManager.getSubscription().catch(() => null)) ?? null;
}

/** @param {PushSubscription} made @param {string} lang */
async function tell(made, lang) {
  const { endpoint, keys } = made.toJSON();
  return apiPost('push/subscribe', { endpoint, p256dh: keys?.p256dh, auth: keys?.auth, lang });
}

/** How it stands in this browser. @returns {Promise<PushState>} */
export async function pushState() {
  if (!possible()) return 'impossible';
  if (Notification.permission === 'denied') return 'denied';
  return wanted() && (await subscription()) ? 'on' : 'off';
}

/** Until the worker runs, which a new one does after a moment. @param {ServiceWorkerRegistration} registration */
function active(registration) {
  const worker = registration.installing ?? registration.waiting;
  if (registration.active || !worker) return Promise.resolve();
  return new Promise((done) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated' || worker.state === 'redundant') done(undefined);
    });
  });
}

/**
 * Switches it on: to be called on a click, because the browser asks the agent.
 * @param {string} name who is logged in
 * @param {string} lang in which notifications are worded
 * @returns {Promise<PushState>}
 */
export async function pushOn(name, lang) {
  if (!possible()) return 'impossible';
  if ((await Notification.requestPermission().catch(() => 'denied')) !== 'granted') return 'denied';
  const key = await apiGet('push/key');
  const registration = key.ok ? await register() : null;
  if (!key.ok || !registration) return 'impossible';
  await active(registration);
  const options = { userVisibleOnly: true, applicationServerKey: key.data.key };
  // One made for another key (another server's data) is in the way.
  const subscribe = () => registration.pushManager.subscribe(options);
  const made = await subscribe().catch(async () => {
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    return subscribe();
  }).catch(() => null);
  if (!made || !(await tell(made, lang)).ok) return 'off';
  want(name);
  return 'on';
}

/** Switches it off, here and at the server. @returns {Promise<PushState>} */
export async function pushOff() {
  want('');
  const made = possible() ? await subscription() : null;
  if (made) {
    await apiPost('push/unsubscribe', { endpoint: made.endpoint });
    await made.unsubscribe().catch(() => false);
  }
  return pushState();
}

/**
 * After each login: whoever wanted it in this browser gets it again; for somebody else it stays silent.
 * @param {string} name @param {string} lang
 */
export async function pushAgain(name, lang) {
  if (!possible() || wanted() !== name || Notification.permission !== 'granted') return;
  const made = await subscription();
  if (made) await tell(made, lang);
  else await pushOn(name, lang);
}
