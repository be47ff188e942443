// The desk's service worker: shows what the server pushes while no page of the desk is open. It stores nothing and
// fetches nothing. It is served as a plain script, not a module, for the browsers that know no other workers.

import { shownFor } from './pushed.js';

/** @typedef {{waitUntil(work: Promise<unknown>): void}} Lasting */

const worker = /** @type {any} */ (globalThis);

/** @param {Lasting & {data: {json(): unknown} | null}} event */
function pushed(event) {
  let message = null;
  try {
    message = event.data?.json() ?? null;
  } catch {
    // Not ours, or cut: it is shown as something to see.
  }
  const { title, ...options } = shownFor(message);
  event.waitUntil(worker.registration.showNotification(title, { ...options, renotify: true }));
}

/** To the page that is open, or a new one. @param {Lasting & {notification: {close(): void}}} event */
function clicked(event) {
  event.notification.close();
  const desk = new URL('../desk', worker.location.href).href;
  const show = async () => {
    const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const page = pages.find((/** @type {{url: string}} */ one) => one.url.split(/[?#]/)[0] === desk);
    await (page ? page.focus() : worker.clients.openWindow(desk));
  };
  event.waitUntil(show());
}

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('push', pushed);
worker.addEventListener('notificationclick', clicked);
