// Pictures of the widget and of the demo page, to look at: node tests/browser/widget-shots.mjs [DIR]
import { mkdirSync } from 'node:fs';
import { launch, openPage } from './browser.mjs';
import { startFakeServer } from './fake-server.mjs';

const dir = process.argv[2] ?? 'build/shots';
mkdirSync(dir, { recursive: true });
const server = await startFakeServer({ root: process.env.WEB ?? 'build/web' });
const browser = await launch();
const still = /** @type {const} */ ({ reducedMotion: 'reduce' });

/** @param {string} name @param {object} options @param {(page: any, chat: any, shoot: Function) => Promise<void>} walk */
async function picture(name, options, walk) {
  const page = await openPage(browser, { ...still, ...options });
  await page.goto(`${server.url}?lang=${name.endsWith('-en') ? 'en' : 'it'}`);
  await page.waitForFunction(() => customElements.get('sportello-chat'));
  await walk(page, page.locator('sportello-chat'), async (/** @type {string} */ state, more = {}) => {
    await page.waitForTimeout(250);
    await page.screenshot({ path: `${dir}/${name}-${state}.png`, ...more });
  });
  await page.context().close();
}

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 800 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
for (const [name, options] of /** @type {[string, object][]} */ ([
  ['desktop', desktop],
  ['desktop-en', desktop],
  ['dark', { ...desktop, colorScheme: 'dark' }],
  ['phone', phone],
])) {
  await picture(name, options, async (page, chat, shoot) => {
    await shoot('page', { fullPage: true });
    await chat.locator('.launcher').click();
    await chat.locator('.starters button').first().waitFor();
    await shoot('greeting');
    await chat.locator('.starters button').first().click();
    await chat.locator('.why').waitFor();
    await page.waitForTimeout(2300);
    await shoot('answer');
    await chat.locator('#compose').fill('bla bla');
    await chat.locator('#compose').press('Enter');
    await chat.locator('.option', { hasText: /Nessuna|None/ }).waitFor();
    await shoot('unsure');
    await chat.locator('.human').click();
    await chat.locator('.ticket').waitFor();
    await page.waitForTimeout(2300);
    await shoot('queue');
    server.agentJoins('Marta Rossi');
    server.agentSays('Buongiorno, sono Marta. Mi dica pure!');
    await shoot('person');
    await chat.locator('.foot .plainly').click();
    await chat.locator('.leave .primary').click();
    await shoot('form');
  });
}
await browser.close();
await server.close();
console.log(`pictures in ${dir}`);
