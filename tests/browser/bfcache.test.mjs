// A page that comes back from the back/forward cache stands as it was left, with a line that is dead: it connects anew at
// once and shows what was said meanwhile.
//   node tests/browser/bfcache.test.mjs
// Environment: BUILD, SAN as for the system tests; CHROMIUM (/usr/bin/chromium).

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { watch } from './browser.mjs';
import { Agent, logIn } from '../system/lib/chat.mjs';
import { built, demoSite, PATIENCE_MS, Server, told, until } from '../system/lib/program.mjs';
import { note, script, skip, test } from '../system/lib/report.mjs';

/** Without the flag that Playwright adds against this cache; a page with an open socket enters it as well. */
const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: ['--no-sandbox', '--disable-gpu', '--enable-features=BackForwardCache,AllowBackForwardCacheForWebSocket,BackForwardCacheWithWebSocket'] });

await script('back/forward cache', async () => {
  if (!built()) return;
  const browser = await launch().catch((error) => skip('back/forward cache', String(error)));
  if (!browser) return;
  const server = await Server.start({ site: demoSite() });
  const added = await server.command('user', 'add', 'Marta', '--role', 'agent', '--random-password');
  assert.equal(added.code, 0, told(added));
  const agent = await Agent.open({ port: server.port, cookie: await logIn({ port: server.port, name: 'Marta', password: added.out.trim() }) });
  agent.send({ type: 'presence', state: 'online' });
  try {
    await test('a page that comes back connects at once and shows what it missed', async () => {
      const page = watch(await (await browser.newContext({ locale: 'it-IT' })).newPage());
      page.setDefaultTimeout(PATIENCE_MS);
      // When each socket is asked for.
      await page.addInitScript(() => {
        const asked = (globalThis.asked = []);
        globalThis.WebSocket = class extends WebSocket {
          constructor(...given) {
            asked.push(performance.now());
            super(...given);
          }
        };
      });
      await page.goto(`${server.url}/?lang=it`);
      const chat = page.locator('sportello-chat');
      await chat.locator('.launcher').click();
      await chat.locator('#compose').fill('quanto costa la spedizione?');
      await chat.locator('#compose').press('Enter');
      await chat.locator('.bubble', { hasText: '6,50' }).waitFor();
      await chat.getByRole('button', { name: 'Parla con una persona' }).first().click();
      await agent.take((frame) => frame.type === 'ticket' && frame.ticket.state === 'waiting');
      agent.send({ type: 'next' });
      const { ticket } = await agent.take((frame) => frame.type === 'ticket' && frame.ticket.mine);
      await chat.locator('.face[data-face=human-here]').waitFor();
      await page.evaluate(() => {
        globalThis.left = true;
        addEventListener('pageshow', (event) => (globalThis.restored = { persisted: event.persisted, at: performance.now() }));
      });
      await page.goto(`${server.url}/avatar`);
      agent.send({ type: 'say', cid: 'missed', ticket: ticket.ticket, text: 'Eccomi, detto mentre eri via' });
      await agent.take((frame) => frame.cid === 'missed' || frame.ack?.cid === 'missed');
      await page.goBack({ waitUntil: 'commit' }); // There is no `load`: it is not loaded.
      const restored = await page.evaluate(() => globalThis.left && globalThis.restored);
      if (!restored?.persisted) {
        const why = await page.evaluate(() => JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons));
        throw new Error(`the browser did not keep the page: ${why}`);
      }
      await chat.locator('.bubble', { hasText: 'Eccomi, detto mentre eri via' }).waitFor();
      const after = await page.evaluate(() => globalThis.asked.slice(1).map((at) => at - globalThis.restored.at));
      note(`sockets asked for after the page came back: ${after.map((ms) => `${Math.round(ms)} ms`).join(', ')}`);
      // One that waits for the word that its socket is closed, and then for the next attempt, takes a quarter of a second at least.
      assert.ok(after[0] < 100, `${after[0]} ms`);
      assert.equal(await chat.locator('.bubble', { hasText: 'Eccomi' }).count(), 1);
      await chat.locator('#compose').fill('eccomi anch’io');
      await chat.locator('#compose').press('Enter');
      await until('the message to be sent', async () => (await chat.locator('.row.visitor.going').count()) === 0 && (await chat.locator('.row.visitor', { hasText: 'anch’io' }).count()) === 1);
      assert.deepEqual(page.complaints, []);
    });
  } finally {
    agent.close();
    await browser.close();
    await server.stop();
  }
});
