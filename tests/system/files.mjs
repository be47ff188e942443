// Files between visitors and agents: what goes through both ways, and what is hostile, broken, too much or cut short does not.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { script, test } from './lib/report.mjs';
import { Agent, Chat, http, logIn, newCid } from './lib/chat.mjs';
import { EXIF, gif, jpeg, parcel, pdf, png } from './lib/media.mjs';
import { built, run, Server, temporary, tinySite, told, until } from './lib/program.mjs';

const PASSWORD = 'una-parola-lunga-per-la-prova';
const ENTRIES = { orari: ['Quali sono gli orari?', 'Siamo aperti dalle 9 alle 18.'] };
const SETTINGS = { 'files.types': ['png', 'jpeg', 'gif', 'pdf'], 'files.megabytes': 2, 'files.chat_megabytes': 3, 'limits.files_per_minute': 10000,
  'limits.messages_per_minute': 1000, 'limits.messages_burst': 100, allowed_origins: ['https://shop.example'] };

/** Every file below a folder, with its bytes. */
function everything(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => join(f.parentPath ?? f.path, f.name));
}

const stored = (server) => (existsSync(join(server.data, 'files')) ? readdirSync(join(server.data, 'files')) : []);

/** Sends a body to a route; {status, headers, json}. */
async function post(server, path, body, headers = {}) {
  const answer = await http({ port: server.port, method: 'POST', path, body, headers: { Origin: server.url, 'Content-Length': body.length, ...headers } });
  let json = null;
  try {
    json = JSON.parse(answer.text);
  } catch { /* no body */ }
  return { ...answer, json };
}

const upload = (server, token, file, name = 'foto.png', headers = {}) => post(server, '/chat/files', parcel({ token, name }, file), headers);

/** The bytes of a file, and how it is served. */
function fetchBytes(server, href, { method = 'GET', headers = {} } = {}) {
  return new Promise((done, failed) => {
    const asked = request({ host: '127.0.0.1', port: server.port, method, path: `/${href}`, headers }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(pieces) }));
      answer.on('error', failed);
    });
    asked.on('error', failed);
    asked.end();
  });
}

const filesOf = (frame) => frame.blocks.filter((b) => b.type === 'file');

script('files', async () => {
  if (!built()) return;
  const site = tinySite(ENTRIES, SETTINGS);
  let server = await Server.start({ site });
  const passwords = join(site, 'password');
  writeFileSync(passwords, PASSWORD);
  const user = async (name, role) => {
    const made = await server.command('user', 'add', name, '--role', role, '--password-file', passwords);
    assert.equal(made.code, 0, made.err);
    return logIn({ port: server.port, name, password: PASSWORD });
  };
  const cookie = await user('anna', 'agent');

  await test('a picture goes with a message, clean, and is served from a sandbox', async () => {
    const chat = await Chat.open({ port: server.port }), other = await Chat.open({ port: server.port, token: chat.token, after: 0 });
    assert.deepEqual(chat.welcome.site.files, { types: ['image/png', 'image/jpeg', 'image/gif', 'application/pdf'], bytes: 2 << 20 });
    const made = await upload(server, chat.token, png({ extra: [['tEXt', 'Comment\0<script>']] }), '../../Ricevuta è <b>.png');
    assert.equal(made.status, 201, made.text);
    assert.equal(made.json.media, 'image/png');
    assert.equal(made.json.name, 'Ricevuta è _b_.png');
    assert.deepEqual([made.json.width, made.json.height], [40, 30]);
    assert.match(made.json.id, /^[0-9a-f]{32}$/);
    assert.equal(made.json.href, `files/${made.json.id}/${encodeURIComponent(made.json.name)}`);
    // Before it is sent nobody gets it, not even with its address.
    assert.equal((await fetchBytes(server, made.json.href)).status, 404);
    const cid = newCid();
    chat.send({ type: 'say', cid, text: 'Ecco la ricevuta', files: [made.json.id] });
    await chat.ack(cid);
    const shown = await other.take((f) => f.type === 'message' && f.from === 'visitor');
    assert.deepEqual(shown.blocks.map((b) => b.type), ['paragraph', 'file']);
    assert.deepEqual(shown.blocks[1], { type: 'file', ...made.json });
    const served = await fetchBytes(server, made.json.href);
    assert.equal(served.status, 200);
    assert.equal(served.headers['content-type'], 'image/png');
    assert.equal(served.headers['x-content-type-options'], 'nosniff');
    assert.equal(served.headers['content-security-policy'], "sandbox; default-src 'none'; frame-ancestors 'none'");
    assert.equal(served.headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(served.headers['access-control-allow-origin'], undefined);
    assert.equal(served.headers['cache-control'], 'private, no-cache');
    assert.equal(served.headers['referrer-policy'], 'no-referrer');
    assert.match(served.headers['content-disposition'], /^inline; filename="Ricevuta _ _b_\.png"; filename\*=UTF-8''Ricevuta%20%C3%A8%20_b_\.png$/);
    assert.deepEqual(served.bytes, png(), 'the text in it is gone, the picture is not');
    const again = await fetchBytes(server, made.json.href, { headers: { 'If-None-Match': served.headers.etag } });
    assert.equal(again.status, 304);
    const head = await fetchBytes(server, made.json.href, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers['content-length'], head.bytes.length], [200, String(png().length), 0]);
    assert.equal((await fetchBytes(server, made.json.href.replace(/^files\/../, 'files/zz'))).status, 404);
    assert.equal((await fetchBytes(server, `files/${'0'.repeat(32)}/foto.png`)).status, 404);
    assert.equal((await fetchBytes(server, `files/${made.json.id}/pagina.html`)).headers['content-type'], 'image/png', 'the name is not looked at');
    assert.equal((await fetchBytes(server, `files/${made.json.id}/..%2f..%2fsportello.db`)).status, 404);
    chat.destroy();
    other.destroy();
  });

  await test('a file without words is answered honestly, and a person is offered', async () => {
    const chat = await Chat.open({ port: server.port });
    const { json } = await upload(server, chat.token, jpeg({ behind: '<script>' }), 'IMG_1.JPG');
    assert.deepEqual([json.width, json.height], [48, 64], 'it lies on its side');
    const cid = newCid();
    chat.send({ type: 'say', cid, files: [json.id] });
    const reply = await chat.take((f) => f.type === 'message' && f.from === 'bot');
    assert.match(JSON.stringify(reply.blocks), /non posso guardarlo/);
    assert.ok(reply.options.length > 0);
    const { bytes } = await fetchBytes(server, json.href);
    for (const secret of ['GPS', 'Cam', 'comment', 'script']) assert.ok(!bytes.includes(secret), secret);
    assert.ok(EXIF.includes('GPS') && bytes.includes('Exif'), 'how it is turned stays');
    // Words and files may not both be missing.
    chat.send({ type: 'say', cid: newCid(), files: [] });
    assert.equal((await chat.take('error')).code, 'bad_field');
    chat.destroy();
  });

  await test('a file is sent once, by who uploaded it, and a resend of its message is the same message', async () => {
    const chat = await Chat.open({ port: server.port }), thief = await Chat.open({ port: server.port });
    const { json } = await upload(server, chat.token, png());
    const send = (who, cid, files) => (who.send({ type: 'say', cid, text: 'guarda', files }), who.ack(cid));
    await assert.rejects(send(thief, newCid(), [json.id]), { code: 'no_file' });
    const cid = newCid(), seq = await send(chat, cid, [json.id]);
    chat.acked.delete(cid);
    assert.equal(await send(chat, cid, [json.id]), seq);
    await assert.rejects(send(chat, newCid(), [json.id]), { code: 'no_file' });
    await assert.rejects(send(chat, newCid(), ['f'.repeat(32)]), { code: 'no_file' });
    for (const files of ['x', [1], ['../../etc/passwd'], [json.id, json.id], Array.from({ length: 6 }, (_, i) => String(i).repeat(32))]) {
      chat.send({ type: 'say', cid: newCid(), text: 'a', files });
      assert.match((await chat.take('error')).code, /^(bad_field|too_long)$/);
    }
    // Words that come right behind do not overtake the file, nor become one message with it.
    const next = (await upload(server, chat.token, png())).json.id, first = newCid(), second = newCid();
    chat.send({ type: 'say', cid: first, text: 'prima', files: [next] });
    chat.send({ type: 'say', cid: second, text: 'quali sono gli orari' });
    const seqs = [await chat.ack(first), await chat.ack(second)];
    assert.ok(seqs[0] < seqs[1], `${seqs}`);
    chat.destroy();
    thief.destroy();
  });

  await test('what pretends to be a picture is refused, or loses what it hid', async () => {
    const chat = await Chat.open({ port: server.port });
    const refused = {
      'a page': ['<!doctype html><script>alert(1)</script>', 'bad_type'],
      'a picture in SVG': ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'bad_type'],
      'a script behind a GIF’s first letters': ['GIF89a=1;alert(1)//', 'too_many_pixels'],
      'an archive behind a PDF': [Buffer.concat([pdf(), Buffer.from('PK\x03\x04')]), 'damaged'],
      'a page in front of a PDF': [Buffer.concat([Buffer.from('<html>'), pdf()]), 'bad_type'],
      'half a PNG': [png().subarray(0, 60), 'damaged'],
      'a WebP, which this site does not take': [Buffer.from('RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1'), 'bad_type'],
      'nothing of a kind': [Buffer.alloc(100, 7), 'bad_type'],
      '40 megapixels': [png({ width: 1, height: 1, says: [8000, 5000] }), 'too_many_pixels'],
      'a line of four thousand million pixels': [png({ width: 1, height: 1, says: [0x7fffffff, 1] }), 'too_many_pixels'],
      '40 megapixels of JPEG': [jpeg({ width: 8000, height: 5000 }), 'too_many_pixels'],
    };
    const before = stored(server).length;
    for (const [what, [file, code]] of Object.entries(refused)) {
      const { status, json } = await upload(server, chat.token, Buffer.from(file));
      assert.equal(json?.code, code, what);
      assert.ok(status === 415 || status === 422, what);
    }
    assert.equal(stored(server).length, before, 'nothing of them is kept');
    const hiding = { 'foto.png': Buffer.concat([png(), Buffer.from('<script>alert(1)</script>')]), 'foto.gif': gif() };
    for (const [name, file] of Object.entries(hiding)) {
      const { json } = await upload(server, chat.token, file, name), cid = newCid();
      chat.send({ type: 'say', cid, text: 'x', files: [json.id] });
      await chat.ack(cid);
      assert.ok(!(await fetchBytes(server, json.href)).bytes.includes('script'), name);
    }
    // What it is called has no say in what it is.
    const { json } = await upload(server, chat.token, pdf(), 'foto.png');
    assert.deepEqual([json.media, json.name, json.width], ['application/pdf', 'foto.png.pdf', undefined]);
    const cid = newCid();
    chat.send({ type: 'say', cid, text: 'x', files: [json.id] });
    await chat.ack(cid);
    assert.match((await fetchBytes(server, json.href)).headers['content-disposition'], /^attachment; /);
    chat.destroy();
  });

  await test('names are made harmless', async () => {
    const chat = await Chat.open({ port: server.port });
    const names = { 'C:\\Users\\x\\CON.png': '_CON.png', 'a\r\nSet-Cookie: x.png': 'aSet-Cookie_ x.png', 'gnp.\u202Eexe.png': 'gnp.exe.png', '': 'file.png',
      ['n'.repeat(300)]: `${'n'.repeat(122)}.png`, '"><img src=x onerror=alert(1)>': '___img src=x onerror=alert(1)_.png' };
    for (const [name, expected] of Object.entries(names)) assert.equal((await upload(server, chat.token, png(), name)).json?.name, expected, JSON.stringify(name));
    chat.destroy();
  });

  await test('an upload needs a token, a name, a body of sane length, and an origin that may chat', async () => {
    const chat = await Chat.open({ port: server.port }), token = chat.token, file = png();
    const code = async (body, headers) => (({ status, json }) => `${status} ${json?.code ?? ''}`)(await post(server, '/chat/files', body, headers));
    assert.equal(await code(parcel({ token: 'x', name: 'a' }, file)), '403 forbidden');
    assert.equal(await code(parcel({ name: 'a' }, file)), '403 forbidden');
    assert.equal(await code(parcel({ token }, file)), '400 bad_field');
    assert.equal(await code(parcel({ token, name: 'a' }, '')), '400 bad_field');
    assert.equal(await code(file), '400 bad_field');
    assert.equal(await code(Buffer.from(`{"token":"${token}","name":"${'x'.repeat(5000)}"}\n${file}`)), '400 bad_field');
    assert.equal(await code(Buffer.from('')), '400 bad_field');
    assert.equal(await code(parcel({ token, name: 'a' }, file), { Origin: 'https://evil.example' }), '403 forbidden');
    assert.equal(await code(parcel({ token, name: 'a' }, file), { Origin: 'null' }), '403 forbidden');
    const huge = await new Promise((done, failed) => {
      const asked = request({ port: server.port, method: 'POST', path: '/chat/files', headers: { Origin: server.url, 'Content-Length': 3 << 20 } }, (a) => done(a.statusCode));
      asked.on('error', failed);
      asked.flushHeaders();
    });
    assert.equal(huge, 413);
    const chunked = await http({ port: server.port, method: 'POST', path: '/chat/files', headers: { Origin: server.url, 'Transfer-Encoding': 'chunked' } });
    assert.equal(chunked.status, 413);
    assert.equal((await http({ port: server.port, path: '/chat/files' })).status, 405);
    chat.destroy();
  });

  await test('pages of other sites may upload where the site lets them, and are told so beforehand', async () => {
    const chat = await Chat.open({ port: server.port });
    const ask = (origin) => http({ port: server.port, method: 'OPTIONS', path: '/chat/files', headers: { ...(origin && { Origin: origin }), 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' } });
    const good = await ask('https://shop.example');
    assert.equal(good.status, 204);
    assert.equal(good.headers['access-control-allow-origin'], 'https://shop.example');
    assert.equal(good.headers['access-control-allow-methods'], 'POST');
    assert.equal(good.headers['access-control-allow-headers'], 'content-type');
    assert.match(good.headers.vary, /origin/i);
    for (const origin of ['https://evil.example', 'null', undefined]) {
      const bad = await ask(origin);
      assert.equal(bad.status, 403);
      assert.equal(bad.headers['access-control-allow-origin'], undefined);
    }
    const made = await upload(server, chat.token, png(), 'a.png', { Origin: 'https://shop.example' });
    assert.deepEqual([made.status, made.headers['access-control-allow-origin']], [201, 'https://shop.example']);
    const wrong = await upload(server, chat.token, 'x', 'a.png', { Origin: 'https://shop.example' });
    assert.deepEqual([wrong.status, wrong.headers['access-control-allow-origin']], [415, 'https://shop.example'], 'refusals can be read, too');
    assert.equal((await http({ port: server.port, method: 'OPTIONS', path: '/' })).status, 405);
    chat.destroy();
  });

  await test('one chat holds so much and no more; large files come back whole', async () => {
    const chat = await Chat.open({ port: server.port });
    const large = png({ noise: (1 << 20) + 12345 });
    const { json } = await upload(server, chat.token, large), cid = newCid();
    chat.send({ type: 'say', cid, text: 'x', files: [json.id] });
    await chat.ack(cid);
    assert.deepEqual((await fetchBytes(server, json.href)).bytes, large);
    assert.equal((await upload(server, chat.token, large)).status, 201);
    assert.deepEqual([(await upload(server, chat.token, large)).json.code, (await upload(server, chat.token, png())).status], ['chat_full', 201]);
    chat.destroy();
  });

  await test('agents send files in their own chats, and only there', async () => {
    const chat = await Chat.open({ port: server.port }), agent = await Agent.open({ port: server.port, cookie });
    assert.ok(agent.welcome.site.files);
    chat.send({ type: 'human', cid: newCid() });
    agent.send({ type: 'presence', state: 'online' });
    const { ticket } = await agent.take((f) => f.type === 'ticket' && f.ticket.state === 'waiting');
    const desk = (head, file, as = cookie, headers = {}) => post(server, '/desk/api/files', parcel(head, file), { Cookie: as, ...headers });
    assert.equal((await desk({ ticket: ticket.ticket, name: 'a.png' }, png())).json.code, 'not_yours', 'not before it is theirs');
    agent.send({ type: 'next' });
    await agent.take((f) => f.type === 'ticket' && f.ticket.mine);
    const made = await desk({ ticket: ticket.ticket, name: 'listino.pdf' }, pdf());
    assert.equal(made.status, 200, made.text);
    assert.equal(made.json.media, 'application/pdf');
    const cid = newCid();
    agent.send({ type: 'say', cid, ticket: ticket.ticket, text: 'Ecco il listino', files: [made.json.id] });
    agent.send({ type: 'say', cid: newCid(), ticket: ticket.ticket, text: 'Dimmi se basta' });
    const shown = [await chat.take((f) => f.from === 'agent'), await chat.take((f) => f.from === 'agent')];
    assert.deepEqual(filesOf(shown[0]), [{ type: 'file', ...made.json }]);
    assert.equal(filesOf(shown[1]).length, 0, 'in the order in which they were said');
    assert.deepEqual((await fetchBytes(server, made.json.href)).bytes, pdf());
    // The visitor's picture reaches the agent; nobody can pass on what the other has uploaded.
    const mine = (await upload(server, chat.token, png())).json, theirs = (await desk({ ticket: ticket.ticket, name: 'b' }, png())).json;
    chat.send({ type: 'say', cid: newCid(), text: 'e questa', files: [theirs.id] });
    assert.equal((await chat.take('error')).code, 'no_file');
    agent.send({ type: 'say', cid: newCid(), ticket: ticket.ticket, text: 'e questa', files: [mine.id] });
    assert.equal((await agent.take('error')).code, 'no_file');
    chat.send({ type: 'say', cid: newCid(), files: [mine.id] });
    agent.send({ type: 'open', ticket: ticket.ticket });
    assert.deepEqual(filesOf(await agent.take((f) => f.type === 'message' && f.from === 'visitor' && filesOf(f).length > 0))[0].id, mine.id);
    // Who else may.
    assert.equal((await desk({ ticket: ticket.ticket, name: 'a' }, png(), await user('ugo', 'agent'))).json.code, 'not_yours');
    assert.equal((await desk({ ticket: ticket.ticket, name: 'a' }, png(), await user('eva', 'editor'))).json.code, 'forbidden');
    assert.equal((await desk({ ticket: ticket.ticket, name: 'a' }, png(), '')).status, 401);
    assert.equal((await desk({ ticket: ticket.ticket, name: 'a' }, png(), cookie, { Origin: 'https://shop.example' })).status, 403);
    assert.equal((await desk({ ticket: 'x', name: 'a' }, png())).json.code, 'not_yours');
    chat.destroy();
    agent.destroy();
  });

  await test('a body that creeps, breaks off or waits leaves nothing behind', async () => {
    const chat = await Chat.open({ port: server.port }), body = parcel({ token: chat.token, name: 'a.png' }, png({ noise: 50000 })), before = stored(server).length;
    for (const sent of [0, 10, 30000]) {
      const socket = connect(server.port, '127.0.0.1');
      await new Promise((done) => socket.write(Buffer.concat([Buffer.from(`POST /chat/files HTTP/1.1\r\nHost: x\r\nOrigin: ${server.url}\r\nContent-Length: ${body.length}\r\n\r\n`), body.subarray(0, sent)]), done));
      socket.destroy();
    }
    assert.equal((await upload(server, chat.token, png())).status, 201);
    assert.equal(stored(server).length, before + 1);
    chat.destroy();
  });

  await test('kill -9 between upload and message: the file can still be sent; leftovers are swept', async () => {
    const chat = await Chat.open({ port: server.port });
    const { json } = await upload(server, chat.token, png({ colour: [1, 2, 3] }));
    await server.kill();
    writeFileSync(join(server.data, 'files', `${json.id}.new-AbCdEf`), 'half');
    writeFileSync(join(server.data, 'files', '0'.repeat(32)), 'of a row that was never written');
    server = await Server.start({ site });
    assert.ok(stored(server).includes(json.id) && !stored(server).some((name) => name.includes('new-') || name === '0'.repeat(32)), `${stored(server)}`);
    const again = await Chat.open({ port: server.port, token: chat.token }), cid = newCid();
    again.send({ type: 'say', cid, text: 'dopo', files: [json.id] });
    await again.ack(cid);
    assert.deepEqual((await fetchBytes(server, json.href)).bytes, png({ colour: [1, 2, 3] }));
    again.destroy();
  });

  await test('a backup has the files, and restoring brings them back', async () => {
    const chat = await Chat.open({ port: server.port }), file = png({ noise: (1 << 20) + 999, colour: [9, 8, 7] });
    const { json } = await upload(server, chat.token, file), cid = newCid();
    chat.send({ type: 'say', cid, text: 'x', files: [json.id] });
    await chat.ack(cid);
    const copy = join(temporary('backup'), 'copy');
    const saved = await run(['backup', copy, '--site', site]);
    assert.equal(saved.code, 0, told(saved));
    assert.ok(statSync(copy).size > file.length);
    assert.equal(statSync(copy).mode & 0o777, 0o600);
    chat.destroy();
    await server.stop();
    rmSync(join(server.data, 'files'), { recursive: true });
    const restored = await run(['restore', copy, '--site', site]);
    assert.equal(restored.code, 0, told(restored));
    assert.ok(!readFileSync(join(server.data, 'sportello.db')).includes(file.subarray(200, 400)), 'the bytes are not in the store as well');
    server = await Server.start({ site });
    assert.deepEqual((await fetchBytes(server, json.href)).bytes, file);
    assert.equal(statSync(join(server.data, 'files', json.id)).mode & 0o777, 0o600);
  });

  await test('a full disk refuses a file in words, and keeps none of it', async () => {
    const chat = await Chat.open({ port: server.port });
    // A folder that takes no files is as good as a disk that is full, and needs no rights of the machine's.
    const folder = join(server.data, 'files'), aside = join(server.data, 'files-aside');
    renameSync(folder, aside);
    writeFileSync(folder, 'in the way');
    try {
      const refused = await upload(server, chat.token, png());
      assert.deepEqual([refused.status, refused.json.code], [503, 'not_saved']);
      assert.match(server.log, /file-not-written/);
    } finally {
      rmSync(folder);
      renameSync(aside, folder);
    }
    assert.equal((await upload(server, chat.token, png())).status, 201);
    chat.destroy();
  });

  await test('erasing a chat leaves no byte of its files, sent or not, of either side', async () => {
    const chat = await Chat.open({ port: server.port }), mark = 'a mark that is nowhere else';
    const sent = (await upload(server, chat.token, pdf(mark))).json, cid = newCid();
    chat.send({ type: 'say', cid, text: 'x', files: [sent.id] });
    await chat.ack(cid);
    const unsent = (await upload(server, chat.token, pdf(mark))).json;
    assert.ok(stored(server).includes(sent.id) && stored(server).includes(unsent.id));
    chat.send({ type: 'erase', cid: newCid('e') });
    await chat.take('erased');
    assert.equal((await fetchBytes(server, sent.href)).status, 404, 'at once');
    await until('the bytes are gone', () => !stored(server).includes(sent.id) && !stored(server).includes(unsent.id));
    for (const file of everything(server.data)) assert.ok(!readFileSync(file).includes(mark), file);
    chat.destroy();
  });

  await test('too many files from one address are slowed down', async () => {
    const slow = await Server.start({ site: tinySite(ENTRIES, { ...SETTINGS, 'limits.files_per_minute': 3 }) });
    const chat = await Chat.open({ port: slow.port });
    for (let i = 0; i < 3; i++) assert.equal((await upload(slow, chat.token, png())).status, 201);
    const refused = await upload(slow, chat.token, png());
    assert.deepEqual([refused.status, refused.json.code], [429, 'slow_down']);
    assert.ok(refused.json.retry_ms > 1000 && Number(refused.headers['retry-after']) > 0);
    chat.destroy();
    await slow.stop();
  });

  await test('where the site takes no files nobody is told of any, and none is taken', async () => {
    const none = await Server.start({ site: tinySite(ENTRIES) });
    const chat = await Chat.open({ port: none.port });
    assert.equal(chat.welcome.site.files, undefined);
    const refused = await upload(none, chat.token, png());
    assert.deepEqual([refused.status, refused.json.code], [403, 'no_files']);
    chat.destroy();
    await none.stop();
  });

  await server.stop();
});
