// The desk's service worker in a real browser: registered under the page's own policy, it shows what is pushed in the words of
// the message's language, and a click leads to the desk. The push itself comes from the browser's own tools: Chromium's push
// service is on the internet.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PATIENCE_MS, Server, tinySite } from '../system/lib/program.mjs';
import { launch, openPage } from './browser.mjs';

/** @type {any} */ let server;
/** @type {any} */ let browser;

before(async () => {
  server = await Server.start({ site: tinySite({ orari: ['Quali sono gli orari?', 'Dalle 9 alle 18.'] }) });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Nobody is logged in, which the page finds out by asking. */
const complaints = (page) => page.complaints.filter((text) => !/status of 401/.test(text));

/** The desk's page with its worker running, and a way to push to it. */
async function worker() {
  const page = await openPage(browser);
  await page.context().grantPermissions(['notifications'], { origin: server.url });
  await page.goto(`${server.url}/desk`);
  const tools = await page.context().newCDPSession(page);
  const registered = new Promise((done) => tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    if (registrations.length > 0) done(registrations[0].registrationId);
  }));
  await tools.send('ServiceWorker.enable');
  const scope = await page.evaluate(async () => {
    const url = globalThis.trustedTypes.createPolicy('desk-worker', { createScriptURL: () => '/desk/push-worker.js' }).createScriptURL('');
    const registration = await navigator.serviceWorker.register(url);
    while (registration.active?.state !== 'activated') await new Promise((done) => setTimeout(done, 20));
    return registration.scope;
  });
  const registrationId = await registered;
  /** @type {string[]} */
  const pushed = [];
  const deliver = (/** @type {string} */ data) => tools.send('ServiceWorker.deliverPushMessage', { origin: server.url, registrationId, data });
  const push = (/** @type {string} */ data) => {
    pushed.push(data);
    return deliver(data);
  };
  /** What is shown, once there are so many. */
  async function shown(count) {
    let all = [];
    for (let tries = 0; tries < 4; tries++) {
      all = await page.evaluate(async (wanted) => {
        const registration = await navigator.serviceWorker.getRegistration('/desk/push-worker.js');
        for (let left = 250; ; left--) {
          const now = await registration.getNotifications();
          if (now.length >= wanted || left === 0) return now.map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
          await new Promise((done) => setTimeout(done, 20));
        }
      }, count);
      if (all.length >= count) break;
      // The browser's own tool has been seen to lose one while its worker starts; what comes twice is shown once.
      for (const data of pushed) await deliver(data);
    }
    return all;
  }
  return { page, scope, push, shown };
}

test('the worker is registered under the page’s policy, for the desk alone', { timeout: PATIENCE_MS * 2 }, async () => {
  const { page, scope } = await worker();
  assert.equal(scope, `${server.url}/desk/`);
  assert.deepEqual(complaints(page), []);
});

test('no other script is named by its address', { timeout: PATIENCE_MS * 2 }, async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/desk`);
  const outcome = await page.evaluate(async () => {
    const tries = [() => globalThis.trustedTypes.createPolicy('evil', { createScriptURL: (x) => x }), () => navigator.serviceWorker.register('/desk/push-worker.js')];
    return Promise.all(tries.map(async (one) => {
      try {
        await one();
        return 'ran';
      } catch (error) {
        return error.name;
      }
    }));
  });
  assert.deepEqual(outcome, ['TypeError', 'TypeError']);
  await page.goto(`${server.url}/`);
  const widget = await page.evaluate(() => {
    try {
      globalThis.trustedTypes.createPolicy('desk-worker', {});
      return 'made';
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(widget, 'TypeError', 'pages for visitors have no policy at all');
});

test('what is pushed is shown in its language, and nonsense as something to see', { timeout: PATIENCE_MS * 2 }, async () => {
  const { push, shown, page } = await worker();
  await push(JSON.stringify({ kind: 'waiting', ticket: 1007, department: 'Ordini', lang: 'it' }));
  await push(JSON.stringify({ kind: 'message', ticket: 1008, department: 'Orders', lang: 'en' }));
  await push('{"kind":');
  const all = (await shown(3)).sort((a, b) => a.tag.localeCompare(b.tag));
  assert.deepEqual(all, [
    { title: 'A visitor of yours has written', body: 'Ticket 1008', tag: 'message-1008', lang: 'en' },
    { title: 'Sportello', body: 'There is something to see', tag: 'other', lang: 'en' },
    { title: 'Qualcuno aspetta', body: 'Ordini: pratica 1007', tag: 'waiting-1007', lang: 'it' },
  ]);
  await push(JSON.stringify({ kind: 'waiting', ticket: 1007, department: 'Ordini', lang: 'it' }));
  assert.equal((await shown(3)).length, 3, 'the same thing is shown once');
  assert.deepEqual(complaints(page), []);
});
