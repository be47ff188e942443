// The whole of it in a real browser: the real program, the demo shop, a visitor on one page and an agent on another.
//   node tests/browser/e2e.test.mjs                       prints a line a test; pictures go to build/shots/
//   node tests/browser/e2e.test.mjs --picture FILE.png    only takes the picture of the demo for the docs
// Environment: BUILD, SAN as for the system tests; CHROMIUM (/usr/bin/chromium).

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { connect, createServer as createTcpServer } from 'node:net';
import { dirname, join } from 'node:path';
import { launch, openPage } from './browser.mjs';
import { script, skip, test } from '../system/lib/report.mjs';
import { built, demoSite, PATIENCE_MS, ROOT, Server, told, until, wait } from '../system/lib/program.mjs';

const SHOTS = join(ROOT, 'build/shots');
const PICTURE_BYTES = 300_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const picture = process.argv[2] === '--picture' ? process.argv[3] : null;

/** A way to the server that can be cut, as a network is. */
class Line {
  static async open() {
    const line = new Line();
    line.sockets = new Set();
    line.cut = false;
    line.tcp = createTcpServer((near) => {
      if (line.cut || !line.port) {
        near.destroy();
        return;
      }
      const far = connect(line.port, '127.0.0.1');
      for (const [a, b] of [[near, far], [far, near]]) {
        line.sockets.add(a);
        a.on('error', () => {});
        a.on('close', () => {
          line.sockets.delete(a);
          b.destroy();
        });
        a.pipe(b);
      }
    });
    await new Promise((done) => line.tcp.listen(0, '127.0.0.1', done));
    line.url = `http://127.0.0.1:${line.tcp.address().port}`;
    return line;
  }

  break() {
    this.cut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend() {
    this.cut = false;
  }

  close() {
    this.break();
    this.tcp.close();
  }
}

/** A page of somebody else's site that embeds the assistant. */
function elsewhere(page) {
  return new Promise((done) => {
    const server = createServer((asked, answer) => {
      const body = asked.url === '/' ? page() : '';
      answer.writeHead(body ? 200 : 204, { 'Content-Type': 'text/html; charset=utf-8' }).end(body);
    });
    server.listen(0, '127.0.0.1', () => done({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }));
  });
}

/** Nothing that axe-core finds. It runs in a world of its own beside the page's policy, as an extension would. */
async function accessible(page, state) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const evaluate = (expression) => session.send('Runtime.evaluate', { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
  await evaluate(AXE);
  // What fades in has too little contrast while it does: the state is what stays.
  let found = '';
  for (let tries = 0; tries < 4 && found !== '[]'; tries++) {
    if (tries > 0) await wait(800);
    const { result } = await evaluate(`axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
    .then((r) => JSON.stringify(r.violations.flatMap((v) => v.nodes.map((n) => v.id + ': ' + JSON.stringify(n.target) + ' ' + n.any.map((a) => a.message).join('; ')))))`);
    found = result.value;
  }
  await session.detach();
  assert.equal(found, '[]', `axe-core in the state “${state}”`);
}

const shot = (page, name) => page.screenshot({ path: join(SHOTS, `e2e-${name}.png`), animations: 'disabled' });

/** A visitor's page by its roles and names. */
function visitorOf(page) {
  const chat = page.locator('sportello-chat');
  return {
    page, chat,
    panel: chat.getByRole('dialog'),
    bubble: (text) => chat.locator('.bubble', { hasText: text }),
    option: (text) => chat.locator('.option', { hasText: text }),
    face: (state) => chat.locator(`.face[data-face="${state}"]`),
    async open() {
      await page.waitForFunction(() => customElements.get('sportello-chat'));
      await chat.locator('.launcher').click();
      await chat.locator('.starters button:visible, .row.visitor').first().waitFor();
    },
    async say(text) {
      await chat.locator('#compose').fill(text);
      await chat.locator('#compose').press('Enter');
    },
  };
}

const kept = (page) => page.evaluate(async () => ({
  local: localStorage.length, session: sessionStorage.length, cookie: document.cookie, bases: (await indexedDB.databases()).length,
}));

async function takePicture(browser, server, file) {
  const page = await openPage(browser, { viewport: { width: 1440, height: 800 }, reducedMotion: 'reduce' });
  await page.goto(`${server.url}/?lang=it`);
  const visitor = visitorOf(page);
  await visitor.open();
  await visitor.say('quanto costa la spedizione?');
  await visitor.bubble('6,50').waitFor();
  await page.waitForTimeout(2600);
  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file, animations: 'disabled' });
  const { size } = statSync(file);
  console.log(`${file}: ${size} bytes`);
  if (size > PICTURE_BYTES) throw new Error(`the picture is larger than ${PICTURE_BYTES} bytes`);
}

await script('the whole of it in a browser', async () => {
  if (!built()) return;
  if (!existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium')) return skip('the whole of it in a browser', 'Chromium is not here');
  mkdirSync(SHOTS, { recursive: true });
  const line = await Line.open();
  let widgetAt = '';
  const embed = () => `<!doctype html><html lang="it"><title>Altrove</title><h1>Un altro sito</h1><script type="module" src="${widgetAt}/sportello.js"></script><sportello-chat contact="info@olmo.example"></sportello-chat>`;
  const listed = await elsewhere(embed), unlisted = await elsewhere(embed);
  const server = await Server.start({ site: demoSite({ public_url: line.url, allowed_origins: [listed.url] }) });
  line.port = server.port;
  widgetAt = server.url;
  const browser = await launch();
  const pages = [];
  const newPage = async (options) => {
    const page = await openPage(browser, { reducedMotion: 'reduce', ...options });
    page.setDefaultTimeout(PATIENCE_MS);
    pages.push(page);
    return page;
  };
  /** Runs a test; its pages must not have complained. A failure leaves pictures of all pages. */
  const check = (what, work) => test(`in the browser: ${what}`, async () => {
    try {
      await work();
      // The browser itself writes a line about each answer 401: there are two, for no session and for a wrong password.
      const complaints = pages.flatMap((page) => page.complaints.splice(0)).filter((text) => !/status of 401/.test(text));
      assert.deepEqual(complaints, [], 'errors of scripts, of the console, violations of the policy');
    } catch (error) {
      for (const [i, page] of pages.entries()) if (!page.isClosed()) await shot(page, `failed-${what.slice(0, 24).replace(/\W+/g, '-')}-${i}`).catch(() => {});
      for (const page of pages) page.complaints.splice(0);
      throw error;
    }
  });

  try {
    if (picture) return await takePicture(browser, server, picture);

    const added = await server.command('user', 'add', 'Marta', '--role', 'agent', '--random-password');
    assert.equal(added.code, 0, told(added));
    const password = added.out.trim();

    const page = await newPage();
    const requests = [];
    page.on('request', (asked) => requests.push(new URL(asked.url()).pathname));
    page.on('websocket', () => requests.push('a socket'));
    const visitor = visitorOf(page);

    await check('before the visitor acts nothing is stored, sent or opened', async () => {
      await page.goto(`${line.url}/`);
      await page.waitForFunction(() => customElements.get('sportello-chat'));
      await page.mouse.wheel(0, 1200);
      await page.waitForTimeout(500);
      assert.deepEqual(requests.filter((path) => path !== '/favicon.ico').sort(), ['/', '/demo.css', '/demo.js', '/sportello.js']);
      assert.deepEqual(await kept(page), { local: 0, session: 0, cookie: '', bases: 0 });
      assert.deepEqual(await page.context().cookies(), []);
      assert.equal(await visitor.panel.count(), 0);
      await page.mouse.wheel(0, -1200);
      await shot(page, '01-closed');
      await accessible(page, 'closed');
    });

    await check('a visitor opens the avatar and is greeted, with questions to begin with', async () => {
      await visitor.open();
      await visitor.bubble("assistente automatica").waitFor();
      assert.equal(await visitor.chat.locator('.starters button').count(), 5);
      await visitor.chat.getByRole('button', { name: 'Parla con una persona' }).waitFor();
      assert.deepEqual(await kept(page), { local: 0, session: 0, cookie: '', bases: 0 });
      await shot(page, '02-greeting');
      await accessible(page, 'greeting');
    });

    await check('a question in Italian, misspelt, is answered from the FAQ', async () => {
      await visitor.say('quanto costa la spedizone?');
      await visitor.bubble('6,50').waitFor();
      await visitor.option('In quanto tempo arriva').waitFor();
      await visitor.chat.getByText('Perché questa risposta?').waitFor();
      await shot(page, '03-answer');
      await accessible(page, 'answer');
    });

    await check('an ambiguous question is answered by “did you mean”, and a choice by its answer', async () => {
      await visitor.say('chiavi');
      await visitor.option(/chiav/i).first().waitFor();
      assert.ok(await visitor.chat.locator('.row.bot').last().locator('.option').count() >= 2);
      await shot(page, '04-did-you-mean');
      await accessible(page, 'did you mean');
      const before = await visitor.chat.locator('.row.bot').count();
      await visitor.option(/chiav/i).first().click();
      await until('an answer to the choice', async () => (await visitor.chat.locator('.row.bot').count()) > before);
      await shot(page, '05-chosen');
    });

    await check('after a reload the history is there, and nothing opened by itself', async () => {
      const rows = await visitor.chat.locator('.row.visitor').count();
      await page.reload();
      await page.waitForTimeout(400);
      assert.equal(await visitor.panel.count(), 0);
      await visitor.open();
      await visitor.bubble('6,50').waitFor();
      assert.equal(await visitor.chat.locator('.row.visitor').count(), rows);
      await shot(page, '06-reloaded');
      await accessible(page, 'reloaded');
    });

    const desk = await newPage({ viewport: { width: 1360, height: 820 } });
    await check('an agent logs in at the desk and goes online', async () => {
      await desk.goto(`${line.url}/desk`);
      await desk.getByLabel('Nome').fill('Marta');
      await desk.getByLabel('Password').fill('non-questa-password');
      await desk.getByRole('button', { name: 'Accedi' }).click();
      await desk.getByText('Nome o password errati.').waitFor();
      await shot(desk, '07-desk-wrong-password');
      await accessible(desk, 'log in');
      await desk.getByLabel('Password').fill(password);
      await desk.keyboard.press('Enter');
      await desk.getByRole('radio', { name: 'In linea' }).check();
      await desk.getByRole('button', { name: 'Servi il prossimo' }).waitFor();
      const [cookie] = await desk.context().cookies();
      assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.secure], [true, 'Strict', false]);
      await shot(desk, '08-desk-quiet');
      await accessible(desk, 'the quiet desk');
    });

    await check('the visitor asks for a person and waits in the queue; the desk shows who and why', async () => {
      await visitor.chat.getByRole('button', { name: 'Parla con una persona' }).click();
      await visitor.chat.getByText('Sei in fila').waitFor();
      await visitor.chat.getByText('Sei il prossimo: tra poco tocca a te.').waitFor();
      await desk.locator('section.waiting .row').first().waitFor();
      await shot(page, '09-queue');
      await shot(desk, '10-desk-queue');
      await accessible(page, 'queue');
      await accessible(desk, 'queue at the desk');
    });

    await check('the agent takes the next and sees the hand-off card and the whole conversation; both write', async () => {
      await desk.getByRole('button', { name: 'Servi il prossimo' }).click();
      const composer = desk.getByLabel('Il tuo messaggio');
      await composer.waitFor();
      const card = desk.locator('.card');
      await card.getByText('Ha chiesto una persona').waitFor();
      await desk.getByRole('log').getByText('quanto costa la spedizone?').waitFor();
      await desk.getByRole('log').getByText('6,50').waitFor();
      await visitor.chat.getByText(/Ora parli con Marta|Marta è in chat/).first().waitFor();
      await composer.fill('Buongiorno, sono Marta. Come posso aiutarti?');
      await composer.press('Enter');
      await visitor.bubble('sono Marta').waitFor();
      await visitor.face('human-here').waitFor();
      await visitor.say('Vorrei duplicare due chiavi entro sabato.');
      await desk.getByRole('log').getByText('entro sabato').waitFor();
      await shot(page, '11-person');
      await shot(desk, '12-desk-chat');
      await accessible(page, 'with a person');
      await accessible(desk, 'chat at the desk');
    });

    await check('after a loss of the network both sides come back by themselves and nothing is lost or doubled', async () => {
      await page.context().setOffline(true);
      line.break();
      // A person who is out of reach is still shown as a person.
      await visitor.chat.locator('.face[data-face="human-here"] [aria-label*="Connessione assente"]').waitFor();
      await visitor.say('Scritto senza rete.');
      await visitor.chat.getByText('Parte appena torna la connessione').waitFor();
      await desk.getByText('Connessione assente').waitFor();
      const composer = desk.getByLabel('Il tuo messaggio');
      await composer.fill('Scritto allo sportello senza rete.');
      await composer.press('Enter');
      await shot(page, '13-offline');
      await shot(desk, '14-desk-offline');
      await accessible(page, 'offline');
      await accessible(desk, 'offline at the desk');
      line.mend();
      await page.context().setOffline(false);
      await visitor.bubble('Scritto allo sportello senza rete.').waitFor();
      await desk.getByRole('log').getByText('Scritto senza rete.').waitFor();
      await visitor.face('human-here').waitFor();
      await desk.getByText('Connessione assente').waitFor({ state: 'detached' });
      assert.equal(await visitor.bubble('Scritto senza rete.').count(), 1);
      assert.equal(await visitor.bubble('Scritto allo sportello senza rete.').count(), 1);
      assert.equal(await desk.getByRole('log').getByText('Scritto senza rete.').count(), 1);
    });

    await check('the agent hands back; the assistant says so and goes on', async () => {
      await desk.getByRole('button', { name: 'Restituisci' }).click();
      await desk.getByRole('dialog').getByRole('button', { name: 'Restituisci' }).click();
      await visitor.face('human-here').waitFor({ state: 'detached' });
      await shot(page, '15-handed-back');
      await visitor.say('quali sono gli orari?');
      await visitor.bubble(/8[:.]30/).first().waitFor();
      await accessible(page, 'handed back');
    });

    await check('with nobody online the visitor leaves a message, and the desk lists it', async () => {
      await desk.getByRole('radio', { name: 'Assente' }).check();
      await desk.getByText('Risulti assente').waitFor();
      await visitor.chat.locator('.human').click();
      await visitor.option('Lascia un messaggio').first().waitFor();
      await shot(page, '16-nobody');
      await accessible(page, 'nobody online');
      await visitor.option('Lascia un messaggio').last().click();
      const form = visitor.chat.getByRole('form', { name: 'Lascia un messaggio' });
      await form.getByRole('textbox', { name: 'Messaggio' }).fill('Cerco una maniglia in ottone come quella della foto.');
      await form.getByRole('textbox', { name: 'E-mail o telefono' }).fill('anna@esempio.it');
      await shot(page, '17-form');
      await accessible(page, 'form');
      await form.getByRole('button', { name: 'Invia il messaggio' }).click();
      await visitor.chat.getByText('Messaggio ricevuto').waitFor();
      const saved = visitor.chat.locator('.row.system .bubble').last();
      await saved.waitFor();
      assert.match(await saved.innerText(), /numero \d+/, 'the message has a number');
      const row = desk.locator('section.messages .row', { hasText: 'maniglia in ottone' });
      await row.waitFor();
      await row.click();
      await desk.getByLabel('Passaggio').getByRole('link', { name: 'anna@esempio.it' }).waitFor();
      await shot(page, '18-message-sent');
      await shot(desk, '19-desk-message');
      await accessible(desk, 'a message at the desk');
      await desk.getByRole('button', { name: 'Segna come risposto' }).click();
      await row.waitFor({ state: 'detached' });
    });

    await check('English: the same shop speaks the page’s language', async () => {
      const english = visitorOf(await newPage({ locale: 'en-GB' }));
      await english.page.goto(`${line.url}/?lang=en`);
      await english.open();
      await english.say('How much is shipping?');
      await english.bubble('6.50').waitFor();
      await english.chat.getByRole('button', { name: 'Talk to a person' }).waitFor();
      await shot(english.page, '20-english');
      await accessible(english.page, 'English');
      await english.page.context().close();
    });

    await check('on a phone the chat fills the screen', async () => {
      const phone = visitorOf(await newPage({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true }));
      await phone.page.goto(`${line.url}/?lang=it`);
      await phone.open();
      await phone.say('come faccio un reso?');
      await phone.chat.locator('.row.bot:not(.intro) .bubble').first().waitFor();
      assert.deepEqual({ ...(await phone.panel.boundingBox()) }, { x: 0, y: 0, width: 390, height: 780 });
      await shot(phone.page, '21-phone');
      await accessible(phone.page, 'phone');
      await phone.page.context().close();
    });

    await check('a page of another origin that is listed in allowed_origins works', async () => {
      const away = visitorOf(await newPage());
      await away.page.goto(`${listed.url}/`);
      await away.open();
      await away.say('quanto costa la spedizione?');
      await away.bubble('6,50').waitFor();
      await shot(away.page, '22-elsewhere');
      await away.page.context().close();
    });

    await check('a page of an origin that is not listed says so to visitors, and its console and the log name the setting', async () => {
      const page_ = await newPage();
      const warned = page_.waitForEvent('console', (message) => message.type() === 'warning' && message.text().includes('allowed_origins'));
      const away = visitorOf(page_);
      await page_.goto(`${unlisted.url}/`);
      await page_.waitForFunction(() => customElements.get('sportello-chat'));
      await away.chat.locator('.launcher').click();
      await away.face('offline').waitFor();
      await until('the refusal in the log', () => server.log.includes('origin_refused') && server.log.includes(unlisted.url));
      assert.match(server.log, /allowed_origins/);
      await away.chat.getByText('non è raggiungibile da questa pagina').waitFor();
      assert.equal(await away.chat.getByRole('link', { name: 'info@olmo.example' }).getAttribute('href'), 'mailto:info@olmo.example');
      assert.ok((await warned).text().includes(`allowed_origins: ["${unlisted.url}"]`));
      await shot(page_, '23-refused');
      // What the browser itself says of the fallback that is refused as well, if it has come to that.
      page_.complaints.splice(0).forEach((text) => assert.match(text, /chat\/poll.*CORS/));
      await page_.context().close();
    });
  } finally {
    await browser.close();
    line.close();
    listed.close();
    unlisted.close();
    const ended = await server.stop();
    if (!picture) await test('in the browser: the server ends cleanly afterwards', () => assert.equal(ended.code, 0, server.log.slice(-3000)));
  }
});
