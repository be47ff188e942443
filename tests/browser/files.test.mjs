// Files in real browsers against the real program: a visitor's picture and an agent's PDF go both ways, chosen, pasted
// and dropped, with progress and a way to break off; names and contents that mean harm do none.
//   node tests/browser/files.test.mjs
// Environment: BUILD, SAN as for the system tests; ASSETS (browser code instead of the program's own); CHROMIUM.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findings, launch, openPage } from './browser.mjs';
import { script, skip, test } from '../system/lib/report.mjs';
import { pdf, png } from '../system/lib/media.mjs';
import { built, demoSite, Server, told, until } from '../system/lib/program.mjs';

const LIMITS = { 'limits.address_messages_per_minute': 100000, 'limits.messages_per_minute': 1000, 'limits.messages_burst': 100, 'limits.files_per_minute': 1000 };
const EVIL = '"><img src=x onerror=window.hacked=1>.png';

const composer = (page) => page.locator('sportello-chat textarea#compose');
const tray = (page) => page.locator('sportello-chat .tray .held');

async function visitorOf(browser, server, options = {}) {
  const page = await openPage(browser, { locale: 'it-IT', ...options });
  page.setDefaultTimeout(15_000);
  await page.goto(`${server.url}/`);
  await page.evaluate(() => document.querySelector('sportello-chat').open());
  await page.getByRole('button', { name: 'Allega un file' }).waitFor();
  return page;
}

/** Files as a drop or a paste would bring them. */
const given = (page, files) =>
  page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, type, bytes } of list) transfer.items.add(new File([Uint8Array.from(bytes)], name, { type }));
    return transfer;
  }, files.map(({ name, mimeType, buffer }) => ({ name, type: mimeType, bytes: [...buffer] })));

const picture = (name = 'vite.png', options) => ({ name, mimeType: 'image/png', buffer: png(options) });

script('files', async () => {
  if (!built()) return;
  const browser = await launch().catch((error) => skip('files in browsers', String(error)));
  if (!browser) return;
  const server = await Server.start({ site: demoSite(LIMITS), args: process.env.ASSETS ? ['--assets', process.env.ASSETS] : [] });
  const added = await server.command('user', 'add', 'Anna', '--role', 'agent', '--random-password');
  assert.equal(added.code, 0, told(added));
  const page = await visitorOf(browser, server);
  const input = page.locator('sportello-chat input[type=file]');

  await test('a picture is chosen, uploaded, sent, and shown by its name', async () => {
    assert.match(await input.getAttribute('accept'), /image\/png.*application\/pdf/);
    await input.setInputFiles(picture());
    await tray(page).filter({ hasText: 'vite.png' }).locator('xpath=self::*[contains(@class,"ready")]').waitFor();
    // Until the message is kept nobody is given its file: the name stands there, and nothing is asked for in vain.
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    server.signal('SIGSTOP');
    await composer(page).fill('Mi serve questa vite');
    await page.keyboard.press('Enter');
    await page.locator('sportello-chat .row.visitor .file img[alt="vite.png"]').waitFor();
    await page.waitForTimeout(300);
    assert.deepEqual(asked, []);
    server.signal('SIGCONT');
    const shown = page.locator('sportello-chat .row.visitor a.picture img');
    await shown.waitFor();
    assert.equal(await shown.getAttribute('alt'), 'vite.png');
    assert.equal(await shown.evaluate((image) => image.decode().then(() => image.naturalWidth)), 40);
    assert.equal(await page.locator('sportello-chat .row.visitor .file').count(), 1);
    // A picture has all of its corners.
    const corners = await shown.evaluate((image) => [image, image.parentElement].map((node) => getComputedStyle(node).borderTopLeftRadius));
    for (const corner of corners) assert.match(corner, /^\d+(\.\d+)?px$/);
    assert.equal(await tray(page).count(), 0);
    assert.deepEqual(page.complaints, []);
  });

  await test('files alone are a message; after a reload they are there', async () => {
    await input.setInputFiles([picture('a.png'), { name: 'ricevuta.pdf', mimeType: 'application/pdf', buffer: pdf() }]);
    await until('two files are ready', async () => (await page.locator('sportello-chat .tray .ready').count()) === 2);
    await page.getByRole('button', { name: 'Invia' }).click();
    await page.getByText('non posso guardarlo').waitFor();
    await page.reload();
    await page.evaluate(() => document.querySelector('sportello-chat').open());
    await page.locator('sportello-chat a.file', { hasText: 'ricevuta.pdf' }).waitFor();
    assert.equal(await page.locator('sportello-chat .row.visitor a.picture img').count(), 2);
    const chip = page.getByRole('link', { name: /^Scarica ricevuta\.pdf, \d+ kB$/ });
    assert.match(await chip.getAttribute('href'), /^http:\/\/127\.0\.0\.1:\d+\/files\/[0-9a-f]{32}\/ricevuta\.pdf$/);
  });

  await test('pasting and dropping attach; what cannot be sent says why, and is removed by keyboard', async () => {
    await composer(page).focus();
    const pasted = await given(page, [picture('incollata.png')]);
    await composer(page).evaluate((area, transfer) => area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })), pasted);
    const dropped = await given(page, [picture('trascinata.png'), { name: 'pagina.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg onload="hacked=1"/>') },
      { name: 'finta.png', mimeType: 'image/png', buffer: Buffer.from('<script>window.hacked=1</script>') },
      { name: 'bomba.png', mimeType: 'image/png', buffer: png({ width: 1, height: 1, says: [8000, 5000] }) }]);
    const panel = page.locator('sportello-chat dialog.panel');
    await panel.dispatchEvent('dragover', { dataTransfer: dropped });
    await page.getByText('Lascia qui i file').waitFor();
    await panel.dispatchEvent('drop', { dataTransfer: dropped });
    await until('two are ready', async () => (await page.locator('sportello-chat .tray .ready').count()) === 2);
    await until('three are refused', async () => (await page.locator('sportello-chat .tray .wrong').count()) === 3);
    await tray(page).filter({ hasText: 'pagina.svg' }).getByText('Questo tipo di file non si può inviare').waitFor();
    await tray(page).filter({ hasText: 'finta.png' }).getByText('Questo tipo di file non si può inviare').waitFor();
    await tray(page).filter({ hasText: 'bomba.png' }).getByText('troppi pixel').waitFor();
    // Nothing goes while something is wrong.
    await composer(page).fill('eccole');
    await composer(page).press('Enter');
    await page.getByText('Togli i file che non sono andati bene').waitFor();
    for (const name of ['pagina.svg', 'finta.png', 'bomba.png']) {
      await page.getByRole('button', { name: `Togli ${name}` }).focus();
      await page.keyboard.press('Enter');
    }
    assert.ok(await page.evaluate(() => document.activeElement.shadowRoot.activeElement !== null), 'the focus is kept');
    const axe = await visitorOf(browser, server, { axe: true });
    await axe.locator('sportello-chat input[type=file]').setInputFiles([picture('x.png'), { name: 'n.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') }]);
    await axe.locator('sportello-chat .tray .ready').waitFor();
    assert.deepEqual(await findings(axe), []);
    await axe.context().close();
    // The browser itself writes down that the server has refused two of them.
    for (const line of page.complaints.splice(0)) assert.match(line, /status of 4(15|22)/);
    await composer(page).press('Enter');
    await page.locator('sportello-chat .row.visitor', { hasText: 'eccole' }).locator('img').nth(1).waitFor();
  });

  await test('progress is shown, an upload is broken off, and a message waits for its files', async () => {
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 150_000 });
    const before = readdirSync(join(server.data, 'files')).length;
    await input.setInputFiles([picture('lenta.png', { noise: 1_500_000 }), picture('piccola.png')]);
    await until('some of it has gone', () => tray(page).filter({ hasText: 'lenta.png' }).locator('progress').evaluate((bar) => bar.value > 0 && bar.value < 100));
    await page.getByRole('button', { name: 'Annulla il caricamento di lenta.png' }).click();
    await input.setInputFiles([picture('altra.png', { noise: 300_000 })]);
    await composer(page).fill('con due file');
    await composer(page).press('Enter');
    await page.getByText('Il messaggio parte appena i file sono caricati').waitFor();
    await page.locator('sportello-chat .row.visitor', { hasText: 'con due file' }).locator('img').nth(1).waitFor();
    assert.equal(readdirSync(join(server.data, 'files')).length, before + 2);
    await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  });

  await test('a picture is asked for once its message is kept: the server gives nothing to anybody before', async () => {
    const sender = await openPage(browser, { locale: 'it-IT' });
    sender.setDefaultTimeout(15_000);
    const asked = [], held = [];
    let holding = true, onward = null;
    sender.on('request', (one) => one.url().includes('/files/') && asked.push(one.url()));
    await sender.routeWebSocket(/\/chat$/, (socket) => {
      onward = socket.connectToServer();
      socket.onMessage((text) => void (holding && JSON.parse(text).type === 'say' ? held.push(text) : onward.send(text)));
    });
    await sender.goto(`${server.url}/`);
    await sender.evaluate(() => document.querySelector('sportello-chat').open());
    await sender.getByRole('button', { name: 'Allega un file' }).waitFor();
    await sender.locator('sportello-chat input[type=file]').setInputFiles(picture('attesa.png'));
    await sender.locator('sportello-chat .tray .ready').waitFor();
    await composer(sender).fill('eccola');
    await composer(sender).press('Enter');
    const image = sender.locator('sportello-chat .row.visitor.going a.picture img');
    await image.waitFor();
    assert.equal(await image.getAttribute('alt'), 'attesa.png');
    await until('the message to be on its way', () => held.length > 0);
    // Two frames later the browser would have asked.
    await sender.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.deepEqual(asked.filter((url) => !url.endsWith('/chat/files')), []);
    holding = false;
    for (const text of held) onward.send(text);
    const shown = sender.locator('sportello-chat .row.visitor:not(.going) a.picture img');
    await shown.waitFor();
    await until('the picture', () => shown.evaluate((node) => node.complete && node.naturalWidth === 40));
    assert.deepEqual(sender.complaints, []);
    await sender.context().close();
  });

  await test('an agent sees the visitor’s files and sends a PDF back; names that are markup stay names', async () => {
    await input.setInputFiles(picture(EVIL));
    await page.locator('sportello-chat .tray .ready').waitFor();
    await page.getByRole('button', { name: 'Invia' }).click();
    await page.locator('sportello-chat .row.visitor a.picture img[alt*="onerror"]').waitFor();
    await page.getByRole('button', { name: 'Parla con una persona' }).first().click();
    const desk = await openPage(browser, { locale: 'en-GB', viewport: { width: 1360, height: 820 }, reducedMotion: 'reduce' });
    desk.setDefaultTimeout(15_000);
    await desk.goto(`${server.url}/desk`);
    await desk.getByLabel('Name').fill('Anna');
    await desk.getByLabel('Password').fill(added.out.trim().split(/\s+/).at(-1));
    await desk.keyboard.press('Enter');
    await desk.getByRole('radio', { name: 'Online' }).check();
    await desk.locator('section.waiting .row').first().waitFor();
    await desk.keyboard.press('n');
    await desk.getByLabel('Your message').waitFor();
    const evil = desk.locator('a.sent-file img[alt*="onerror"]');
    await evil.waitFor();
    assert.equal(await evil.evaluate((image) => image.decode().then(() => image.naturalWidth)), 40);
    await desk.locator('form.composer input[type=file]').setInputFiles({ name: 'listino.pdf', mimeType: 'application/pdf', buffer: pdf() });
    await desk.getByText('ready to be sent').waitFor();
    await desk.getByLabel('Your message').fill('Ecco il listino');
    await desk.keyboard.press('Enter');
    await desk.locator('.bubble.own a.sent-file', { hasText: 'listino.pdf' }).waitFor();
    const chip = page.locator('sportello-chat .row.agent a.file', { hasText: 'listino.pdf' });
    await chip.waitFor();
    const download = page.waitForEvent('download');
    await chip.click();
    assert.equal((await download).suggestedFilename(), 'listino.pdf');
    for (const one of [page, desk]) {
      assert.equal(await one.evaluate(() => window.hacked), undefined);
      // Before it is logged in, the desk asks who is: 401.
      assert.deepEqual(one.complaints.filter((line) => one === page || !line.includes('401')), []);
    }
    await desk.context().close();
  });

  await browser.close();
  await server.stop();
});
