// The widget's other figures: bytes, what a page has of it before and after a visitor acts, movement, accessibility.
import { build } from 'esbuild';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { minify } from 'terser';
import { findings, openPage } from '../browser/browser.mjs';
import { startFakeServer } from '../browser/fake-server.mjs';
import { ROOT } from '../system/lib/program.mjs';
import { LONG_ANSWER } from './widget-phone.mjs';
import { paragraph, visit, wait } from './widget-scene.mjs';

/** @typedef {import('./widget.mjs').Bench} Bench */

/** What a module weighs by itself. @param {string} input */
async function weight(input) {
  const { outputFiles } = await build({ entryPoints: [join(ROOT, input)], bundle: true, minify: true, format: 'esm', target: ['es2022'], charset: 'utf8', write: false });
  const { code } = await minify(outputFiles[0].text, { module: true, ecma: 2020, compress: { passes: 3, unsafe: true, pure_getters: true } });
  return brotliCompressSync(code ?? '').length;
}

/** @param {Bench} bench */
export async function bytes({ home, row }) {
  const answer = await fetch(new URL('sportello.js', home), { headers: { 'Accept-Encoding': 'br' }, method: 'HEAD' });
  if (answer.headers.get('content-encoding') !== 'br') throw new Error('sportello.js is not sent with brotli');
  row('loader on every page', 2000, 'B', Number(answer.headers.get('content-length')));
  const engine = await weight('web-widget/avatar/engine.js');
  const skins = [];
  for (const name of ['olma', 'leo', 'dado', 'segno']) skins.push(await weight(`web-widget/avatar/skins/${name}.js`));
  row('avatar: engine and one skin', 6000, 'B', engine + skins[0]);
  row('each further skin, the heaviest', 2000, 'B', Math.max(...skins.slice(1)));
}

/** @param {Bench} bench */
export async function face({ browser, home, row }) {
  const { page, close } = await visit(browser);
  await page.addInitScript(() => {
    // When the loader has run, and when its face stands: seen from the page, without touching the loader.
    const define = customElements.define.bind(customElements);
    customElements.define = (name, made, options) => {
      const began = performance.now();
      define(name, made, options);
      requestAnimationFrame(() => {
        const seen = document.querySelector(name)?.shadowRoot?.querySelector('svg')?.getBoundingClientRect();
        /** @type {any} */ (window).faceAfter = seen && seen.width > 0 ? performance.now() - began : Infinity;
      });
    };
  });
  await page.goto(`${home}?lang=it`);
  await page.waitForFunction(() => 'faceAfter' in window);
  row('static face after the loader runs', 50, 'ms', await page.evaluate(() => /** @type {any} */ (window).faceAfter));
  await close();
}

/** @param {Bench} bench */
export async function quiet({ browser, home, row, note }) {
  const { page, cdp, press, close, until } = await visit(browser);
  await cdp.send('Network.enable');
  /** @type {Map<string, {url: string, bytes: number}>} */
  const got = new Map();
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => got.set(requestId, { url: request.url, bytes: 0 }));
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    const one = got.get(requestId);
    if (one) one.bytes = Number(response.headers['content-length'] ?? response.headers['Content-Length'] ?? 0);
  });
  await page.goto(`${home}?lang=it`);
  await wait(2000);
  const before = [...got.values()].filter(({ url }) => url.startsWith(home) && !/\/(\?|demo\.)/.test(url.slice(home.length - 1)));
  row('requests before the visitor acts, besides the loader', 0, '', before.filter(({ url }) => !url.endsWith('/sportello.js')).length);
  const kept = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
  row('cookies and storage before the visitor acts', 0, '', kept);
  const known = new Set(got.keys());
  await press('.launcher');
  await until(`root.querySelector('.starters button')`);
  await wait(2500);
  const opened = [...got].filter(([id, { url }]) => !known.has(id) && /\.js$/.test(url)).map(([, one]) => one);
  note(opened.map(({ url, bytes: size }) => `${url.split('/').at(-1)} ${size}`).join(', '));
  const sum = (/** @type {typeof opened} */ some) => some.reduce((all, { bytes: size }) => all + size, 0);
  row('panel, engine, one face, one language', 15_000, 'B', sum(opened.filter(({ url }) => /\/(panel\.|face-)[^/]*$/.test(url))));
  // What it was when this was written, so that it grows no further unseen.
  row('all that the first opening fetches, where the site takes files', 28_000, 'B', sum(opened));
  await close();
}

/** The whole widget, with the words that appear as the mouth moves; the avatar alone is measured by its own test.
 * @param {Bench} bench */
export async function moving({ browser, row }) {
  const fake = await startFakeServer({ root: join(ROOT, 'build/web') });
  const scene = await visit(browser);
  await scene.go(`${fake.url}?lang=it`);
  await scene.open();
  await scene.until(`root.querySelector('.picture svg')`);
  await scene.say('Che orari fate?');
  await wait(6000);
  row('script while idle, a second', 2, 'ms', await scene.script(8));
  fake.append({ type: 'message', from: 'bot', blocks: [paragraph(LONG_ANSWER)] });
  await wait(500); // Until it stands there and is being said.
  row('script while an answer is said, a second', 12, 'ms', await scene.script(2));
  await scene.close();
  await fake.close();
}

/** Frames asked for in four seconds in which nothing may move.
 * @param {Bench} bench @param {(scene: import('./widget-scene.mjs').Scene) => Promise<void>} prepare @param {object} [options] */
async function framesWhen({ browser, home }, prepare, options) {
  const scene = await visit(browser, options);
  const { page } = scene;
  await page.addInitScript(() => {
    const ask = requestAnimationFrame.bind(window);
    /** @type {any} */ (window).frames_ = 0;
    window.requestAnimationFrame = (step) => {
      /** @type {any} */ (window).frames_ += 1;
      return ask(step);
    };
  });
  await scene.go(`${home}?lang=it`);
  await scene.open();
  await scene.until(`root.querySelector('.picture svg')`);
  await prepare(scene);
  const count = () => page.evaluate(() => /** @type {any} */ (window).frames_);
  const from = await count();
  await wait(4000);
  const found = (await count()) - from;
  await scene.close();
  return found;
}

/** @param {Bench} bench */
export async function still(bench) {
  const frames = async (/** @type {string} */ when, /** @type {(scene: import('./widget-scene.mjs').Scene) => Promise<void>} */ prepare, /** @type {object} */ options = {}) =>
    bench.row(`frames in four seconds: ${when}`, 0, '', await framesWhen(bench, prepare, options));
  await frames('panel closed', async ({ chat }) => {
    await chat.getByRole('button', { name: 'Chiudi la chat' }).click();
    await wait(300);
  });
  await frames('hidden page', async ({ page, cdp }) => {
    await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: false });
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await wait(300);
  });
  await frames('off the screen', async ({ page }) => {
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.panel { translate: 0 300vh }');
      /** @type {any} */ (document.querySelector('sportello-chat')).shadowRoot.adoptedStyleSheets.push(sheet);
    });
    await wait(500);
  });
  await frames('reduced motion', () => wait(500), { reducedMotion: 'reduce' });
  await frames('idle for sixty seconds', () => wait(64_000));
}

/** @param {Bench} bench */
export async function axe({ browser, home, row, note }) {
  let found = 0;
  for (const lang of ['it', 'en']) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const page = await openPage(browser, { axe: true, colorScheme });
      await page.goto(`${home}?lang=${lang}`);
      const chat = page.locator('sportello-chat');
      const look = async (/** @type {string} */ state) => {
        const lines = await findings(page);
        found += lines.length;
        for (const line of lines) note(`${lang} ${colorScheme} ${state}: ${line}`);
      };
      await look('launcher');
      await chat.locator('.launcher').click();
      await chat.locator('.starters button').first().waitFor();
      await wait(400);
      await look('greeting');
      await chat.locator('.starters button').first().click();
      await chat.locator('.row.bot:not(.intro) .bubble').first().waitFor();
      await wait(3500);
      await look('answer');
      await chat.locator('.opener').click();
      await chat.locator('.menu').waitFor();
      await look('menu');
      await chat.locator('.opener').click();
      await chat.locator('.human').click();
      await chat.locator('.queue').waitFor();
      await wait(800);
      await look('queue');
      await page.context().close();
    }
  }
  row('axe-core, five states, two languages, light and dark', 0, '', found);
}
