// What is heard and dictated: only when asked for, and all of it ends at once. The browser's voice and ear are stand-ins
// that tell what was asked of them; the page, the panel and its pieces are the real ones.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { startFakeServer } from './fake-server.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof startFakeServer>>} */
let server;
before(async () => {
  browser = await launch();
  server = await startFakeServer({ root: process.env.WEB ?? 'build/web' });
});
after(async () => {
  await browser.close();
  await server.close();
});

/** In the page, before its scripts: a voice that goes on until it is cancelled, and an ear that hears what a test says. */
function standIns() {
  const log = /** @type {any} */ (window).soundLog = [];
  const voice = {
    getVoices: () => [{ lang: 'it-IT', localService: true, name: 'Prova' }],
    addEventListener() {},
    resume() {},
    speak(/** @type {any} */ utterance) {
      log.push(['speak', utterance.text]);
      setTimeout(() => utterance.onstart?.(), 5);
    },
    cancel: () => void log.push(['cancel', performance.now()]),
  };
  Object.defineProperty(window, 'speechSynthesis', { value: voice });
  Object.defineProperty(window, 'SpeechSynthesisUtterance', {
    value: class {
      constructor(/** @type {string} */ text) {
        Object.assign(this, { text });
      }
    },
  });
  class Ear {
    start() {
      /** @type {any} */ (window).ear = this;
      log.push(['listen']);
    }
    abort() {
      log.push(['deaf']);
    }
  }
  for (const name of ['SpeechRecognition', 'webkitSpeechRecognition']) Object.defineProperty(window, name, { value: Ear });
}

async function visit() {
  const page = await openPage(browser);
  await page.addInitScript(standIns);
  await page.goto(`${server.url}?lang=it`);
  const chat = page.locator('sportello-chat');
  await chat.locator('.launcher').click();
  await chat.locator('.starters button').first().waitFor();
  const log = (/** @type {string} */ what) =>
    page.evaluate((wanted) => /** @type {any} */ (window).soundLog.filter((/** @type {string[]} */ [name]) => name === wanted), what);
  const menu = async (/** @type {string} */ name) => {
    await chat.getByRole('button', { name: 'Altro' }).click();
    await chat.getByRole('button', { name }).click();
  };
  const say = async (/** @type {string} */ text) => {
    await chat.locator('#compose').fill(text);
    await page.keyboard.press('Enter');
  };
  const spoken = async (/** @type {number} */ count) => {
    for (let i = 0; i < 100 && (await log('speak')).length < count; i += 1) await page.waitForTimeout(50);
    assert.ok((await log('speak')).length >= count, `spoken ${count} times`);
  };
  return { page, chat, log, menu, say, spoken };
}

test('nothing is read aloud before it is asked for; then answers are, with their words and not their times', async () => {
  const { page, chat, log, menu, say, spoken } = await visit();
  await say('Quanto costa la spedizione?');
  await chat.locator('.why').waitFor();
  assert.deepEqual(await log('speak'), []);
  await menu('Leggi le risposte ad alta voce');
  await say('Che orari fate?');
  await spoken(1);
  assert.match((await log('speak'))[0][1], /Siamo aperti/);
  assert.deepEqual(page.complaints, []);
});

for (const [how, act] of /** @type {[string, (page: any, chat: any) => Promise<void>][]} */ ([
  ['Esc', (page) => page.keyboard.press('Escape')],
  ['a typed letter', (_, chat) => chat.locator('#compose').pressSequentially('a')],
  ['the loudspeaker in the head', (_, chat) => chat.getByRole('button', { name: 'Spegni la voce' }).click()],
])) {
  test(`${how} ends all sound within 100 ms`, async () => {
    const { page, chat, log, menu, say, spoken } = await visit();
    await menu('Leggi le risposte ad alta voce');
    await say('Che orari fate?');
    await spoken(1);
    await chat.locator('#compose').focus();
    await page.waitForTimeout(50);
    // The moment of the deed is taken in the page, where it is heard first.
    await page.evaluate(() => {
      for (const type of ['keydown', 'click'])
        window.addEventListener(type, () => (/** @type {any} */ (window).deedAt ??= performance.now()), { capture: true });
    });
    await act(page, chat);
    for (let i = 0; i < 60 && !(await log('cancel')).length; i += 1) await page.waitForTimeout(20);
    const [[, cancelled]] = await log('cancel');
    const took = cancelled - (await page.evaluate(() => /** @type {any} */ (window).deedAt));
    assert.ok(took >= 0 && took < 100, `${took} ms`);
    assert.equal(await chat.locator('.panel').isVisible(), true, 'the panel stays');
  });
}

test('a question is dictated into the text, which may be mended before it is sent', async () => {
  const { page, chat, log, menu } = await visit();
  await menu('Detta con il microfono');
  await chat.getByText('accanto al testo').waitFor();
  const button = chat.getByRole('button', { name: 'Detta la domanda' });
  await button.click();
  assert.equal((await log('listen')).length, 1);
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  await page.evaluate(() => {
    const result = Object.assign([{ transcript: 'che orari fate' }], { isFinal: true });
    /** @type {any} */ (window).ear.onresult({ results: [result] });
    /** @type {any} */ (window).ear.onend();
  });
  assert.equal(await chat.locator('#compose').inputValue(), 'che orari fate');
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  assert.equal(await chat.locator('.row.visitor').count(), 0, 'nothing is sent by itself');
});

test('where files may be sent too, all that one writes with stands in one line', async () => {
  server.site = { files: { types: ['image/png'], bytes: 1e7 } };
  const { page, chat, menu } = await visit();
  server.site = undefined;
  for (const width of [1000, 320]) {
    await page.setViewportSize({ width, height: 700 });
    if (width === 1000) await menu('Detta con il microfono');
    const line = [];
    for (const name of ['Allega un file', 'Scrivi un messaggio', 'Detta la domanda', 'Invia']) {
      line.push(await chat.locator('.composer').getByLabel(name, { exact: true }).boundingBox());
    }
    for (const [at, box] of line.entries()) {
      assert.ok(Math.abs(box.y + box.height - line[0].y - line[0].height) < 8, `one line: ${JSON.stringify(line)}`);
      assert.ok(at === 0 || box.x >= line[at - 1].x + line[at - 1].width - 1, 'one beside the other');
    }
    assert.ok(line[1].width > 110, 'and room to write');
  }
});

test('words appear as the mouth says them, and the whole text is in the page at once', async () => {
  const { page, chat, say } = await visit();
  const unsaid = page.waitForFunction(() => CSS.highlights.has('sportello-unsaid'), undefined, { polling: 'raf', timeout: 10_000 });
  await say('Quanto costa la spedizione?');
  const bubble = chat.locator('.row.bot:not(.intro) .bubble').first();
  await bubble.waitFor();
  assert.match(String(await bubble.textContent()), /Ritiro in negozio/, 'a screen reader has it all');
  await unsaid; // And some of it is not yet painted.
  await page.waitForFunction(() => !CSS.highlights.has('sportello-unsaid'), undefined, { timeout: 10_000 });
});
