// Networks that let no WebSocket through, in a real browser with the real program: the widget polls, a whole chat with
// the assistant and with a person goes on over polls, and it goes back to a socket where one opens again.
//   node tests/browser/polls.test.mjs
// Environment: BUILD, SAN as for the system tests; CHROMIUM (/usr/bin/chromium).

import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { launch, openPage } from './browser.mjs';
import { Agent, logIn } from '../system/lib/chat.mjs';
import { built, demoSite, PATIENCE_MS, Server, told, until } from '../system/lib/program.mjs';
import { note, script, skip, test } from '../system/lib/report.mjs';

/** As talk/connection.js has it: between two trials of a socket beside polls. */
const CLIMB_MS = 300_000;

/** A proxy of a company between browser and server. `upgrades` says what it does with WebSockets: 'pass', 'refuse' (403),
 * 'hang' (not a word); `passed` counts those that came through. */
class Proxy {
  static async open() {
    const proxy = Object.assign(new Proxy(), { upgrades: 'pass', passed: 0, target: 0, sockets: new Set() });
    proxy.server = createServer((asked, answer) => proxy.#forward(asked, answer));
    proxy.server.on('upgrade', (asked, socket, head) => proxy.#upgrade(asked, socket, head));
    proxy.server.on('connection', (socket) => {
      proxy.sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => proxy.sockets.delete(socket));
    });
    await new Promise((done) => proxy.server.listen(0, '127.0.0.1', done));
    proxy.url = `http://127.0.0.1:${proxy.server.address().port}`;
    return proxy;
  }

  #forward(asked, answer) {
    const { method, url: path, headers } = asked;
    const onward = request({ host: '127.0.0.1', port: this.target, method, path, headers }, (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  }

  #upgrade({ method, url, headers }, socket, head) {
    if (this.upgrades === 'refuse') socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    if (this.upgrades !== 'pass') return;
    this.passed += 1;
    const onward = connect({ host: '127.0.0.1', port: this.target }, () => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      onward.write(`${method} ${url} HTTP/1.1\r\n${lines.join('')}\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  }

  close() {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }
}

/** A visitor's page. `polls` counts the requests to /chat/poll, `ended` those that end a line, `opened` the sockets that
 * spoke. */
class Visitor {
  static async come(browser, url, prepare = async () => {}) {
    const visitor = Object.assign(new Visitor(), { polls: 0, ended: 0, opened: 0 });
    visitor.page = await openPage(browser, { reducedMotion: 'reduce' });
    visitor.page.setDefaultTimeout(PATIENCE_MS);
    visitor.page.on('request', (asked) => {
      if (!asked.url().endsWith('/chat/poll')) return;
      visitor.polls += 1;
      visitor.ended += JSON.parse(asked.postData()).end === true;
    });
    visitor.page.on('websocket', (socket) => socket.once('framereceived', () => (visitor.opened += 1)));
    await prepare(visitor.page);
    await visitor.page.goto(`${url}/?lang=it`);
    await visitor.page.waitForFunction(() => customElements.get('sportello-chat'));
    visitor.chat = visitor.page.locator('sportello-chat');
    await visitor.open();
    return visitor;
  }

  async open() {
    if ((await this.chat.locator('.panel[open]').count()) === 0) await this.chat.locator('.launcher').click();
    await this.chat.locator('#compose').waitFor();
  }

  async say(text) {
    await this.chat.locator('#compose').fill(text);
    await this.chat.locator('#compose').press('Enter');
  }

  sees(text) {
    return this.chat.locator('.bubble', { hasText: text }).last().waitFor();
  }

  /** How often each of these words stands in the chat: nothing is lost, nothing comes twice. */
  async times(...texts) {
    const all = await this.chat.locator('.bubble').allInnerTexts();
    return texts.map((text) => all.filter((one) => one.includes(text)).length);
  }

  async end() {
    assert.deepEqual(this.page.complaints, [], 'no script error, no console error, no violation of the policy');
    await this.page.context().close();
  }
}

await script('polls in a browser', async () => {
  if (!built()) return;
  const browser = await launch().catch((error) => skip('polls in a browser', String(error)));
  if (!browser) return;
  const proxy = await Proxy.open();
  const site = demoSite({ allowed_origins: [proxy.url], 'limits.messages_per_minute': 1000, 'limits.messages_burst': 100 });
  const server = await Server.start({ site });
  proxy.target = server.port;
  const added = await server.command('user', 'add', 'Marta', '--role', 'agent', '--random-password');
  assert.equal(added.code, 0, told(added));
  const cookie = await logIn({ port: server.port, name: 'Marta', password: added.out.trim() });
  const agent = await Agent.open({ port: server.port, cookie });
  agent.send({ type: 'presence', state: 'online' });

  /** From a question to the assistant to a chat with a person and back. */
  async function whole(visitor) {
    await visitor.say('quanto costa la spedizione?');
    await visitor.sees('6,50');
    await visitor.chat.getByRole('button', { name: 'Parla con una persona' }).first().click();
    await until('the visitor in the line', async () => (await visitor.chat.locator('.queue').count()) > 0);
    agent.send({ type: 'next' });
    const { ticket } = await agent.take((frame) => frame.type === 'ticket' && frame.ticket.mine);
    agent.send({ type: 'open', ticket: ticket.ticket });
    agent.send({ type: 'say', cid: `hello-${ticket.ticket}`, ticket: ticket.ticket, text: 'Buongiorno, sono Marta' });
    await visitor.sees('Buongiorno, sono Marta');
    await visitor.say('mi serve una vite a legno');
    await agent.take((frame) => JSON.stringify(frame).includes('mi serve una vite a legno'));
    agent.send({ type: 'say', cid: `answer-${ticket.ticket}`, ticket: ticket.ticket, text: 'Corsia quattro, in fondo' });
    await visitor.sees('Corsia quattro, in fondo');
    return ticket.ticket;
  }
  const WHOLE = ['quanto costa la spedizione?', 'Buongiorno, sono Marta', 'mi serve una vite a legno', 'Corsia quattro, in fondo'];

  const close = async (ticket) => {
    agent.send({ type: 'close', cid: `close-${ticket}`, ticket, cause: 'solved' });
    await agent.take((frame) => frame.type === 'ticket' && frame.ticket.ticket === ticket && frame.ticket.state === 'closed');
  };

  try {
    await test('a page whose WebSocket throws has a whole chat over polls', async () => {
      const visitor = await Visitor.come(browser, proxy.url, (page) =>
        page.addInitScript(() => {
          globalThis.WebSocket = class {
            constructor() {
              throw new DOMException('no sockets here', 'SecurityError');
            }
          };
        }));
      const ticket = await whole(visitor);
      assert.deepEqual(await visitor.times(...WHOLE), [1, 1, 1, 1]);
      assert.ok(visitor.polls > 4, `${visitor.polls} polls`);
      assert.equal(visitor.opened, 0);
      // After a reload, on the next page, the chat is there and goes on.
      await visitor.page.reload();
      await visitor.open();
      await visitor.sees('Corsia quattro, in fondo');
      await visitor.say('grazie mille');
      await agent.take((frame) => JSON.stringify(frame).includes('grazie mille'));
      await close(ticket);
      await visitor.say('quando siete aperti?');
      await visitor.sees('8:30');
      await visitor.end();
    });

    for (const [how, what] of [['refuse', 'answers 403 to'], ['hang', 'says nothing to']])
      await test(`behind a proxy that ${what} an Upgrade: a whole chat over polls, then a socket once one opens`, async () => {
        proxy.upgrades = how;
        const before = proxy.passed;
        const visitor = await Visitor.come(browser, proxy.url, (page) => page.clock.install());
        const began = Date.now();
        const ticket = await whole(visitor);
        note(`${how}: the chat over polls took ${((Date.now() - began) / 1000).toFixed(1)} s`);
        assert.deepEqual([proxy.passed - before, visitor.opened], [0, 0]);
        assert.ok(visitor.polls > 4, `${visitor.polls} polls`);

        // A trial in vain leaves the chat as it is; one that opens takes over.
        await visitor.page.clock.fastForward(CLIMB_MS + 1000);
        agent.send({ type: 'say', cid: `still-${ticket}`, ticket, text: 'Ancora per sondaggio' });
        await visitor.sees('Ancora per sondaggio');
        assert.equal(visitor.opened, 0);
        proxy.upgrades = 'pass';
        await visitor.page.clock.fastForward(CLIMB_MS + 1000);
        await until('a socket that speaks', () => visitor.opened === 1);
        await until('the end of the line of polls', () => visitor.ended === 1);
        const polls = visitor.polls;
        agent.send({ type: 'say', cid: `socket-${ticket}`, ticket, text: 'Ora per socket' });
        await visitor.sees('Ora per socket');
        await visitor.say('grazie mille');
        await agent.take((frame) => JSON.stringify(frame).includes('grazie mille'));
        assert.equal(visitor.polls, polls, 'nothing is polled any more');
        assert.deepEqual(await visitor.times(...WHOLE, 'Ancora per sondaggio', 'Ora per socket', 'grazie mille'), [1, 1, 1, 1, 1, 1, 1]);
        await close(ticket);
        await visitor.end();
      });

    await test('a network that changes is asked for a socket at once', async () => {
      proxy.upgrades = 'refuse';
      const visitor = await Visitor.come(browser, proxy.url);
      await visitor.say('quanto costa la spedizione?');
      await visitor.sees('6,50');
      assert.equal(visitor.opened, 0);
      proxy.upgrades = 'pass';
      await visitor.page.context().setOffline(true);
      await visitor.page.context().setOffline(false);
      await until('a socket that speaks', () => visitor.opened === 1);
      await visitor.say('quando siete aperti?');
      await visitor.sees('8:30');
      assert.deepEqual(await visitor.times('quanto costa la spedizione?', 'quando siete aperti?'), [1, 1]);
      await visitor.end();
    });
  } finally {
    agent.close();
    await browser.close();
    await server.stop();
    proxy.close();
  }
});
