// What the voice helper says, in a real browser with the real program: the widget plays Ogg Opus, and that is the same sound
// at the same moments as WAV, so that the mouth's track fits both.
//   node tests/browser/heard.test.mjs
// Environment: BUILD, SAN as for the system tests; CHROMIUM (/usr/bin/chromium). Skips without the helper (make voice).

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { launch, openPage } from './browser.mjs';
import { built, demoSite, execute, PATIENCE_MS, ROOT, Server, until } from '../system/lib/program.mjs';
import { note, script, skip, test } from '../system/lib/report.mjs';

const HELPER = resolve(ROOT, process.env.BUILD || 'build', 'voice/sportello-voice');
/** The track counts in hundredths of a second; the eye is content with four. */
const MOST_MS = 2;

/** In the page: how long both are, and by how much the first comes later than the second, in ms. */
async function compared(base) {
  const context = new AudioContext({ sampleRate: 48000 });
  const [opus, wav] = await Promise.all([['', 'audio/ogg'], ['.wav', 'audio/wav']].map(async ([suffix, Accept]) => {
    const answer = await fetch(base + suffix, { headers: { Accept } });
    return context.decodeAudioData(await answer.arrayBuffer());
  }));
  const [a, b] = [opus.getChannelData(0), wav.getChannelData(0)];
  // Where the two are most alike, within 50 ms either way.
  let best = 0, lag = 0;
  for (let shift = -2400; shift <= 2400; shift += 4) {
    let sum = 0;
    for (let i = 4800; i < Math.min(a.length, b.length) - 4800; i += 3) sum += a[i + shift] * b[i];
    if (sum > best) [best, lag] = [sum, shift];
  }
  return { opus: opus.duration * 1000, wav: wav.duration * 1000, lag: lag / 48 };
}

await script('heard', async () => {
  if (!built()) return;
  if (!existsSync(HELPER)) return skip('answers that are heard', 'the helper is not built (make voice)');
  if (!/with Opus/.test((await execute(HELPER, ['--version'])).out)) return skip('answers that are heard as Opus', 'the helper was built without libopusenc');
  const browser = await launch().catch((error) => skip('answers that are heard', String(error)));
  if (!browser) return;
  const server = await Server.start({ site: demoSite({ 'voice.sound': 'on', 'voice.program': HELPER }) });
  const page = await openPage(browser);
  page.setDefaultTimeout(PATIENCE_MS);
  const heard = [];
  page.on('response', async (answer) => {
    const { pathname } = new URL(answer.url());
    if (pathname.startsWith('/voice/')) heard.push({ pathname, status: answer.status(), type: answer.headers()['content-type'] });
  });
  try {
    await test('an answer is heard as Opus where the browser plays it', async () => {
      await page.goto(`${server.url}/?lang=it`);
      const chat = page.locator('sportello-chat');
      await chat.locator('.launcher').click();
      await chat.getByRole('button', { name: 'Altro' }).click();
      await chat.getByRole('button', { name: 'Leggi le risposte ad alta voce' }).click();
      await chat.locator('#compose').fill('quanto costa la spedizione?');
      await chat.locator('#compose').press('Enter');
      await until('the sound', () => heard.length > 0);
      assert.match(heard[0].pathname, /^\/voice\/[0-9a-f]{32}$/);
      assert.deepEqual([heard[0].status, heard[0].type], [200, 'audio/ogg; codecs=opus']);
    });

    await test('Opus is as long as WAV, and every sound of it comes at the same moment', async () => {
      const { opus, wav, lag } = await page.evaluate(compared, heard[0].pathname);
      note(`Opus ${opus.toFixed(2)} ms, WAV ${wav.toFixed(2)} ms, ${lag.toFixed(2)} ms apart`);
      assert.ok(wav > 2000 && Math.abs(opus - wav) <= MOST_MS && Math.abs(lag) <= MOST_MS);
      assert.deepEqual(page.complaints, []);
    });

    await test('a browser that cannot play Opus gets WAV', async () => {
      heard.length = 0;
      const other = await openPage(browser);
      other.on('response', (answer) => answer.url().includes('/voice/') && heard.push({ pathname: new URL(answer.url()).pathname, type: answer.headers()['content-type'] }));
      await other.addInitScript(() => {
        HTMLMediaElement.prototype.canPlayType = () => '';
      });
      await other.goto(`${server.url}/?lang=it`);
      const chat = other.locator('sportello-chat');
      await chat.locator('.launcher').click();
      await chat.getByRole('button', { name: 'Altro' }).click();
      await chat.getByRole('button', { name: 'Leggi le risposte ad alta voce' }).click();
      await chat.locator('#compose').fill('quanto costa la spedizione?');
      await chat.locator('#compose').press('Enter');
      await until('the sound', () => heard.length > 0);
      assert.match(heard[0].pathname, /\.wav$/);
      assert.equal(heard[0].type, 'audio/wav');
      assert.deepEqual(other.complaints, []);
    });
  } finally {
    await browser.close();
    await server.stop();
  }
});
