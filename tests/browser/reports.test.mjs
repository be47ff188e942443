// Search and the live view in a real browser, against the real program with a month's chats in its database.
//   node --test tests/browser/reports.test.mjs
// Environment: BUILD, MAKE, CHROMIUM (/usr/bin/chromium), SHOTS (a folder: keeps pictures of each state).

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { demoSite, execute, ROOT, Server, told } from '../system/lib/program.mjs';

const SHOTS = process.env.SHOTS;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MAKER = join(ROOT, 'build/bench/bench_reports');
const CHATS = 400;

let browser, server, data, page;
const passwords = {};

before(async () => {
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  const made = await execute(process.env.MAKE || 'make', ['-s', '--no-print-directory', 'build/bench/bench_reports']);
  assert.equal(made.code, 0, told(made));
  // In memory where that can be had: each of these chats is a commit.
  data = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'sportello-reports-'));
  const filled = await execute(MAKER, ['fill', data, String(CHATS)]);
  assert.equal(filled.code, 0, told(filled));
  server = await Server.start({ site: demoSite(), data });
  for (const [name, role] of [['Capo', 'admin'], ['Lia', 'agent'], ['Mia', 'agent']]) {
    const added = await server.command('user', 'add', name, '--role', role, '--random-password');
    assert.equal(added.code, 0, told(added));
    passwords[name] = added.out.trim();
  }
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (data) rmSync(data, { recursive: true, force: true });
});
afterEach(async () => {
  if (!page) return;
  await page.context().close();
  const expected = /401|403|400|404/;
  assert.deepEqual(page.complaints.filter((line) => !expected.test(line)), [], 'the page complained');
  page = null;
});

const shot = async (name) => { if (SHOTS) await page.screenshot({ path: join(SHOTS, `reports-${name}.png`) }); };

/** Nothing that axe-core finds; it runs beside the page's policy, as an extension would. */
async function accessible(state) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const run = (expression) => session.send('Runtime.evaluate', { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
  await run(AXE);
  const { result } = await run(`axe.run().then((r) => JSON.stringify(r.violations.flatMap((v) => v.nodes.map((n) =>
    v.id + ': ' + JSON.stringify(n.target) + ' ' + n.any.map((a) => a.message).join('; ')))))`);
  await session.detach();
  assert.equal(result.value, '[]', `axe-core in the state “${state}”`);
}

/** Logs in and opens a page of the desk. */
async function open(name, hash, options = {}) {
  page = await openPage(browser, { locale: 'it-IT', viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce', ...options });
  page.setDefaultTimeout(15_000);
  await page.goto(`${server.url}/desk${hash}`);
  await page.getByLabel('Nome').fill(name);
  await page.getByLabel('Password').fill(passwords[name]);
  await page.keyboard.press('Enter');
  await page.locator('.page').waitFor();
}

const ask = (path) => page.evaluate(async (at) => {
  const answer = await fetch(`desk/api/${at}`);
  return { status: answer.status, body: await answer.json().catch(() => null) };
}, path);

test('who may ask for what', async () => {
  await open('Lia', '#search');
  assert.equal((await ask('search?q=fattura')).status, 200);
  assert.equal((await ask('search/choices')).status, 200);
  for (const path of ['live', 'live/rows?what=asked', 'transcript?conversation=1']) {
    assert.equal((await ask(path)).status, 403, path);
  }
  for (const path of ['transcript', 'transcript?ticket=0', 'transcript?ticket=1001&conversation=1', 'search?before=-1',
    'search?from=2026-02-30', 'search?to=yesterday']) {
    assert.equal((await ask(path)).status, 400, path);
  }
  assert.equal((await ask('transcript?ticket=999999')).status, 404);
  assert.equal((await ask(`search?q=${'a'.repeat(600)}`)).status, 400);
  assert.equal((await page.request.post(`${server.url}/desk/api/search`)).status() >= 400, true);
  // Signs of the address in what is looked for arrive as they are: "fattura" stands beside none of them.
  for (const sign of ['%26', '%2B', '%25', '%22', '%3D', '%23']) {
    const { status, body } = await ask(`search?department=negozio&q=${sign}fattura&lang=it`);
    assert.equal(status, 200, sign);
    assert.ok(body.chats.length > 0 && body.chats.every((chat) => chat.department_name === 'Negozio'), sign);
  }
  const stranger = await fetch(`${server.url}/desk/api/search?q=fattura`);
  assert.equal(stranger.status, 401);
  assert.equal(await page.locator('a[href="#live"]').count(), 0);
});

test('who has departments finds and reads only their chats', async () => {
  await open('Capo', '#live');
  const all = await ask('search?department=negozio');
  const hidden = all.body.chats[0].ticket;
  const changed = await page.evaluate(async () => {
    const { people } = await (await fetch('desk/api/people')).json();
    const body = JSON.stringify({ act: 'change', id: String(people.find(({ name }) => name === 'Mia').id), departments: 'ordini' });
    return (await fetch('desk/api/people', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })).status;
  });
  assert.ok(changed < 300, String(changed));
  assert.equal((await ask(`transcript?ticket=${hidden}`)).status, 200);
  await page.context().close();
  await open('Mia', '#search');
  for (const path of ['search', 'search?q=pacco', 'search?name=giulia', 'search?department=negozio', `search?q=${hidden}`]) {
    const { status, body } = await ask(path);
    assert.equal(status, 200, path);
    assert.ok(body.chats.every(({ department }) => department === 'ordini'), path);
  }
  assert.ok((await ask('search?q=pacco')).body.chats.length > 0);
  assert.equal((await ask('search?department=negozio')).body.chats.length, 0);
  assert.equal((await ask(`transcript?ticket=${hidden}`)).status, 404);
  assert.deepEqual((await ask('search/choices')).body.departments.map(({ id }) => id), ['ordini']);
  await page.goto(`${server.url}/desk#search/ticket=${hidden}`);
  await page.getByText('oppure è di un altro reparto').waitFor();
});

test('an admin’s live view has all numbers, and says no to what is none', async () => {
  await open('Capo', '#live');
  const { body } = await ask('live?lang=it');
  assert.equal(body.days.length, 30);
  const { values } = body.all;
  assert.equal(values.asked, values.answered + values.offered + values.rephrased + values.passed_on);
  assert.equal(values.asked, body.days.reduce((sum, day) => sum + day.values.asked, 0));
  assert.ok(values.handed_over > 50 && values.joined > 20 && values.told > 10 && values.satisfaction > 1);
  assert.ok(values.waited_p90 >= values.waited_median);
  assert.ok(body.entries.some((entry) => entry.title === 'Quanto costa la spedizione?'));
  assert.deepEqual(Object.keys(values).sort(), body.numbers.map((number) => number.name).sort());
  // Each number is as many as the rows behind it.
  for (const { name, unit, rows } of body.numbers.filter((number) => number.unit === 'count')) {
    let count = 0;
    for (let before = ''; ;) {
      const { status, body: part } = await ask(`live/rows?what=${rows}${before && `&before=${before}`}`);
      assert.equal(status, 200, name);
      count += part.rows.length;
      if (!part.before) break;
      before = part.before;
    }
    if (name === rows) assert.equal(count, values[name], `${name} (${unit})`);
  }
  for (const path of ['live?days=0', 'live?days=31', 'live/rows', 'live/rows?what=everything', 'live/rows?what=asked&day=today']) {
    assert.equal((await ask(path)).status, 400, path);
  }
});

test('words find a chat by keys alone, and the address finds it again', async () => {
  await open('Lia', '#search');
  await page.locator('.search-hit').first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search-q');
  await page.keyboard.type('vernic estern');
  await page.locator('.search-hit mark', { hasText: 'vernice' }).first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('.search-hit')].every((hit) => /vernic|estern/i.test(hit.textContent)));
  await shot('search');
  await accessible('search');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.locator('.said .bubble').first().waitFor();
  assert.match(await page.evaluate(() => location.hash), /^#search\/q=vernic\+estern&ticket=\d+$/);
  await page.waitForFunction(() => document.activeElement?.id === 'search-read-title');
  const read = await page.locator('.said').textContent();
  assert.match(read, /vernice|esterni/i);
  await shot('search-transcript');
  await accessible('a transcript');
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search-q');
  await page.reload();
  await page.locator('.said .bubble').first().waitFor();
  assert.equal(await page.locator('#search-q').inputValue(), 'vernic estern');
  assert.equal(await page.locator('.said').textContent(), read);
});

test('filters narrow, and what fits nothing says so', async () => {
  await open('Lia', '#search/department=ordini');
  await page.locator('.search-hit').first().waitFor();
  const feet = await page.locator('.search-foot').allTextContents();
  assert.ok(feet.length > 0 && feet.every((foot) => foot.startsWith('Ordini e spedizioni')), feet.join('\n'));
  await page.getByLabel('Operatore').selectOption('Ugo');
  await page.waitForFunction(() => [...document.querySelectorAll('.search-foot')].every((foot) => foot.textContent.includes('Ugo')));
  assert.match(await page.evaluate(() => location.hash), /agent=Ugo/);
  await page.getByRole('button', { name: 'Togli i filtri' }).click();
  await page.locator('.search-foot', { hasText: 'Negozio' }).first().waitFor();
  await page.locator('#search-q').fill('parolachenonesiste');
  await page.getByText('Nessuna chat corrisponde').waitFor();
  await accessible('nothing found');
  await page.locator('#search-q').fill('<img src=x onerror=alert(1)> " OR *');
  await page.getByText('Nessuna chat corrisponde').waitFor();
});

test('pages go on, each chat once', async () => {
  await open('Lia', '#search/q=grazie');
  await page.locator('.search-hit').nth(29).waitFor();
  await page.getByRole('button', { name: 'Mostra le precedenti' }).click();
  await page.locator('.search-hit').nth(30).waitFor();
  const numbers = await page.locator('.search-hit .slip > span:last-child').allTextContents();
  assert.equal(new Set(numbers).size, numbers.length);
  assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
});

test('the live view shows each number with its meaning, and leads to what it counted', async () => {
  await open('Capo', '#live');
  await page.locator('.live-tile').first().waitFor();
  await page.getByText('30 giorni', { exact: true }).click();
  assert.ok((await page.locator('.live-tile').count()) >= 17);
  for (const tile of await page.locator('.live-tile').all()) assert.ok((await tile.locator('small').textContent()).length > 3);
  const words = (await page.locator('.live-tiles').allTextContents()).join(' ');
  assert.match(words, /detto \d+–\d+ min, atteso/);
  assert.match(words, /\d\s%\u00a0?.*di domande/);
  await shot('live');
  await accessible('live view');
  const tile = page.locator('.live-tile', { hasText: 'Abbandoni' }).locator('a.figure').first();
  const abandoned = Number(await tile.textContent());
  await tile.click();
  await page.locator('.live-row').first().waitFor();
  assert.equal(await page.locator('.live-row').count(), Math.min(abandoned, 50));
  await shot('live-rows');
  await accessible('the rows behind a number');
  await page.locator('.live-row').first().click();
  await page.locator('.said .bubble').first().waitFor();
  await page.goBack();
  await page.locator('.live-row').first().waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => location.hash === '#live' && !document.querySelector('dialog[open]'));
});

test('the table of days can be taken along', async () => {
  await open('Capo', '#live');
  await page.locator('.live-tall tbody tr').nth(29).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Scarica in CSV' }).click()]);
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n');
  assert.equal(lines.length, 31);
  assert.match(lines[0], /^day,conversations,contained,asked,/);
  assert.match(lines[30], /^\d{4}-\d\d-\d\d,\d+,\d+,\d+/);
});

for (const [name, options] of [['dark', { colorScheme: 'dark' }], ['phone', { viewport: { width: 390, height: 844 } }]]) {
  test(`both pages in the manner “${name}”`, async () => {
    await open('Capo', '#live', options);
    await page.locator('.live-tile').first().waitFor();
    await shot(`live-${name}`);
    await accessible(`live, ${name}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'nothing sticks out');
    await page.goto(`${server.url}/desk#search/q=pacco`);
    await page.locator('.search-hit').first().waitFor();
    await shot(`search-${name}`);
    await accessible(`search, ${name}`);
    await page.locator('.search-hit').first().click();
    await page.locator('.said .bubble').first().waitFor();
    await shot(`transcript-${name}`);
    await accessible(`a transcript, ${name}`);
  });
}
