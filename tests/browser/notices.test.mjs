// Notices, canned replies and proposals in a real browser, with the real program: an agent writes a notice, a visitor's
// open panel shows it, hostile words stay words, and axe-core finds nothing.
//   node tests/browser/notices.test.mjs                   prints a line a test; pictures go to build/shots/

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { launch, openPage } from './browser.mjs';
import { script, test } from '../system/lib/report.mjs';
import { http, logIn } from '../system/lib/chat.mjs';
import { built, demoSite, PATIENCE_MS, ROOT, run, Server, told } from '../system/lib/program.mjs';

const SHOTS = join(ROOT, 'build/shots');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const HOSTILE = '<img src=x onerror="globalThis.run=1"><b>grassetto</b>';

async function accessible(page, state) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const evaluate = (expression) => session.send('Runtime.evaluate', { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
  await evaluate(AXE);
  const { result } = await evaluate(`axe.run(document).then((r) => JSON.stringify(r.violations.flatMap((v) =>
    v.nodes.map((n) => v.id + ': ' + JSON.stringify(n.target) + ' ' + n.any.map((a) => a.message).join('; ')))))`);
  await session.detach();
  assert.equal(result.value, '[]', `axe-core in the state “${state}”`);
}

async function enter(browser, server, name, role, locale) {
  const added = await run(['user', 'add', name, '--role', role, '--random-password', '--site', server.site, '--data', server.data]);
  assert.equal(added.code, 0, told(added));
  const cookie = await logIn({ port: server.port, name, password: added.out.trim() });
  const page = await openPage(browser, { locale, reducedMotion: 'reduce' });
  const cookies = cookie.split('; ').map((one) => one.split(/=(.*)/s)).map(([key, value]) => ({ name: key, value, url: server.url }));
  await page.context().addCookies(cookies.filter((one) => one.value !== ''));
  page.setDefaultTimeout(PATIENCE_MS);
  return { page, cookie };
}

await script('notices', async () => {
  if (!built()) return;
  mkdirSync(SHOTS, { recursive: true });
  const server = await Server.start({ site: demoSite() });
  const browser = await launch();
  try {
    const anna = await enter(browser, server, 'Anna', 'agent', 'it-IT');
    const eva = await enter(browser, server, 'Eva', 'editor', 'en-GB');
    const visitor = await openPage(browser, { locale: 'it-IT', reducedMotion: 'reduce' });
    visitor.setDefaultTimeout(PATIENCE_MS);

    await test('a notice that an agent writes stands in open panels at once, as words', async () => {
      await visitor.goto(server.url);
      await visitor.locator('sportello-chat').evaluate((chat) => chat.shadowRoot.querySelector('button').click());
      await visitor.getByRole('log').waitFor();
      const { page } = anna;
      await page.goto(`${server.url}/desk#notices`);
      await page.getByText('Non ci sono avvisi.').waitFor();
      await accessible(page, 'no notices');
      await page.getByRole('button', { name: 'Nuovo avviso' }).click();
      const italian = page.locator('.board-form').getByRole('group').first();
      await italian.getByLabel('Riga').fill(`Il corriere è in ritardo ${HOSTILE}`);
      await italian.getByLabel('Formulazioni').fill('il mio pacco è in ritardo\nil corriere è in ritardo');
      await italian.getByLabel('Risposta').fill(`Ci scusiamo. ${HOSTILE}`);
      await accessible(page, 'the form of a notice');
      await page.screenshot({ path: join(SHOTS, 'notices-form.png'), fullPage: true });
      await page.getByRole('button', { name: 'Pubblica' }).click();
      await page.getByText('L’avviso è in vigore.').waitFor();
      await visitor.getByText('Il corriere è in ritardo').waitFor();
      await accessible(page, 'a notice');
      await page.screenshot({ path: join(SHOTS, 'notices.png') });
      // The cross stands at the end of its own line.
      const line = await visitor.locator('sportello-chat .tidings p').boundingBox();
      const cross = await visitor.getByRole('button', { name: 'Nascondi l’avviso' }).boundingBox();
      assert.ok(cross.y >= line.y && cross.y + cross.height <= line.y + line.height, JSON.stringify([line, cross]));
      assert.ok(cross.x > line.x + line.width / 2 && cross.x + cross.width <= line.x + line.width, JSON.stringify([line, cross]));
      await accessible(visitor, 'a panel with a notice');
      await visitor.screenshot({ path: join(SHOTS, 'notices-panel.png') });
      assert.equal(await visitor.evaluate(() => globalThis.run), undefined);
      assert.equal(await page.evaluate(() => globalThis.run), undefined);
    });

    await test('it is the first answer to its questions, and the visitor may put the line away', async () => {
      await visitor.getByRole('textbox').fill('il corriere è in ritardo');
      await visitor.keyboard.press('Enter');
      await visitor.getByText('Ci scusiamo.').waitFor();
      await visitor.getByRole('button', { name: 'Nascondi l’avviso' }).click();
      await visitor.getByRole('button', { name: 'Nascondi l’avviso' }).waitFor({ state: 'detached' });
      assert.equal(await visitor.evaluate(() => globalThis.run), undefined);
      assert.deepEqual(visitor.complaints, []);
    });

    await test('taken off, it is gone from the list of what holds', async () => {
      const { page } = anna;
      await page.getByRole('button', { name: 'Togli' }).click();
      await page.getByRole('button', { name: 'Togli adesso' }).click();
      await page.getByText('L’avviso è stato tolto.').waitFor();
      await page.getByText('Non ci sono avvisi.').waitFor();
    });

    await test('one’s own replies are written, changed and deleted', async () => {
      const { page } = anna;
      await page.goto(`${server.url}/desk#snippets`);
      await page.getByRole('button', { name: 'Nuova risposta' }).click();
      await page.getByRole('button', { name: 'Salva' }).click();
      await page.getByText('ha bisogno di un nome').waitFor();
      await page.getByLabel('Nome').fill('saluto');
      await page.getByLabel('Testo').fill('Buongiorno {visitor.name}, come posso aiutarla?');
      await accessible(page, 'the form of a reply');
      await page.getByRole('button', { name: 'Salva' }).click();
      await page.getByRole('heading', { name: 'saluto' }).waitFor();
      await accessible(page, 'replies');
      await page.screenshot({ path: join(SHOTS, 'snippets.png') });
      await page.getByRole('button', { name: 'Elimina: saluto' }).click();
      await page.getByRole('button', { name: 'Elimina davvero' }).click();
      await page.getByText('Non hai ancora risposte.').waitFor();
      assert.deepEqual(page.complaints, []);
    });

    await test('the keyboard keeps its place when a form comes and goes', async () => {
      const { page } = anna;
      const focused = () => page.evaluate(() => document.activeElement?.textContent || document.activeElement?.localName);
      const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
      await page.getByRole('button', { name: 'Nuova risposta' }).focus();
      for (const again of [false, true]) {
        await press('Enter', 'n');
        assert.equal(await page.getByLabel('Nome').inputValue(), 'n', again ? 'the second time' : 'the first time');
        await press('Tab', 'Tab', 'Tab', 'Enter');
        assert.equal(await focused(), 'Nuova risposta');
      }
      await press('Enter', 'n', 'Tab', 't', 'Tab', 'Enter');
      const item = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'n', exact: true }) });
      await item.waitFor();
      assert.equal(await focused(), 'Nuova risposta');
      await item.getByRole('button', { name: 'Modifica' }).press('Enter');
      await press('Tab', 'Tab', 'Tab', 'Enter');
      assert.equal(await focused(), 'Modifica');
      await item.getByRole('button', { name: 'Elimina' }).press('Enter');
      assert.equal(await focused(), 'Elimina davvero');
      await press('Enter');
      await item.waitFor({ state: 'detached' });
      assert.equal(await focused(), 'Nuova risposta');
    });

    await test('an editor sees what waits to be learnt, and refuses it', async () => {
      const { page } = eva;
      await visitor.getByRole('textbox').fill('vendete zucche volanti?');
      await visitor.keyboard.press('Enter');
      await visitor.getByText('vendete zucche volanti?').waitFor();
      await page.goto(`${server.url}/desk#learn`);
      await page.reload();
      const item = page.getByRole('listitem').filter({ hasText: 'vendete zucche volanti?' });
      await item.waitFor();
      await accessible(page, 'proposals');
      await page.screenshot({ path: join(SHOTS, 'learn.png') });
      await item.getByRole('button', { name: /^Refuse/ }).click();
      await item.getByRole('button', { name: 'Refuse for good' }).click();
      await page.getByText('Refused: it will not be proposed again.').waitFor();
      await item.waitFor({ state: 'detached' });
      assert.deepEqual(page.complaints, []);
      const answer = await http({ port: server.port, path: '/desk/api/proposals', headers: { Cookie: anna.cookie } });
      assert.equal(answer.status, 403);
    });
  } finally {
    await browser.close();
    await server.stop();
  }
});
