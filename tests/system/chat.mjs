// `sportello ask` as a chat, from a pipe and on a terminal; and what `sportello test` says about a dialogue that differs.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { script, test } from './lib/report.mjs';
import { built, PATIENCE_MS, PROGRAM, run, tinySite, told } from './lib/program.mjs';

const SECRET = 'a secret of the shop, long enough';
const ENTRIES = {
  orari: ['Quali sono gli orari del negozio?', 'Siamo aperti dalle 9 alle 18.'],
  garanzia: ['Quanto dura la garanzia?', 'Dura due anni.'],
};
const ORDER = `intent: ordine
title: "Dov'è il mio ordine?"
patterns: ["* mio ordine *", "ordine {numero}"]
slots:
  numero: {type: regex, match: "[A-Z]{2}-[0-9]{4}", ask: "Qual è il numero?"}
  via: {type: choice, choices: {casa: {title: A casa}, negozio: {title: In negozio}}, ask: "Dove lo vuoi?"}
steps:
  - call: {webhook: ordini, into: o, else: [{say: "Adesso non lo so."}]}
  - say: "L'ordine {numero} è {o.stato}."
`;
const PERSON = 'intent: persona\nexamples: ["voglio parlare con una persona", operatore]\nhandoff: true\n';

/** The shop's own service: every call's words and whether they were signed. */
async function service(answer) {
  const calls = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => (body += piece));
    request.on('end', () => {
      const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = request.headers;
      const right = `v1,${createHmac('sha256', SECRET).update(`${id}.${at}.${body}`).digest('base64')}`;
      calls.push({ ...JSON.parse(body), signed: signature === right });
      response.writeHead(answer.status ?? 200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { calls, port: server.address().port, close: () => server.close() };
}

function shop(port) {
  const site = tinySite(ENTRIES, { webhooks: { ordini: { url: `http://127.0.0.1:${port}/`, secret: 'ordini' } }, webhook_hosts: [`127.0.0.1:${port}`] });
  mkdirSync(join(site, 'intents/it'), { recursive: true });
  writeFileSync(join(site, 'intents/it/ordine.yaml'), ORDER);
  writeFileSync(join(site, 'intents/it/persona.yaml'), PERSON);
  return site;
}

const env = { SPORTELLO_SECRET_ORDINI: SECRET };

/** Types each line when the prompt appears behind what `after` says; the output, and the exit code. */
function typed(site, lines, variables) {
  return new Promise((done, failed) => {
    const child = spawn('script', ['-qec', `'${PROGRAM}' ask --site '${site}'`, '/dev/null'], { env: { ...process.env, TERM: 'xterm', ...variables } });
    const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    let out = '', seen = 0;
    child.stdin.on('error', () => {}); // It has gone meanwhile.
    child.stdout.on('data', (piece) => {
      out += piece;
      while (lines.length > 0) {
        const [line, after] = lines[0];
        const shown = out.indexOf(after, seen), prompt = shown < 0 ? -1 : out.indexOf('> ', shown + after.length);
        if (prompt < 0) return;
        seen = prompt + 2;
        lines.shift();
        child.stdin.write(line);
      }
    });
    child.on('error', failed);
    child.on('close', (code) => {
      clearTimeout(late);
      done({ code, out, err: '' });
    });
  });
}

const chat = (site, lines, options = {}, ...words) => run(['ask', '--site', site, ...words], { input: lines.join('\n'), env, ...options });
const count = (text, part) => text.split(part).length - 1;

await script('chat', async () => {
  if (!built()) return;
  const good = await service({ body: { stato: 'in viaggio' } });
  const site = shop(good.port);

  await test('from a pipe each line is shown and answered, in one conversation', async () => {
    const result = await chat(site, ["dov'è il mio ordine", 'AB-1234', '2', 'Quanto dura la garanzia?']);
    assert.equal(result.code, 0, told(result));
    const order = ["> dov'è il mio ordine", 'Qual è il numero?', '> AB-1234', 'Dove lo vuoi?', '  2. [In negozio]', '> 2', '(calling ordini …)', "L'ordine AB-1234 è in viaggio.", 'Dura due anni.'];
    let at = 0;
    for (const part of order) {
      const next = result.out.indexOf(part, at);
      assert.ok(next >= 0, `${part} is missing behind:\n${result.out.slice(0, at)}\nin:\n${result.out}`);
      at = next;
    }
    assert.ok(!result.out.includes('\x1b'), 'no colours in a pipe');
    assert.equal(good.calls.length, 1);
    assert.deepEqual(good.calls[0].data, { numero: 'AB-1234', via: 'negozio' });
    assert.ok(good.calls[0].signed);
    assert.equal(good.calls[0].type, 'ordini');
    assert.equal(good.calls[0].intent, 'ordine');
  });

  await test('/new forgets, /human calls a person, /quit ends before what follows', async () => {
    const result = await chat(site, ["dov'è il mio ordine", '/new', 'AB-1234', '/human', 'voglio parlare con una persona', '/quit', 'Quanto dura la garanzia?']);
    assert.equal(result.code, 0, told(result));
    assert.match(result.out, /\(a new conversation\)/);
    assert.equal(count(result.out, 'Dove lo vuoi?'), 0, 'the number belongs to no flow any more');
    assert.equal(count(result.out, '(a person would be called now)'), 1);
    assert.match(result.out, /già in fila/);
    assert.ok(!result.out.includes('due anni'));
  });

  await test('--explain shows what a flow has collected and called', async () => {
    const result = await chat(site, ['ordine AB-1234', 'a casa'], {}, '--explain');
    assert.equal(result.code, 0, told(result));
    assert.match(result.out, /flow · ordine · intents\/it\/ordine\.yaml:1 .*asks via · numero = AB-1234/);
    assert.match(result.out, /called ordini\n/);
  });

  await test('one question shows what its flow would call, and calls nothing', async () => {
    const before = good.calls.length;
    const result = await run(['ask', '--site', site, 'ordine AB-1234'], { env });
    assert.match(result.out, /numero = AB-1234 · asks via/);
    assert.equal(good.calls.length, before);
    const bare = await run(['ask', '--site', site, '--json'], { env });
    assert.equal(bare.code, 2, told(bare));
  });

  await test('a webhook that fails, or whose secret is nowhere, is said, and the flow takes its way out', async () => {
    const bad = await service({ status: 500, body: {} });
    const failing = await chat(shop(bad.port), ['ordine AB-1234', 'a casa']);
    assert.match(failing.out, /\(ordini did not answer: .*500.*\)\n/);
    assert.match(failing.out, /Adesso non lo so\./);
    bad.close();
    const silent = await chat(site, ['ordine AB-1234', 'a casa'], { env: { SPORTELLO_SECRET_ORDINI: '' } });
    assert.match(silent.out, /\(ordini did not answer: its secret “ordini” is nowhere: put it into .*secrets\/ordini/);
    assert.match(silent.out, /Adesso non lo so\./);
  });

  await test('what is broken, long or empty is answered as well', async () => {
    const result = await chat(site, ['', '\xff\xfe', 'x'.repeat(5000), '999', '/new', '/quit']);
    assert.equal(result.code, 0, told(result));
    assert.equal(count(result.out, '\n> '), 5, result.out.slice(0, 500));
    assert.ok(!/\n> [^\n]*\n\n/.test(result.out), 'each has an answer');
  });

  await test('on a terminal it greets, is coloured unless NO_COLOR is set, and Ctrl-D ends it', async () => {
    const coloured = await typed(site, [['Quanto dura la garanzia?\r', '/quit'], ['\x04', 'Dura due anni.']], { NO_COLOR: undefined });
    assert.match(coloured.out, /A chat with Prova's assistant\./);
    assert.match(coloured.out, /\x1b\[36mDura due anni\./);
    assert.equal(coloured.code, 0, told(coloured));
    const bare = await typed(site, [['Quanto dura la garanzia?\r', '/quit'], ['/quit\r', 'Dura due anni.']], { NO_COLOR: '1' });
    assert.match(bare.out, /Dura due anni\./);
    assert.ok(!bare.out.includes('\x1b[36m'), bare.out);
    assert.equal(bare.code, 0, told(bare));
    const early = await typed(site, [['Quanto dura la garanzia?\r\x04', '/quit']], { NO_COLOR: '1' });
    assert.match(early.out, /Dura due anni\./);
    assert.equal(early.code, 0, told(early));
  });

  await test('a dialogue that differs is told as a compiler would, and calls nothing', async () => {
    const before = good.calls.length;
    const folder = join(site, 'tests/dialogues/it');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'ordine.chat'), `# Goal: an order is found.
webhook ordini: {stato: pronto}
visitor: ordine AB-1234
  expect asks via, slot numero = AB-*, slot via = casa
visitor: in negozio
bot: *pronto*
  expect slot via = negozio, slot via = In negozio, calls ordini
visitor: Quanto dura la garanzia?
  expect confidence < 0.1, mood sorry, says *tre anni*, article orari
`);
    const result = await run(['test', '--site', site], { env });
    assert.equal(result.code, 1, told(result));
    const file = 'tests/dialogues/it/ordine.chat';
    assert.deepEqual(result.out.trim().split('\n').map((line) => line.replace(/[01]\.\d\d$|\(confidence .*/, '…')), [
      `${file}:4: expected slot via = casa, got numero = AB-1234`,
      `${file}:9: expected confidence < 0.10, got …`,
      `${file}:9: expected mood sorry, got neutral`,
      `${file}:9: expected says *tre anni*, got Dura due anni.`,
      `${file}:9: expected article orari, got answer garanzia …`,
    ], result.out);
    assert.equal(good.calls.length, before);
  });

  good.close();
});
