// The widget's files from outside: in the form a browser asked for, under addresses that never change, over upgrades.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { built, run, Server, temporary, tinySite, told, until } from './lib/program.mjs';
import { script, test } from './lib/report.mjs';

const ENTRIES = { orari: ['Quando siete aperti?', 'Dalle 9 alle 18.'] };
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

/** A request as it stands: fetch would unpack the answer. */
function ask(server, path, { method = 'GET', ...headers } = {}) {
  return new Promise((done, failed) => {
    const asked = request(server.url + path, { method, headers, agent: false }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }));
    });
    asked.on('error', failed);
    asked.end();
  });
}

/** A folder of assets as a later version could bring them: the loader says another word. */
function otherBuild(word) {
  const folder = join(temporary('assets'), 'web');
  mkdirSync(folder);
  const bytes = Buffer.from(`// ${word}\nexport {};\n`.repeat(40));
  writeFileSync(join(folder, 'sportello.js'), bytes);
  writeFileSync(join(folder, 'sportello.js.br'), brotliCompressSync(bytes));
  writeFileSync(join(folder, 'sportello.js.gz'), gzipSync(bytes));
  return { folder, bytes, address: `/w/${hashOf(bytes)}/sportello.js` };
}

await script('embedding', async () => {
  if (!built()) return;
  const first = otherBuild('first'), second = otherBuild('second');
  const site = tinySite(ENTRIES);
  let server = await Server.start({ site, args: ['--assets', first.folder] });
  const data = server.data;

  await test('a file comes in the form that the browser likes best, each with a tag of its own', async () => {
    const forms = [
      [undefined, undefined, (bytes) => bytes],
      ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
      ['gzip, deflate', 'gzip', gunzipSync],
      ['br;q=0.2, gzip;q=0.9', 'gzip', gunzipSync],
      ['br;q=0, *;q=0', undefined, (bytes) => bytes],
    ];
    for (const path of ['/sportello.js', first.address]) {
      const tags = new Map();
      for (const [accept, encoding, unpack] of forms) {
        const headers = accept ? { 'accept-encoding': accept } : {};
        const got = await ask(server, path, headers);
        assert.equal(got.status, 200, path);
        assert.equal(got.headers['content-encoding'], encoding, `${path} for ${accept}`);
        assert.equal(got.headers.vary, 'accept-encoding');
        assert.equal(Number(got.headers['content-length']), got.body.length);
        assert.deepEqual(unpack(got.body), first.bytes, `${path} for ${accept}`);
        tags.set(encoding, got.headers.etag);
        const head = await ask(server, path, { method: 'HEAD', ...headers });
        assert.equal(head.body.length, 0);
        for (const name of ['content-length', 'content-encoding', 'etag', 'vary', 'cache-control', 'content-type']) assert.equal(head.headers[name], got.headers[name], `HEAD ${path}: ${name}`);
        const again = await ask(server, path, { 'if-none-match': `"other", W/${got.headers.etag}`, ...headers });
        assert.equal(again.status, 304);
        assert.equal(again.body.length, 0);
        assert.equal(again.headers.etag, got.headers.etag);
        assert.equal(again.headers.vary, 'accept-encoding');
      }
      assert.equal(new Set(tags.values()).size, 3, 'a tag for each form');
      const wrong = await ask(server, path, { 'if-none-match': tags.get('gzip'), 'accept-encoding': 'br' });
      assert.equal(wrong.status, 200, 'the tag of another form is not this one');
    }
  });

  await test('the address with a hash is for ever, and any site may load it', async () => {
    const got = await ask(server, first.address);
    assert.equal(got.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(got.headers['access-control-allow-origin'], '*');
    assert.equal(got.headers['cross-origin-resource-policy'], 'cross-origin');
    assert.match(got.headers['content-type'], /^text\/javascript/);
    assert.equal(got.headers['x-content-type-options'], 'nosniff');
    const stable = await ask(server, '/sportello.js');
    assert.equal(stable.headers['access-control-allow-origin'], '*');
    assert.equal(stable.headers['cross-origin-resource-policy'], 'cross-origin');
  });

  await test('what is no widget file, or not of that hash, is not found', async () => {
    const hash = hashOf(first.bytes);
    const wrong = ['/w/', '/w/x', `/w/${hash}`, `/w/${hash}/`, `/w/${hash}/desk.js`, `/w/${hash}/demo.html`, `/w/${hash}/list`, `/w/${'0'.repeat(16)}/sportello.js`, `/w/${hash.toUpperCase()}/sportello.js`, `/w/${hash}0/sportello.js`,
      `/w/${hash}/sportello.js.br`, `/w/${hash}/../sportello.db`, `/w/${hash}/%2e%2e/%2e%2e/sportello.db`, `/w/${hash}/..%2flist`, `/w/${hash}/face-${'a'.repeat(200)}.js`, `/w/${hash}/face-x.js%00.js`];
    for (const path of wrong) {
      const got = await ask(server, path).catch(() => null); // or it hangs up: no browser asks so
      if (got === null && /%/.test(path)) continue;
      assert.equal(got?.status, 404, path);
      assert.equal(got.headers['cache-control'], 'no-store', path);
    }
    assert.equal((await ask(server, first.address, { method: 'POST' })).status, 405);
  });

  await test('what is current lies in DATA/widget, for the owner alone', async () => {
    const list = join(data, 'widget/list');
    await until('the list', () => { try { return readFileSync(list, 'utf8').includes(`${hashOf(first.bytes)} sportello.js current`); } catch { return false; } });
    for (const name of ['', '.br', '.gz']) assert.equal(statSync(join(data, `widget/${hashOf(first.bytes)}/sportello.js${name}`)).mode & 0o777, 0o600);
    assert.equal(statSync(join(data, 'widget')).mode & 0o777, 0o700);
  });

  await test('after an upgrade the files of the version before are served as they were, and the stable address is new', async () => {
    const before = await ask(server, first.address, { 'accept-encoding': 'br' });
    assert.equal((await server.stop()).code, 0);
    server = await Server.start({ site, data, args: ['--assets', second.folder] });
    const stable = await ask(server, '/sportello.js');
    assert.deepEqual(stable.body, second.bytes);
    for (const [accept, unpack] of [['br', brotliDecompressSync], ['gzip', gunzipSync], ['identity', (bytes) => bytes]]) {
      const old = await ask(server, first.address, { 'accept-encoding': accept });
      assert.equal(old.status, 200, accept);
      assert.deepEqual(unpack(old.body), first.bytes);
      assert.equal(old.headers['cache-control'], 'public, max-age=31536000, immutable');
      assert.equal(old.headers['access-control-allow-origin'], '*');
      assert.equal(old.headers.vary, 'accept-encoding');
    }
    const again = await ask(server, first.address, { 'accept-encoding': 'br', 'if-none-match': before.headers.etag });
    assert.equal(again.status, 304, 'the tag is the same over the upgrade');
    const head = await ask(server, first.address, { method: 'HEAD' });
    assert.equal(Number(head.headers['content-length']), first.bytes.length);
    assert.equal(head.body.length, 0);
    assert.deepEqual((await ask(server, second.address)).body, second.bytes);
  });

  await test('many at once are served, each whole', async () => {
    const all = await Promise.all(Array.from({ length: 150 }, () => ask(server, first.address)));
    assert.ok(all.every(({ status, body }) => (status === 200 && body.equals(first.bytes)) || status === 503));
    assert.ok(all.filter(({ status }) => status === 200).length >= 100);
  });

  await test('a list that was lost, and a file too, cost nothing but that file', async () => {
    await until('the list', () => readFileSync(join(data, 'widget/list'), 'utf8').includes(`${hashOf(second.bytes)} sportello.js current`));
    assert.equal((await server.stop()).code, 0);
    writeFileSync(join(data, 'widget/list'), 'not a list\n'.repeat(1000));
    writeFileSync(join(data, `widget/${hashOf(second.bytes)}/sportello.js`), 'half');
    server = await Server.start({ site, data });
    assert.deepEqual((await ask(server, first.address)).body, first.bytes);
    await until('the list', () => readFileSync(join(data, 'widget/list'), 'utf8').split('\n').filter((line) => /current$/.test(line)).length > 0);
    assert.match(readFileSync(join(data, 'widget/list'), 'utf8'), new RegExp(`${hashOf(first.bytes)} sportello.js \\d{4}-\\d\\d-\\d\\d`));
  });

  await test('every file that is built in comes compressed too, and unpacks to the same', async () => {
    for (const path of ['/sportello.js', '/demo.css', '/', '/desk.js']) {
      const plain = await ask(server, path);
      for (const [accept, unpack] of [['br', brotliDecompressSync], ['gzip', gunzipSync]]) {
        const got = await ask(server, path, { 'accept-encoding': accept });
        assert.equal(got.headers['content-encoding'], accept, path);
        assert.deepEqual(unpack(got.body), plain.body, path);
      }
    }
    assert.match((await ask(server, '/sportello.js')).headers['cache-control'], /max-age=600/);
    assert.ok(readdirSync(join(data, 'widget')).length > 1);
  });

  await test('the pinned tag that is printed names what the server serves, by its fingerprint', async () => {
    const printed = await run(['embed', '--pin', '--lang', 'it', '--accent', '#1b6f8a', '--site', site]);
    assert.equal(printed.code, 0, told(printed));
    const [, path, integrity] = /src="http:\/\/127\.0\.0\.1:8080(\/w\/[0-9a-f]{16}\/sportello\.js)" integrity="(sha384-[^"]+)" crossorigin="anonymous"/.exec(printed.out);
    const got = await ask(server, path);
    assert.equal(got.status, 200);
    assert.equal(`sha384-${createHash('sha384').update(got.body).digest('base64')}`, integrity);
    assert.match(printed.out, /<sportello-chat lang="it" accent="#1b6f8a"><\/sportello-chat>/);
    assert.match(printed.err, /public_url/);
    const other = await run(['embed', '--pin', '--site', site, '--assets', second.folder]);
    assert.ok(other.out.includes(second.address), told(other));
  });

  await test('a page is checked against the settings, and what is refused says what to do', async () => {
    const shop = tinySite(ENTRIES, { public_url: 'https://help.example.com/chat/', allowed_origins: ['https://www.example.com'] });
    const embed = (...words) => run(['embed', '--site', shop, ...words]);
    const good = await embed('--page', 'https://WWW.example.com:443/contatti?x=1');
    assert.equal(good.code, 0, told(good));
    assert.equal(good.err, '');
    assert.match(good.out, /src="https:\/\/help\.example\.com\/chat\/sportello\.js"/);
    assert.match(good.out, /script-src https:\/\/help\.example\.com\/chat\/sportello\.js https:\/\/help\.example\.com\/chat\/w\/;/);
    const stranger = await embed('--page', 'http://www.example.com/');
    assert.equal(stranger.code, 1, told(stranger));
    assert.match(stranger.err, /http:\/\/www\.example\.com may not open the chat: add it to “allowed_origins”/);
    const json = JSON.parse((await embed('--json', '--page', 'https://other.example')).out);
    assert.deepEqual([json.allowed, json.page, json.server, json.integrity], [false, 'https://other.example', 'https://help.example.com/chat', null]);
    assert.equal(json.policy['connect-src'], 'https://help.example.com wss://help.example.com');
    const frame = JSON.parse((await embed('--iframe', '--json', '--contact', '"><script>')).out);
    assert.equal(frame.src, 'https://help.example.com/chat/frame?contact=%22%3E%3Cscript%3E');
    assert.ok(!frame.html.includes('<script'));
    for (const theme of ['light', 'dark', 'contrast']) assert.match((await embed('--iframe', '--theme', theme)).out, new RegExp(`frame\\?theme=${theme}"`));
    for (const words of [['--pin', '--iframe'], ['--lang', 'fr'], ['--avatar', '../x'], ['--accent', '#12'], ['--accent', 'red;'], ['--position', 'left'], ['--theme', 'blue'], ['--contact', 'a\nb'], ['--page', 'www.example.com'], ['x']]) {
      const wrong = await embed(...words);
      assert.equal(wrong.code, 2, words.join(' '));
      assert.equal(wrong.out, '');
      assert.ok(wrong.err.length > 20);
    }
    const nowhere = await run(['embed', '--site', join(shop, 'nowhere')]);
    assert.equal(nowhere.code, 1, told(nowhere));
    writeFileSync(join(shop, 'sportello.yaml'), 'naem: x\n');
    const broken = await embed();
    assert.equal(broken.code, 1);
    assert.match(broken.err, /sportello\.yaml:1:1: error/);
  });

  await server.stop();
});
