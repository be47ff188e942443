// What helps an agent to answer, and what comes of it: suggested answers, canned replies, words to check, teaching,
// and notices that hold for everybody.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { note, script, test } from './lib/report.mjs';
import { Agent, Chat, http, logIn, newCid, plain } from './lib/chat.mjs';
import { built, demoSite, ROOT, run, SAN, Server, told } from './lib/program.mjs';

/** Questions of a person with a session, as the page asks them. */
class Desk {
  constructor(server, cookie) {
    Object.assign(this, { server, cookie });
  }

  async ask(method, path, body, headers = {}) {
    const { port } = this.server;
    const bytes = body === undefined ? undefined : JSON.stringify(body);
    const answer = await http({ port, method, path: `/desk/api/${path}`, body: bytes, headers: { Cookie: this.cookie,
      ...(bytes !== undefined && { Origin: `http://127.0.0.1:${port}`, 'Content-Length': Buffer.byteLength(bytes) }), ...headers } });
    return { status: answer.status, data: answer.text ? JSON.parse(answer.text) : null };
  }

  async get(path) {
    const { status, data } = await this.ask('GET', path);
    assert.equal(status, 200, `${path}: ${JSON.stringify(data)}`);
    return data;
  }

  async post(path, body) {
    const { status, data } = await this.ask('POST', path, body);
    assert.ok(status === 200 || status === 204, `${path}: ${status} ${JSON.stringify(data)}`);
    return data;
  }

  async refused(method, path, body, status, code) {
    const answer = await this.ask(method, path, body);
    assert.deepEqual([answer.status, answer.data?.code], [status, code], `${method} ${path} ${JSON.stringify(body)}`);
  }
}

async function person(server, name, role, ...more) {
  const added = await run(['user', 'add', name, '--role', role, '--random-password', '--site', server.site, '--data', server.data, ...more]);
  assert.equal(added.code, 0, told(added));
  const cookie = await logIn({ port: server.port, name, password: added.out.trim() });
  return { cookie, desk: new Desk(server, cookie) };
}

/** What the demo's files ask, by the first group of a pattern that has something. */
function asked(folder, lang, pattern) {
  const place = join(ROOT, folder, lang);
  return readdirSync(place).flatMap((name) => readFileSync(join(place, name), 'utf8').split('\n'))
    .map((line) => pattern.exec(line)?.slice(1).find(Boolean)).filter((text) => text && text.length < 400);
}

/** A visitor whom this agent has: says each text after the agent has joined. */
async function served(server, agent, question) {
  const chat = await Chat.open({ port: server.port });
  await chat.ask(question);
  chat.send({ type: 'human', cid: newCid() });
  const { ticket } = await chat.take((f) => f.type === 'state' && f.who === 'waiting');
  await agent.take((f) => f.type === 'ticket' && f.ticket.ticket === ticket);
  agent.send({ type: 'next' });
  await chat.take((f) => f.type === 'state' && f.who === 'agent');
  agent.send({ type: 'open', ticket });
  return { chat, ticket };
}

async function reply(agent, ticket, text) {
  const cid = newCid('a');
  agent.send({ type: 'say', cid, ticket, text });
  const ack = await agent.take((f) => f.type === 'ack' && f.cid === cid);
  return ack.seq;
}

await script('knowledge', async () => {
  if (!built()) return;
  const site = demoSite({ 'desk.silent_ask_seconds': 3600, 'desk.silent_park_seconds': 7200,
    limits: { messages_per_minute: 1000, messages_burst: 100, address_messages_per_minute: 1_000_000, address_connections: 5000 } });
  const server = await Server.start({ site });
  try {
    const anna = await person(server, 'Anna', 'agent');
    const eva = await person(server, 'Eva', 'editor');
    const agent = await Agent.open({ port: server.port, cookie: anna.cookie });
    agent.send({ type: 'presence', state: 'online' });
    const { chat, ticket } = await served(server, agent, 'vorrei sapere una cosa');

    await test('the nearest entries to what the visitor said last are ready to be inserted', async () => {
      await chat.ack(chat.say('quanto costa la spedizione?'));
      const { entries, question } = await anna.desk.get(`suggest?ticket=${ticket}`);
      assert.equal(question, 'quanto costa la spedizione?');
      assert.equal(entries[0].id, 'costo-spedizione');
      assert.match(entries[0].text, /6,50/);
      assert.doesNotMatch(entries[0].text, /\*\*|\]\(/, 'plain text');
      assert.ok(entries.length <= 3 && entries[0].confidence > 0.5);
      await anna.desk.refused('GET', 'suggest?ticket=999', undefined, 404, 'not_found');
      await anna.desk.refused('GET', 'suggest?ticket=x', undefined, 400, 'bad_field');
      const nobody = await http({ port: server.port, path: `/desk/api/suggest?ticket=${ticket}` });
      assert.equal(nobody.status, 401);
    });

    await test('of another department’s ticket nothing is told, and nothing is learnt from it', async () => {
      const ugo = await person(server, 'Ugo', 'agent', '--departments', 'ordini');
      await ugo.desk.refused('GET', `suggest?ticket=${ticket}`, undefined, 404, 'not_found');
      await ugo.desk.refused('POST', 'teach', { ticket, seq: 4 }, 404, 'not_found');
      await ugo.desk.refused('POST', 'confirm', { ticket, entry: 'costo-spedizione' }, 404, 'not_found');
      await ugo.desk.refused('POST', 'notices', { until: Date.now() + 60_000, department: 'negozio', 'line.it': 'x' }, 403, 'forbidden');
      assert.deepEqual((await eva.desk.get('proposals')).groups.filter((g) => g.taught_by.length > 0), []);
    });

    await test('canned replies are the agent’s own and entries, found by the begin of words', async () => {
      const { id } = await anna.desk.post('snippets', { name: 'Saluto', text: 'Buongiorno {visitor.name}, sono {agent.name}.' });
      await anna.desk.refused('POST', 'snippets', { name: 'saluto', text: 'x' }, 409, 'conflict');
      await anna.desk.refused('POST', 'snippets', { name: 'due\nrighe', text: 'x' }, 409, 'conflict');
      await eva.desk.refused('POST', 'snippets', { id, name: 'preso', text: 'x' }, 404, 'not_found');
      assert.deepEqual((await eva.desk.get('snippets')).snippets, []);
      const found = await anna.desk.get('suggest?q=sal&lang=it');
      assert.deepEqual(found.snippets.map((s) => s.name), ['Saluto']);
      const words = await anna.desk.get('suggest?q=costa%20la%20sped&lang=it');
      assert.equal(words.entries[0].id, 'costo-spedizione');
      assert.equal((await anna.desk.get('suggest?q=spedizione&lang=en')).entries.every((e) => !/spedizione/.test(e.title)), true);
      await anna.desk.post('snippets', { id, remove: 1 });
      assert.equal((await anna.desk.get('snippets')).snippets.length, 0);
    });

    await test('misspelt words are told with where they stand; addresses, names and the site’s own words are not', async () => {
      const text = '👍 La spedizzone costa 6,50, scriva a infoo@olmo.example. Saluti, Olmo';
      const { words } = await anna.desk.post('spell', { lang: 'it', text });
      assert.deepEqual(words.map((w) => text.slice(w.at, w.at + w.size)), ['spedizzone']);
      assert.ok(words[0].suggestions.includes('spedizione'), JSON.stringify(words));
      assert.deepEqual((await anna.desk.post('spell', { lang: 'xx', text })).words, []);
      assert.deepEqual((await anna.desk.post('spell', { lang: 'it', text: '' })).words, []);
      await anna.desk.refused('POST', 'spell', { lang: 'it', text: 'x'.repeat(4097) }, 400, 'bad_field');
      const odd = await anna.desk.ask('POST', 'spell', { lang: 'it', text: 'ciao' }, { Origin: 'http://elsewhere.example' });
      assert.equal(odd.status, 403);
    });

    await test('a question with its answer becomes a draft without what points at the visitor', async () => {
      await chat.ack(chat.say('affilate le forbici da sarta? scrivetemi a lia@olmo.example'));
      const seq = await reply(agent, ticket, 'Sì, in due giorni: cinque euro.\nChiami lo 049 1234567.');
      await anna.desk.post('teach', { ticket, seq });
      await anna.desk.post('teach', { ticket, seq });
      await anna.desk.refused('POST', 'teach', { ticket, seq: seq - 1 }, 404, 'not_found');
      await anna.desk.refused('POST', 'teach', { ticket }, 400, 'bad_field');
      const { groups } = await eva.desk.get('proposals');
      const group = groups.find((g) => g.wordings.some((w) => w.text.startsWith('affilate le forbici')));
      assert.equal(group.wordings[0].text, 'affilate le forbici da sarta? scrivetemi a …@…');
      assert.equal(group.taught_by.length, 1);
      assert.deepEqual([group.taught_by[0].by, group.taught_by[0].answer], ['Anna', 'Sì, in due giorni: cinque euro.\nChiami lo ### #######.']);
      await anna.desk.refused('GET', 'proposals', undefined, 403, 'forbidden');
    });

    await test('choosing a suggested answer proposes a wording, counted', async () => {
      await chat.ack(chat.say('a quanto ammontano le spese per mandarmi la roba'));
      await anna.desk.post('confirm', { ticket, entry: 'costo-spedizione' });
      await anna.desk.refused('POST', 'confirm', { ticket, entry: 'non-esiste' }, 404, 'not_found');
      await anna.desk.refused('POST', 'confirm', { ticket }, 400, 'bad_field');
      const { groups } = await eva.desk.get('proposals');
      const group = groups.find((g) => g.proposal?.entry === 'entry:costo-spedizione');
      assert.equal(group.wordings[0].text, 'a quanto ammontano le spese per mandarmi la roba');
      assert.equal(group.taught_by[0].by, 'Anna');
      await eva.desk.post('proposals', { number: group.number, why: 'troppo vaga' });
      await eva.desk.refused('POST', 'proposals', { number: group.number }, 409, 'conflict');
      assert.equal((await eva.desk.get('proposals')).groups.some((g) => g.number === group.number), false);
    });

    await test('an editor accepts the draft: it is an entry of its own, and answers once published', async () => {
      const [group] = (await eva.desk.get('proposals')).groups.filter((g) => g.taught_by.length > 0);
      const file = join(site, 'knowledge/it/from-the-desk.md');
      const accept = (...words) => server.command('learn', 'accept', String(group.taught_by[0].number), '--wording', 'Affilate le forbici da sarta?', ...words);
      for (const wrong of ['knowledge/en/x.md', '../x.md', 'knowledge/it/../x.md', 'knowledge/it/.md', 'knowledge/it/x.txt', 'intents/it/x.yaml']) {
        const refused = await accept('--to', wrong);
        assert.equal(refused.code, 1, told(refused));
        assert.match(refused.err, /--to is a file such as knowledge\/it\//);
      }
      assert.equal(existsSync(file), false);
      const result = await accept();
      assert.equal(result.code, 0, told(result));
      assert.match(result.out, /from-the-desk\.md:1: .*is now an entry/);
      const text = readFileSync(file, 'utf8');
      assert.match(text, /^## Affilate le forbici da sarta\? \{#affilate-le-forbici-da-sarta\}\n\nSì, in due giorni: cinque euro\./);
      assert.equal((await accept()).code, 1, 'it is settled');
      assert.equal(readFileSync(file, 'utf8'), text);
      assert.equal((await eva.desk.get('proposals')).groups.some((g) => g.number === group.number), false);
      const published = await server.command('publish');
      assert.equal(published.code, 0, told(published));
      const visitor = await Chat.open({ port: server.port });
      assert.match(plain((await visitor.ask('affilate le forbici da sarta?')).blocks), /cinque euro/);
      visitor.destroy();
    });

    await test('another draft goes behind the first; a file that has changed since is left as it is', async () => {
      const file = join(site, 'knowledge/it/from-the-desk.md');
      const taught = async (question, answer) => {
        await chat.ack(chat.say(question));
        return (await anna.desk.post('teach', { ticket, seq: await reply(agent, ticket, answer) })).question;
      };
      const vetri = await taught('tagliate vetri su misura', 'Sì:\n- fino a un metro\n- in giornata');
      const before = readFileSync(file, 'utf8');
      writeFileSync(file, `${before}\n<!-- di Eva -->\n`);
      const refused = await server.command('learn', 'accept', String(vetri));
      assert.equal(refused.code, 1, told(refused));
      assert.match(refused.err, /changed meanwhile/);
      assert.equal(readFileSync(file, 'utf8'), `${before}\n<!-- di Eva -->\n`);
      assert.equal((await server.command('learn', 'list')).code, 0);
      const result = await server.command('learn', 'accept', String(vetri));
      assert.equal(result.code, 0, told(result));
      assert.ok(readFileSync(file, 'utf8').startsWith(`${before}\n<!-- di Eva -->\n\n## tagliate vetri su misura {#tagliate-vetri-su-misura}\n`));
      const checked = await server.command('check');
      assert.equal(checked.code, 0, told(checked));
      const none = await server.command('learn', 'accept', String(vetri), '--to', 'knowledge/it/altro.md');
      assert.equal(none.code, 1, told(none));
    });

    await test('a notice holds at once for everybody, is the first answer to its questions, and ends by itself', async () => {
      const looker = await Chat.open({ port: server.port });
      const before = Date.now();
      const { id } = await anna.desk.post('notices', { until: before + 4000, 'line.it': 'Il corriere è in ritardo in tutta Italia',
        'text.it': 'Il corriere è in ritardo di due giorni <b>ovunque</b>.\nCi scusiamo.', 'wordings.it': 'il mio pacco è in ritardo\nperché il pacco non arriva' });
      const frame = await looker.take('notice');
      note(`on an open page after ${Date.now() - before} ms`);
      assert.deepEqual(frame.notices.map((n) => [n.id, n.text]), [[id, 'Il corriere è in ritardo in tutta Italia']]);
      const visitor = await Chat.open({ port: server.port });
      assert.equal(visitor.welcome.notices[0].id, id);
      const english = await Chat.open({ port: server.port, lang: 'en' });
      assert.equal(english.welcome.notices, undefined);
      const first = await visitor.ask('il pacco è in ritardo');
      assert.match(plain(first.blocks), /due giorni <b>ovunque<\/b>/);
      assert.match(plain((await visitor.ask('quanto costa la spedizione?')).blocks), /6,50/);
      const ended = await looker.take((f) => f.type === 'notice' && f.notices.length === 0);
      assert.deepEqual(ended.notices, []);
      assert.ok(Date.now() >= before + 4000);
      assert.doesNotMatch(plain((await visitor.ask('il mio pacco è in ritardo')).blocks), /due giorni/);
      for (const page of [looker, visitor, english]) page.destroy();
    });

    await test('a notice that cannot be is refused; one that was taken off holds no more', async () => {
      const until = Date.now() + 3_600_000, line = 'Chiusi per inventario';
      await anna.desk.refused('POST', 'notices', { until: 5, 'line.it': line }, 400, 'bad_field');
      await anna.desk.refused('POST', 'notices', { until, 'line.xx': line }, 400, 'bad_field');
      await anna.desk.refused('POST', 'notices', { until, department: 'nessuno', 'line.it': line }, 400, 'bad_field');
      await anna.desk.refused('POST', 'notices', { until, 'text.it': 'senza riga' }, 409, 'conflict');
      await anna.desk.refused('POST', 'notices', { id: 77, until, 'line.it': line }, 404, 'not_found');
      await anna.desk.refused('POST', 'notices', [1], 400, 'bad_field');
      const { id } = await eva.desk.post('notices', { until, 'line.it': line, 'line.en': 'Closed for stocktaking' });
      const visitor = await Chat.open({ port: server.port, lang: 'en' });
      assert.equal(visitor.welcome.notices?.[0].text ?? (await visitor.take('notice')).notices[0].text, 'Closed for stocktaking');
      await anna.desk.post('notices', { id, remove: 1 });
      await visitor.take((f) => f.type === 'notice' && f.notices.length === 0);
      visitor.destroy();
    });

    await test('an answer to what was asked before the hand-off belongs to that question, not to the wish for a person', async () => {
      const asks = 'avete il mastice per marmo antico?';
      const other = await served(server, agent, asks);
      const seq = await reply(agent, other.ticket, 'Sì, al reparto colle.');
      const { question } = await anna.desk.post('teach', { ticket: other.ticket, seq });
      const group = (await eva.desk.get('proposals')).groups.find((g) => g.taught_by.some((t) => t.number === question));
      assert.equal(group.wordings[0].text, asks);
      assert.equal((await anna.desk.get(`suggest?ticket=${other.ticket}`)).question, asks);
      other.chat.destroy();
      const silent = await Chat.open({ port: server.port });
      silent.send({ type: 'human', cid: newCid() });
      const { ticket: bare } = await silent.take((f) => f.type === 'state' && f.who === 'waiting');
      await agent.take((f) => f.type === 'ticket' && f.ticket.ticket === bare);
      agent.send({ type: 'next' });
      await silent.take((f) => f.type === 'state' && f.who === 'agent');
      await anna.desk.refused('POST', 'teach', { ticket: bare, seq: await reply(agent, bare, 'Buongiorno!') }, 404, 'not_found');
      silent.destroy();
    });

    await test('a notice takes no question that it is not about, of all that the demo’s dialogues and wordings ask', async () => {
      const until = Date.now() + 3_600_000;
      const board = [
        { 'line.it': 'Il corriere è in ritardo in tutta Italia', 'text.it': 'AVVISO', 'line.en': 'The courier is late all over Italy', 'text.en': 'AVVISO',
          'wordings.it': 'il corriere è in ritardo\nil mio pacco è in ritardo\nci sono ritardi nelle consegne',
          'wordings.en': 'the courier is late\nmy parcel is late\nare there delays in deliveries' },
        { 'line.it': 'Domani il negozio è chiuso per inventario', 'text.it': 'AVVISO', 'line.en': 'Tomorrow the shop is closed for stocktaking', 'text.en': 'AVVISO',
          'wordings.it': 'siete aperti domani', 'wordings.en': 'are you open tomorrow' },
        { 'line.it': 'Il pagamento con carta non funziona', 'text.it': 'AVVISO', 'line.en': 'Paying by card does not work', 'text.en': 'AVVISO',
          'wordings.it': 'la carta non funziona', 'wordings.en': 'my card does not work' },
      ];
      for (const notice of board) await anna.desk.post('notices', { until, ...notice });
      for (const lang of ['it', 'en']) {
        const all = [...new Set([...asked('tests/dialogues', lang, /^visitor: *(.*)$/), ...asked('knowledge', lang, /^(?:## (.*?)(?: \{#.*)?|- ([^[].*))$/)])];
        // All of them were tried once; as a rule a part will do.
        const texts = all.filter((_, i) => i % (SAN ? 20 : 5) === 0);
        const taken = [];
        const left = [...texts];
        await Promise.all(Array.from({ length: 20 }, async () => {
          for (let text = left.pop(); text !== undefined; text = left.pop()) {
            const visitor = await Chat.open({ port: server.port, lang });
            if (/^AVVISO/.test(plain((await visitor.ask(text)).blocks))) taken.push(text);
            visitor.destroy();
          }
        }));
        note(`${lang}: ${taken.length} of ${texts.length} taken: ${taken.join(' | ')}`);
        assert.deepEqual(taken, []);
      }
    });

    chat.destroy();
    agent.destroy();
  } finally {
    await server.stop();
  }
});
