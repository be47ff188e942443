// The widget's figures, beside what they are to reach: node tests/bench/widget.mjs, or `make bench-widget`.
//
// Bytes are those that the real program sends to a browser that takes brotli. Times are of a headless Chromium on this
// machine: script time is what the browser itself counts (Performance.getMetrics), not a clock around our own calls.
// The slow phone is the same browser with its processor slowed down six times.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { brotliCompressSync } from 'node:zlib';
import { minify } from 'terser';
import { findings, launch, openPage } from '../browser/browser.mjs';
import { startFakeServer } from '../browser/fake-server.mjs';
import { demoSite, execute, ROOT, Server, wait } from '../system/lib/program.mjs';

/** @type {[string, string, string, boolean][]} what, reach, found, met */
const rows = [];
/** @param {string} what @param {number} reach @param {string} unit @param {number} found */
function row(what, reach, unit, found) {
  const text = Number.isInteger(found) ? String(found) : found.toFixed(1);
  rows.push([what, `≤ ${reach} ${unit}`.trim(), `${text} ${unit}`.trim(), found <= reach]);
  console.log(`${found <= reach ? '  ' : '✗ '}${what.padEnd(62)} ${rows.at(-1)?.[1].padStart(14)} ${rows.at(-1)?.[2].padStart(14)}`);
}

const server = await Server.start({ site: demoSite() });
const home = `${server.url.replace(/\/$/, '')}/`;
const browser = await launch();
try {
  await bytes();
  await opening();
  await moving();
  await still();
  await long();
  await axe();
} finally {
  await browser.close();
  await server.stop();
}
if (existsSync(join(ROOT, 'tests/bench/lipsync.mjs'))) {
  const { out, err } = await execute(process.execPath, [join(ROOT, 'tests/bench/lipsync.mjs')]);
  process.stdout.write(`\nLips against the sound\n${out}${err}`);
}
console.log(`\n${rows.filter(([, , , met]) => met).length} of ${rows.length} figures reached`);

/** What a module weighs by itself. @param {string} input */
async function weight(input) {
  const { outputFiles } = await build({ entryPoints: [input], bundle: true, minify: true, format: 'esm', target: ['es2022'], charset: 'utf8', write: false });
  const { code } = await minify(outputFiles[0].text, { module: true, ecma: 2020, compress: { passes: 3, unsafe: true, pure_getters: true } });
  return brotliCompressSync(code ?? '').length;
}

async function bytes() {
  console.log('Bytes, brotli');
  const size = async (/** @type {string} */ path) => {
    const answer = await fetch(new URL(path, home), { headers: { 'Accept-Encoding': 'br' }, method: 'HEAD' });
    if (answer.headers.get('content-encoding') !== 'br') throw new Error(`${path} is not sent with brotli`);
    return Number(answer.headers.get('content-length'));
  };
  row('loader on every page', 2000, 'B', await size('sportello.js'));
  const engine = await weight('web-widget/avatar/engine.js');
  const skins = [];
  for (const name of ['olma', 'leo', 'dado', 'segno']) skins.push(await weight(`web-widget/avatar/skins/${name}.js`));
  row('avatar: engine and one skin', 6000, 'B', engine + skins[0]);
  row('each further skin, the heaviest', 2000, 'B', Math.max(...skins.slice(1)));
}

/** @param {object} [options] */
async function visit(options = {}) {
  const page = await openPage(browser, { viewport: { width: 1000, height: 760 }, ...options });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  /** @type {Map<string, {url: string, bytes: number}>} */
  const got = new Map();
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => got.set(requestId, { url: request.url, bytes: 0 }));
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    const one = got.get(requestId);
    if (one) one.bytes = Number(response.headers['content-length'] ?? response.headers['Content-Length'] ?? 0);
  });
  return { page, cdp, got, chat: page.locator('sportello-chat') };
}

async function opening() {
  console.log('\nOn a page');
  const { page, got, chat } = await visit();
  await page.addInitScript(() => {
    // When the loader has run, and when its face stands: seen from the page, without touching the loader.
    const define = customElements.define.bind(customElements);
    customElements.define = (name, made, options) => {
      const began = performance.now();
      define(name, made, options);
      requestAnimationFrame(() => {
        const face = document.querySelector(name)?.shadowRoot?.querySelector('svg')?.getBoundingClientRect();
        /** @type {any} */ (window).faceAfter = face && face.width > 0 ? performance.now() - began : Infinity;
      });
    };
  });
  await page.goto(`${home}?lang=it`);
  await page.waitForFunction(() => 'faceAfter' in window);
  row('static face after the loader runs', 50, 'ms', await page.evaluate(() => /** @type {any} */ (window).faceAfter));
  await wait(1500);
  const before = [...got.values()].filter(({ url }) => url.startsWith(home) && !/\/(\?|demo\.)/.test(url.slice(home.length - 1)));
  row('requests before the visitor acts, besides the loader', 0, '', before.filter(({ url }) => !url.endsWith('/sportello.js')).length);
  const kept = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
  row('cookies and storage before the visitor acts', 0, '', kept);
  const known = new Set(got.keys());
  await chat.locator('.launcher').click();
  await chat.locator('.starters button').first().waitFor();
  await wait(1500);
  const opened = [...got].filter(([id, { url }]) => !known.has(id) && /\.js$/.test(url));
  for (const [, { url, bytes: size }] of opened) console.log(`    ${url.split('/').at(-1)} ${size}`);
  const total = opened.reduce((sum, [, { bytes: size }]) => sum + size, 0);
  const first = opened.filter(([, { url }]) => /\/(panel\.|face-)[^/]*$/.test(url)).reduce((sum, [, { bytes: size }]) => sum + size, 0);
  row('panel, engine, one face, one language', 15_000, 'B', first);
  row('all that the first opening fetches, where the site takes files', 24_000, 'B', total);
  await page.context().close();
}

/** Milliseconds of script a second, over some seconds. @param {any} cdp @param {number} seconds */
async function scriptTime(cdp, seconds) {
  const read = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    const of = (/** @type {string} */ name) => metrics.find((/** @type {any} */ one) => one.name === name)?.value ?? 0;
    return of('ScriptDuration') * 1000;
  };
  const from = await read();
  await wait(seconds * 1000);
  return ((await read()) - from) / seconds;
}

async function moving() {
  console.log('\nMoving');
  const { page, cdp, chat } = await visit();
  await cdp.send('Performance.enable');
  await page.goto(`${home}?lang=it`);
  await chat.locator('.launcher').click();
  await chat.locator('.starters button').first().waitFor();
  await chat.locator('.picture svg').waitFor();
  await wait(4000);
  row('script while idle, a second', 2, 'ms', await scriptTime(cdp, 8));
  await chat.locator('.starters button').first().click();
  await chat.locator('.row.bot:not(.intro) .bubble').first().waitFor();
  row('script while an answer is said, a second', 12, 'ms', await scriptTime(cdp, 2));
  await page.context().close();
}

/** Frames asked for while nothing may move. @param {(scene: Awaited<ReturnType<typeof visit>>) => Promise<void>} prepare @param {object} [options] */
async function framesWhen(prepare, options) {
  const scene = await visit(options);
  const { page, chat } = scene;
  await page.addInitScript(() => {
    const ask = requestAnimationFrame.bind(window);
    /** @type {any} */ (window).frames_ = 0;
    window.requestAnimationFrame = (step) => {
      /** @type {any} */ (window).frames_ += 1;
      return ask(step);
    };
  });
  await page.goto(`${home}?lang=it`);
  await chat.locator('.launcher').click();
  await chat.locator('.starters button').first().waitFor();
  await chat.locator('.picture svg').waitFor();
  await prepare(scene);
  const count = () => page.evaluate(() => /** @type {any} */ (window).frames_);
  const from = await count();
  await wait(4000);
  const found = (await count()) - from;
  await page.context().close();
  return found;
}

async function still() {
  console.log('\nStanding still: frames in four seconds');
  row('panel closed', 0, '', await framesWhen(async ({ chat }) => {
    await chat.getByRole('button', { name: 'Chiudi la chat' }).click();
    await wait(300);
  }));
  row('hidden page', 0, '', await framesWhen(async ({ page, cdp }) => {
    await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: false });
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await wait(300);
  }));
  row('reduced motion', 0, '', await framesWhen(async () => wait(500), { reducedMotion: 'reduce' }));
  row('idle for sixty seconds', 0, '', await framesWhen(async () => wait(64_000)));
}

/** A long history and a hostile word on a slow phone: the longest task. */
async function long() {
  console.log('\nA slow phone: the processor six times slower');
  const fake = await startFakeServer({ root: join(ROOT, 'build/web') });
  const { page, cdp, chat } = await visit({ viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true });
  await page.addInitScript(() => {
    /** @type {any} */ (window).longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) /** @type {any} */ (window).longest = Math.max(/** @type {any} */ (window).longest, duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(`${fake.url}?lang=it`);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await chat.locator('.launcher').click();
  await chat.locator('.starters button').first().waitFor({ timeout: 60_000 });
  const longest = () => page.evaluate(() => {
    const found = /** @type {any} */ (window).longest;
    /** @type {any} */ (window).longest = 0;
    return found;
  });
  await wait(2000);
  row('opening: longest task', 100, 'ms', await longest());
  await chat.locator('#compose').fill('a'.repeat(4000));
  await chat.locator('#compose').press('Enter');
  await wait(2500);
  row('a word of 4,000 letters: longest task', 100, 'ms', await longest());
  await page.goto('about:blank');
  for (let i = 0; i < 10_000; i += 1) {
    const text = `${i} ${'Quanto costa la spedizione? '.repeat(1 + (i % 5))}`;
    fake.append({ type: 'message', from: i % 2 ? 'visitor' : 'bot', blocks: [{ type: 'paragraph', children: [{ type: 'text', text }] }] });
  }
  await page.goto(`${fake.url}?lang=it`);
  await chat.locator('.launcher').click();
  await chat.getByText('9999 Quanto costa').first().waitFor({ timeout: 120_000 });
  await wait(2000);
  row('10,000 messages of history: longest task', 100, 'ms', await longest());
  await page.context().close();
  await fake.close();
}

async function axe() {
  console.log('\nAccessibility');
  let found = 0;
  for (const lang of ['it', 'en']) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const page = await openPage(browser, { axe: true, colorScheme });
      await page.goto(`${home}?lang=${lang}`);
      const chat = page.locator('sportello-chat');
      const look = async (/** @type {string} */ state) => {
        const lines = await findings(page);
        found += lines.length;
        for (const line of lines) console.log(`    ${lang} ${colorScheme} ${state}: ${line}`);
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
