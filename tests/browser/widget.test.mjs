// The widget in a real browser, against a small server that speaks its protocol.
// Needs the built files (WEB, default build/web) and Chromium (CHROMIUM, default /usr/bin/chromium).
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { findings, launch, openPage, watch } from './browser.mjs';
import { startFakeServer } from './fake-server.mjs';

const root = process.env.WEB ?? 'build/web';
const phone = {
  viewport: { width: 390, height: 780 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: /** @type {const} */ ('reduce'),
};
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof startFakeServer>>} */
let server;
/** @type {Awaited<ReturnType<typeof openPage>>[]} */
let pages = [];

before(async () => {
  browser = await launch();
});
after(async () => {
  await browser.close();
});
afterEach(async () => {
  const complaints = pages.flatMap((page) => page.complaints);
  for (const page of pages) await page.context().close();
  pages = [];
  await server?.close();
  assert.deepEqual(complaints, [], 'no script error, no console error, no violation of the policy');
});

/** A fresh server and the demo page in a fresh profile. */
async function visit({ path = '?lang=it', options = {}, site = {} } = {}) {
  server = await startFakeServer({ root, ...site });
  const page = await openPage(browser, options);
  pages.push(page);
  await page.goto(server.url + path);
  await page.waitForFunction(() => customElements.get('sportello-chat'));
  return parts(page);
}

/** The pieces of a page by their roles and names, as people find them. */
function parts(page) {
  const chat = page.locator('sportello-chat');
  return {
    page,
    chat,
    launcher: chat.locator('.launcher'),
    panel: chat.getByRole('dialog'),
    log: chat.getByRole('log'),
    compose: chat.getByRole('textbox', { name: /Scrivi un messaggio|Write a message/ }),
    async open() {
      await chat.locator('.launcher').click();
      await chat.locator('.starters button:visible, .row.visitor').first().waitFor();
    },
    async say(text) {
      await chat.locator('#compose').fill(text);
      await chat.locator('#compose').press('Enter');
    },
    bubble: (text) => chat.locator('.bubble', { hasText: text }),
    face: (state) => chat.locator(`.face[data-face="${state}"]`),
  };
}
const stored = (page) =>
  page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    cookie: document.cookie,
    bases: (await indexedDB.databases()).length,
  }));
const nothing = { local: 0, session: 0, cookie: '', bases: 0 };

test('before the visitor acts there is no request beyond the loader, no socket, nothing stored', async () => {
  const { page, panel, launcher } = await visit();
  await page.mouse.move(300, 300);
  await page.mouse.wheel(0, 900);
  await page.waitForTimeout(400);
  assert.deepEqual([...server.requests].sort(), ['/', '/demo.css', '/demo.js', '/sportello.js']);
  assert.deepEqual(await stored(page), nothing);
  assert.equal(await panel.count(), 0);
  await launcher.hover();
  await page.waitForTimeout(300);
  assert.ok(server.requests.some((path) => /^\/w\/\w{16}\/panel\.it\.js$/.test(path)), 'interest fetches the panel');
  assert.ok(!server.requests.includes('/chat'), 'interest opens no socket');
  assert.equal(await panel.isVisible(), false);
});

test('opening greets and stores nothing; the first message stores a token', async () => {
  const { page, open, say, bubble, chat, compose } = await visit();
  await open();
  await bubble('Ciao! Sono Olma').waitFor();
  assert.equal(await chat.locator('.starters button').count(), 4);
  assert.equal(await chat.getByText('Assistente automatico').isVisible(), true);
  assert.equal(await chat.getByRole('button', { name: 'Parla con una persona' }).isVisible(), true);
  assert.match(await chat.getByRole('link', { name: 'Privacy' }).getAttribute('href'), /privacy\.html$/);
  assert.equal(await compose.evaluate((node) => node.getRootNode().activeElement === node), true);
  assert.deepEqual(await stored(page), nothing);
  await say('Che orari fate?');
  await bubble('lunedì al sabato').waitFor();
  assert.equal((await stored(page)).local, 1);
  assert.equal((await stored(page)).cookie, '');
});

test('a starter is asked and answered; options, thumbs and the reason work', async () => {
  const { chat, open, bubble } = await visit();
  await open();
  await chat.getByRole('button', { name: 'Quanto costa la spedizione?' }).click();
  await bubble('6,50 €').waitFor();
  assert.equal(await chat.locator('.starters').isVisible(), false);
  assert.equal(await chat.locator('.row.visitor .bubble').innerText(), 'Quanto costa la spedizione?');
  const link = chat.getByRole('link', { name: 'Condizioni di vendita' });
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
  await chat.getByText('Perché questa risposta?').click();
  await chat.getByText('Viene dalla voce «Quanto costa la spedizione?»').waitFor();
  await chat.getByRole('button', { name: 'La risposta non è utile' }).click();
  await bubble('Vuoi provare con una di queste').waitFor();
  assert.equal(
    await chat.getByRole('button', { name: 'La risposta non è utile' }).getAttribute('aria-pressed'),
    'true',
  );
  assert.deepEqual(
    server.received.filter(({ type }) => type === 'rate').map(({ seq, value }) => [seq, value]),
    [[2, -1]],
  );
  await chat.getByRole('button', { name: 'Come faccio un reso?' }).click();
  await chat.locator('.option.picked', { hasText: 'Come faccio un reso?' }).waitFor();
  assert.equal(server.received.filter(({ type }) => type === 'pick').at(-1).option, 'entry:reso');
});

test('the face follows: thinking, then unsure, listening, waiting, a person', async () => {
  const { chat, open, say, face, compose } = await visit();
  server.delay = 400;
  await open();
  await face('idle').waitFor();
  await say('bla bla');
  await face('thinking').waitFor();
  await face('unsure').waitFor();
  assert.match(await chat.getByRole('img').getAttribute('aria-label'), /Olma: Ha qualche dubbio/);
  await compose.fill('Parl');
  await chat.getByRole('button', { name: 'Parla con una persona' }).click();
  await chat.getByText('Ci sono 2 persone prima di te.').waitFor();
  await chat.getByText('Attesa: da 4 a 9 minuti.').waitFor();
  await face('listening').waitFor({ timeout: 6000 });
  await compose.fill('');
  await face('waiting').waitFor();
  server.agentJoins('Marta Rossi');
  await face('human-here').waitFor();
  assert.equal(await chat.locator('.face .initials').innerText(), 'MR');
  await chat.getByText('Marta Rossi è in chat').waitFor();
  server.send({ type: 'typing', from: 'agent' });
  await chat.locator('.typing', { hasText: 'Marta Rossi sta scrivendo' }).waitFor();
  server.agentSays('Buongiorno!');
  await chat.locator('.typing').waitFor({ state: 'hidden' });
});

test('when the site tells in its own words that a person joined, it is said once', async () => {
  const { chat, open, bubble } = await visit();
  await open();
  await chat.getByRole('button', { name: 'Parla con una persona' }).click();
  await chat.getByText('Numero 57').waitFor();
  server.agentJoins('Marta Rossi', 'Adesso ti risponde Marta Rossi.');
  await bubble('Adesso ti risponde').waitFor();
  assert.equal(await chat.locator('.change').count(), 0);
});

test('a reload shows the conversation again, and never opens by itself', async () => {
  const { page, open, say, bubble, panel } = await visit();
  await open();
  await say('Quanto costa la spedizione?');
  await bubble('6,50 €').waitFor();
  await page.reload();
  await page.waitForTimeout(300);
  assert.equal(await panel.count(), 0);
  await open();
  await bubble('6,50 €').waitFor();
  assert.equal(await page.locator('sportello-chat .row.visitor').count(), 1);
  assert.equal(await page.locator('sportello-chat .row.bot:not(.intro)').count(), 1);
  assert.equal(server.talks.size, 1);
});

test('a cut line comes back, and what was not acknowledged is stored exactly once', async () => {
  const { chat, open, say, bubble, face } = await visit();
  await open();
  await say('Che orari fate?');
  await bubble('lunedì al sabato').waitFor();
  server.muted = true;
  await say('Quanto costa la spedizione?');
  await chat.getByText('Invio in corso…').waitFor();
  server.down = true;
  server.cut();
  await face('offline').waitFor();
  await chat.getByText('Parte appena torna la connessione').waitFor();
  server.append({ type: 'message', from: 'system', blocks: [{ type: 'paragraph', text: 'detto nel frattempo' }] });
  server.muted = false;
  server.down = false;
  await bubble('6,50 €').waitFor();
  await bubble('detto nel frattempo').waitFor();
  const says = server
    .talk()
    .events.filter(({ from, blocks }) => from === 'visitor' && JSON.stringify(blocks).includes('spedizione'));
  assert.equal(says.length, 1);
  assert.equal(await chat.locator('.row.visitor').count(), 2);
});

test('a message that was not acknowledged before a reload is sent after it, once', async () => {
  const { page, open, say, bubble } = await visit();
  await open();
  server.muted = true;
  await say('Quanto costa la spedizione?');
  // It has gone out, and will never be answered; the page that comes may be quicker than this test.
  while (!server.received.some(({ type }) => type === 'say')) await page.waitForTimeout(20);
  server.muted = false;
  await page.reload();
  await open();
  await bubble('6,50 €').waitFor();
  const cids = server.received.filter(({ type }) => type === 'say').map(({ cid }) => cid);
  assert.equal(cids.length, 2);
  assert.equal(cids[0], cids[1]);
});

test('what the server refuses is marked, kept, and can be tried again', async () => {
  const { chat, open, say, bubble } = await visit();
  await open();
  server.refuse = 'not_saved';
  await say('Quanto costa la spedizione?');
  await chat.getByText('Non inviato. Il disco è pieno').waitFor();
  server.refuse = '';
  await chat.getByRole('button', { name: 'Riprova' }).click();
  await bubble('6,50 €').waitFor();
  assert.equal(await chat.locator('.row.visitor').count(), 1);
});

test('with nobody online the form leaves a message, says what is missing and loses nothing', async () => {
  const { chat, open, bubble, log } = await visit();
  server.online = false;
  await open();
  await chat.getByRole('button', { name: 'Parla con una persona' }).click();
  await bubble('non c’è nessuno in linea').waitFor();
  await chat.locator('.row.bot .option', { hasText: 'Lascia un messaggio' }).click();
  const form = chat.getByRole('form', { name: 'Lascia un messaggio' });
  await form.getByRole('button', { name: 'Invia il messaggio' }).click();
  await form.getByText('Scrivi il messaggio.').waitFor();
  const text = form.getByRole('textbox', { name: 'Messaggio' });
  assert.equal(await text.getAttribute('aria-invalid'), 'true');
  await text.fill('Cerco una maniglia come quella della foto.');
  await form.getByRole('textbox', { name: 'E-mail o telefono' }).fill('anna@esempio.it');
  await form.getByRole('button', { name: 'Preferisco essere richiamato' }).click();
  await form.getByText('Per richiamarti serve un numero').waitFor();
  server.refuse = 'not_saved';
  await form.getByRole('button', { name: 'Invia il messaggio' }).click();
  await form.getByText('Il disco è pieno').waitFor();
  assert.match(await text.inputValue(), /maniglia/);
  server.refuse = '';
  await form.getByRole('button', { name: 'Invia il messaggio' }).click();
  await chat.getByText('Messaggio ricevuto').waitFor();
  await bubble('il tuo messaggio ha il numero 58').waitFor();
  assert.equal(await form.isVisible(), false);
  await log.evaluate((node) =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => node),
  );
  assert.equal(
    await log.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight < 4),
    true,
    'the end is in sight',
  );
  const { contact } = server.received.filter(({ type }) => type === 'message').at(-1);
  assert.equal(contact, 'anna@esempio.it');
});

test('everything is done by keyboard alone', async () => {
  const { page, chat, panel, launcher, compose, bubble } = await visit();
  await launcher.focus();
  await page.keyboard.press('Enter');
  await bubble('Ciao! Sono Olma').waitFor();
  await page.keyboard.type('Quanto costa la spedizione?');
  await page.keyboard.press('Shift+Enter');
  assert.match(await compose.inputValue(), /\?\n$/);
  await page.keyboard.press('Enter');
  await bubble('6,50 €').waitFor();
  const reached = new Set();
  for (let i = 0; i < 14; i += 1) {
    await page.keyboard.press('Shift+Tab');
    reached.add(
      await page.evaluate(() => {
        const node = document.querySelector('sportello-chat')?.shadowRoot?.activeElement;
        return node?.getAttribute('aria-label') || node?.textContent?.trim() || '';
      }),
    );
  }
  for (const name of [
    'Messaggi della conversazione',
    'La risposta è utile',
    'In quanto tempo arriva?',
    'Parla con una persona',
    'Chiudi la chat',
    'Altro',
    'Nascondi il volto',
    'Perché questa risposta?',
  ]) {
    assert.ok(reached.has(name), `reached ${name}`);
  }
  await chat.getByRole('button', { name: 'Altro' }).focus();
  await page.keyboard.press('Enter');
  await chat.getByRole('button', { name: 'Termina la conversazione' }).focus();
  await page.keyboard.press('Enter');
  await chat.getByText('Terminare davvero').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await panel.isVisible(), true, 'Esc closes the smaller thing first');
  await page.keyboard.press('Escape');
  assert.equal(await panel.isVisible(), false);
  assert.equal(await launcher.evaluate((node) => node.getRootNode().activeElement === node), true);
  assert.equal(await launcher.getAttribute('aria-expanded'), 'false');
});

test('a press beside the menu closes it and does nothing else', async () => {
  const { page, chat, panel, open, say, bubble } = await visit();
  await open();
  await say('Quanto costa la spedizione?');
  await bubble('6,50').waitFor();
  const rows = await chat.locator('.row').count();
  await chat.getByRole('button', { name: 'Altro' }).click();
  const behind = await chat.locator('.menu').boundingBox();
  await page.mouse.click(behind.x + 40, behind.y + behind.height - 30);
  await chat.locator('.menu').waitFor({ state: 'hidden' });
  assert.equal(await panel.isVisible(), true);
  assert.equal(await chat.locator('.row').count(), rows);
});

test('on a phone it takes the whole screen, over everything, and gives it back', async () => {
  const { page, chat, panel, open, say, bubble } = await visit({ options: phone });
  await open();
  const box = await panel.boundingBox();
  assert.deepEqual({ ...box }, { x: 0, y: 0, width: 390, height: 780 });
  assert.equal(await panel.evaluate((node) => node.matches(':modal')), true);
  await say('Quanto costa la spedizione?');
  await bubble('6,50 €').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await chat.getByRole('button', { name: 'Chiudi la chat' }).click();
  assert.equal(await panel.isVisible(), false);
});

test('with letters twice as large nothing is cut off', async () => {
  const { chat, panel, open, say, bubble } = await visit();
  await chat.evaluate((node) => {
    node.style.setProperty('--sportello-size', '200%');
  });
  await open();
  await say('Quanto costa la spedizione?');
  await bubble('6,50 €').waitFor();
  const cut = await panel.evaluate((node) => {
    const box = node.getBoundingClientRect();
    const parts = [...node.querySelectorAll('#compose, .send, .human, .log, .close')].map((part) =>
      part.getBoundingClientRect(),
    );
    return {
      wide: node.scrollWidth > node.clientWidth,
      outside: parts.some(
        (part) =>
          part.bottom > box.bottom + 1 || part.right > box.right + 1 || part.top < box.top - 1 || part.height < 20,
      ),
    };
  });
  assert.deepEqual(cut, { wide: false, outside: false });
});

test('a reader further up is not moved; a button leads to what is new', async () => {
  const { chat, open, say, bubble, log } = await visit();
  await open();
  for (let i = 0; i < 4; i += 1) {
    await say('Quanto costa la spedizione?');
    await chat.locator('.row.bot .bubble', { hasText: '6,50 €' }).nth(i).waitFor();
  }
  // A page hears of scrolling with the next frame.
  await log.evaluate((node) => {
    node.scrollTop = 0;
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
  await chat.getByRole('button', { name: 'Nuovi messaggi' }).waitFor({ state: 'hidden' });
  server.append({ type: 'message', from: 'system', blocks: [{ type: 'paragraph', text: 'una novità' }] });
  await chat.getByRole('button', { name: 'Nuovi messaggi' }).click();
  assert.equal(await log.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight < 4), true);
  await bubble('una novità').waitFor();
});

test('what is new and replaced before it is seen does not lead back to the beginning', async () => {
  const { chat, open, say, log } = await visit();
  await open();
  await chat.getByRole('button', { name: 'Parla con una persona' }).click();
  await chat.getByText('Numero 57').waitFor();
  server.agentJoins('Marta'); // From now on the assistant says nothing between.
  await chat.getByText('Marta è in chat').waitFor();
  for (let i = 0; i < 4; i += 1) {
    await say(`Ancora una riga, perché la conversazione non stia più tutta nel pannello: ${i}`);
    await chat.locator('.row.visitor .bubble', { hasText: `pannello: ${i}` }).waitFor();
  }
  // Both messages are shown before a picture of the page is made: the line of the first is gone with the second.
  for (const [i, name] of ['Anna', 'Bruno', 'Carla'].entries()) {
    const busy = log.evaluate(() => new Promise((done) => requestAnimationFrame(() => {
      const end = performance.now() + 150;
      while (performance.now() < end);
      setTimeout(done);
    })));
    server.agentJoins(name, `Ora parli con ${name} ${i}.`);
    await busy;
    await chat.getByText(`Ora parli con ${name} ${i}.`).waitFor();
    await log.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const where = await log.evaluate((node) => [node.scrollHeight, node.scrollTop, node.clientHeight]);
    assert.ok(where[0] - where[1] - where[2] < 60, `${name}: ${where}`);
  }
});

test('while the panel is closed the launcher counts what is new', async () => {
  const { page, chat, open, say, bubble, launcher } = await visit();
  await open();
  await say('Che orari fate?');
  await bubble('lunedì al sabato').waitFor();
  await page.keyboard.press('Escape');
  server.append({ type: 'message', from: 'system', blocks: [{ type: 'paragraph', text: 'uno' }] });
  server.append({ type: 'message', from: 'bot', blocks: [{ type: 'paragraph', text: 'due' }] });
  await chat.getByRole('button', { name: 'Apri la chat – messaggi nuovi: 2' }).waitFor();
  assert.equal(await chat.locator('.badge').innerText(), '2');
  await launcher.click();
  await chat.locator('.badge[hidden]').waitFor({ state: 'attached' }); // What is closed before it has shown anything is not read.
  await page.keyboard.press('Escape');
  await chat.getByRole('button', { name: 'Apri la chat', exact: true }).waitFor();
});

test('a visitor in the queue stays reachable on the next page, and is told there', async () => {
  const { page, chat, open, panel } = await visit();
  await open();
  await chat.getByRole('button', { name: 'Parla con una persona' }).click();
  await chat.getByText('Numero 57').waitFor();
  await page.goto(`${server.url}?lang=it&again`);
  for (let i = 0; server.connections() === 0 && i < 40; i += 1) await page.waitForTimeout(50);
  server.agentJoins('Marta Rossi');
  server.agentSays('Eccomi');
  await chat.locator('.badge', { hasText: '1' }).waitFor();
  assert.equal(await panel.isVisible(), false);
});

test('two pages of one browser are one conversation', async () => {
  const one = await visit();
  const second = watch(await one.page.context().newPage());
  pages.push(second);
  await second.goto(`${server.url}?lang=it`);
  const two = parts(second);
  await one.open();
  await two.open();
  await one.say('Quanto costa la spedizione?');
  await one.bubble('6,50 €').waitFor();
  await two.bubble('6,50 €').waitFor();
  await two.say('Che orari fate?');
  await one.bubble('lunedì al sabato').waitFor();
  assert.equal([...server.talks.values()].filter(({ events }) => events.length).length, 1);
});

test('ending closes the conversation, and writing again begins another', async () => {
  const { chat, open, say, bubble } = await visit();
  await open();
  await say('Che orari fate?');
  await bubble('lunedì al sabato').waitFor();
  await chat.getByRole('button', { name: 'Altro' }).click();
  await chat.getByRole('button', { name: 'Termina la conversazione' }).click();
  await chat.getByRole('button', { name: 'Sì, termina' }).click();
  await chat.getByText('La conversazione è terminata').waitFor();
  await say('Quanto costa la spedizione?');
  await bubble('6,50 €').waitFor();
  assert.equal(await bubble('lunedì al sabato').count(), 1);
  assert.deepEqual(await chat.locator('.rows .row').evaluateAll((rows) => rows.map((row) => row.classList[1])), [
    'visitor',
    'bot',
    'visitor',
    'bot',
  ]);
});

test('links in words are made safe ones, and strange blocks are only words', async () => {
  const { chat, open, say, bubble } = await visit();
  await open();
  await say('link');
  await bubble('Vecchi e nuovi blocchi').waitFor();
  const hrefs = await chat
    .locator('.row.bot .bubble a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.deepEqual(hrefs, ['mailto:ciao@olmo.example', 'tel:+390511234567', 'https://example.com/a(b)']);
});

test('frames nobody knows, and frames that come again, change nothing', async () => {
  const { chat, open, say, bubble } = await visit();
  await open();
  await say('Quanto costa la spedizione?');
  await bubble('6,50 €').waitFor();
  const [first, second] = server.talk().events;
  for (const frame of [
    second,
    first,
    { type: 'confetti', seq: 3 },
    { type: 'message' },
    { type: 'error', code: 'unknown_type' },
  ])
    server.send(frame);
  await say('Che orari fate?');
  await bubble('lunedì al sabato').waitFor();
  assert.equal(await chat.locator('.rows .row').count(), 4);
});

test('the page is told by events, and speaks by methods', async () => {
  const { page, chat, bubble, panel } = await visit();
  await page.evaluate(() => {
    const heard = /** @type {any} */ (window.heard = []);
    for (const name of ['open', 'close', 'message', 'handoff', 'state']) {
      document.addEventListener(`sportello:${name}`, (event) => heard.push(`${name}${event.composed ? '' : '!'}`));
    }
  });
  await chat.evaluate((node) => node.say('Quanto costa la spedizione?'));
  await bubble('6,50 €').waitFor();
  await chat.getByRole('button', { name: 'Parla con una persona' }).click();
  await chat.getByText('Numero 57').waitFor();
  await chat.evaluate((node) => node.close());
  assert.equal(await panel.isVisible(), false);
  const heard = await page.evaluate(() => /** @type {any} */ (window).heard);
  for (const name of ['open', 'message', 'state', 'handoff', 'close'])
    assert.ok(heard.includes(name), `${name} in ${heard}`);
});

test('the language and the accent may change while it is open', async () => {
  const { chat, open, say, bubble } = await visit();
  await open();
  await say('Che orari fate?');
  await bubble('lunedì al sabato').waitFor();
  await chat.evaluate((node) => {
    node.lang = 'en';
    node.setAttribute('accent', '#ffd400');
  });
  await chat.getByRole('button', { name: 'Talk to a person' }).waitFor();
  await bubble('lunedì al sabato').waitFor();
  assert.equal(await chat.locator('.top').evaluate((node) => getComputedStyle(node).color), 'color(xyz-d65 0 0 0)', 'black on yellow');
});

test('any accent can be read, with words on it and as the colour of words, on light and dark', async () => {
  const { page, chat, open } = await visit();
  await open();
  const accents = ['#ffff00', '#000', '#fff', '#1b6f8a', '#808080', '#f00', '#0f0', '#3c64ff', '#757575', '#ffd400'];
  for (const theme of ['light', 'dark']) {
    for (const accent of accents) {
      await chat.evaluate((node, [name, value]) => {
        node.setAttribute('theme', name);
        node.setAttribute('accent', value);
      }, [theme, accent]);
      const [on, inked] = await page.evaluate(contrasts);
      assert.ok(on >= 4.5, `${accent}: words on it ${on}`);
      assert.ok(inked >= 4.5, `${accent}: its words on the ${theme} ground ${inked}`);
    }
  }
});

/** In the page: the contrast of the head's words, and of a word in the accent's shade on a bubble; 1–21 as WCAG 2 counts. */
function contrasts() {
  const panel = document.querySelector('sportello-chat').shadowRoot.querySelector('.panel');
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const luminance = (color) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const probe = (color) => {
    const node = document.createElement('i');
    node.style.color = color;
    panel.append(node);
    const found = getComputedStyle(node).color;
    node.remove();
    return found;
  };
  return [
    contrast(probe('var(--on-accent)'), probe('var(--accent)')),
    contrast(probe('var(--accent-ink)'), probe('var(--bubble)')),
  ];
}

test('an element taken out of the page leaves nothing behind', async () => {
  const { page, chat, open } = await visit();
  await open();
  assert.equal(server.connections(), 1);
  await chat.evaluate((node) => node.remove());
  for (let i = 0; server.connections() && i < 40; i += 1) await page.waitForTimeout(50);
  assert.equal(server.connections(), 0);
});

test('it works in a page of another origin with a strict policy of its own', async () => {
  server = await startFakeServer({ root });
  const widget = server.url;
  const csp = `default-src 'none'; script-src ${widget}; connect-src ${widget.replace('http', 'ws')}chat; require-trusted-types-for 'script'; trusted-types 'none'`;
  const body = `<!doctype html><html lang="en"><title>Elsewhere</title><script type="module" src="${widget}sportello.js"></script><sportello-chat></sportello-chat>`;
  const elsewhere = await startFakeServer({
    root: '/nowhere',
    pages: { '/': { body, csp }, '/favicon.ico': { body: '' } },
  });
  try {
    const page = await openPage(browser);
    pages.push(page);
    await page.goto(elsewhere.url.replace('127.0.0.1', 'localhost'));
    const { open, say, bubble } = parts(page);
    await open();
    await say('delivery');
    await bubble('€6.50').waitFor();
  } finally {
    await elsewhere.close();
  }
});

test('movement ends within five seconds, and there is none for who wants none', async () => {
  const moving = (chat) =>
    chat.evaluate(
      (node) =>
        node.shadowRoot.getAnimations({ subtree: true }).filter(({ playState }) => playState === 'running').length,
    );
  const still = await visit({ options: { reducedMotion: 'reduce' } });
  server.delay = 600;
  await still.open();
  await still.say('bla');
  await still.face('thinking').waitFor();
  assert.equal(await moving(still.chat), 0);
  await still.page.emulateMedia({ reducedMotion: 'no-preference' });
  server.muted = true;
  await still.say('bla');
  await still.face('thinking').waitFor();
  assert.ok((await moving(still.chat)) > 0);
  await still.page.waitForTimeout(5100);
  assert.equal(await moving(still.chat), 0);
});

for (const lang of ['it', 'en']) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`axe-core finds nothing: ${lang}, ${colorScheme}`, async () => {
      const { page, chat, open, say, bubble } = await visit({
        path: `?lang=${lang}`,
        options: { axe: true, colorScheme, reducedMotion: 'reduce' },
      });
      const clean = async (state) => assert.deepEqual(await findings(page), [], state);
      await clean('closed');
      await open();
      await clean('greeting');
      await say(lang === 'it' ? 'spedizione' : 'delivery');
      await bubble('6').first().waitFor();
      await chat.getByRole('button', { name: /La risposta è utile|The answer is helpful/ }).click();
      await chat.locator('.why summary').click();
      await clean('answer');
      await say('bla');
      await chat.locator('.option', { hasText: /Nessuna|None/ }).waitFor();
      server.refuse = 'not_saved';
      await say('no');
      await chat.locator('.failed').waitFor();
      server.refuse = '';
      await clean('did you mean, and a failed message');
      await chat.locator('.human').click();
      await chat.locator('.queue .ticket').waitFor();
      await clean('queue');
      server.agentJoins('Marta Rossi');
      server.agentSays('Ciao +39 051 123 4567');
      await bubble('Ciao').last().waitFor();
      await clean('person');
      await chat
        .getByRole('button', { name: /Lascia un messaggio|Leave a message/ })
        .last()
        .click();
      await chat.getByRole('button', { name: /Invia il messaggio|Send the message/ }).click();
      await clean('form with faults');
    });
  }
}

test('axe-core finds nothing: phone, and whatever the accent', async () => {
  const { chat, page, open, say, bubble } = await visit({ options: { ...phone, axe: true } });
  await open();
  await say('spedizione');
  await bubble('6,50 €').waitFor();
  for (const accent of ['#1b6f8a', '#ffd400', '#000', '#fff', 'hotpink', '#777']) {
    await chat.evaluate((node, color) => node.setAttribute('accent', color), accent);
    assert.deepEqual(await findings(page), [], accent);
  }
});

test('where colours are forced, edges tell bubbles and buttons apart', async () => {
  const { chat, open, say, bubble } = await visit({ options: { forcedColors: 'active' } });
  await open();
  await say('spedizione');
  await bubble('6,50 €').waitFor();
  for (const part of ['.row.bot .bubble', '.row.visitor .bubble', '.option', '.send', '.human', '.panel']) {
    const width = await chat
      .locator(part)
      .first()
      .evaluate((node) => parseFloat(getComputedStyle(node).borderTopWidth));
    assert.ok(width >= 1, part);
  }
});

test('near the turn: the banner says so, the title of a hidden page too, and the sound waits for a click', async () => {
  const { page, chat, open } = await visit({ options: { axe: true, reducedMotion: 'reduce' } });
  await open();
  await chat.getByRole('button', { name: 'Parla con una persona' }).click();
  await chat.getByText('Ci sono 2 persone prima di te.').waitFor();
  assert.equal(await chat.getByText('Il tuo turno è vicino').isVisible(), false);
  assert.equal(await chat.getByLabel('Avvisami con un suono').isChecked(), false);
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { value: true, configurable: true }));
  const title = await page.title();
  server.place(2);
  await page.waitForFunction((was) => document.title !== was, title);
  assert.equal(await page.title(), `È quasi il tuo turno – ${title}`);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: false, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  assert.equal(await page.title(), title);
  await chat.getByText('Il tuo turno è vicino').waitFor();
  await chat.getByLabel('Avvisami con un suono').check();
  assert.deepEqual(await findings(page), []);
});

test('a person is seen by name and picture; a picture that cannot be had leaves the initials', async () => {
  const { page, chat, open } = await visit();
  await open();
  await chat.getByRole('button', { name: 'Parla con una persona' }).click();
  await chat.locator('.ticket').waitFor();
  server.picture = 'agents/7?v=2';
  await page.route('**/agents/7?v=2', (route) => route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>' }));
  server.agentJoins('Marta Rossi');
  await chat.locator('.photo').waitFor();
  assert.equal(await chat.locator('.initials').innerText(), 'MR');
  server.agentLeaves();
  await chat.locator('.picture > svg').waitFor();
  assert.equal(await chat.locator('.photo').isVisible(), false);
  assert.equal(await chat.getByText('Assistente automatico').isVisible(), true);
});

test('after a person the visitor is asked once how it went, by keyboard too', async () => {
  const { page, chat, open, say, bubble } = await visit({ options: { axe: true, reducedMotion: 'reduce' } });
  server.satisfaction = true;
  await page.reload();
  await open();
  await chat.getByRole('button', { name: 'Parla con una persona' }).click();
  await chat.locator('.ticket').waitFor();
  server.agentJoins('Marta Rossi');
  await chat.getByText('Una persona vera').waitFor();
  assert.equal(await chat.locator('.verdict').isVisible(), false);
  server.agentLeaves();
  await chat.getByRole('group', { name: 'Ti siamo stati d’aiuto?' }).waitFor();
  assert.deepEqual(await findings(page), []);
  await chat.getByRole('button', { name: 'Invia il parere' }).click();
  await chat.getByText('Scegli una delle cinque risposte.').waitFor();
  await chat.getByRole('radio', { name: '1 Per niente' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await chat.getByRole('textbox', { name: 'Due parole, se vuoi' }).fill('Veloci');
  await page.keyboard.press('Enter');
  await chat.locator('.verdict').waitFor({ state: 'hidden' });
  await page.waitForTimeout(200);
  const { value, text } = server.received.find(({ type }) => type === 'satisfied');
  assert.deepEqual([value, text], [3, 'Veloci']);
  await say('Che orari fate?');
  await bubble('lunedì al sabato').waitFor();
  assert.equal(await chat.locator('.verdict').isVisible(), false);
});

test('where the site asks for consent a message goes only with it', async () => {
  const { page, chat, open } = await visit({ options: { axe: true, reducedMotion: 'reduce' } });
  server.consent = { version: '3', text: 'Accetto che usiate il mio recapito per rispondermi.' };
  await page.reload();
  await open();
  await chat.locator('.foot').getByRole('button', { name: 'Lascia un messaggio' }).click();
  await chat.getByLabel('Messaggio', { exact: true }).fill('Avete la vernice blu?');
  await chat.getByLabel('E-mail o telefono').fill('ida@posta.example');
  await chat.getByRole('button', { name: 'Invia il messaggio' }).click();
  await chat.getByText('Per inviarlo devi accettare.').waitFor();
  assert.deepEqual(await findings(page), []);
  await chat.getByLabel('Accetto che usiate').check();
  await chat.getByRole('button', { name: 'Invia il messaggio' }).click();
  await chat.getByText('Messaggio ricevuto').waitFor();
  assert.equal(server.received.find(({ type }) => type === 'message').consent, '3');
});

test('the conversation can be kept as a file', async () => {
  const { page, chat, open, say, bubble } = await visit();
  await open();
  await say('Che orari fate?');
  await bubble('lunedì al sabato').waitFor();
  await chat.getByRole('button', { name: 'Altro' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    chat.getByRole('button', { name: 'Scarica la conversazione' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'conversazione.txt');
  let text = '';
  for await (const piece of await file.createReadStream()) text += piece;
  assert.match(text, /^Ferramenta Olmo\n\n\[.+\] Tu: Che orari fate\?\n\n\[.+\] Olma \(Assistente automatico\): Siamo aperti/);
});

test('the link of an e-mail opens the chat, hands its word over once and leaves the address clean', async () => {
  const word = 'abcdefghijklmnopqrstuvwxyz0123456789_-ABCDE';
  const { page, panel } = await visit({ path: `?lang=it#sportello=${word}` });
  await panel.waitFor();
  assert.equal(new URL(page.url()).hash, '');
  await page.waitForFunction(() => localStorage.length === 1);
  assert.equal(server.received.find(({ type }) => type === 'hello').back, word);
  server.cut();
  await page.waitForTimeout(1500);
  const hellos = server.received.filter(({ type }) => type === 'hello');
  assert.equal(hellos.length, 2);
  assert.equal(hellos[1].back, undefined);
});
