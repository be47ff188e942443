// Content brought along from elsewhere: pages and feeds of a real server, good and bad, and files of other assistants;
// and given away again.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { note, script, test } from './lib/report.mjs';
import { built, demoSite, PROGRAM, run, temporary, told, until } from './lib/program.mjs';

const LD = {
  '@context': 'https://schema.org',
  '@graph': [
    { '@type': ['WebPage', 'FAQPage'], '@id': '/faq', mainEntity: [{ '@id': '/faq#costo' }, { '@id': '/faq#tempi' }] },
    { '@type': 'Question', '@id': '/faq#costo', name: 'Quanto costa l&#039;invio?', acceptedAnswer: { '@type': 'Answer', text: '<p>Costa <strong>6 €</strong>; vedi i <a href="/prezzi">prezzi</a>.</p><ul><li>pacco</li><li>busta</li></ul>' } },
    { '@type': 'Question', '@id': '/faq#tempi', name: 'Quanto ci vuole?', acceptedAnswer: { '@type': 'Answer', text: 'Due giorni.' } },
  ],
};

/** A page as content systems make them: chrome around, scripts, an accordion that repeats what the JSON-LD says. */
const PAGE = `<!DOCTYPE html>
<html lang="it-IT"><head><meta charset="utf-8"><title>FAQ – Negozio</title>
<script>window.dataLayer = [{"a": "</p><h2>Falso?</h2>"}];</script>
<script type="application/ld+json">{"@type": "Organization", "name": "Negozio"}</script>
<script type="application/ld+json">${JSON.stringify(LD)}</script></head>
<body><header><nav><ul><li><a href="/">Home</a></li></ul></nav><h1>Domande frequenti</h1></header>
<main><div class="accordion"><h3><button aria-expanded="false">Quanto costa l'invio?</button></h3>
<div class="panel"><p>Costa 6 €.</p></div></div></main>
<footer><h3>Contatti?</h3><p>Via x</p></footer></body></html>`;

const RSS = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Avvisi</title><link>https://negozio.example/</link>
<item><title>Siamo chiusi ad agosto?</title><link>https://negozio.example/agosto</link><category>Orari</category>
<description>&lt;p&gt;No, &lt;em&gt;mai&lt;/em&gt;.&lt;/p&gt;</description></item></channel></rss>`;

/** What the server does at each path. */
const paths = {
  '/faq': (r) => send(r, 'text/html; charset=utf-8', PAGE),
  '/one': (r) => redirect(r, '/two'),
  '/two': (r) => redirect(r, 'three', 301),
  '/three': (r) => redirect(r, '/faq', 307),
  '/four': (r) => redirect(r, '/one'),
  '/loop': (r) => redirect(r, '/loop'),
  '/to-loopback': (r) => redirect(r, 'http://127.0.0.1:1/'),
  '/to-private': (r) => redirect(r, 'http://192.168.1.1/'),
  '/to-metadata': (r) => redirect(r, 'http://169.254.169.254/latest/meta-data/'),
  '/to-file': (r) => redirect(r, 'file:///etc/passwd'),
  '/huge': (r) => {
    r.writeHead(200, { 'Content-Type': 'text/html' });
    const piece = Buffer.alloc(1 << 20, '<p>ancora</p>');
    let left = 50;
    const more = () => {
      while (left-- > 0) if (!r.write(piece)) return r.once('drain', more);
      r.end();
    };
    r.on('error', () => {});
    more();
  },
  '/slow': (r) => r.writeHead(200, { 'Content-Type': 'text/html' }).write('<h2>Uno?</h2>'),
  '/latin': (r) => send(r, 'text/html; charset=iso-8859-1', Buffer.from('<h2>Perch\xe9?</h2><p>Cos\xec.</p>', 'latin1')),
  '/meta': (r) => send(r, 'text/html', Buffer.from('<meta charset="windows-1252"><h2>Quanti \x80?</h2><p>Tre \x80.</p>', 'latin1')),
  '/belied': (r) => send(r, 'text/html; charset=utf-8', Buffer.from('<h2>Perch\xe9?</h2><p>Cos\xec.</p>', 'latin1')),
  '/utf-7': (r) => send(r, 'application/rss+xml; charset=utf-7', RSS),
  '/utf-7-inside': (r) => send(r, 'application/rss+xml', RSS.replace('UTF-8', 'UTF-7')),
  '/doctype': (r) => send(r, 'application/rss+xml', RSS.replace('<rss', '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss').replace('No,', '&a;')),
  '/rss': (r) => send(r, 'application/rss+xml', RSS),
  '/png': (r) => send(r, 'image/png', 'x'),
  '/gzip': (r) => send(r, 'text/html', Buffer.from([0x1f, 0x8b, 8, 0])),
  '/deep': (r) => send(r, 'text/html', '<div>'.repeat(300_000)),
  '/empty': (r) => send(r, 'text/html', '<p>niente'),
};
const send = (response, type, body) => response.writeHead(200, { 'Content-Type': type }).end(body);
const redirect = (response, to, status = 302) => response.writeHead(status, { Location: to }).end();

function listen() {
  const server = createServer((request, response) => {
    server.asked = (server.asked ?? 0) + 1;
    (paths[request.url] ?? ((r) => r.writeHead(404).end()))(response);
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

/** The files of a folder as one text; "" where there is no folder. */
const contents = (folder) => (existsSync(folder) ? readdirSync(folder).sort().map((name) => `# ${name}\n${readFileSync(join(folder, name), 'utf8')}`).join('\n') : '');

await script('content brought along', async () => {
  if (!built()) return;
  const server = await listen();
  const url = `http://127.0.0.1:${server.address().port}`;
  const folder = temporary('import');
  let n = 0;
  const fresh = () => join(folder, `to-${n++}`);
  const bring = (kind, source, to, ...words) => run(['import', kind, source.startsWith('/') && !existsSync(source) ? url + source : source, '--to', to, '--allow-private', ...words]);

  await test('import: a page through three redirects, by its JSON-LD', async () => {
    const to = fresh(), result = await bring('html', '/one', to, '--lang', 'it');
    assert.equal(result.code, 0, told(result));
    assert.match(result.out, /^read as schema\.org questions in JSON-LD: 2 questions$/m);
    assert.equal(contents(to), `# domande-frequenti.md
---
topic: "Domande frequenti"
---

## Quanto costa l'invio? {#costo}

Costa **6 €**; vedi i [prezzi](${url}/prezzi).

- pacco
- busta

## Quanto ci vuole? {#tempi}

Due giorni.
`);
    const again = await bring('html', '/faq', to, '--lang', 'it');
    assert.equal(again.code, 0, told(again));
    assert.equal(again.out, 'read as schema.org questions in JSON-LD: 2 questions\n');
  });

  await test('import: a changed page is shown, and written with --update alone', async () => {
    const to = fresh();
    assert.equal((await bring('html', '/faq', to)).code, 0);
    const before = contents(to), page = paths['/faq'];
    paths['/faq'] = (r) => send(r, 'text/html', PAGE.replace('6 €', '7 €'));
    const shown = await bring('html', '/faq', to);
    assert.equal(shown.code, 1, told(shown));
    assert.match(shown.out, /^-Costa \*\*6 €\*\*.*\n\+Costa \*\*7 €\*\*/m);
    assert.equal(contents(to), before);
    assert.equal((await bring('html', '/faq', to, '--update')).code, 0);
    assert.match(contents(to), /7 €/);
    paths['/faq'] = page;
  });

  const refused = {
    '/four': /more than 3 redirects/,
    '/loop': /more than 3 redirects/,
    '/to-loopback': /a redirect is not followed: it leads to a loopback address/,
    '/to-private': /a redirect is not followed: it leads to a private address/,
    '/to-metadata': /a redirect is not followed: it leads to a special address/,
    '/to-file': /neither http nor https/,
    '/huge': /it is larger than 8 MiB/,
    '/png': /the server says that it is something else: image\/png/,
    '/gzip': /compressed, which was not asked for/,
    '/deep': /more than 200 elements in one another/,
    '/empty': /no question to import/,
    '/missing': /the server answered 404/,
    '/slow': /no answer within \d+ ms/,
  };
  for (const [path, why] of Object.entries(refused)) {
    await test(`import: ${path.slice(1)} is refused with the reason, and nothing is written`, async () => {
      const to = fresh(), result = await bring('html', path, to);
      assert.equal(result.code, 1, told(result));
      assert.match(result.err, why);
      assert.equal(contents(to), '');
      note(`${Math.round(result.ms)} ms`);
    });
  }

  await test('import: interrupted while it waits it leaves nothing behind', async () => {
    const to = fresh(), asked = server.asked;
    const child = spawn(PROGRAM, ['import', 'html', `${url}/slow`, '--to', to, '--allow-private'], { stdio: 'ignore' });
    const ended = new Promise((done) => child.on('close', (code, signal) => done(signal)));
    await until('the request', () => server.asked > asked);
    child.kill('SIGINT');
    assert.equal(await ended, 'SIGINT');
    assert.ok(!existsSync(to));
  });

  await test('import: a private address without --allow-private is never asked', async () => {
    const asked = server.asked, to = fresh();
    const result = await run(['import', 'html', `${url}/faq`, '--to', to]);
    assert.equal(result.code, 1, told(result));
    assert.match(result.err, /it leads to a loopback address.*add --allow-private/);
    assert.equal(server.asked, asked);
  });

  await test('import: charsets of the header and of the page, and one that is belied', async () => {
    for (const [path, text, warning] of [['/latin', 'Perché? {#perche}\n\nCosì.'], ['/meta', 'Quanti €? {#quanti}\n\nTre €.'], ['/belied', 'Perché? {#perche}\n\nCosì.', /says that it is UTF-8 and is not/]]) {
      const to = fresh(), result = await bring('html', path, to);
      assert.equal(result.code, 0, told(result));
      assert.ok(contents(to).includes(text), contents(to));
      if (warning) assert.match(result.err, warning);
      else assert.equal(result.err, '');
    }
  });

  await test('import: a feed; in UTF-7 or with a DOCTYPE it is refused', async () => {
    const to = fresh(), result = await bring('feed', '/rss', to);
    assert.equal(result.code, 0, told(result));
    assert.match(contents(to), /## Siamo chiusi ad agosto\? \{#siamo-chiusi-ad-agosto\}\n\nNo, \*mai\*\.\n\n- \[Siamo chiusi ad agosto\?\]\(https:\/\/negozio\.example\/agosto\)/);
    for (const [path, why] of [['/utf-7', /it is in UTF-7, which is not read/], ['/utf-7-inside', /it is in UTF-7, which is not read/], ['/doctype', /it has a DOCTYPE/], ['/faq', /something else: text\/html/]]) {
      const bad = await bring('feed', path, fresh());
      assert.equal(bad.code, 1, told(bad));
      assert.match(bad.err, why);
    }
  });

  await test('import: files of other assistants', async () => {
    const files = {
      qna: '# ? Dove siete?\n- indirizzo\n```markdown\nA **Bologna**.\n```\n',
      nlpjs: JSON.stringify({ locale: 'it-IT', data: [{ intent: 'negozio.dove', utterances: ['Dove siete?', 'indirizzo'], answers: ['A **Bologna**.'] }, { intent: 'None', utterances: ['x'] }] }),
      botpress: JSON.stringify({ qnas: [{ id: 'dove', data: { enabled: true, questions: { it: ['Dove siete?', 'indirizzo'], en: ['Where?'] }, answers: { it: ['A **Bologna**.'], en: ['Bologna.'] } } }] }),
    };
    for (const [kind, text] of Object.entries(files)) {
      const source = join(folder, `${kind}.source`), to = fresh();
      writeFileSync(source, text);
      const result = await bring(kind, source, to, '--lang', 'it');
      assert.equal(result.code, 0, told(result));
      assert.match(contents(to), /## Dove siete\? \{#(dove-siete|negozio\.dove|dove)\}\n- indirizzo\n\nA \*\*Bologna\*\*\.\n$/);
    }
    const whole = join(folder, 'large.source');
    writeFileSync(whole, Buffer.alloc(9 << 20, ' '));
    const large = await bring('html', whole, fresh());
    assert.equal(large.code, 1);
    assert.match(large.err, /larger than 8 MiB/);
  });

  await test('export: the demo goes out as a table and comes back in as it was', async () => {
    const site = demoSite(), table = join(folder, 'out.csv'), again = join(folder, 'again');
    const out = await run(['export', 'csv', '--site', site, '--out', table]);
    assert.equal(out.code, 0, told(out));
    assert.equal(out.out, '');
    for (const lang of ['it', 'en']) {
      const result = await run(['import', 'csv', table, '--lang', lang, '--to', join(again, 'knowledge', lang)]);
      assert.equal(result.code, 0, told(result));
    }
    // Buttons lead to intents as well: a copy of the site, with these entries instead of its own.
    const copy = demoSite();
    rmSync(join(copy, 'knowledge'), { recursive: true });
    cpSync(join(again, 'knowledge'), join(copy, 'knowledge'), { recursive: true });
    const back = await run(['export', 'csv', '--site', copy]);
    assert.equal(back.code, 0, told(back));
    assert.equal(back.out, readFileSync(table, 'utf8'));
  });

  await test('export: a page for other programs reads back; a site with errors gives nothing away', async () => {
    const site = demoSite(), page = await run(['export', 'faqpage', '--lang', 'en', '--site', site]);
    assert.equal(page.code, 0, told(page));
    assert.ok(!/[<>&]/.test(page.out));
    const faq = JSON.parse(page.out), list = JSON.parse((await run(['export', 'json', '--lang', 'en', '--site', site])).out);
    assert.equal(faq.inLanguage, 'en');
    assert.deepEqual(faq.mainEntity.map((q) => [q.name, q.acceptedAnswer.text]), list.map((e) => [e.question, e.html]));
    const file = join(folder, 'page.html'), to = fresh();
    writeFileSync(file, `<!doctype html><h1>FAQ</h1><script type="application/ld+json">${page.out}</script>`);
    const result = await bring('html', file, to);
    assert.equal(result.code, 0, told(result));
    assert.ok(result.out.includes(`${list.length} questions`), told(result));
    writeFileSync(join(site, 'knowledge/it/rotto.md'), '## Rotto?\n\n[x](#nessuno)\n\n- [x](#nessuno)\n');
    const bad = await run(['export', 'csv', '--site', site, '--out', join(folder, 'bad.csv')]);
    assert.equal(bad.code, 1, told(bad));
    assert.match(bad.err, /nothing is given away while the site has errors/);
    assert.ok(!existsSync(join(folder, 'bad.csv')));
    assert.equal((await run(['export', 'csv', '--lang', 'xx', '--site', demoSite()])).code, 2);
    assert.equal((await run(['export', 'xml', '--site', site])).code, 2);
  });

  server.closeAllConnections();
  server.close();
});
