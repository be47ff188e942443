// axe-core over the states that a chat can be in, beside those of the plain walk in widget.test.mjs: in both languages, light,
// dark and with high contrast, and in a page that is written from right to left. One walk a look: each step leads from the state
// before, and nothing may be found in any.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from './browser.mjs';
import { harness, paragraph } from './widget-page.mjs';

const { visit } = harness();
const card = (title, text) => ({ type: 'card', title, children: [paragraph(text)] });
const text = (value) => ({ type: 'text', text: value });
const file = { id: 'a'.repeat(32), name: 'listino.pdf', media: 'application/pdf', size: 90_000, href: `files/${'a'.repeat(32)}/listino.pdf` };
const DAY_MS = 86_400_000;

/** The words of the panel that the steps look for. */
const words = {
  it: { more: 'Altro', erase: /^Cancella la mia/, no: 'No, continua', end: /^Termina/, hide: 'Nascondi il volto', show: 'Mostra il volto', leave: 'Lascia un messaggio', call: /essere richiamato/, send: 'Invia il messaggio', back: 'Torna alla chat', human: 'Parla con una persona', yes: /^Sì, cancella/ },
  en: { more: 'More', erase: /^Erase my chat/, no: 'No, go on', end: /^End the/, hide: 'Hide the face', show: 'Show the face', leave: 'Leave a message', call: /call me/, send: 'Send the message', back: 'Back to the chat', human: 'Talk to a person', yes: /^Yes, erase/ },
};

/** Each: what it is, and how one gets there. */
const steps = [
  ['a hint by the closed button', async ({ chat }) => chat.locator('.hint').waitFor()],
  ['greeting, with files to be sent and a notice', async ({ server, open, chat }) => {
    await open();
    server.send({ type: 'notice', notices: [{ id: 1, text: 'Oggi il corriere è in ritardo.', until: Date.now() + DAY_MS }] });
    await chat.locator('.tidings p').waitFor();
  }],
  ['days, lists, links, code, quotes and a picture that cannot be had', async ({ server, say, chat, bubble }) => {
    await say('Che orari fate?');
    await bubble(/19/).first().waitFor();
    server.talk().events[0].at = Date.now() - 3 * DAY_MS;
    server.append({ type: 'message', from: 'bot', entry: { id: 'x', title: 'Come si fa?' }, blocks: [
      { type: 'heading', level: 3, children: [text('Così')] }, { type: 'list', ordered: true, children: [{ type: 'item', children: [text('prima')] }, { type: 'item', children: [text('dopo')] }] },
      { type: 'paragraph', children: [text('Vedi '), { type: 'link', href: 'https://example.com/', children: [text('la pagina')] }] },
      { type: 'code_lines', text: 'sportello check' }, { type: 'quote', children: [paragraph('chi va piano')] }, { type: 'image', src: 'https://example.com/x.png', alt: 'Una vite' }, { type: 'rule' }] });
    await chat.locator('pre').waitFor();
    await chat.locator('.why summary').last().click();
  }],
  ['a thumb down', async ({ chat }) => chat.locator('.thumbs button').last().click()],
  ['a carousel', async ({ server, chat }) => {
    server.append({ type: 'message', from: 'bot', blocks: [card('Il trapano', 'Sabato'), card('La sedia', 'Domenica'), card('Il muro', 'Mai')] });
    await chat.locator('.carousel').waitFor();
  }],
  ...[{ type: 'date', min: '2026-01-01' }, { type: 'time' }, { type: 'email', autocomplete: 'email' }, { type: 'tel' }, { type: 'number', min: 1, max: 9 }, { type: 'choice', choices: ['Arezzo', 'Siena', 'Pisa', 'Lucca', 'Prato', 'Livorno'] }].map((input) => [`a field for an answer: ${input.type}`, async ({ server, chat }) => {
    server.append({ type: 'message', from: 'bot', blocks: [paragraph(`${input.type}?`)], input });
    await chat.locator('.field:visible :is(input, select)').waitFor();
  }]),
  ['a file from the desk', async ({ server, chat }) => {
    server.append({ type: 'message', from: 'bot', blocks: [paragraph('Ecco'), { type: 'file', ...file }] });
    await chat.locator('a.file').waitFor();
  }],
  ['the menu', async ({ chat, w }) => {
    await chat.getByRole('button', { name: w.more, exact: true }).click();
    await chat.getByRole('button', { name: w.erase }).waitFor();
  }],
  ['erasing is asked about', async ({ chat, w }) => {
    await chat.getByRole('button', { name: w.erase }).click();
    await chat.getByRole('button', { name: w.no }).waitFor();
  }],
  ['ending is asked about', async ({ chat, w }) => {
    await chat.getByRole('button', { name: w.no }).click();
    if (!(await chat.getByRole('button', { name: w.end }).isVisible())) await chat.getByRole('button', { name: w.more, exact: true }).click();
    await chat.getByRole('button', { name: w.end }).click();
    await chat.getByRole('button', { name: w.no }).click();
    await chat.locator('#compose').focus();
  }],
  ['no face', async ({ chat, w }) => {
    await chat.getByRole('button', { name: w.hide }).click();
    await chat.getByRole('button', { name: w.show }).waitFor();
  }],
  ['too long a text', async ({ chat }) => {
    await chat.locator('#compose').fill('a'.repeat(5000));
    await chat.getByText(/5[.,]?000|9\d\d|1[.,]?000/).first().waitFor({ timeout: 2000 }).catch(() => {});
  }],
  ['being typed to, while the line is down', async ({ server, chat, say }) => {
    await chat.locator('#compose').fill('');
    server.send({ type: 'typing', from: 'bot' });
    server.down = true;
    server.cut();
    await say('senza rete');
    await chat.locator('.going').waitFor();
  }],
  ['back, with new messages below', async ({ server, chat, page }) => {
    server.down = false;
    await chat.locator('.going').waitFor({ state: 'detached', timeout: 20_000 });
    await chat.getByRole('log').evaluate((node) => (node.scrollTop = 0));
    await page.waitForTimeout(200);
    server.append({ type: 'message', from: 'bot', blocks: [paragraph('nuovo')] });
  }],
  ['the form to be called, with consent, and what is missing', async ({ chat, w }) => {
    await chat.locator('.foot').getByRole('button', { name: w.leave }).click();
    await chat.getByRole('button', { name: w.call }).click();
    await chat.locator('.leave .primary').first().click();
  }],
  ['the queue', async ({ chat, w }) => {
    await chat.getByRole('button', { name: w.back }).click();
    await chat.getByRole('button', { name: w.human }).click();
    await chat.locator('.queue .ticket').waitFor();
  }],
  ['a person, and how it went', async ({ server, chat, bubble }) => {
    server.agentJoins('Marta Rossi');
    server.agentSays('Buongiorno');
    await bubble('Buongiorno').waitFor();
    server.agentLeaves();
    await chat.locator('.verdict').waitFor();
  }],
  ['closed, with the number of what is new', async ({ server, chat, page }) => {
    await chat.evaluate((node) => node.close());
    server.append({ type: 'message', from: 'bot', blocks: [paragraph('ancora')] });
    await page.waitForTimeout(200);
  }],
];

const looks = [['it', 'light', '', 'ltr'], ['en', 'dark', '', 'ltr'], ['en', 'light', 'contrast', 'rtl'], ['it', 'dark', 'contrast', 'ltr']];
for (const [lang, colorScheme, theme, dir] of looks)
  test(`axe-core finds nothing in any state: ${lang}, ${colorScheme} ${theme}, ${dir}`, async () => {
    const scene = await visit({
      tag: `lang="${lang}" hint="Serve una mano?" hint-after="1" contact="info@olmo.example" ${theme && `theme="${theme}"`}`,
      given: { satisfaction: true, consent: { version: '1', text: 'Accetto.' }, site: { files: { types: ['image/png', 'application/pdf'], bytes: 1e7 }, avatars: ['olma', 'dado'] } },
      options: { axe: true, colorScheme, reducedMotion: 'reduce' },
      before: (page) => page.addInitScript((way) => document.addEventListener('DOMContentLoaded', () => (document.documentElement.dir = way)), dir),
    });
    scene.page.setDefaultTimeout(15_000);
    const found = [];
    for (const [state, go] of steps) {
      await Promise.resolve(go({ ...scene, w: words[lang] })).catch((error) => {
        throw new Error(`to “${state}”: ${error}`);
      });
      await scene.page.waitForTimeout(150);
      for (const line of await findings(scene.page)) found.push(`${state}: ${line}`);
    }
    assert.deepEqual(found, []);
    scene.page.complaints.splice(0); // The picture that the page's policy refuses, the line that was cut.
  });
