// What browser tests share: Debian's Chromium, a page that remembers every complaint, and axe-core.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: ARGS });

/** A page in its own profile. `complaints` collects errors of scripts, of the console, and every
 * violation of the page's policy. With `axe` the policy is set aside, because axe-core needs it.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions & {axe?: boolean}} [options] */
export async function openPage(browser, { axe = false, ...options } = {}) {
  const context = await browser.newContext({
    locale: 'it-IT',
    viewport: { width: 1200, height: 820 },
    bypassCSP: axe,
    ...options,
  });
  if (axe) {
    const path = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await context.addInitScript({ content: readFileSync(path, 'utf8') });
  }
  return watch(await context.newPage());
}

/** @param {import('playwright-core').Page} page */
export function watch(page) {
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    const expected = /WebSocket connection to|net::ERR_/.test(text) && !/Content Security Policy/.test(text);
    if ((message.type() !== 'error' && !/Security Policy|Trusted/.test(text)) || expected) return;
    complaints.push(/Failed to load resource/.test(text) ? `${text}: ${message.location().url}` : text);
  });
  return Object.assign(page, { complaints });
}

/** What axe-core finds, as readable lines. @param {import('playwright-core').Page} page */
export async function findings(page) {
  const { violations } = await page.evaluate(() =>
    /** @type {any} */ (window).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, any }) => `${id}: ${help}: ${JSON.stringify(target)} ${any.map(({ message }) => message).join(' ')}`,
    ),
  );
}
