// What the widget does beside the plain talk: cards, fields, erasing, tabs, phones, hints, copies, directions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from './browser.mjs';
import { harness, paragraph, phone } from './widget-page.mjs';

const { visit, another } = harness();
const card = (title, text = 'Testo della scheda') => ({ type: 'card', title, children: [paragraph(text)] });
const storage = (page) => page.evaluate(() => [localStorage.length, sessionStorage.length]);

/** A page with one question asked and answered. */
async function asked(wish = {}) {
  const there = await visit(wish);
  await there.open();
  await there.say('Che orari fate?');
  await there.bubble('lunedì al sabato').waitFor();
  return there;
}

/** The same, and what the bot says then. */
async function told(message, wish = {}) {
  const there = await asked(wish);
  there.server.append({ type: 'message', from: 'bot', ...message });
  return there;
}

test('cards in a row are one carousel: buttons, keys and place, in both directions', async () => {
  const blocks = [paragraph('Ecco:'), card('Trapano'), card('Martello'), card('Sega'), paragraph('E poi:'), card('Colla')];
  const options = [{ id: 'say:martello', title: 'Prendilo', card: 2 }];
  const { server, page, chat } = await told({ blocks, options }, { options: { axe: true, reducedMotion: 'reduce' } });
  const slides = chat.getByRole('group', { name: '3 schede' });
  await slides.waitFor();
  assert.equal(await chat.locator('.carousel').count(), 1, 'a card alone stays as it is');
  await chat.getByText('1 di 3').waitFor();
  await chat.getByRole('button', { name: 'Scheda successiva' }).click();
  await chat.getByText('2 di 3').waitFor();
  await slides.focus();
  await page.keyboard.press('ArrowRight');
  await chat.getByText('3 di 3').waitFor();
  const seen = (name) => chat.locator('.card', { hasText: name }).evaluate((node) => {
    const [a, b] = [node.getBoundingClientRect(), node.parentElement.getBoundingClientRect()];
    return a.left >= b.left - 2 && a.right <= b.right + 2;
  });
  assert.equal(await seen('Sega'), true);
  assert.equal(await chat.getByRole('button', { name: 'Scheda successiva' }).getAttribute('aria-disabled'), 'true');
  assert.deepEqual(await findings(page), []);
  // Words written from right to left, whatever the page is.
  server.append({ type: 'message', from: 'bot', blocks: [card('مثقاب', 'نص'), card('مطرقة', 'نص'), card('منشار', 'نص')] });
  const other = chat.locator('.slides').nth(1);
  await other.focus();
  await page.keyboard.press('ArrowLeft');
  await chat.locator('.place').nth(1).filter({ hasText: '2 di 3' }).waitFor();
  assert.equal(await seen('مطرقة'), true);
  await page.keyboard.press('ArrowRight');
  await chat.locator('.place').nth(1).filter({ hasText: '1 di 3' }).waitFor();
  assert.equal(await seen('مثقاب'), true);
});

test('a card has its own buttons, also in a carousel, and they are not said', async () => {
  const blocks = [paragraph('Ecco:'), card('Trapano', 'Con due batterie'), card('Martello', 'Leggero'), card('Sega', 'A mano. '.repeat(100))];
  const options = [
    { id: 'entry:orari', title: 'Orari' },
    { id: 'url:https://x.example/1', title: 'Apri', href: 'https://x.example/1', card: 1 },
    { id: 'say:sega', title: 'Prendila', card: 3 },
    { id: 'url:https://x.example/1', title: 'Apri', href: 'https://x.example/1', card: 2 },
    { id: 'say:altro', title: 'Altro articolo', card: 9 },
  ];
  const { server, page, chat } = await asked();
  // While it is being said, and its cards have been moved.
  const covered = page.waitForFunction(
    () => {
      const unsaid = CSS.highlights.get('sportello-unsaid');
      return unsaid && document.querySelector('sportello-chat').shadowRoot.querySelector('.carousel') && [...unsaid].map((range) => {
        const { startContainer: text, startOffset, endContainer, endOffset } = range;
        return text === endContainer && text.nodeType === 3 ? text.data.slice(startOffset, endOffset) : `more than a text: ${text.nodeName}`;
      });
    },
    undefined,
    { polling: 'raf' },
  );
  server.append({ type: 'message', from: 'bot', blocks, options });
  const unsaid = await (await covered).jsonValue();
  assert.ok(unsaid.some((text) => text.endsWith('A mano. ')), 'what is not yet said is not seen, also where it was moved');
  assert.doesNotMatch(unsaid.join(), /Apri|Prendila|more than/, 'and the buttons are');
  const inCard = (name) => chat.locator('.card', { hasText: name }).locator('.option').allTextContents();
  assert.deepEqual(await inCard('Trapano'), ['Apri']);
  assert.deepEqual(await inCard('Martello'), ['Apri']);
  assert.deepEqual(await inCard('Sega'), ['Prendila']);
  const below = chat.locator('.row.bot').last().locator('> .options .option');
  assert.deepEqual(await below.allTextContents(), ['Orari', 'Altro articolo'], 'what names no card stands below');
  await chat.getByRole('button', { name: 'Prendila' }).click();
  await page.waitForFunction(() => document.querySelector('sportello-chat').shadowRoot.querySelector('.card .picked'));
  assert.deepEqual([server.received.at(-1).type, server.received.at(-1).option], ['pick', 'say:sega']);
});

test('a question for a date, an address or a number has its control; the composer stays', async () => {
  const { server, page, chat, bubble, say } = await told(
    { blocks: [paragraph('Per quando?')], input: { type: 'date', min: '2027-01-10' } },
    { options: { axe: true, reducedMotion: 'reduce' } },
  );
  const date = chat.getByLabel('La data');
  await date.waitFor();
  assert.deepEqual([await date.getAttribute('type'), await date.getAttribute('min')], ['date', '2027-01-10']);
  assert.deepEqual(await findings(page), []);
  await chat.getByRole('button', { name: 'Invia risposta' }).click();
  await chat.getByText('Manca la risposta').waitFor();
  await date.fill('2026-01-01');
  await chat.getByRole('button', { name: 'Invia risposta' }).click();
  await chat.locator('.ask .fault:not(:empty)').waitFor();
  await date.fill('2027-03-04');
  await chat.getByRole('button', { name: 'Invia risposta' }).click();
  await bubble('2027-03-04').waitFor();
  await date.waitFor({ state: 'hidden' });
  assert.equal(server.received.findLast(({ type }) => type === 'say').text, '2027-03-04');
  const ask = (input) => server.append({ type: 'message', from: 'bot', blocks: [paragraph(`Una domanda ${input.type}`)], input });
  await bubble('Forse intendevi').last().waitFor();
  ask({ type: 'number', min: '1', max: '9', step: '1', decimal: ',' });
  const number = chat.getByLabel('Numero', { exact: true });
  await number.fill('12');
  await number.press('Enter');
  await chat.getByText('Al massimo 9.').waitFor();
  await number.fill('2.5');
  await number.press('Enter');
  await chat.getByText('un numero intero').waitFor();
  ask({ type: 'choice', choices: ['<b>Uno</b>', 'Due', 7] });
  const choice = chat.getByLabel('La tua scelta');
  await choice.waitFor();
  assert.deepEqual(await choice.evaluate((node) => [...node.options].map(({ text }) => text)), ['Scegli…', '<b>Uno</b>', 'Due']);
  ask({ type: 'email', autocomplete: 'email' });
  await chat.getByLabel('Indirizzo e-mail').fill('senza chiocciola');
  await chat.getByLabel('Indirizzo e-mail').press('Enter');
  await chat.locator('.ask:visible .fault:not(:empty)').waitFor();
  await say('preferisco scrivere');
  await chat.getByLabel('Indirizzo e-mail').waitFor({ state: 'hidden' });
  for (const input of [{ type: '__proto__' }, { type: 'range' }, { type: 'choice', choices: 'x' }, { type: 7 }, 'x', []]) ask({ type: '', ...input });
  await bubble('Una domanda choice').last().waitFor();
  assert.equal(await chat.locator('.ask:visible').count(), 0);
});

test('erasing: asked first, kept until it is done, and then nothing is left in any tab', async () => {
  const one = await visit();
  const two = await another(one.page);
  await one.open();
  await one.say('Che orari fate?');
  await one.bubble('lunedì al sabato').waitFor();
  await two.open();
  await two.bubble('lunedì al sabato').waitFor();
  await one.menu('Cancella la mia conversazione');
  await one.chat.getByText('non si può annullare').waitFor();
  await one.chat.getByRole('button', { name: 'No, continua' }).click();
  one.server.muted = true;
  await one.menu('Cancella la mia conversazione');
  await one.chat.getByRole('button', { name: 'Sì, cancella tutto' }).click();
  await one.chat.getByText('Sto cancellando').waitFor();
  assert.ok((await storage(one.page))[0] >= 1);
  // The page goes, and the next one, which nobody opens, does what was asked for.
  await one.page.goto(`${one.server.url}?lang=it&again`);
  await one.page.waitForTimeout(300);
  one.server.muted = false;
  one.server.cut();
  await two.chat.getByText('Conversazione cancellata').waitFor();
  await two.chat.locator('.starters button:visible').first().waitFor();
  assert.equal(await two.chat.locator('.rows .row').count(), 0);
  await one.page.waitForFunction(() => localStorage.length === 0 && sessionStorage.length === 0);
  assert.deepEqual(await storage(two.page), [0, 0]);
  assert.equal(one.server.received.filter(({ type }) => type === 'erase').length >= 2, true);
  await two.say('Quanto costa la spedizione?');
  await two.bubble('6,50 €').waitFor();
  assert.equal(await two.chat.locator('.row.visitor').count(), 1);
});

test('a chat that is gone at the server is gone here: it is said, and nothing stays in the browser', async () => {
  const there = await asked();
  there.server.talks.clear();
  there.server.cut();
  await there.chat.getByText('Conversazione cancellata').waitFor();
  await there.chat.locator('.starters button:visible').first().waitFor();
  assert.equal(await there.chat.locator('.rows .row').count(), 0);
  assert.deepEqual(await storage(there.page), [0, 0]);
  await there.say('Quanto costa la spedizione?');
  await there.bubble('6,50 €').waitFor();
  assert.equal((await storage(there.page))[0], 1);
});

test('the site offers faces, the visitor chooses one, and the choice is remembered', async () => {
  const there = await visit({ tag: 'lang="it"', given: { site: { avatar: 'leo', avatars: ['leo', 'dado', 'mostro'] } } });
  await there.open();
  await there.chat.locator('.picture > svg').waitFor();
  assert.ok(there.server.requests.some((path) => path.endsWith('/face-leo.js')));
  assert.deepEqual(await storage(there.page), [0, 0]);
  await there.chat.getByRole('button', { name: 'Altro' }).click();
  await there.chat.getByRole('radio').first().waitFor();
  assert.deepEqual(await there.chat.getByRole('radio').evaluateAll((all) => all.map((one) => one.value)), ['leo', 'dado', 'off']);
  await there.chat.getByRole('radio', { name: 'Dado' }).check();
  await there.page.waitForFunction(() => localStorage.getItem('sportello:face') === 'dado');
});

test('who waits long for the first word of the server sees a face meanwhile, and then the one of the site', async () => {
  const there = await visit({ tag: 'lang="it"', given: { holdHello: true, site: { avatar: 'leo', avatars: ['leo', 'olma'] } } });
  await there.launcher.click();
  await there.chat.locator('.picture > svg').waitFor();
  const fetched = (name) => there.server.requests.some((path) => path.endsWith(`/face-${name}.js`));
  assert.deepEqual([fetched('olma'), fetched('leo')], [true, false]);
  const drawn = () => there.chat.locator('.picture > svg *').count();
  const parts = await drawn();
  const leo = there.page.waitForResponse(/face-leo\.js$/);
  there.server.holdHello = false;
  there.server.cut();
  await leo;
  await there.page.waitForFunction((was) => document.querySelector('sportello-chat').shadowRoot.querySelectorAll('.picture > svg *').length !== was, parts);
  assert.equal(await there.chat.locator('.picture > svg').count(), 1);
});

test('two first messages at the same moment in two tabs are one visitor, and closing one leaves the other', async () => {
  const one = await visit();
  const two = await another(one.page);
  for (const tab of [one, two]) {
    await tab.open();
    await tab.compose.fill('Che orari fate?');
  }
  await Promise.all([one.compose.press('Enter'), two.compose.press('Enter')]);
  for (const tab of [one, two]) await tab.chat.locator('.row.bot:not(.intro)').nth(1).waitFor();
  assert.equal([...one.server.talks.values()].filter(({ events }) => events.length).length, 1);
  await two.page.close();
  await one.say('Quanto costa la spedizione?');
  await one.bubble('6,50 €').waitFor();
});

test('what was read in one tab is read in the other', async () => {
  const one = await visit();
  await one.open();
  await one.say('Che orari fate?');
  await one.bubble('lunedì al sabato').waitFor();
  const two = await another(one.page);
  await two.open();
  await two.bubble('lunedì al sabato').waitFor();
  await two.page.keyboard.press('Escape');
  await one.page.keyboard.press('Escape');
  one.server.append({ type: 'message', from: 'bot', blocks: [paragraph('Una novità')] });
  for (const tab of [one, two]) await tab.chat.locator('.badge', { hasText: '1' }).waitFor();
  await two.launcher.click();
  await two.bubble('Una novità').waitFor();
  await one.chat.locator('.badge').waitFor({ state: 'hidden' });
});

test('on a phone Back closes the panel and not the page, and a page that routes by itself is left alone', async () => {
  const { page, chat, panel, open } = await visit({ tag: 'lang="it"', options: phone });
  await page.evaluate(() => {
    history.replaceState({ route: 'a' }, '');
    const heard = /** @type {any} */ (window.heard = []);
    addEventListener('popstate', ({ state }) => heard.push(state?.route));
  });
  const entries = () => page.evaluate(() => history.length);
  const before = await entries();
  await open();
  await page.waitForFunction(() => history.state?.sportelloOpen);
  assert.equal(await page.evaluate(() => history.state.route), 'a', 'the state of the page is kept');
  assert.equal(await page.evaluate(() => document.documentElement.style.overflow), 'hidden');
  assert.ok(await chat.locator('#compose').evaluate((node) => parseFloat(getComputedStyle(node).fontSize) >= 16));
  await page.goBack();
  await panel.waitFor({ state: 'hidden' });
  assert.match(page.url(), /\/tag$/);
  assert.equal(await page.evaluate(() => document.documentElement.style.overflow), '');
  await open();
  await page.waitForFunction(() => history.state?.sportelloOpen);
  await chat.getByRole('button', { name: 'Chiudi la chat' }).click();
  await page.waitForFunction(() => !history.state?.sportelloOpen);
  const heard = await page.evaluate(() => /** @type {any} */ (window).heard);
  assert.ok(heard.every((route) => route === 'a'), `the page hears of no other route: ${heard}`);
  assert.ok((await entries()) <= before + 1);
  // The page goes on while the panel is open: closing it must not undo that.
  await open();
  await page.waitForFunction(() => history.state?.sportelloOpen);
  await page.evaluate(() => history.pushState({ route: 'b' }, '', '/tag/other'));
  await chat.getByRole('button', { name: 'Chiudi la chat' }).click();
  await page.waitForTimeout(200);
  assert.match(page.url(), /\/tag\/other$/);
  assert.equal(await page.evaluate(() => history.state.route), 'b');
});

test('a hint comes by the rules of the tag alone, quietly, and once put away never again', async () => {
  const tag = 'lang="it" hint="Serve una mano?" hint-on="/prezzi /ta*" hint-after="1"';
  const { server, page, chat, panel } = await visit({ tag, options: { axe: true, reducedMotion: 'reduce' } });
  const focus = await page.evaluate(() => document.activeElement?.tagName);
  await chat.getByRole('status').filter({ hasText: 'Serve una mano?' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), focus);
  assert.equal(await chat.evaluate((node) => node.shadowRoot.getAnimations({ subtree: true }).length), 0);
  assert.deepEqual(await storage(page), [0, 0]);
  assert.equal(await panel.count(), 0);
  assert.deepEqual(await findings(page), []);
  await chat.getByRole('button', { name: 'Nascondi il suggerimento' }).click();
  assert.deepEqual(await storage(page), [1, 0]);
  server.requests.length = 0;
  await page.reload();
  await page.waitForTimeout(2500);
  assert.equal(await chat.locator('.hint').count(), 0);
  assert.ok(!server.requests.some((path) => path.includes('more-hint')));
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await chat.getByRole('button', { name: 'Serve una mano?' }).click();
  await panel.waitFor();
  assert.equal(await chat.locator('.hint').count(), 0);
});

test('a hint whose page is another one fetches nothing', async () => {
  const { server, page, chat } = await visit({ tag: 'hint="Ciao" hint-on="/prezzi" hint-after="1"' });
  await page.waitForTimeout(2500);
  assert.equal(await chat.locator('.hint').count(), 0);
  assert.ok(!server.requests.some((path) => path.includes('more-hint')));
});

test('what is copied are the words that were said, without times and hidden words', async () => {
  const { page, log } = await told({ blocks: [paragraph('Seconda risposta')] });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await log.focus();
  await log.evaluate((node) => getSelection().selectAllChildren(node.querySelector('.rows')));
  await page.keyboard.press('Control+C');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /Che orari fate\?\s+Siamo aperti[^]*Seconda risposta/);
  assert.doesNotMatch(text, /Hai scritto|ha scritto|Inviato|\d\d:\d\d\s*$|Perché questa/m);
});

test('more contrast: by the tag or by the visitor’s wish, black on white or white on black', async () => {
  for (const wish of [{ tag: 'lang="it" theme="contrast"' }, { tag: 'lang="it"', options: { contrast: 'more' } }]) {
    const { chat, page, open } = await visit({ ...wish, options: { ...wish.options, axe: true, reducedMotion: 'reduce' } });
    await open();
    const look = await chat.locator('.intro .bubble').evaluate((node) => {
      const { borderTopWidth, backgroundColor } = getComputedStyle(node);
      return [borderTopWidth, backgroundColor];
    });
    assert.deepEqual(look, ['2px', 'rgb(255, 255, 255)']);
    assert.deepEqual(await findings(page), []);
  }
});

test('in 320 × 256 points, with text spaced as WCAG 1.4.12 asks, nothing is lost and one can write', async () => {
  const { chat, open, say, bubble, panel } = await visit({ options: { viewport: { width: 320, height: 256 }, reducedMotion: 'reduce' } });
  await open();
  await chat.evaluate((node) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
    node.shadowRoot.adoptedStyleSheets = [...node.shadowRoot.adoptedStyleSheets, sheet];
  });
  await say('Quanto costa la spedizione?');
  await bubble('6,50 €').waitFor();
  const lost = await panel.evaluate((node) => {
    const wide = [...node.querySelectorAll('*')].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'hidden' && !one.closest('.unseen, .picture'));
    const box = node.getBoundingClientRect();
    const out = [...node.querySelectorAll('#compose, .send, .close')].filter((one) => {
      const { bottom, right, top, height } = one.getBoundingClientRect();
      return bottom > box.bottom + 1 || right > box.right + 1 || top < box.top - 1 || height < 20;
    });
    return [...wide, ...out].map(({ className }) => String(className));
  });
  assert.deepEqual(lost, []);
});

test('in a page written from right to left the panel is mirrored', async () => {
  const { page, panel, chat, launcher } = await visit({ tag: 'lang="it"' });
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  assert.ok((await launcher.boundingBox()).x < 200);
  await launcher.click();
  await chat.locator('.starters button:visible').first().waitFor();
  const [all, send, close] = [await panel.boundingBox(), await chat.locator('.send').boundingBox(), await chat.locator('.close').boundingBox()];
  assert.ok(all.x < 200 && send.x < all.x + 80 && close.x < all.x + 80);
  assert.match(await chat.locator('.send .glyph').evaluate((node) => getComputedStyle(node).transform), /^matrix\(-1/);
});

test('markup in every field, a word of 4,000 letters, and frames of another age are only words', async () => {
  const bad = '<img src=x onerror="window.bad=1"><script>window.bad=1</script>';
  const { server, page, chat, bubble, panel, say } = await told(
    {
      blocks: [paragraph(bad), paragraph('x'.repeat(4000)), { type: bad, text: bad, children: [card(bad, bad), card(bad, bad)] }, card(bad), card(bad), { type: 'image', src: 'data:text/html,x', alt: bad }],
      options: [{ id: bad, title: bad }, { id: 'u', title: bad, href: 'javascript:window.bad=1' }, null, 7],
      entry: { id: bad, title: bad }, mood: bad, name: bad, track: bad, form: bad,
      input: { type: 'choice', choices: [bad], min: bad, autocomplete: bad },
    },
    { given: { site: { assistant: bad, greeting: bad, privacy: 'javascript:window.bad=1', avatar: bad, avatars: [bad], starters: [{ id: bad, title: bad }] } } },
  );
  await chat.locator('.carousel').first().waitFor();
  await chat.locator('.ask').waitFor();
  server.send({ type: 'state', seq: 99, who: 'agent', name: bad, picture: 'javascript:window.bad=1' });
  server.send({ type: 'notice', notices: [{ id: 1, text: bad, until: Date.now() + 60_000 }] });
  server.send({ type: 'error', code: bad, message: bad });
  for (const frame of [{ type: 'erasedd' }, { type: 'message', seq: -1 }, { type: 'message', seq: 1e99, blocks: {} }, { type: 'toString' }, { type: 'position', position: bad }, [], 7, { seq: 3 }])
    server.send(frame);
  await chat.locator('.notice', { hasText: 'onerror' }).waitFor();
  const shape = await panel.evaluate((node) => [node.scrollWidth > node.clientWidth, node.querySelectorAll('script, .bubble img, a[href^="javascript"]').length]);
  assert.deepEqual(shape, [false, 0]);
  assert.equal(await page.evaluate(() => /** @type {any} */ (window).bad), undefined);
  server.append({ type: 'message', from: 'bot', blocks: [paragraph('ancora vivo')] });
  await bubble('ancora vivo').waitFor();
  await say('Quanto costa la spedizione?');
  await bubble('6,50 €').waitFor();
});

test('a server that goes at any moment loses nothing that was said', async () => {
  const { server, open, say, bubble, chat } = await visit();
  await open();
  const questions = Array.from({ length: 6 }, (_, i) => `Che orari fate? (${i})`);
  for (const [i, question] of questions.entries()) {
    await say(question);
    // Before it arrives, while it is stored, after the answer.
    if (i % 3) await new Promise((done) => setTimeout(done, (i % 3) * 70));
    server.cut();
  }
  await chat.getByText('Parte appena torna la connessione').first().waitFor({ state: 'hidden', timeout: 20_000 });
  await bubble('lunedì al sabato').nth(5).waitFor({ timeout: 20_000 });
  const asked = server.talk().events.filter(({ from }) => from === 'visitor').map(({ blocks }) => blocks[0].children[0].text);
  assert.deepEqual([...asked].sort(), questions);
  assert.equal(await chat.locator('.row.visitor').count(), 6);
});

test('the first opening fetches what it shows; rows and lips come when something is about to be said', async () => {
  const { server, open, say, bubble, compose, log } = await visit();
  const fetched = () => server.requests.map((path) => /^\/w\/[^/]+\/([a-z.-]+\.js)/.exec(path)?.[1]).filter((name) => name && name !== 'sportello.js');
  const fetchedBy = async (name) => {
    for (let tries = 0; tries < 100 && !fetched().includes(name); tries += 1) await new Promise((done) => setTimeout(done, 50));
    return fetched().includes(name);
  };
  await open();
  await log.page().waitForTimeout(500);
  assert.deepEqual([...new Set(fetched())].sort(), ['core.js', 'face-olma.js', 'more-talk.js', 'panel.it.js']);
  await compose.pressSequentially('C');
  assert.ok(await fetchedBy('more-rows.js'));
  assert.ok(await fetchedBy('more-speech.it.js'));
  await say('Che orari fate?');
  await bubble('lunedì al sabato').first().waitFor();
  assert.equal(new Set(fetched()).size, fetched().length, 'each once');
});

test('a server that is gone before the first word: what was said is seen, and goes when it is back', async () => {
  const { server, page, open, say, bubble, chat } = await visit();
  await open();
  await page.context().setOffline(true);
  server.cut();
  await say('Che orari fate?');
  await chat.getByText('Parte appena torna la connessione: «Che orari fate?»').waitFor();
  await page.context().setOffline(false);
  await bubble('lunedì al sabato').first().waitFor({ timeout: 20_000 });
  assert.equal(await chat.locator('.row.visitor').count(), 1);
  await chat.getByText('Parte appena torna la connessione').first().waitFor({ state: 'hidden' });
});
