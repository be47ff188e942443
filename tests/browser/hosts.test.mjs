// The element on pages that are hostile, old or strict: tests/browser/hosts/*.html, served by the test as another site,
// with the real program behind. A visitor sees the launcher, opens it with the mouse, types, and is answered.
//   node tests/browser/hosts.test.mjs [NAME…]     only these pages
// Environment: BUILD, SAN as for the system tests; CHROMIUM (/usr/bin/chromium).

import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { launch, openPage } from './browser.mjs';
import { Agent, http, logIn } from '../system/lib/chat.mjs';
import { png } from '../system/lib/media.mjs';
import { built, demoSite, PATIENCE_MS, ROOT, run, Server, temporary, told, until } from '../system/lib/program.mjs';
import { script, skip, test } from '../system/lib/report.mjs';

const HERE = join(ROOT, 'tests/browser/hosts');
const SHOTS = join(ROOT, 'build/shots');
const only = process.argv.slice(2);

/** Somebody else's site: the pages of the folder, with what stands in {{braces}} filled in. */
class Site {
  static async open() {
    const site = new Site();
    site.values = {};
    site.headers = {};
    site.server = createServer((asked, answer) => site.#serve(asked, answer));
    await new Promise((done) => site.server.listen(0, '127.0.0.1', done));
    site.url = `http://127.0.0.1:${site.server.address().port}`;
    return site;
  }

  #serve(asked, answer) {
    const name = new URL(asked.url, this.url).pathname.split('/')[1];
    const file = join(HERE, `${{ spa: 'application', 'strict-dynamic': 'nonces' }[name] ?? name}.html`);
    if (name === 'other') return answer.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Altra</title><p>Altra pagina');
    if (!/^[a-z-]+$/.test(name) || !existsSync(file)) return answer.writeHead(204).end();
    const text = readFileSync(file, 'utf8').replace(/\{\{(\w+)\}\}/g, (_, key) => this.values[key]);
    const type = name === 'xhtml' ? 'application/xhtml+xml' : 'text/html; charset=utf-8';
    answer.writeHead(200, { 'Content-Type': type, ...this.headers[name] }).end(text);
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** What a visitor does, with the mouse and the keyboard only: what cannot be seen or reached cannot be used.
 * `root` is the page or a frame of it. */
class Visitor {
  constructor(page, root = page) {
    Object.assign(this, { page, root });
  }

  get chat() {
    return this.root.locator('sportello-chat');
  }

  bubble(text) {
    return this.chat.locator('.bubble', { hasText: text });
  }

  /** The middle of a part of the element, where nothing else lies above it. */
  async #reach(selector) {
    const part = this.chat.locator(selector);
    await part.waitFor({ state: 'attached' });
    const seen = () =>
      part.evaluate((node) => {
        const { x, y, width, height } = node.getBoundingClientRect();
        const at = node.ownerDocument.elementFromPoint(x + width / 2, y + height / 2);
        const host = node.getRootNode().host;
        const own = at === host && node.getRootNode().elementFromPoint(x + width / 2, y + height / 2);
        const { opacity, visibility } = getComputedStyle(host);
        return { width, height, on: Boolean(own && (node === own || node.contains(own))), opacity, visibility };
      });
    await until(async () => `${selector} to be seen and reached`, async () => (await seen()).on);
    const { width, height, opacity, visibility } = await seen();
    assert.deepEqual([opacity, visibility], ['1', 'visible'], selector);
    return { part, width, height };
  }

  async open() {
    const { part, width, height } = await this.#reach('.launcher');
    assert.ok(width >= 44 && height >= 44, `the launcher is ${width} × ${height}`);
    const box = await part.boundingBox();
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await this.chat.locator('.panel[open]').waitFor();
    await this.#reach('.panel[open]');
  }

  async ask(text) {
    const { part, width } = await this.#reach('#compose');
    assert.ok(width > 150, `the field is ${width} wide`);
    const letters = await part.evaluate((node) => {
      const style = getComputedStyle(node);
      return [parseFloat(style.fontSize) >= 14, style.textTransform, style.letterSpacing, style.color !== 'rgba(0, 0, 0, 0)'];
    });
    assert.deepEqual(letters, [true, 'none', 'normal', true], 'letters that can be read');
    await part.click();
    await this.page.keyboard.type(text);
    assert.equal(await part.inputValue(), text, 'what is typed arrives');
    await this.page.keyboard.press('Enter');
  }

  /** From the launcher to an answer. */
  async walk() {
    await this.open();
    await this.bubble('assistente automatica').waitFor();
    await this.ask('quanto costa la spedizione?');
    await this.bubble('6,50').waitFor();
  }
}

const kept = (root) =>
  root.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    cookie: document.cookie,
    bases: (await indexedDB.databases()).length,
  }));

/** Somebody at the desk who has a picture. */
async function person(server) {
  const added = await server.command('user', 'add', 'Marta Bianchi', '--role', 'agent', '--random-password');
  assert.equal(added.code, 0, told(added));
  const cookie = await logIn({ port: server.port, name: 'Marta Bianchi', password: added.out.trim() });
  const body = png({ width: 64, height: 64 });
  const put = await http({ port: server.port, method: 'POST', path: '/desk/api/account/picture', body,
    headers: { Origin: server.url, Cookie: cookie, 'Content-Length': body.length } });
  assert.equal(put.status, 200, put.text);
  const agent = await Agent.open({ port: server.port, cookie });
  agent.send({ type: 'presence', state: 'online' });
  return agent;
}

await script('the element on hostile and strict pages', async () => {
  if (!built()) return;
  if (!existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium')) return skip('the element on hostile pages', 'Chromium is not here');
  mkdirSync(SHOTS, { recursive: true });
  const site = await Site.open();
  const folder = demoSite({ allowed_origins: [site.url] });
  writeFileSync(join(folder, 'knowledge/it/pianta.md'), '## Dove trovo la pianta dei reparti? {#pianta}\n\nEccola:\n\n![Pianta dei reparti](https://pictures.invalid/pianta.png)\n');
  let server = await Server.start({ site: folder });
  const origin = server.url;
  const pin = async () => {
    const printed = await run(['embed', '--pin', '--lang', 'it', '--site', folder, '--json']);
    assert.equal(printed.code, 0, told(printed));
    return JSON.parse(printed.out.replaceAll('127.0.0.1:8080', `127.0.0.1:${server.port}`));
  };
  const pinned = await pin();
  const frame = JSON.parse((await run(['embed', '--iframe', '--lang', 'it', '--accent', '#7a1f5a', '--site', folder, '--json'])).out.replaceAll('127.0.0.1:8080', `127.0.0.1:${server.port}`));
  const socket = server.url.replace('http:', 'ws:');
  site.values = { loader: `${server.url}/sportello.js`, pinned: pinned.src, integrity: pinned.integrity, pinnedTag: pinned.html, frameTag: frame.html };
  const severe = (more) => ({ 'Content-Security-Policy': `default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'; ${more}` });
  site.headers = {
    'strict-policy': severe(`script-src ${server.url}/sportello.js ${server.url}/w/; connect-src ${server.url} ${socket}`),
    nonces: severe(`script-src 'nonce-n0nce' ${server.url}/w/; connect-src ${server.url} ${socket}`),
    'strict-dynamic': severe(`script-src 'nonce-n0nce' 'strict-dynamic'; connect-src ${server.url} ${socket}`),
    pinned: severe(`script-src ${pinned.policy['script-src']}; connect-src ${pinned.policy['connect-src']}`),
    framed: severe(`frame-src ${frame.policy['frame-src']}`),
  };
  const agent = await person(server);
  const browser = await launch();
  const loaded = { stable: '/sportello.js', pinned: new URL(pinned.src).pathname };

  /** A page in its own profile, at rest: only the loader was fetched, nothing is kept, nothing has opened. */
  async function visit(name, { path = name, fetched = [loaded.stable], options } = {}) {
    const page = await openPage(browser, { reducedMotion: 'reduce', ...options });
    page.setDefaultTimeout(PATIENCE_MS);
    const requests = [];
    page.on('request', (asked) => asked.url().startsWith(origin) && requests.push(new URL(asked.url()).pathname));
    page.on('websocket', () => requests.push('a socket'));
    await page.goto(`${site.url}/${path}`);
    await page.waitForFunction(() => customElements.get('sportello-chat') && document.querySelector('sportello-chat')?.shadowRoot?.querySelector('.launcher'));
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(300);
    assert.deepEqual(requests, fetched, 'requests before the visitor acts');
    assert.deepEqual(await kept(page), { local: 0, session: 0, cookie: '', bases: 0 });
    assert.deepEqual(await page.context().cookies(), []);
    assert.equal(await page.locator('sportello-chat .panel[open]').count(), 0);
    return page;
  }

  /** Runs a test with a page; what the page complains of must be expected. A failure leaves a picture. */
  const check = async (name, what, work, expected = /^$/) => {
    if (only.length > 0 && !only.includes(name)) return;
    let page = null;
    await test(`${name}: ${what}`, async () => {
      const use = (made) => (page = made);
      try {
        await work(use);
        await page.screenshot({ path: join(SHOTS, `hosts-${name}.png`), animations: 'disabled' });
        assert.deepEqual(page.complaints.filter((text) => !expected.test(text)), [], 'errors of scripts, of the console, violations of the policy');
      } catch (error) {
        await page?.screenshot({ path: join(SHOTS, `failed-hosts-${name}.png`) }).catch(() => {});
        if (page?.complaints.length) error.message += `\n${page.complaints.join('\n')}`;
        throw error;
      } finally {
        await page?.context().close();
      }
    });
  };
  const walks = (name, what, options) =>
    check(name, what, async (use) => {
      await new Visitor(use(await visit(name, options))).walk();
    });

  try {
    await check('strict-policy', 'works, and a picture that is blocked is its alternative text', async (use) => {
      const page = use(await visit('strict-policy'));
      const visitor = new Visitor(page);
      await visitor.walk();
      await visitor.ask('dove trovo la pianta dei reparti?');
      const bubble = visitor.bubble('Eccola');
      await bubble.scrollIntoViewIfNeeded();
      await until('the words in place of the picture', async () => (await bubble.innerText()).includes('Pianta dei reparti'));
      assert.equal(await bubble.locator('img').count(), 0);
    }, /pictures\.invalid/);

    for (const [name, what, allowed] of [['plain', 'the picture of the agent is shown', true], ['strict-policy', 'the picture of the agent, which is blocked, is their initials', false]])
      await check(name, what, async (use) => {
        const page = use(await visit(name));
        const visitor = new Visitor(page);
        await visitor.walk();
        await visitor.chat.getByRole('button', { name: 'Parla con una persona' }).first().click();
        await agent.take((frame) => frame.type === 'ticket' && frame.ticket.state === 'waiting');
        agent.send({ type: 'next' });
        const { ticket } = await agent.take((frame) => frame.type === 'ticket' && frame.ticket.mine);
        const face = visitor.chat.locator('.face[data-face=human-here]');
        await face.waitFor();
        const [photo, letters] = [face.locator('.photo'), face.locator('.initials')];
        await until(allowed ? 'the picture' : 'its end', () => photo.evaluate((node) => node.complete && node.naturalWidth > 0 === !node.hidden && node.hasAttribute('src')));
        assert.equal(await photo.isVisible(), allowed);
        assert.equal(await photo.evaluate((node) => node.naturalWidth), allowed ? 64 : 0);
        assert.equal(await letters.innerText(), 'MB');
        assert.equal(await letters.isVisible(), true);
        assert.equal(await letters.evaluate((node) => {
          const { x, y, width, height } = node.getBoundingClientRect();
          return width > 20 && node.getRootNode().elementFromPoint(x + width / 2, y + height / 2) === node;
        }), !allowed, 'the initials are what is seen');
        assert.match(await face.getByRole('img').first().getAttribute('aria-label'), /Marta Bianchi/);
        assert.equal(await face.locator('.picture > svg').isVisible(), false, 'no avatar beside a person');
        agent.send({ type: 'close', cid: `close-${ticket.ticket}`, ticket: ticket.ticket, cause: 'solved' });
        await agent.take((frame) => frame.type === 'ticket' && frame.ticket.ticket === ticket.ticket && frame.ticket.state === 'closed');
      }, allowed ? /^$/ : /\/agents\/1/);

    await walks('nonces', 'works under a policy of nonces');
    await walks('strict-dynamic', 'works under a policy of nonces that trusts what the trusted load');
    await walks('resets', 'works where every element is reset, hidden and made small');
    await walks('z-index', 'lies above walls that cover the page');
    await walks('prototypes', 'works where the prototypes have more than the language gave them');
    await walks('old-libraries', 'works beside polyfills, Prototype.js and jQuery of old, and shortcuts do not take its keys');
    await walks('base', 'works where a base address leads elsewhere');
    await walks('twice', 'is registered once', { fetched: [loaded.stable, loaded.pinned] });
    await walks('written', 'works in quirks mode, written by document.write');

    await check('old-libraries', 'and what was not acknowledged survives a reload there', async (use) => {
      const page = use(await visit('old-libraries'));
      const visitor = new Visitor(page);
      await visitor.walk();
      await page.reload();
      await visitor.open();
      await visitor.bubble('6,50').waitFor();
      assert.notEqual(await page.title(), 'a shortcut took the key');
    });

    await check('late', 'works when it is put in late, moved, removed and put in again', async (use) => {
      const page = use(await visit('late'));
      const visitor = new Visitor(page);
      await visitor.walk();
      await page.evaluate(() => document.getElementById('two').append(document.querySelector('sportello-chat')));
      await visitor.open();
      await visitor.bubble('6,50').waitFor();
      await page.evaluate(() => {
        globalThis.kept = document.querySelector('sportello-chat');
        globalThis.kept.remove();
      });
      assert.equal(await visitor.chat.count(), 0);
      await page.evaluate(() => document.body.prepend(globalThis.kept));
      await visitor.open();
      await visitor.bubble('6,50').waitFor();
      assert.equal(await visitor.chat.locator('.panel').count(), 1);
      assert.equal(await visitor.chat.locator('.row.visitor').count(), 1);
    });

    await check('application', 'goes on when the page is made anew, and with the back button', async (use) => {
      const page = use(await visit('application'));
      const visitor = new Visitor(page);
      await visitor.walk();
      await page.locator('#go').click();
      assert.match(page.url(), /spa\/one/);
      await visitor.open();
      await visitor.bubble('6,50').waitFor();
      await page.goBack();
      await visitor.open();
      await visitor.bubble('6,50').waitFor();
      await visitor.ask('quando siete aperti?');
      await visitor.bubble('8:30').first().waitFor();
    });

    await check('plain', 'is moved and hidden by the properties that are for it', async (use) => {
      const page = use(await visit('plain'));
      const launcher = page.locator('sportello-chat .launcher');
      const before = await launcher.boundingBox();
      await page.evaluate(() => document.documentElement.style.setProperty('--sportello-offset', '100px'));
      assert.equal((await launcher.boundingBox()).y, before.y - 80);
      await page.evaluate(() => document.documentElement.style.setProperty('--sportello-display', 'none'));
      assert.equal(await launcher.isVisible(), false);
    });

    await check('plain', 'goes on after the back button', async (use) => {
      const page = use(await visit('plain'));
      const visitor = new Visitor(page);
      await visitor.walk();
      await page.getByRole('link', { name: 'Un’altra' }).click();
      await page.getByText('Altra pagina').waitFor();
      await page.goBack();
      await page.waitForFunction(() => customElements.get('sportello-chat'));
      if ((await visitor.chat.locator('.panel[open]').count()) === 0) await visitor.open();
      await visitor.bubble('6,50').waitFor();
      await visitor.ask('quando siete aperti?');
      await visitor.bubble('8:30').first().waitFor();
    });

    await check('sandboxed', 'works in a sandbox with the origin of its page, and says in one without that the chat cannot be reached', async (use) => {
      const page = use(await openPage(browser, { reducedMotion: 'reduce', viewport: { width: 1200, height: 900 } }));
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(`${site.url}/sandboxed`);
      const chat = page.frameLocator('#own').locator('sportello-chat');
      await chat.locator('.launcher').click();
      await chat.locator('#compose').fill('quanto costa la spedizione?');
      await chat.locator('#compose').press('Enter');
      await chat.locator('.bubble', { hasText: '6,50' }).waitFor();
      const stranger = page.frameLocator('#none').locator('sportello-chat');
      await stranger.locator('.launcher').click();
      await stranger.locator('.unreachable').waitFor();
    }, /allow-same-origin|sandbox|origin 'null'/i);

    await check('plain', 'a panel that is not the one the loader was built with is refused, kindly, and asked for again', async (use) => {
      const page = use(await visit('plain'));
      await page.route('**/w/*/panel.*.js', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: `globalThis.tampered = true;\n${await answer.text()}` });
      });
      const visitor = new Visitor(page);
      await visitor.chat.locator('.launcher').click();
      await visitor.chat.getByRole('alert').filter({ hasText: 'La chat non si apre' }).waitFor();
      assert.equal(await page.evaluate(() => globalThis.tampered), undefined, 'it was not run');
      assert.equal(await page.locator('sportello-chat .panel').count(), 0);
      await page.screenshot({ path: join(SHOTS, 'hosts-tampered.png') });
      await page.unroute('**/w/*/panel.*.js');
      await visitor.walk();
      assert.equal(await visitor.chat.getByRole('alert').filter({ hasText: 'La chat non si apre' }).count(), 0);
    }, /integrity/);

    for (const [name, what] of [['framed', 'works in a frame, which opens when the visitor wants it'], ['xhtml', 'works in a frame in XHTML']]) await check(name, what, async (use) => {
      const page = use(await openPage(browser, { reducedMotion: 'reduce' }));
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(`${site.url}/${name}`);
      const inner = await until('the frame', () => page.frames().find((one) => one.url().startsWith(origin)));
      await inner.getByRole('heading', { name: 'Assistente automatico' }).waitFor();
      assert.deepEqual(await kept(inner), { local: 0, session: 0, cookie: '', bases: 0 });
      assert.equal(await inner.locator('.panel[open]').count(), 0);
      assert.equal(await inner.evaluate(() => document.querySelector('sportello-chat').getAttribute('accent')), '#7a1f5a');
      await page.screenshot({ path: join(SHOTS, 'hosts-frame-start.png') });
      const visitor = new Visitor(page, inner);
      await inner.locator('.launcher').click();
      await visitor.bubble('assistente automatica').waitFor();
      const [panel, box] = [await inner.locator('.panel').boundingBox(), await page.locator('iframe').boundingBox()];
      assert.ok(Math.abs(panel.width - 400) < 3 && Math.abs(panel.height - 600) < 3 && Math.abs(panel.x - box.x) < 4, JSON.stringify([panel, box]));
      await inner.locator('#compose').fill('quanto costa la spedizione?');
      await inner.locator('#compose').press('Enter');
      await visitor.bubble('6,50').waitFor();
    });

    await check('framed', 'a page that is not allowed shows no frame', async (use) => {
      const stranger = await Site.open();
      stranger.values = site.values;
      const page = use(await openPage(browser));
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(`${stranger.url}/framed`);
      await until('the refusal', () => page.complaints.some((text) => /frame-ancestors/.test(text)));
      assert.equal(await page.frameLocator('iframe').locator('sportello-chat').count(), 0);
      stranger.close();
    }, /frame-ancestors/);

    await check('pinned', 'a pinned tag works under the strictest policy, and goes on working after an upgrade', async (use) => {
      let page = use(await visit('pinned', { fetched: [loaded.pinned] }));
      await new Visitor(page).walk();
      await page.context().close();
      const { port, data } = server;
      await until('the files to be kept', () => existsSync(join(data, 'widget/list')));
      assert.equal((await server.stop()).code, 0);
      const newer = join(temporary('newer'), 'web');
      cpSync(join(ROOT, 'build/web'), newer, { recursive: true });
      for (const name of ['sportello.js', 'panel.it.js', 'panel.en.js']) writeFileSync(join(newer, name), `throw new Error('a later version of ${name}');\n`);
      server = await Server.start({ site: folder, data, port, args: ['--assets', newer] });
      page = use(await visit('pinned', { fetched: [loaded.pinned] }));
      await new Visitor(page).walk();
    });
  } finally {
    agent.close();
    await browser.close();
    await server.stop();
    site.close();
  }
});
