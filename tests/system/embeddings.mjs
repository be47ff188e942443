// An embeddings server of the operator's, good and bad: editions are made whatever it does, visitors are answered
// whatever it does, and when it is back it is used again.

import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { script, test } from './lib/report.mjs';
import { Chat, plain } from './lib/chat.mjs';
import { built, PATIENCE_MS, run, Server, tinySite, told, until } from './lib/program.mjs';

const SIZE = 32;
const SURE = 'Quanto costa la spedizione?';
const UNSURE = 'Quando tirate su la saracinesca la mattina?';
const ENTRIES = {
  spedizione: [SURE, 'La spedizione costa **sei euro** in tutta Italia.'],
  orari: ['Quali sono gli orari del negozio?', 'Siamo aperti dal lunedì al venerdì, dalle 9 alle 18.'],
  reso: ['Come faccio a restituire un prodotto?', 'Porta il prodotto con lo scontrino entro trenta giorni.'],
  fattura: ['Posso avere la fattura?', 'Scrivi i dati della ditta quando fai l’ordine.'],
};

const OPEN = /dalle 9 alle 18/;

/** Some vector for a text, always the same; the unsure question means what that about the opening hours means. */
const vector = (text) => (text === UNSURE ? direction(ENTRIES.orari[0]).map((x, i) => x + 0.01 * i) : direction(text));
const direction = (text) => Array.from({ length: SIZE }, (_, i) => Math.sin([...text].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) % 9973, 1) * (i + 1) * 0.37));
const list = (texts) => ({ object: 'list', data: texts.map((text, index) => ({ object: 'embedding', index, embedding: vector(text) })), model: 'm' });
const json = (response, status, value) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(typeof value === 'string' ? value : JSON.stringify(value));

/** What a server may do with a request. */
const manners = {
  good: (response, texts) => json(response, 200, { ...list(texts), data: list(texts).data.reverse() }),
  slow: (response, texts) => setTimeout(() => manners.good(response, texts), 60),
  hangs: () => {},
  closes: (response) => response.socket.destroy(),
  cut: (response) => {
    response.writeHead(200, { 'Content-Length': 5000 }).write('{"data":[{"index":0,');
    setImmediate(() => response.socket.destroy());
  },
  'answers 500': (response) => json(response, 500, { error: { message: 'out of memory' } }),
  'answers 401': (response) => json(response, 401, { error: 'no such key' }),
  redirects: (response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
  garbage: (response) => json(response, 200, '<html>busy</html>'),
  huge: (response) => response.writeHead(200).end(Buffer.alloc(40 << 20, ' ')),
  'wrong count': (response, texts) => json(response, 200, list([...texts, 'more'])),
  'wrong sizes': (response, texts) => json(response, 200, { data: texts.map((_, index) => ({ index, embedding: index % 2 ? [1] : [1, 2] })) }),
  NaN: (response, texts) => json(response, 200, `{"data":[${texts.map((_, index) => `{"index":${index},"embedding":[1,NaN]}`)}]}`),
  strings: (response, texts) => json(response, 200, { data: texts.map((_, index) => ({ index, embedding: ['1', '2'] })) }),
};

class Embedder {
  static async start(manner = 'good') {
    const embedder = new Embedder();
    Object.assign(embedder, { manner, texts: [], heads: [], held: null });
    embedder.server = createServer((request, response) => {
      const pieces = [];
      response.on('error', () => {});
      request.on('error', () => {});
      request.on('data', (piece) => pieces.push(piece));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(pieces).toString());
        embedder.heads.push({ path: request.url, method: request.method, authorization: request.headers.authorization, model: body.model });
        embedder.texts.push(...body.input);
        if (embedder.held && body.input.includes(UNSURE)) embedder.held.push(() => manners.good(response, body.input));
        else manners[embedder.manner](response, body.input);
      });
    });
    await new Promise((done) => embedder.server.listen(0, '127.0.0.1', done));
    embedder.url = `http://127.0.0.1:${embedder.server.address().port}`;
    return embedder;
  }

  /** From now on the unsure question gets no answer until `release`. */
  hold() {
    this.held = [];
  }

  release() {
    const held = this.held ?? [];
    this.held = null;
    for (const answer of held) answer();
  }

  asked(text) {
    return this.texts.filter((t) => t === text).length;
  }

  stop() {
    this.server.closeAllConnections?.();
    return new Promise((done) => this.server.close(done));
  }
}

const settings = (url, more = {}) => ({
  'understanding.embeddings.url': url,
  'understanding.embeddings.model': 'm',
  'understanding.embeddings.timeout_ms': 300,
  'limits.messages_per_minute': 1000,
  'limits.messages_burst': 100,
  ...Object.fromEntries(Object.entries(more).map(([key, value]) => [`understanding.embeddings.${key}`, value])),
});
const WARNING = /sportello\.yaml:\d+: warning: made without embeddings, by the words alone: /;
const publish = (site, ...words) => run(['publish', '--site', site, '--data', join(site, 'data'), ...words]);

/** Publishes a site with a server of this manner: the edition is made, and why is told. */
async function publishWith(manner, why) {
  const embedder = await Embedder.start(manner);
  const result = await publish(tinySite(ENTRIES, settings(embedder.url, { timeout_ms: 50 })));
  await embedder.stop();
  assert.equal(result.code, 0, told(result));
  assert.match(result.out, /edition 1 is live: 4 entries/, told(result));
  assert.match(result.err, WARNING, told(result));
  assert.match(result.err, why, told(result));
}

await script('embeddings', async () => {
  if (!built()) return;

  await test('at publish every entry goes to the server, with the model, the secret and the right path', async () => {
    const embedder = await Embedder.start();
    const site = tinySite(ENTRIES, settings(`${embedder.url}/v1`, { secret: 'embed' }));
    mkdirSync(join(site, 'data/secrets'), { recursive: true, mode: 0o700 });
    writeFileSync(join(site, 'data/secrets/embed'), 's3cret\n', { mode: 0o600 });
    const result = await publish(site);
    await embedder.stop();
    assert.equal(result.code, 0, told(result));
    assert.doesNotMatch(result.err, /warning/, told(result));
    for (const [question] of Object.values(ENTRIES)) assert.ok(embedder.asked(question) > 0, question);
    for (const head of embedder.heads) assert.deepEqual(head, { path: '/v1/embeddings', method: 'POST', authorization: 'Bearer s3cret', model: 'm' });
    assert.ok(embedder.heads.length <= 4, 'in batches');
    assert.ok(!(result.out + result.err).includes('s3cret'), 'the secret is told to nobody');
  });

  await test('whatever is wrong with the server, the edition is made and a warning says why', async () => {
    const cases = {
      closes: /Empty reply|reset/i,
      cut: /transfer closed|outstanding/i,
      'answers 500': /it answers 500: out of memory/,
      'answers 401': /it answers 401: no such key/,
      redirects: /it answers 302/,
      garbage: /not JSON/,
      huge: /larger than/,
      'wrong count': /as many vectors/,
      'wrong sizes': /size that was expected/,
      NaN: /not JSON/,
      strings: /finite number/,
      hangs: /no answer within/,
    };
    await Promise.all(Object.entries(cases).map(([manner, why]) => publishWith(manner, why)));
  });

  await test('a publish that the end of the server interrupts makes no edition', async () => {
    const embedder = await Embedder.start();
    const site = tinySite(ENTRIES, settings(embedder.url));
    const first = await Server.start({ site });
    embedder.manner = 'hangs';
    const asked = embedder.heads.length;
    const publishing = first.command('publish');
    await until('a request', () => embedder.heads.length > asked);
    const [ended, published] = await Promise.all([first.stop(), publishing]);
    assert.equal(ended.code, 0);
    assert.equal(published.code, 1, told(published));
    assert.match(published.err, /error: the embeddings were interrupted/, told(published));
    const list = await run(['editions', '--site', site]);
    assert.equal(list.out.trim().split('\n').length, 1, told(list));
    await embedder.stop();
  });

  await test('a server that is down, an address that is none, and a secret that is missing', async () => {
    const embedder = await Embedder.start();
    const url = embedder.url;
    await embedder.stop();
    const down = await publish(tinySite(ENTRIES, settings(url, { secret: 'missing' })));
    assert.equal(down.code, 0, told(down));
    assert.match(down.err, WARNING, told(down));
    assert.match(down.err, /secret “missing” of the embeddings server is missing; put it into DATA\/secrets\/missing/, told(down));
    const metadata = await publish(tinySite(ENTRIES, settings('http://169.254.169.254')));
    assert.equal(metadata.code, 0, told(metadata));
    assert.match(metadata.err, /it leads to a special address/, told(metadata));
    const offline = await run(['check', '--site', tinySite(ENTRIES, settings(url))]);
    assert.equal(offline.code, 0, told(offline));
    assert.doesNotMatch(offline.out, /embeddings/, 'check asks no server');
  });

  await test('ask and test work by the words alone where the server fails, and say so', async () => {
    const embedder = await Embedder.start('answers 500');
    const site = tinySite(ENTRIES, settings(embedder.url));
    const asked = await run(['ask', SURE, '--site', site]);
    assert.equal(asked.code, 0, told(asked));
    assert.match(asked.out, /sei euro/, told(asked));
    assert.match(asked.err, WARNING, told(asked));
    const tested = await run(['test', '--site', site]);
    assert.match(tested.err, WARNING, told(tested));
    await embedder.stop();
  });

  await test('ask takes its second look at once, and tells what it cost', async () => {
    const embedder = await Embedder.start();
    const site = tinySite(ENTRIES, settings(embedder.url));
    const good = await run(['ask', '--explain', UNSURE, '--site', site]);
    assert.equal(good.code, 0, told(good));
    assert.match(good.out, OPEN, told(good));
    assert.match(good.out, /second look: \d+\.\d ms · meaning from the embeddings server/, told(good));
    assert.equal(embedder.asked(UNSURE), 1);
    const sure = await run(['ask', '--explain', SURE, '--site', site]);
    assert.doesNotMatch(sure.out, /second look/, told(sure));
    assert.match(sure.out, /sei euro/, told(sure));
    const edition = await publish(site);
    assert.equal(edition.code, 0, told(edition));
    await embedder.stop();
    const down = await run(['ask', '--explain', '--edition', 'live', UNSURE, '--site', site]);
    rmSync(join(site, 'data/editions'), { recursive: true });
    const again = await Server.start({ site });
    assert.match(again.log, WARNING, 'an image that is made again says so too');
    await again.stop();
    assert.equal(down.code, 0, told(down));
    assert.doesNotMatch(down.out, OPEN, told(down));
    assert.match(down.out, /second look: .*no meaning: /, told(down));
  });

  const embedder = await Embedder.start();
  const site = tinySite(ENTRIES, settings(embedder.url));
  const server = await Server.start({ site });
  const looks = () => server.metric('sportello_second_looks_total');
  try {
    await test('a question that is not sure is looked at once more, a sure one is not', async () => {
      const chat = await Chat.open({ port: server.port });
      assert.match(plain((await chat.ask(SURE)).blocks), /sei euro/);
      assert.equal(embedder.asked(SURE), 1, 'only when the edition was made');
      assert.equal(await looks(), 0);
      assert.match(plain((await chat.ask(UNSURE)).blocks), OPEN);
      assert.equal(embedder.asked(UNSURE), 1);
      assert.equal((await chat.take('typing')).from, 'bot');
      assert.equal(await looks(), 1);
      assert.equal(await server.metric('sportello_second_looks_without_total'), 0);
      embedder.manner = 'slow';
      await chat.ask(UNSURE);
      assert.equal(await server.metric('sportello_second_looks_without_total'), 0, 'slow and in time');
      embedder.manner = 'good';
      chat.destroy();
    });

    await test('while one waits for the server others are answered, and one’s own order holds', async () => {
      const waits = await Chat.open({ port: server.port });
      const other = await Chat.open({ port: server.port });
      embedder.hold();
      const first = waits.say(UNSURE);
      await until('the question at the server', () => embedder.held.length === 1);
      const second = waits.say(SURE);
      for (let i = 0; i < 5; i++) assert.match(plain((await other.ask(SURE)).blocks), /sei euro/);
      assert.ok(!waits.acked.has(first) || waits.acked.get(first) === 1);
      embedder.release();
      assert.ok((await waits.ack(first)) < (await waits.ack(second)));
      waits.destroy();
      other.destroy();
    });

    await test('whatever is wrong with the server, visitors are answered, and once it is mended it is used again', async () => {
      for (const manner of Object.keys(manners).filter((m) => !['good', 'slow', 'wrong sizes'].includes(m))) {
        const chat = await Chat.open({ port: server.port });
        const before = await server.metric('sportello_second_looks_without_total');
        embedder.manner = manner;
        const reply = await chat.ask(UNSURE);
        assert.ok(reply.fallback, manner);
        assert.doesNotMatch(plain(reply.blocks), OPEN, manner);
        assert.equal(await server.metric('sportello_second_looks_without_total'), before + 1, manner);
        embedder.manner = 'good';
        const asked = embedder.asked(UNSURE);
        assert.match(plain((await chat.ask(UNSURE)).blocks), OPEN, `after ${manner}`);
        assert.equal(embedder.asked(UNSURE), asked + 1, `after ${manner}`);
        assert.equal(await server.metric('sportello_second_looks_without_total'), before + 1, `after ${manner}`);
        chat.destroy();
      }
    });

    await test('a server that fails five times in a row is left alone, and told of once', async () => {
      const chat = await Chat.open({ port: server.port });
      embedder.manner = 'answers 500';
      for (let i = 0; i < 5; i++) await chat.ask(UNSURE);
      assert.equal(await server.metric('sportello_embeddings_paused'), 1);
      assert.equal(await server.metric('sportello_embeddings_pauses_total'), 1);
      const asked = embedder.asked(UNSURE);
      for (let i = 0; i < 3; i++) await chat.ask(UNSURE);
      assert.equal(embedder.asked(UNSURE), asked);
      assert.equal(server.log.match(/event=embeddings_paused/g).length, 1);
      assert.match(server.log, /event=embeddings_paused why="it answers 500: out of memory" seconds=30/);
      assert.ok(!server.log.includes('saracinesca'), 'no message in the log');
      embedder.manner = 'good';
      chat.destroy();
    });

    await test('a new edition begins anew with the server; a turn in the middle keeps its own', async () => {
      assert.equal((await server.command('publish')).code, 0);
      assert.equal(await server.metric('sportello_embeddings_paused'), 0);
      const chat = await Chat.open({ port: server.port });
      embedder.hold();
      const cid = chat.say(UNSURE);
      await until('the question at the server', () => embedder.held.length === 1);
      assert.equal((await server.command('publish', '--note', 'meanwhile')).code, 0);
      embedder.release();
      assert.equal(await chat.ack(cid), 1);
      await chat.ask(SURE);
      chat.destroy();
    });

    await test('who leaves in the middle finds the answer later', async () => {
      const chat = await Chat.open({ port: server.port });
      await chat.ask(SURE);
      embedder.hold();
      chat.say(UNSURE);
      await until('the question at the server', () => embedder.held.length === 1);
      chat.destroy();
      embedder.release();
      const again = await Chat.open({ port: server.port, token: chat.token, after: 0 });
      await until('the answer', () => again.events.has(4));
      assert.equal(again.events.get(4).from, 'bot');
      again.destroy();
    });

    await test('the end of the server does not wait for it: what was said is kept and answered', async () => {
      const chat = await Chat.open({ port: server.port });
      embedder.hold();
      const cid = chat.say(UNSURE);
      await until('the question at the server', () => embedder.held.length === 1);
      const [ended, seq] = await Promise.all([server.stop(), chat.ack(cid, PATIENCE_MS)]);
      assert.equal(ended.code, 0);
      assert.equal(seq, 1);
      chat.destroy();
    });
  } finally {
    embedder.release();
    await server.stop();
    await embedder.stop();
  }
});
