// Editions while people talk: a running server takes a new one without dropping or delaying a chat, errors leave the
// live one, and any earlier one can be chosen again.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { note, script, Skip, test } from './lib/report.mjs';
import { Chat, plain } from './lib/chat.mjs';
import { built, PATIENCE_MS, run, runOnTerminal, Server, temporary, tinySite, told, until, writeTopic } from './lib/program.mjs';

const LIMITS = { limits: { messages_per_minute: 1000, messages_burst: 100, address_messages_per_minute: 1_000_000 } };
const QUESTION = 'Quanto costa la spedizione?';
const TALKERS = 6;

/** The site's entries, where the answer about shipping is of one edition. */
const entries = (word) => ({
  spedizione: [QUESTION, `La spedizione costa **${word}** in tutta Italia.`],
  orari: ['Quali sono gli orari del negozio?', 'Siamo aperti dal lunedì al venerdì, dalle 9 alle 18.'],
  reso: ['Come faccio a restituire un prodotto?', 'Porta il prodotto con lo scontrino entro trenta giorni.'],
  fattura: ['Posso avere la fattura?', 'Scrivi i dati della ditta quando fai l’ordine.'],
});
const asked = async (chat) => plain((await chat.ask(QUESTION)).blocks);

/** What stands in `editions --json`, newest first. */
async function editions(where) {
  const result = await run(['editions', '--json', '--site', where.site, '--data', where.data ?? join(where.site, 'data')]);
  assert.equal(result.code, 0, told(result));
  return result.out.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** Visitors who ask one thing after the other until told to stop; complaints are collected. */
function talkers(server, patience) {
  const talk = { going: true, answered: 0, slowest: 0, words: new Set(), wrong: [] };
  talk.done = Promise.all(Array.from({ length: TALKERS }, async () => {
    try {
      const chat = await Chat.open({ port: server.port });
      for (let i = 0; talk.going && i < 90; i++) {
        const began = performance.now();
        talk.words.add(plain((await chat.ask(QUESTION, patience)).blocks));
        talk.slowest = Math.max(talk.slowest, performance.now() - began);
        talk.answered++;
        await new Promise((done) => setTimeout(done, 15));
      }
      if (chat.closed) talk.wrong.push(`a connection was dropped (${chat.code})`);
      chat.destroy();
    } catch (error) {
      talk.wrong.push(error.message);
    }
  }));
  talk.stop = async () => {
    talk.going = false;
    await talk.done;
  };
  return talk;
}

await script('editions', async () => {
  if (!built()) return;
  const site = tinySite(entries('sei euro'), LIMITS);
  const server = await Server.start({ site });
  const data = server.data;
  try {
    await test('publish reaches the running server: chats go on, every message is answered, the next turn is of the new edition', async () => {
      const talk = talkers(server, PATIENCE_MS);
      const watcher = await Chat.open({ port: server.port });
      assert.match(await asked(watcher), /sei euro/);
      const words = ['sette euro', 'otto euro', 'nove euro'];
      for (const word of words) {
        writeTopic(site, entries(word));
        const result = await server.command('publish', '--note', word);
        assert.equal(result.code, 0, told(result));
        assert.match(result.out, /edition \d+ is live/);
        assert.match(await asked(watcher), new RegExp(word), 'the very next turn');
      }
      await talk.stop();
      assert.deepEqual(talk.wrong, []);
      assert.equal(watcher.closed, false);
      for (const said of talk.words) assert.match(said, /(sei|sette|otto|nove) euro/);
      assert.ok(talk.answered >= TALKERS);
      note(`${talk.answered} answers meanwhile, the slowest after ${Math.round(talk.slowest)} ms`);
      assert.equal((await server.get('/healthz')).status, 200);
      watcher.destroy();
    });

    await test('whoever publishes on a terminal sees how far it is, also through the server; a pipe gets no such lines', async () => {
      const far = async (words) => {
        const result = await runOnTerminal(words).catch((error) => {
          throw new Skip(`script(1): ${error.message}`);
        });
        assert.equal(result.code, 0, told(result));
        assert.match(result.out, /\r\x1b\[Kedition \d+ is live/, 'the line of progress is gone before the result');
        return [...result.out.matchAll(/compiling … +(\d+) %/g)].map(([, percent]) => Number(percent));
      };
      const alone = temporary('data');
      for (const percents of [await far(['publish', '--site', site, '--data', alone]), await far(['publish', '--site', site, '--data', data])]) {
        assert.deepEqual(percents, [...percents].sort((a, b) => a - b), 'it only rises');
        assert.ok(percents.some((percent) => percent > 60 && percent < 90), `while the classifiers are trained: ${percents}`);
        assert.equal(percents.at(-1), 100);
      }
      assert.equal((await server.command('publish')).err, '');
    });

    await test('SIGHUP publishes too', async () => {
      const watcher = await Chat.open({ port: server.port });
      const talk = talkers(server, PATIENCE_MS);
      const before = (await editions(server))[0].number;
      writeTopic(site, entries('dieci euro'));
      server.signal('SIGHUP');
      await until('a new edition', async () => (await editions(server))[0].number > before);
      await until('its words', async () => /dieci euro/.test(await asked(watcher)));
      await talk.stop();
      assert.deepEqual(talk.wrong, []);
      assert.equal(watcher.closed, false);
      watcher.destroy();
    });

    await test('errors leave the live edition and are named, by publish and by SIGHUP', async () => {
      const watcher = await Chat.open({ port: server.port });
      const before = await editions(server);
      writeTopic(site, { ...entries('undici euro'), doppia: ['Ci siete?', 'Vedi [qui](#non-esiste).'] });
      const result = await server.command('publish');
      assert.equal(result.code, 1, told(result));
      assert.match(result.err, /knowledge\/it\/prova\.md:\d+:\d+: error: .*non-esiste/, told(result));
      assert.match(result.err, /live edition stays/, told(result));
      server.signal('SIGHUP');
      await until('the reason in the log', () => /non-esiste/.test(server.log));
      assert.deepEqual(await editions(server), before);
      assert.match(await asked(watcher), /dieci euro/);
      watcher.destroy();
    });

    await test('a failing dialogue blocks publishing, with --force it does not', async () => {
      writeTopic(site, entries('dodici euro'));
      mkdirSync(join(site, 'tests/dialogues/it'), { recursive: true });
      const chat = join(site, 'tests/dialogues/it/costo.chat');
      writeFileSync(chat, `# Goal: the cost is told.\nvisitor: ${QUESTION}\nbot: *tredici euro*\n`);
      const before = await editions(server);
      const blocked = await server.command('publish');
      assert.equal(blocked.code, 1, told(blocked));
      assert.match(blocked.out, /tests\/dialogues\/it\/costo\.chat:3: expected .*tredici euro.*, got .*dodici euro/, told(blocked));
      assert.deepEqual(await editions(server), before);
      const forced = await server.command('publish', '--force');
      assert.equal(forced.code, 0, told(forced));
      assert.equal((await editions(server))[0].number, before[0].number + 1);
      rmSync(chat);
    });

    await test('editions lists them newest first, with the live one marked and their notes', async () => {
      const list = await editions(server);
      assert.ok(list.length >= 5);
      for (let i = 1; i < list.length; i++) assert.equal(list[i].number, list[i - 1].number - 1);
      assert.deepEqual(list.map((e) => e.live), list.map((_, i) => i === 0));
      assert.ok(list.some((e) => e.note === 'otto euro'));
      for (const e of list) assert.deepEqual(Object.keys(e).sort(), ['files', 'live', 'made', 'note', 'number']);
      const shown = await server.command('editions');
      assert.equal(shown.out.trim().split('\n').length, list.length);
      assert.match(shown.out.split('\n')[0], /^\* /);
    });

    await test('rollback reaches the running server and survives a restart', async () => {
      const list = await editions(server);
      const eight = list.find((e) => e.note === 'otto euro').number;
      const watcher = await Chat.open({ port: server.port });
      assert.match(await asked(watcher), /dodici euro/);
      const result = await server.command('rollback', String(eight));
      assert.equal(result.code, 0, told(result));
      assert.match(await asked(watcher), /otto euro/);
      const none = await server.command('rollback', '9999');
      assert.equal(none.code, 1, told(none));
      assert.match(none.err, /no edition 9999/);
      assert.match(await asked(watcher), /otto euro/);
      watcher.destroy();
      // The site's files are still those of the newest edition made: the choice stands.
      writeFileSync(join(site, 'tests/dialogues/it/costo.chat'), `# Goal: the cost is told.\nvisitor: ${QUESTION}\nbot: *tredici euro*\n`);
      assert.equal((await server.stop()).code, 0);
      const again = await Server.start({ site });
      try {
        assert.deepEqual((await editions(again)).map((e) => e.number), list.map((e) => e.number), 'nothing new was made');
        const later = await Chat.open({ port: again.port });
        assert.match(await asked(later), /otto euro/);
        later.destroy();
      } finally {
        assert.equal((await again.stop()).code, 0);
      }
    });

    await test('images that are missing, damaged or of another format are made again from the store', async () => {
      const folder = join(data, 'editions');
      const live = (await editions({ site, data })).find((e) => e.live).number;
      const image = join(folder, `${live}.img`);
      const whole = readFileSync(image);
      const ways = {
        missing: () => rmSync(folder, { recursive: true }),
        cut: () => writeFileSync(image, whole.subarray(0, whole.length >> 1)),
        'with a bit turned in the middle': () => writeFileSync(image, Buffer.concat([whole.subarray(0, whole.length >> 1), Buffer.from([whole[whole.length >> 1] ^ 4]), whole.subarray((whole.length >> 1) + 1)])),
        'of an older format': () => writeFileSync(image, Buffer.concat([whole.subarray(0, 8), Buffer.alloc(8, 0xff), whole.subarray(16)])),
        empty: () => writeFileSync(image, ''),
      };
      for (const [way, spoil] of Object.entries(ways)) {
        spoil();
        const again = await Server.start({ site }).catch((error) => assert.fail(`${way}: ${error.message}`));
        try {
          const chat = await Chat.open({ port: again.port });
          assert.match(await asked(chat), /otto euro/, way);
          chat.destroy();
        } finally {
          assert.equal((await again.stop()).code, 0, way);
        }
        assert.ok(readFileSync(image).equals(whole), `${way}: the same image again`);
      }
    });

    await test('without a server the commands work on the data themselves', async () => {
      const last = (await editions({ site, data }))[0].number;
      writeTopic(site, entries('quattordici euro'));
      const made = await run(['publish', '--force', '--site', site, '--data', data]);
      assert.equal(made.code, 0, told(made));
      assert.equal((await editions({ site, data }))[0].number, last + 1);
      const live = await run(['ask', '--edition', 'live', '--json', QUESTION, '--site', site, '--data', data]);
      assert.equal(live.code, 0, told(live));
      assert.match(JSON.parse(live.out).reply, /quattordici euro/);
      const again = await run(['rollback', String(last), '--site', site, '--data', data]);
      assert.equal(again.code, 0, told(again));
      for (const [which, word] of [['live', /dodici euro/], [String(last), /dodici euro/], [String(last + 1), /quattordici euro/]]) {
        const answer = await run(['ask', '--edition', which, '--json', QUESTION, '--site', site, '--data', data]);
        assert.equal(answer.code, 0, told(answer));
        assert.match(JSON.parse(answer.out).reply, word, which);
      }
      const none = await run(['ask', '--edition', '9999', QUESTION, '--site', site, '--data', data]);
      assert.equal(none.code, 1, told(none));
      assert.match(none.err, /9999/);
    });

    await test('serve publishes what has changed at the start; with errors it serves the live edition and prints them', async () => {
      rmSync(join(site, 'tests'), { recursive: true });
      writeTopic(site, entries('quindici euro'));
      let again = await Server.start({ site });
      let chat = await Chat.open({ port: again.port });
      assert.match(await asked(chat), /quindici euro/);
      chat.destroy();
      await again.stop();
      writeFileSync(join(site, 'knowledge/it/rotta.md'), '## Domanda? {#orari}\n\nUn id che c’è già.\n');
      again = await Server.start({ site });
      chat = await Chat.open({ port: again.port });
      assert.match(await asked(chat), /quindici euro/);
      assert.match(again.log, /knowledge\/it\/\w+\.md:\d+:\d+: error: /);
      chat.destroy();
      await again.stop();
      rmSync(join(site, 'knowledge/it/rotta.md'));
    });
  } finally {
    await server.stop();
  }

  await test('serve with errors in the site and no edition prints them and exits 1', async () => {
    const wrong = tinySite(entries('sei euro'));
    writeFileSync(join(wrong, 'knowledge/it/rotta.md'), '## Domanda? {#orari}\n\nUn id che c’è già.\n');
    const result = await run(['serve', '--site', wrong, '--port', '0']);
    assert.equal(result.code, 1, told(result));
    assert.match(result.err, /knowledge\/it\/\w+\.md:\d+:\d+: error: /, told(result));
    assert.doesNotMatch(result.out, /listening/);
  });

  await test('a second server, or a restore, on the same data is refused with a clear line', async () => {
    const one = await Server.start({ site });
    try {
      const second = await run(['serve', '--site', site, '--port', '0']);
      assert.equal(second.code, 1, told(second));
      assert.match(second.err, /in use by another sportello/, told(second));
      assert.equal(second.err.trim().split('\n').length, 1, 'one line');
      assert.equal((await one.get('/healthz')).status, 200);
      assert.equal(statSync(join(data, 'control.sock')).mode & 0o777, 0o600);
      assert.equal(statSync(data).mode & 0o777, 0o700);
    } finally {
      assert.equal((await one.stop()).code, 0);
    }
  });

  await test('after kill -9 the next server starts, over the stale control socket too', async () => {
    const one = await Server.start({ site });
    await one.kill();
    const offline = await editions({ site, data });
    assert.ok(offline.length > 0, 'a command works without a server although the socket file is there');
    const two = await Server.start({ site });
    assert.deepEqual(await editions(two), offline);
    assert.equal((await two.stop()).code, 0);
  });

  await test('no more editions are kept than the setting says, and their images go with them', async () => {
    const small = tinySite(entries('zero euro'), { keep_editions: 3 });
    const where = { site: small, data: join(temporary('data'), 'data') };
    for (let i = 1; i <= 6; i++) {
      writeTopic(small, entries(`${i} euro`));
      const made = await run(['publish', '--site', small, '--data', where.data]);
      assert.equal(made.code, 0, told(made));
    }
    const list = await editions(where);
    assert.equal(list.length, 3, JSON.stringify(list));
    assert.deepEqual(readdirSync(join(where.data, 'editions')).filter((n) => n.endsWith('.img')).sort(), list.map((e) => `${e.number}.img`).sort());
  });
});
