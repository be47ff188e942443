// What the tests of the agents' page share: a fake server and a fresh page for each test, pictures, axe-core. The page's
// errors and breaches of its security policy fail the test.
// Environment: WEB (folder of the built browser code, build/web), CHROMIUM (/usr/bin/chromium), SHOTS (a folder: keeps
// pictures of each state).

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, afterEach, before, beforeEach } from 'node:test';
import { chromium } from 'playwright-core';
import { DeskFake } from './desk-fake-server.mjs';

const WEB = process.env.WEB ?? 'build/web';
const SHOTS = process.env.SHOTS;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export let browser, server, context, page, troubles;

before(async () => {
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS });
});
after(() => browser.close());

beforeEach(async () => {
  server = await new DeskFake(WEB).start();
  await openPage();
});
afterEach(async () => {
  await context.close();
  await server.stop();
  assert.deepEqual(troubles, [], 'the page logged errors or broke its security policy');
});

/** A fresh browser profile. Errors of scripts and breaches of the CSP are collected. */
export async function openPage(options = {}) {
  await context?.close();
  troubles = [];
  const usual = { locale: 'en-GB', viewport: { width: 1360, height: 820 }, reducedMotion: 'reduce' };
  context = await browser.newContext({ ...usual, ...options });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|TrustedScript/i.test(message.text())) troubles.push(message.text());
  });
}

export async function shot(name) {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/desk-${name}.png` });
}

/** Nothing that axe-core finds; it runs in the page's isolated world, past the CSP, as an extension would. */
export async function accessible(state) {
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const run = (expression) => session.send('Runtime.evaluate', {
    expression, contextId: executionContextId, awaitPromise: true, returnByValue: true,
  });
  await run(AXE);
  const { result } = await run(`axe.run().then((r) => JSON.stringify(r.violations.map((v) =>
    v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 140) + ' ' + n.any.map((a) => a.message).join('; ')).join('\\n    '))))`);
  await session.detach();
  assert.equal(result.value, '[]', `axe-core in the state “${state}”`);
}

export async function logIn({ at = '/desk' } = {}) {
  server.loggedIn = true;
  await page.goto(server.url + at);
  await page.getByRole('button', { name: 'Take the next' }).waitFor();
  await page.locator('.bar-user', { hasText: server.user }).waitFor({ state: 'attached' });
}
export const row = (ticket) => page.locator('.row').filter({ has: page.getByText(String(ticket), { exact: true }) });
export const log = () => page.getByRole('log');
export const composer = () => page.getByLabel('Your message');
export const card = () => page.getByRole('region', { name: 'Hand-off' });
export const forgive = () => { troubles = []; };
