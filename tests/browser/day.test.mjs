// A whole day at the counter, with the real program and real browsers: three visitors, two agents; somebody who falls
// silent, a transfer, a browser that dies, lunch with nobody there, a call, closing time, and a message that is answered
// by e-mail the next morning. The server's wall clock is set by libfaketime; what is counted in seconds really passes.
//   node tests/browser/day.test.mjs                              prints a line a test; pictures go to build/shots/
//   node tests/browser/day.test.mjs --pictures FOLDER [--lang en]   also takes the pictures of docs/agents.LANG.md
// Environment: BUILD, SAN as for the system tests; CHROMIUM (/usr/bin/chromium).

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { launch, openPage } from './browser.mjs';
import { script, skip, test } from '../system/lib/report.mjs';
import { built, PATIENCE_MS, ROOT, SAN, Server, settingsText, temporary, told, until } from '../system/lib/program.mjs';

const SHOTS = join(ROOT, 'build/shots');
const PYTHON = '/usr/bin/python3';
const argument = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : null);
const pictures = argument('--pictures');
const lang = argument('--lang') ?? 'it';
/** Those that the guides show; the others are for looking at what the test saw. */
const FOR_THE_GUIDE = new Set(['queue', 'transfer']);
/** A Monday in winter; the shop is in Rome. */
const MONDAY = '2027-01-18', TUESDAY = '2027-01-19';
const SILENCE_MS = 30_000, PARKED_MS = 60_000;

const WORDS = {
  it: { hours: 'Quali sono gli orari?', open: 'Dal lunedì al venerdì, 8.30–12.30 e 15–19.', cost: 'Quanto costa la spedizione?', costs: 'Costa 6,50 €, gratis da 70 €.',
    ada: 'Il trapano arrivato ieri non parte', bea: 'Mi consigliate una vernice per esterni?', carlo: 'Posso cambiare la data del corso?', hello: 'Buongiorno, sono {name}. La aiuto volentieri.',
    thanks: 'Grazie, resto qui', still: 'Ci sei ancora?', aside: 'messo da parte', again: 'Eccomi, scusate!', note: 'Trapano OL-204518, in garanzia: da sostituire.', tag: 'garanzia', lost: 'ha perso la connessione',
    line: 'Vi avevo chiesto del trapano', answer: 'Le mandiamo un trapano nuovo entro giovedì.', date: 'Certo: sabato prossimo alle 10.', closed: 'chius', call: '051 123456', callMe: 'Per il trapano, dopo le tre',
    mail: 'carlo@posta.example', ask: 'A che ora comincia il corso di sabato?', letter: 'Il corso comincia alle 10 in punto. A sabato!', human: 'Parla con una persona', leave: 'Lascia un messaggio', text: 'Messaggio',
    contact: 'E-mail o telefono', send: 'Invia il messaggio', callBack: 'Preferisco essere richiamato', received: 'Messaggio ricevuto', callReceived: 'Richiesta ricevuta', happy: 'Ti siamo stati d’aiuto?', grade: '5 Molto', sendGrade: 'Invia il parere', joined: '{name}' },
  en: { hours: 'What are your hours?', open: 'Monday to Friday, 8.30–12.30 and 15–19.', cost: 'How much is delivery?', costs: 'It is €6.50, free from €70.',
    ada: 'The drill that came yesterday does not start', bea: 'Which paint do you recommend for outdoors?', carlo: 'Can I change the date of my course?', hello: 'Good morning, this is {name}. Happy to help.',
    thanks: 'Thank you, I will stay here', still: 'Are you still there?', aside: 'set your request aside', again: 'I am back, sorry!', note: 'Drill OL-204518, under warranty: to be replaced.', tag: 'warranty', lost: 'lost the connection',
    line: 'I had asked about the drill', answer: 'We are sending you a new drill by Thursday.', date: 'Of course: next Saturday at 10.', closed: 'clos', call: '051 123456', callMe: 'About the drill, after three please',
    mail: 'carlo@post.example', ask: 'When does the course on Saturday begin?', letter: 'The course begins at ten sharp. See you on Saturday!', human: 'Talk to a person', leave: 'Leave a message', text: 'Message',
    contact: 'E-mail or telephone', send: 'Send the message', callBack: 'Please call me instead', received: 'Message received', callReceived: 'Request received', happy: 'Were we helpful?', grade: '5 Very much', sendGrade: 'Tell us', joined: '{name}' },
};
const words = WORDS[lang];

/** The mail server of the mail test: what it is handed. */
function mailServer() {
  const letters = [];
  const child = spawn(PYTHON, [join(ROOT, 'tests/system/lib/smtpd.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
  const listening = new Promise((done) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = JSON.parse(line);
      if (event.letter) letters.push(event.letter);
      else if (event.listening) done(event.listening);
    });
  });
  child.stdin.write(`${JSON.stringify({ start: { port: 0 } })}\n`);
  return { letters, listening, end: () => child.stdin.end() };
}

/** A wall clock of its own for the program: `set` moves it, and it goes on from there. */
function wallClock() {
  const folder = readdirSync('/usr/lib').find((name) => existsSync(`/usr/lib/${name}/faketime/libfaketime.so.1`));
  const library = folder && `/usr/lib/${folder}/faketime/libfaketime.so.1`;
  const file = join(temporary('clock'), 'offset');
  const set = (local) => writeFileSync(file, `${((Date.parse(`${local}:00+01:00`) - Date.now()) / 1000).toFixed(3)}`.replace(/^(\d)/, '+$1'));
  return { library, set, env: { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', DONT_FAKE_MONOTONIC: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', TZ: 'UTC' } };
}

/** A visitor's page by its roles and names. */
class Visitor {
  static async come(browser, server) {
    const visitor = new Visitor();
    visitor.page = await openPage(browser, { locale: lang, viewport: { width: 900, height: 760 }, reducedMotion: 'reduce' });
    visitor.page.setDefaultTimeout(3 * PATIENCE_MS);
    visitor.chat = visitor.page.locator('sportello-chat');
    await visitor.page.goto(`${server.url}/?lang=${lang}`);
    await visitor.page.waitForFunction(() => customElements.get('sportello-chat'));
    await visitor.chat.locator('.launcher').click();
    await visitor.chat.locator('#compose').waitFor();
    return visitor;
  }

  async say(text) {
    await this.chat.locator('#compose').fill(text);
    await this.chat.locator('#compose').press('Enter');
  }

  sees(text) {
    return this.chat.getByText(text).last().waitFor();
  }

  human() {
    return this.chat.getByRole('button', { name: words.human }).click();
  }

  async leave(contact, text, kind = words.send) {
    await this.chat.locator('.foot').getByRole('button', { name: words.leave }).or(this.chat.locator('.queue').getByRole('button', { name: words.leave })).first().click();
    await this.chat.getByLabel(words.text, { exact: true }).fill(text);
    await this.chat.getByLabel(words.contact).fill(contact);
    await this.chat.getByRole('button', { name: kind }).click();
  }
}

/** An agent's page. */
class Agent {
  static async come(browser, server, { name, password }) {
    const agent = new Agent();
    agent.name = name;
    agent.page = await openPage(browser, { locale: lang === 'en' ? 'en-GB' : 'it-IT', viewport: { width: 1360, height: 820 }, reducedMotion: 'reduce' });
    agent.page.setDefaultTimeout(3 * PATIENCE_MS);
    await agent.page.goto(`${server.url}/desk`);
    const [user, secret] = [agent.page.locator('input[autocomplete=username]'), agent.page.locator('input[type=password]')];
    await user.fill(name);
    await secret.fill(password);
    await agent.page.keyboard.press('Enter');
    await agent.page.locator('.take').waitFor();
    await agent.page.locator('.presence input[value=online]').check();
    return agent;
  }

  async take() {
    await this.page.locator('.take:not([data-idle])').click();
    await this.page.locator('#composer').waitFor();
  }

  row(list, n) {
    return this.page.locator(`section.${list} .row`, { hasText: String(n) });
  }

  async say(text) {
    await this.page.locator('#composer').fill(text);
    await this.page.locator('#composer').press('Enter');
    await this.page.getByRole('log').getByText(text).last().waitFor();
  }

  sees(text) {
    return this.page.getByRole('log').getByText(text).last().waitFor();
  }

  async close(cause) {
    await this.page.locator('.head-deeds button[aria-keyshortcuts=c], .task-deeds button[aria-keyshortcuts=c]').click();
    await this.page.locator(`dialog.close input[value=${cause}]`).check();
    await this.page.locator('dialog.close button[type=submit]').click();
  }

  async picture(name) {
    await this.page.waitForTimeout(400);
    const path = !pictures ? join(SHOTS, `day-${name}.png`) : FOR_THE_GUIDE.has(name) ? join(pictures, `desk-${name}.${lang}.png`) : null;
    if (path) await this.page.screenshot({ path, animations: 'disabled' });
  }
}

/** A shop of two questions. */
function shop(settings) {
  const site = join(temporary('day'), 'site');
  mkdirSync(join(site, 'knowledge', lang), { recursive: true });
  writeFileSync(join(site, 'knowledge', lang, 'shop.md'), `## ${words.hours} {#orari}\n\n${words.open}\n\n## ${words.cost} {#spedizione}\n\n${words.costs}\n`);
  writeFileSync(join(site, 'sportello.yaml'), settingsText(settings));
  return site;
}

const ready = () => {
  if (spawnSync(PYTHON, ['-c', 'import aiosmtpd'], { stdio: 'ignore' }).status !== 0) return 'python3-aiosmtpd is not installed';
  if (!wallClock().library) return 'faketime is not installed';
  // A sanitiser must be the first library of a process, and so must the clock.
  return SAN ? 'its clock cannot be set in a sanitised build' : '';
};

await script('day', async () => {
  if (!built()) return;
  if (ready()) {
    skip('a whole day at the counter', ready());
    return;
  }
  mkdirSync(pictures ?? SHOTS, { recursive: true });
  const mail = mailServer(), clock = wallClock();
  const site = shop({ languages: [lang], name: 'Ferramenta Olmo', assistant: 'Olma', timezone: 'Europe/Rome',
    'departments.negozio.name': lang === 'it' ? 'Negozio' : 'Shop', 'departments.negozio.hours': { 'mon-fri': '08:30-12:30, 15:00-19:00' },
    'desk.silent_ask_seconds': SILENCE_MS / 1000, 'desk.silent_park_seconds': PARKED_MS / 1000, 'desk.offline_park_seconds': 10,
    'desk.lease_seconds': 10, 'desk.grace_seconds': 2,
    'mail.url': `smtp://127.0.0.1:${await mail.listening}`, 'mail.from': 'Ferramenta Olmo <assistenza@olmo.example>', 'mail.starttls': 'none',
    'limits.messages_per_minute': 1000, 'limits.messages_burst': 100 });
  clock.set(`${MONDAY}T10:00`);
  const server = await Server.start({ site, env: clock.env });
  const people = {};
  for (const name of ['Marta', 'Luca']) {
    const added = await server.command('user', 'add', name, '--role', 'agent', '--random-password');
    assert.equal(added.code, 0, told(added));
    people[name] = { name, password: added.out.trim() };
  }
  const browser = await launch();
  /** Luca's browser is a process of its own: it will be killed. */
  const doomed = await chromium.launchServer({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  let going = true;
  const step = async (what, work) => {
    if (!going) return skip(what, 'what came before it failed');
    going = await test(what, work);
    return going;
  };
  let marta, luca, ada, bea, carlo, number = 1001;
  const numbers = {};
  try {
    await step('morning: two agents come, and three visitors in a row', async () => {
      marta = await Agent.come(browser, server, people.Marta);
      luca = await Agent.come(await chromium.connect(doomed.wsEndpoint()), server, people.Luca);
      for (const [name, question] of [['ada', words.ada], ['bea', words.bea], ['carlo', words.carlo]]) {
        const visitor = await Visitor.come(browser, server);
        if (name === 'ada') {
          await visitor.say(words.cost);
          await visitor.sees(words.costs);
        }
        await visitor.say(question);
        await visitor.chat.locator('.row.bot').last().waitFor();
        await visitor.human();
        await visitor.chat.locator('.ticket').getByText(String(number)).waitFor();
        numbers[name] = number++;
        if (name === 'ada') ada = visitor;
        else if (name === 'bea') bea = visitor;
        else carlo = visitor;
      }
      assert.deepEqual(numbers, { ada: 1001, bea: 1002, carlo: 1003 });
      await until('the desk shows all three', async () => (await marta.page.locator('section.waiting .row').count()) === 3);
      await marta.picture('queue');
    });

    await step('who came first is served first, by whoever takes the next', async () => {
      await marta.take();
      await marta.sees(words.ada);
      await marta.sees(words.costs);
      await marta.say(words.hello.replace('{name}', 'Marta'));
      await ada.sees('Marta');
      await luca.take();
      await luca.say(words.hello.replace('{name}', 'Luca'));
      await bea.sees('Luca');
      await until('the third visitor is next', async () => (await carlo.chat.locator('.queue').innerText()).includes(lang === 'it' ? 'Sei il prossimo' : 'You are next'));
      await marta.picture('chat');
    });

    await step('a note and a tag are for colleagues; the chat is offered to one of them, who accepts', async () => {
      await marta.page.locator('.card textarea').fill(words.note);
      await marta.page.locator('.card textarea').press('Control+Enter');
      await marta.page.locator('.card').getByText(words.note).waitFor();
      await marta.page.locator('.head-deeds button[aria-keyshortcuts=t]').click();
      await marta.page.locator('dialog.transfer').waitFor();
      await marta.picture('transfer');
      await marta.page.locator('dialog.transfer button[type=submit]').click();
      await luca.page.locator('.offer').waitFor();
      assert.equal(await marta.page.locator('#composer').count(), 1, 'it is hers until he accepts');
      await luca.page.locator('.offer .button.strong').click();
      await luca.row('mine', numbers.ada).waitFor();
      await marta.row('others', numbers.ada).waitFor();
      await ada.say(words.thanks); // Whoever has the last word is not silent.
      await luca.row('mine', numbers.ada).click();
      await luca.sees(words.thanks);
      assert.ok(!(await ada.chat.locator('.log').innerText()).includes(words.note), 'the note is not for the visitor');
    });

    await step('who falls silent is asked, then set aside, and keeps the place', async () => {
      await bea.sees(words.still);
      await bea.sees(words.aside);
      await until('the chat is nobody’s', async () => (await luca.row('mine', numbers.bea).count()) === 0);
      await bea.say(words.again);
      await until('she is before the third, who came later', async () => (await marta.page.locator('section.waiting .row').first().innerText()).includes(String(numbers.bea)));
      await marta.take();
      await marta.sees(words.again);
      await bea.say(words.thanks);
    });

    await step('an agent’s browser dies: the visitor is told, and is the next again at the old place', async () => {
      doomed.process().kill('SIGKILL');
      await ada.sees(words.lost);
      await until('the chat is back in the queue, before the third', async () => (await marta.page.locator('section.waiting .row').first().innerText()).includes(String(numbers.ada)));
      await marta.take();
      await marta.sees(words.hello.replace('{name}', 'Marta'));
      await marta.page.locator('.card').getByText(words.note).waitFor();
      await marta.say(words.answer);
      await ada.sees(words.answer);
      await marta.close('solved');
      await ada.chat.getByRole('group', { name: words.happy }).waitFor();
      await ada.chat.getByRole('radio', { name: words.grade }).check();
      await ada.chat.getByRole('button', { name: words.sendGrade }).click();
      await ada.chat.locator('.verdict').waitFor({ state: 'hidden' });
    });

    await step('before lunch the third is served', async () => {
      await marta.take();
      await marta.sees(words.carlo);
      await marta.say(words.date);
      await carlo.sees(words.date);
      await marta.close('solved');
      await marta.row('mine', numbers.bea).click();
      await marta.close('no_answer');
      await until('nobody is left', async () => (await marta.page.locator('section.mine .row, section.waiting .row').count()) === 0);
    });

    await step('lunch: nobody is promised, and a call can be asked for', async () => {
      clock.set(`${MONDAY}T12:45`);
      await marta.page.locator('.presence input[value=away]').check();
      await ada.say(words.line);
      await ada.chat.locator('.row.bot').last().waitFor();
      await ada.human();
      await until('it says that it is closed', async () => (await ada.chat.locator('.log').innerText()).toLowerCase().includes(words.closed));
      assert.equal(await ada.chat.locator('.queue').isVisible(), false);
      await ada.leave(words.call, words.callMe, words.callBack);
      await ada.sees(words.callReceived);
      numbers.call = number++;
    });

    await step('after lunch the call takes its turn, is made and closed', async () => {
      clock.set(`${MONDAY}T15:05`);
      await marta.page.locator('.presence input[value=online]').check();
      await marta.page.locator('.take:not([data-idle])').click();
      await marta.row('mine', numbers.call).waitFor();
      const link = marta.page.locator('.chat a[href^="tel:"]').first();
      assert.match(await link.getAttribute('href'), /^tel:\+?[\d]+$/);
      await marta.picture('call');
      await marta.close('answered');
      await until('it is gone', async () => (await marta.row('mine', numbers.call).count()) === 0);
    });

    await step('who waits and goes away at closing time has a message, not an empty promise', async () => {
      await bea.say(words.bea);
      await bea.human();
      await bea.chat.locator('.ticket').getByText(String(number)).waitFor();
      numbers.evening = number++;
      await bea.page.close();
      await marta.row('parked', numbers.evening).waitFor();
      clock.set(`${MONDAY}T19:01`);
      await marta.row('messages', numbers.evening).waitFor();
    });

    await step('in the evening a message is left; nobody is there', async () => {
      await carlo.leave(words.mail, words.ask);
      await carlo.sees(words.received);
      numbers.message = number++;
      await marta.row('messages', numbers.message).waitFor();
      await carlo.page.close();
    });

    await step('the next morning it is answered by e-mail, and its link leads back into the conversation', async () => {
      clock.set(`${TUESDAY}T08:40`);
      await marta.page.close();
      luca = await Agent.come(browser, server, people.Luca);
      await luca.row('messages', numbers.message).click();
      await luca.page.locator('.whose .button.strong').click();
      await luca.page.locator('.reply textarea').fill(words.letter);
      await luca.picture('message');
      await luca.page.locator('.reply button[type=submit]').click();
      const letter = await until('the letter arrives', () => mail.letters.find((l) => l.text.includes(words.letter)));
      assert.deepEqual(letter.to, [words.mail]);
      const link = /http\S+#sportello=[A-Za-z0-9_-]{43}/.exec(letter.text)?.[0];
      assert.ok(link, letter.text);
      const back = await openPage(browser, { locale: lang });
      await back.goto(link);
      await back.locator('sportello-chat').getByText(words.letter).waitFor();
      await back.locator('sportello-chat').getByText(words.date).waitFor();
      assert.deepEqual(back.complaints, []);
      await until('the message is done', async () => (await luca.row('messages', numbers.message).count()) === 0);
    });
  } finally {
    if (!going) for (const [who, what] of Object.entries({ marta, luca, ada, bea, carlo })) await what?.page.screenshot({ path: join(SHOTS, `day-failed-${who}.png`) }).catch(() => {});
    await browser.close();
    await doomed.kill().catch(() => {});
    mail.end();
    await server.kill();
  }
});
