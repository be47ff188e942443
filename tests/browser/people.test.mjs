// People of the desk in a real browser, against the real program: a code at the log-in, one's own account, an admin's page.
//   node tests/browser/people.test.mjs       prints a line a test; pictures go to build/shots/people-*.png

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { launch, openPage } from './browser.mjs';
import { script, skip, test } from '../system/lib/report.mjs';
import { built, PATIENCE_MS, ROOT, Server, temporary, tinySite, told, until, wait } from '../system/lib/program.mjs';

const SHOTS = join(ROOT, 'build/shots');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** RFC 6238, from the key as the page shows it. */
function codeOf(key, step) {
  const bits = [...key.replaceAll(' ', '')].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  for (let i = 0; i < 8; i++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
/** The checksum of PNG's chunks. */
const crc32 = (bytes) => (bytes.reduce((sum, byte) => crcTable[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** A picture of one colour, larger than is taken. */
function bigPicture(file, side) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, Buffer.from([29, 107, 88]))]);
  const rows = Buffer.concat(Array.from({ length: side }, () => row));
  writeFileSync(file, Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]));
}

/** axe-core in a world of its own beside the page's policy, as an extension would. */
async function accessible(page, state) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const evaluate = (expression) => session.send('Runtime.evaluate', { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
  await evaluate(AXE);
  let found = '';
  for (let tries = 0; tries < 4 && found !== '[]'; tries++) {
    if (tries > 0) await wait(500);
    const { result } = await evaluate(`axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
    .then((r) => JSON.stringify(r.violations.flatMap((v) => v.nodes.map((n) => v.id + ': ' + JSON.stringify(n.target) + ' ' + n.any.map((a) => a.message).join('; ')))))`);
    found = result.value;
  }
  await session.detach();
  assert.equal(found, '[]', `axe-core in the state “${state}”`);
}

/** Both appearances, desk and phone: pictures and axe. */
async function everywhere(page, name) {
  for (const [where, size] of [['desk', { width: 1200, height: 820 }], ['phone', { width: 390, height: 800 }]]) {
    await page.setViewportSize(size);
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${name} on a ${where} is ${wide} pixels too wide`);
      await page.screenshot({ path: join(SHOTS, `people-${name}-${where}-${theme}.png`), animations: 'disabled', fullPage: true });
      await accessible(page, `${name}, ${where}, ${theme}`);
    }
  }
  await page.setViewportSize({ width: 1200, height: 820 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

await script('people of the desk in a browser', async () => {
  if (!built()) return;
  if (!existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium')) return skip('people of the desk in a browser', 'Chromium is not here');
  mkdirSync(SHOTS, { recursive: true });
  const server = await Server.start({ site: tinySite({ prova: ['Che cosa vendete?', 'Viti.'] }, {
    'departments.negozio.name': 'Negozio', 'departments.magazzino.name': 'Magazzino' }) });
  const browser = await launch();
  const pages = [];
  const newPage = async (options) => {
    const page = await openPage(browser, { reducedMotion: 'reduce', ...options });
    page.setDefaultTimeout(PATIENCE_MS / 2);
    pages.push(page);
    return page;
  };
  const check = (what, work) => test(`in the browser: ${what}`, async () => {
    try {
      await work();
      const complaints = pages.flatMap((page) => page.complaints.splice(0)).filter((text) => !/status of 4\d\d/.test(text));
      assert.deepEqual(complaints, [], 'errors of scripts, of the console, violations of the policy');
    } catch (error) {
      for (const [i, page] of pages.entries()) await page.screenshot({ path: join(SHOTS, `people-failed-${what.slice(0, 20).replace(/\W+/g, '-')}-${i}.png`) }).catch(() => {});
      for (const page of pages) page.complaints.splice(0);
      throw error;
    }
  });
  const passwords = {};
  const add = async (name, role) => {
    const made = await server.command('user', 'add', name, '--role', role, '--random-password');
    assert.equal(made.code, 0, told(made));
    passwords[name] = made.out.trim();
  };
  const logIn = async (page, name) => {
    await page.goto(`${server.url}/desk`);
    await page.locator('#login-name').fill(name);
    await page.locator('#login-password').fill(passwords[name]);
    await page.keyboard.press('Enter');
  };

  try {
    await add('Marta', 'admin');
    const page = await newPage();
    let key = '', step = 0, codes = [];

    await check('one-time codes are set up by QR code, key and first code; recovery codes are shown', async () => {
      await logIn(page, 'Marta');
      await page.getByRole('link', { name: 'Marta' }).click();
      await page.getByRole('heading', { name: 'Account', exact: true }).waitFor();
      await page.getByRole('heading', { name: 'Dove hai effettuato' }).waitFor();
      await everywhere(page, 'account');
      await page.getByRole('button', { name: 'Attiva i codici' }).click();
      const totp = page.locator('section', { has: page.getByRole('heading', { name: 'Codici usa e getta' }) });
      await totp.getByLabel('Password attuale').fill('non-questa-no');
      await totp.getByRole('button', { name: 'Continua' }).click();
      await totp.getByText('La password è errata').waitFor();
      await totp.getByLabel('Password attuale').fill(passwords.Marta);
      await totp.getByRole('button', { name: 'Continua' }).click();
      await totp.getByRole('img', { name: 'Codice QR' }).waitFor();
      await everywhere(page, 'qr');
      key = await totp.locator('code.key').textContent();
      step = Math.floor(Date.now() / STEP_MS);
      await totp.getByRole('textbox', { name: 'Codice' }).fill(codeOf(key, step));
      await page.keyboard.press('Enter');
      await totp.getByText('I tuoi codici di recupero').waitFor();
      codes = await totp.locator('.recovery code').allTextContents();
      assert.equal(codes.length, 10);
      await everywhere(page, 'recovery');
      await totp.getByRole('button', { name: 'Li ho conservati' }).click();
      await totp.getByText('Ti restano 10 codici').waitFor();
      assert.ok(!(await page.content()).includes(codes[0]), 'they are shown once');
    });

    await check('the log-in asks for the code in a second step, by keyboard alone', async () => {
      await page.getByRole('button', { name: 'Esci qui' }).click();
      await page.locator('#login-password').waitFor();
      await logIn(page, 'Marta');
      await page.getByRole('heading', { name: 'E il codice' }).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'login-code');
      await everywhere(page, 'login-code');
      await page.keyboard.type(codeOf(key, step));
      await page.keyboard.press('Enter');
      await page.getByText('Codice errato o già usato').waitFor();
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Indietro' }).click();
      await page.locator('#login-password').fill(passwords.Marta);
      await page.locator('#login-name').fill('Marta');
      await page.keyboard.press('Enter');
      await page.locator('#login-code').fill(codes[0]);
      await page.keyboard.press('Enter');
      await page.getByRole('radio', { name: 'In linea' }).waitFor();
    });

    await check('a picture is made small in the browser, shown, and taken away again', async () => {
      const file = join(temporary('picture'), 'large.png');
      bigPicture(file, 1500);
      await page.goto(`${server.url}/desk#account`);
      await page.locator('input[type=file]').setInputFiles(file);
      const picture = page.locator('.account-picture img');
      await picture.waitFor();
      const { width, type } = await picture.evaluate(async (img) => ({ width: img.naturalWidth, type: (await fetch(img.src)).headers.get('content-type') }));
      assert.deepEqual([width, type], [128, 'image/webp']);
      await page.getByRole('button', { name: 'Togli l’immagine' }).click();
      await picture.waitFor({ state: 'detached' });
      const text = join(temporary('picture'), 'text.png');
      writeFileSync(text, '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
      await page.locator('input[type=file]').setInputFiles(text);
      await page.getByText('non è un’immagine').waitFor();
    });

    await check('e-mail and password are changed; two new passwords that differ are not', async () => {
      await page.getByLabel('Indirizzo e-mail').fill('marta@shop.example');
      await page.getByRole('button', { name: 'Salva' }).click();
      await page.getByText('Salvato.').waitFor();
      const section = page.locator('section', { has: page.getByRole('heading', { name: 'Password' }) });
      await section.getByLabel('Password attuale').fill(passwords.Marta);
      await section.getByLabel('Nuova password', { exact: true }).fill('una-nuova-password');
      await section.getByLabel('ancora una volta').fill('una-diversa-password');
      await section.getByLabel('Codice').fill(codes[1]);
      await section.getByRole('button', { name: 'Cambia la password' }).click();
      await page.getByText('non sono uguali').waitFor();
      await section.getByLabel('ancora una volta').fill('una-nuova-password');
      await section.getByRole('button', { name: 'Cambia la password' }).click();
      await page.getByText('è stata cambiata').waitFor();
      passwords.Marta = 'una-nuova-password';
    });

    const agent = await newPage();
    await check('an admin adds somebody, who logs in with the password that was shown', async () => {
      await page.goto(`${server.url}/desk#people`);
      await page.getByRole('button', { name: 'Aggiungi qualcuno' }).click();
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'name');
      await page.getByLabel('Nome').fill('Ugo');
      await page.getByLabel('Chat alla volta').fill('2');
      await page.getByLabel('Magazzino').check();
      await everywhere(page, 'form');
      await page.getByRole('button', { name: 'Salva' }).click();
      passwords.Ugo = await page.locator('.given code').textContent();
      await page.locator('.person', { hasText: 'Ugo' }).getByText('reparti: Magazzino').waitFor();
      await everywhere(page, 'people');
      await logIn(agent, 'Ugo');
      await agent.getByRole('radio', { name: 'In linea' }).waitFor();
      assert.equal(await agent.getByRole('link', { name: 'Persone' }).count(), 0);
    });

    await check('the last admin stays; who is disabled finds the log-in on the open page', async () => {
      const marta = page.locator('.person', { hasText: 'Marta' }), ugo = page.locator('.person', { hasText: 'Ugo' });
      await marta.getByRole('button', { name: 'Disattiva Marta' }).click();
      await page.keyboard.press('Enter');
      await page.getByText('l’ultimo amministratore').waitFor();
      await ugo.getByRole('button', { name: 'Disattiva Ugo' }).click();
      await page.keyboard.press('Enter');
      await ugo.getByText('disattivato').waitFor();
      await agent.getByRole('button', { name: 'Accedi' }).waitFor();
      await ugo.getByRole('button', { name: 'Riattiva Ugo' }).click();
      await ugo.getByText('disattivato').waitFor({ state: 'detached' });
    });

    await check('the log says who did what, in words, and goes on to older lines', async () => {
      const log = page.locator('.audit');
      await log.getByRole('row', { name: /Marta ha disattivato · Ugo/ }).waitFor();
      await log.getByRole('row', { name: /riga di comando ha aggiunto qualcuno/ }).waitFor();
      assert.equal(await log.getByText(/^act_/).count(), 0);
      for (let i = 0; i < 60; i++) await page.request.post(`${server.url}/desk/api/account/email`, { data: { email: `m${i}@shop.example` }, headers: { Origin: server.url } });
      await page.reload();
      await log.getByRole('row').nth(50).waitFor();
      const before = await log.getByRole('row').count();
      await log.getByRole('button', { name: 'Righe precedenti' }).click();
      await until('older lines', async () => (await log.getByRole('row').count()) > before);
    });

    await check('where the site requires codes, they are set up before the desk is seen', async () => {
      const strict = await Server.start({ site: tinySite({ prova: ['Che cosa vendete?', 'Viti.'] }, { 'desk.totp': 'required' }) });
      const password = (await strict.command('user', 'add', 'Ada', '--role', 'agent', '--random-password')).out.trim();
      const ada = await newPage();
      await ada.goto(`${strict.url}/desk`);
      await ada.getByLabel('Nome').fill('Ada');
      await ada.getByLabel('Password').fill(password);
      await ada.keyboard.press('Enter');
      await ada.getByRole('heading', { name: 'Ancora un passo' }).waitFor();
      await ada.getByLabel('Password attuale').fill(password);
      await ada.keyboard.press('Enter');
      const own = await ada.locator('code.key').textContent();
      await everywhere(ada, 'setup');
      await ada.getByRole('textbox', { name: 'Codice' }).fill(codeOf(own, Math.floor(Date.now() / STEP_MS)));
      await ada.keyboard.press('Enter');
      await ada.getByRole('button', { name: 'Li ho conservati' }).click();
      await ada.getByRole('radio', { name: 'In linea' }).waitFor();
      assert.equal((await strict.stop()).code, 0);
    });
  } finally {
    await browser.close();
    await server.stop();
  }
});
