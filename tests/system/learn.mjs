// Learning from use: what visitors asked and did not get is listed, an editor accepts it, the file has one line more, and
// the next edition answers. Never by itself, never over somebody's changes, never half.

import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { note, script, Skip, test } from './lib/report.mjs';
import { Chat, newCid, plain } from './lib/chat.mjs';
import { built, runOnTerminal, Server, tinySite, told } from './lib/program.mjs';

const SETTINGS = { limits: { messages_per_minute: 1000, messages_burst: 100, address_messages_per_minute: 1_000_000 } };
const entries = {
  spedizione: ['Quanto costa la spedizione?', 'La spedizione costa sei euro in tutta Italia.'],
  reso: ['Quanto costa il reso?', 'Il reso è gratuito entro trenta giorni.'],
  orari: ['Quali sono gli orari del negozio?', 'Siamo aperti dal lunedì al venerdì, dalle 9 alle 18.'],
  fattura: ['Posso avere la fattura?', 'Scrivi i dati della ditta quando fai l’ordine.'],
};
const KILLS = 6;

/** `learn list --json` as objects. */
async function learn(server, ...words) {
  const result = await server.command('learn', 'list', '--json', ...words);
  assert.equal(result.code, 0, told(result));
  return result.out.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** The group that has this wording. */
async function group(server, text, ...words) {
  const found = (await learn(server, ...words)).find((g) => g.wordings.some((w) => w.text === text));
  assert.ok(found, `“${text}” is listed`);
  return found;
}

/** Presses a button and waits for the reply. */
async function pick(chat, option) {
  const cid = newCid('p');
  chat.send({ type: 'pick', cid, option });
  const seq = await chat.ack(cid);
  return [...chat.events.values()].find((f) => f.from === 'bot' && f.seq > seq)
    ?? chat.take((f) => f.type === 'message' && f.from === 'bot' && f.seq > seq);
}

async function rate(chat, seq, value) {
  const cid = newCid('r');
  chat.send({ type: 'rate', cid, seq, value });
  await chat.ack(cid);
}

async function answer(server, text) {
  const chat = await Chat.open({ port: server.port });
  const reply = await chat.ask(text);
  chat.destroy();
  return reply;
}

await script('learning', async () => {
  if (!built()) return;
  const site = tinySite(entries, SETTINGS);
  const file = join(site, 'knowledge/it/prova.md');
  let server = await Server.start({ site });
  const text = () => readFileSync(file, 'utf8');
  const folder = () => readdirSync(join(site, 'knowledge/it')).filter((name) => name !== 'prova.md');
  try {
    await test('nothing was asked, nothing waits', async () => {
      const result = await server.command('learn');
      assert.equal(result.code, 0, told(result));
      assert.match(result.out, /nothing waits/);
      assert.equal((await server.command('learn', 'show', '1')).code, 1);
      assert.equal((await server.command('learn', 'accept', '1')).code, 1);
      assert.equal((await server.command('learn', 'accept', 'uno')).code, 2);
      assert.equal((await server.command('learn', 'forget')).code, 2);
    });

    await test('what is not answered is kept, alike ones together, and counted', async () => {
      for (const words of ['Vendete zucche volanti?', 'vendete zucche volanti', 'vendete le zucche volanti', 'che squadra gioca stasera']) {
        const reply = await answer(server, words);
        assert.equal(reply.fallback, true, words);
      }
      const groups = await learn(server);
      assert.equal(groups.length, 2, JSON.stringify(groups));
      assert.equal(groups[0].times, 3);
      assert.equal(groups[0].unanswered, 3);
      assert.deepEqual(groups[0].wordings.map((w) => [w.text, w.times]), [['Vendete zucche volanti?', 2], ['vendete le zucche volanti', 1]]);
      assert.equal(groups[0].proposal, null);
      assert.deepEqual(await learn(server), groups, 'numbers stay');
      const people = await server.command('learn');
      assert.match(people.out, /asked 3 times[^]*Vendete zucche volanti\?/);
      assert.equal((await learn(server, '--lang', 'en')).length, 0);
    });

    let number;
    await test('a pick from "did you mean" is proposed, a thumb down takes it back', async () => {
      const chat = await Chat.open({ port: server.port });
      const offer = await chat.ask('quanto costa');
      assert.ok(offer.options.some((o) => o.id === 'none'), JSON.stringify(offer.options));
      const reply = await pick(chat, 'entry:spedizione');
      assert.match(plain(reply.blocks), /sei euro/);
      assert.equal((await group(server, 'quanto costa')).proposal.entry, 'entry:spedizione');
      await rate(chat, reply.seq, -1);
      assert.equal((await group(server, 'quanto costa')).proposal, null);
      await rate(chat, reply.seq, 1);
      const found = await group(server, 'quanto costa');
      assert.equal(found.proposal.entry, 'entry:spedizione');
      assert.equal(found.proposal.helpful, 1);
      assert.equal(found.proposal.file, 'knowledge/it/prova.md');
      assert.equal((await learn(server))[0].number, found.number, 'proposals come first');
      number = found.number;
      chat.destroy();
    });

    await test('an answer that is rated down is kept with its question', async () => {
      const chat = await Chat.open({ port: server.port });
      const reply = await chat.ask('Posso avere la fattura?');
      await rate(chat, reply.seq, -1);
      assert.equal((await group(server, 'Posso avere la fattura?')).thumb_down, 1);
      chat.destroy();
    });

    await test('accepting needs to know for which entry', async () => {
      const { number: zucche } = await group(server, 'Vendete zucche volanti?');
      const before = text();
      for (const [words, says] of [
        [[], /which one it is for with --entry/], [['--entry', 'non-esiste'], /no entry or intent “non-esiste”/],
        [['--entry', 'orari', '--wording', 'Quanto costa la spedizione'], /stands already in “spedizione” \(knowledge\/it\/prova\.md:1\)/],
        [['--entry', 'orari', '--wording', '?!'], /no letter or digit/], [['--entry', 'orari', '--wording', 'a\nb'], /one line/],
      ]) {
        const result = await server.command('learn', 'accept', String(zucche), ...words);
        assert.equal(result.code, 1, told(result));
        assert.match(result.err, says);
      }
      assert.equal(text(), before);
    });

    await test('accepting writes one line, says where, and only publishing makes it live', async () => {
      chmodSync(file, 0o640);
      const before = text();
      const result = await server.command('learn', 'accept', String(number), '--wording', 'quanto mi costa farlo spedire');
      assert.equal(result.code, 0, told(result));
      assert.match(result.out, /prova\.md:1: “quanto mi costa farlo spedire” is now a wording of “spedizione”/);
      assert.match(result.out, /publish to make it live/);
      assert.equal(text(), before.replace('{#spedizione}\n', '{#spedizione}\n- quanto mi costa farlo spedire\n'));
      assert.equal(statSync(file).mode & 0o777, 0o640);
      assert.deepEqual(folder(), []);
      assert.equal((await learn(server)).some((g) => g.number === number), false);
      assert.equal((await learn(server, '--all')).find((g) => g.number === number).state, 'accepted');
      const published = await server.command('publish');
      assert.equal(published.code, 0, told(published));
      assert.match(plain((await answer(server, 'quanto mi costa farlo spedire')).blocks), /sei euro/);
    });

    await test('the visitor’s own words: not understood before, answered after', async () => {
      const words = 'avete un parcheggio per le giraffe';
      assert.equal((await answer(server, words)).fallback, true);
      const { number: giraffe } = await group(server, words);
      const result = await server.command('learn', 'accept', String(giraffe), '--entry', 'orari');
      assert.equal(result.code, 0, told(result));
      assert.equal((await answer(server, words)).fallback, true, 'not before it is published');
      assert.equal((await server.command('publish')).code, 0);
      const reply = await answer(server, words);
      assert.equal(reply.entry?.id, 'orari', JSON.stringify(reply));
    });

    await test('a file that has changed since it was looked at is left alone until one looks again', async () => {
      const { number: gatto } = await group(server, 'che squadra gioca stasera');
      appendFileSync(file, '\n## Avete un gatto? {#gatto}\n\nSì, Romeo.\n');
      const before = text();
      const refused = await server.command('learn', 'accept', String(gatto), '--entry', 'orari');
      assert.equal(refused.code, 1, told(refused));
      assert.match(refused.err, /prova\.md has changed meanwhile: look again/);
      assert.equal(text(), before);
      const { number: again } = await group(server, 'che squadra gioca stasera');
      assert.equal(again, gatto);
      const accepted = await server.command('learn', 'accept', String(gatto), '--entry', 'gatto');
      assert.equal(accepted.code, 0, told(accepted));
      assert.equal(text(), before.replace('{#gatto}\n', '{#gatto}\n- che squadra gioca stasera\n'));
      assert.equal((await server.command('publish')).code, 0);
    });

    await test('what is refused is not proposed again, and is counted on', async () => {
      const { number: zucche } = await group(server, 'Vendete zucche volanti?');
      const result = await server.command('learn', 'refuse', String(zucche), '--why', 'non esistono');
      assert.equal(result.code, 0, told(result));
      assert.match(result.out, /2 questions/);
      assert.equal((await server.command('learn', 'refuse', String(zucche))).code, 1);
      await answer(server, 'vendete zucche volanti');
      assert.equal((await learn(server)).some((g) => g.number === zucche), false);
      const kept = (await learn(server, '--all')).find((g) => g.number === zucche);
      assert.equal(kept.state, 'refused');
      assert.equal(kept.why, 'non esistono');
      assert.equal(kept.times, 4);
    });

    await test('of two who accept the same at once, one does', async () => {
      const words = 'posso venire con il mio elefante bianco';
      await answer(server, words);
      const { number: elefante } = await group(server, words);
      const accept = () => server.command('learn', 'accept', String(elefante), '--entry', 'orari');
      const results = await Promise.all([accept(), accept(), accept()]);
      assert.deepEqual(results.map((r) => r.code).sort(), [0, 1, 1], results.map(told).join('\n'));
      assert.equal(text().split(words).length, 2);
    });

    await test('a wording that stands there already is only noted: so a command that was killed halfway is mended', async () => {
      await answer(server, 'si possono noleggiare i cammelli');
      const { number: cammelli } = await group(server, 'si possono noleggiare i cammelli');
      writeFileSync(file, text().replace('{#orari}\n', '{#orari}\n- si possono noleggiare i cammelli\n'));
      const before = text();
      const result = await server.command('learn', 'accept', String(cammelli), '--entry', 'orari');
      assert.equal(result.code, 0, told(result));
      assert.match(result.out, /is already a wording of “orari”/);
      assert.equal(text(), before);
      assert.equal((await learn(server)).some((g) => g.number === cammelli), false);
    });

    await test(`killed in the midst ${KILLS} times: old or new, never half, and accepting again mends it`, async () => {
      let half = 0;
      for (let i = 0; i < KILLS; i++) {
        // Unlike one another: what was accepted answers its like.
        const words = `${['nuvole di panna', 'dove nascono le pere', 'chi dipinge le viti', 'violini scordati', 'lampade magiche', 'tramonto in montagna'][i]} ${i}`;
        await answer(server, words);
        const { number: n } = await group(server, words);
        const before = text();
        const accept = () => server.command('learn', 'accept', String(n), '--entry', 'fattura');
        const under = accept();
        await new Promise((done) => setTimeout(done, 4 + i * 8));
        await server.kill();
        await under;
        const after = text();
        assert.ok(after === before || after.replace(`- ${words}\n`, '') === before, 'one line more or nothing');
        server = await Server.start({ site });
        const open = (await learn(server)).some((g) => g.number === n);
        if (open && after !== before) half++;
        if (open) {
          const result = await accept();
          assert.equal(result.code, 0, told(result));
        }
        assert.equal(text().split(`- ${words}\n`).length, 2);
        assert.equal((await learn(server)).some((g) => g.number === n), false);
      }
      note(`killed between the file and the store: ${half} times`);
      const check = await server.command('check');
      assert.equal(check.code, 0, told(check));
    });

    await test('without a server the same commands work on the data themselves', async () => {
      await answer(server, 'avete anche dei pinguini imperatore');
      await server.stop();
      const { number: n } = await group(server, 'avete anche dei pinguini imperatore');
      const result = await server.command('learn', 'accept', String(n), '--entry', 'entry:orari', '--wording', 'pinguini');
      assert.equal(result.code, 0, told(result));
      assert.match(text(), /^- pinguini$/m);
    });

    await test('on a terminal somebody is led through, by lines', async () => {
      server = await Server.start({ site });
      await answer(server, 'quanti bulloni entrano in un secchio');
      await answer(server, 'cantate canzoni napoletane');
      await server.command('learn', 'refuse', String((await group(server, 'Posso avere la fattura?')).number));
      await server.stop();
      const input = 'a\nr\ntroppi\ne\ncantate canzoni\norari\nq\n';
      const result = await runOnTerminal(['learn', '--site', site, '--data', server.data], { input }).catch((error) => {
        throw new Skip(`script(1): ${error.message}`);
      });
      assert.match(result.out, /a = accept/, told(result));
      assert.match(result.out, /For which answer/, told(result));
      assert.match(result.out, /refused: 1 question/, told(result));
      assert.match(text(), /^- cantate canzoni$/m, told(result));
      assert.equal((await group(server, 'quanti bulloni entrano in un secchio', '--all')).why, 'troppi');
    });
  } finally {
    await server.stop();
  }
});
