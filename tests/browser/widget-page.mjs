// What the widget's browser tests share: a fresh server and page, the pieces of a panel by role and name, and at the end
// of each test that nothing was complained about.
import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { launch, openPage, watch } from './browser.mjs';
import { startFakeServer } from './fake-server.mjs';

export const root = process.env.WEB ?? 'build/web';
export const phone = {
  viewport: { width: 390, height: 780 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: /** @type {const} */ ('reduce'),
};

/** A browser for the tests of a file. */
export function harness() {
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startFakeServer>>} the last one begun */
  let server;
  /** @type {(typeof server)[]} a test may begin several, and each keeps this process alive until it is closed */
  let servers = [];
  /** @type {Awaited<ReturnType<typeof openPage>>[]} */
  let pages = [];
  before(async () => {
    browser = await launch();
  });
  after(async () => {
    await browser.close();
  });
  afterEach(async () => {
    const complaints = pages.flatMap((page) => page.complaints);
    // All of them, whatever one says: what stays open keeps a test that failed from ever ending.
    await Promise.allSettled([...new Set(pages.map((page) => page.context()))].map((context) => context.close()));
    await Promise.allSettled(servers.map((one) => one.close()));
    pages = [];
    servers = [];
    assert.deepEqual(complaints, [], 'no script error, no console error, no violation of the policy');
  });
  return {
    /** @param {{path?: string, tag?: string, options?: object, given?: object, before?: (page: any) => Promise<void>, body?: string, reach?: string}} [wish]
     * tag: attributes of the element, on a page of its own with no policy of the demo's; reach: what else it may connect to */
    async visit({ path = '?lang=it', tag = '', options = {}, given = {}, before: prepare, body = '', reach = '' } = {}) {
      const html = `<!doctype html><html lang="it"><meta name="viewport" content="width=device-width"><title>Pagina</title><main style="height:3000px"><h1>Pagina</h1><a href="#x">link</a></main>${body}<script type="module" src="/sportello.js"></script><sportello-chat ${tag}></sportello-chat>`;
      const csp = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self' " + reach + "; img-src data:";
      const own = tag || body ? { pages: { '/tag': { body: html, csp }, '/tag/other': { body: html, csp }, '/favicon.ico': { body: '' } } } : {};
      server = await startFakeServer({ root, ...own });
      servers.push(server);
      Object.assign(server, given);
      const page = await openPage(browser, options);
      pages.push(page);
      await prepare?.(page);
      await page.goto(server.url + (tag || body ? 'tag' : path));
      await page.waitForFunction(() => customElements.get('sportello-chat'));
      return { server, ...parts(page) };
    },
    /** Another page of the same browser. @param {import('playwright-core').Page} page @param {string} [path] */
    async another(page, path = '?lang=it') {
      const next = watch(await page.context().newPage());
      pages.push(next);
      await next.goto(server.url + path);
      await next.waitForFunction(() => customElements.get('sportello-chat'));
      return parts(next);
    },
  };
}

/** The pieces of a page by their roles and names, as people find them. @param {import('playwright-core').Page} page */
export function parts(page) {
  const chat = page.locator('sportello-chat');
  return {
    page,
    chat,
    launcher: chat.locator('.launcher'),
    panel: chat.getByRole('dialog'),
    log: chat.getByRole('log'),
    compose: chat.locator('#compose'),
    async open() {
      await chat.locator('.launcher').click();
      await chat.locator('.starters button:visible, .row.visitor, .row.bot:not(.intro)').first().waitFor();
    },
    async say(text) {
      await chat.locator('#compose').fill(text);
      await chat.locator('#compose').press('Enter');
    },
    bubble: (text) => chat.locator('.bubble', { hasText: text }),
    async menu(name) {
      await chat.getByRole('button', { name: /^(Altro|More)$/ }).click();
      await chat.getByRole('button', { name }).click();
    },
  };
}
export const paragraph = (text) => ({ type: 'paragraph', children: [{ type: 'text', text }] });
