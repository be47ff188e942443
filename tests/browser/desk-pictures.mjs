// Takes the pictures of docs/agents.*.md from a busy morning at the fake desk.
//   WEB=build/web node tests/browser/desk-pictures.mjs docs/images

import { launch, openPage } from './browser.mjs';
import { busy } from './desk-busy.mjs';
import { DeskFake } from './desk-fake-server.mjs';

const folder = process.argv[2] ?? 'docs/images';
const SIZE = { width: 1280, height: 800 };
const browser = await launch();

for (const [lang, locale] of [['it', 'it-IT'], ['en', 'en-GB']]) {
  const server = await new DeskFake(process.env.WEB ?? 'build/web').start();
  const { a, late } = busy(server);
  server.loggedIn = true;
  server.presence = 'online';
  const page = await openPage(browser, { locale, viewport: SIZE, reducedMotion: 'reduce' });
  const picture = (name) => page.screenshot({ path: `${folder}/desk-${name}.${lang}.png`, animations: 'disabled' });
  await page.goto(`${server.url}/desk`);
  await page.locator('section.waiting .row').first().waitFor();
  await page.keyboard.press('n');
  await page.locator('.suggestion').first().waitFor();
  await page.locator('.customer-name').waitFor();
  server.send({ type: 'lookers', ticket: a, names: ['Bruno'], typing: [] });
  await page.locator('.around').waitFor();
  await picture('chat');
  server.change(late, { mine: true, owner: server.user, owner_id: 1 });
  await page.locator('section.messages .row', { hasText: 'Giulia Riva' }).click();
  await page.locator('.reply').waitFor();
  await picture('message');
  await page.context().close();
  await server.stop();
}
await browser.close();
