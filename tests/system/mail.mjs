// Mail over a real mail server: an agent answers a message, the visitor comes back by the letter's link, and whatever the
// server does the letter arrives once or is listed as dead. Nobody adds a header, and no password travels in plain text.

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { script, test, skip } from './lib/report.mjs';
import { Agent, Chat, logIn, newCid, plain } from './lib/chat.mjs';
import { built, Server, temporary, tinySite, told, until } from './lib/program.mjs';

const PYTHON = '/usr/bin/python3';
const ENTRIES = { orari: ['Quali sono gli orari del negozio?', 'Siamo aperti dal lunedì al venerdì, dalle 9 alle 18.'] };
const PASSWORD = 'una-parola-d’ordine'.normalize();

/** The mail server: a process of its own, told what to do by lines. */
class MailServer {
  constructor() {
    this.letters = [];
    this.refused = [];
    this.waiters = [];
    this.child = spawn(PYTHON, [fileURLToPath(new URL('./lib/smtpd.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'ignore'] });
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      const event = JSON.parse(line);
      if (event.letter) this.letters.push(event.letter);
      else if (event.refused) this.refused.push(event.refused);
      else this.waiters.shift()?.(event);
    });
  }

  order(what) {
    return new Promise((done) => {
      this.waiters.push(done);
      this.child.stdin.write(`${JSON.stringify(what)}\n`);
    });
  }

  async start(how = {}) {
    this.how = how;
    this.port = (await this.order({ start: { port: this.port ?? 0, ...how } })).listening;
  }

  end() {
    this.child.stdin.end();
  }
}

/** A certificate for localhost, made by nobody anybody trusts. */
function certificate() {
  const folder = temporary('cert'), cert = join(folder, 'cert.pem'), key = join(folder, 'key.pem');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { cert, key };
}

async function agentOf(server, name, ...more) {
  const added = await server.command('user', 'add', name, '--role', 'agent', '--random-password', ...more);
  assert.equal(added.code, 0, told(added));
  const cookie = await logIn({ port: server.port, name, password: added.out.trim().split('\n')[0] });
  return Agent.open({ port: server.port, cookie });
}

/** A visitor who leaves a message and goes: the ticket's number. */
async function leave(server, { contact = 'maria.rossi@example.com', text = 'Avete la vernice «Terra di Siena»?', page } = {}) {
  const chat = await Chat.open({ port: server.port, page });
  const seen = await chat.ask('quali sono gli orari del negozio?');
  assert.ok(seen);
  chat.send({ type: 'message', cid: newCid(), text, contact, name: 'Maria' });
  const state = await chat.take((f) => f.ticket !== undefined);
  chat.close();
  return { ticket: state.ticket, token: chat.token };
}

const header = (letter, name) => letter.headers.filter(([n]) => n.toLowerCase() === name.toLowerCase()).map(([, v]) => v);
const linkOf = (letter) => /(http\S+)#sportello=([A-Za-z0-9_-]{43})/.exec(letter.text);

async function dead(server) {
  const result = await server.command('hooks', 'list', '--json');
  return result.out.trim().split('\n').filter(Boolean).map((l) => JSON.parse(l)).filter((d) => d.kind === 'mail' && d.state === 'dead');
}

/** Tries the waiting letters now rather than in ten seconds. */
async function hurry(server) {
  const result = await server.command('hooks', 'list', '--json');
  for (const d of result.out.trim().split('\n').filter(Boolean).map((l) => JSON.parse(l)))
    if (d.kind === 'mail' && d.state === 'waiting' && d.tries > 0) await server.command('hooks', 'retry', String(d.id));
}

script('mail', async () => {
  if (!built()) return;
  if (spawnSync(PYTHON, ['-c', 'import aiosmtpd'], { stdio: 'ignore' }).status !== 0) {
    skip('mail over a real mail server', 'python3-aiosmtpd is not installed');
    return;
  }
  const smtp = new MailServer();
  await smtp.start();
  const settings = (more = {}) => ({ 'mail.url': `smtp://127.0.0.1:${smtp.port}`, 'mail.from': 'Ferramenta Più <assistenza@shop.example>',
    'mail.starttls': 'none', 'limits.messages_per_minute': 1000, 'limits.messages_burst': 100, ...more });
  let site = tinySite(ENTRIES, settings());
  let server = await Server.start({ site });
  let agent = await agentOf(server, 'Anna');
  const page = () => `http://127.0.0.1:${server.port}/prodotti/vernici`;
  const seen = new Set();
  const answer = async (ticket, text, cid = newCid('r')) => {
    const key = `${server.port} ${ticket}`;
    if (!seen.has(key)) await agent.take((f) => f.type === 'ticket' && f.ticket.ticket === ticket);
    seen.add(key);
    agent.send({ type: 'reply', cid, ticket, text });
    return agent.take((f) => (f.type === 'ack' || f.type === 'error') && f.cid === cid);
  };
  let first, link;

  await test('an answer arrives as it was written, from the shop, and says so in the conversation', async () => {
    first = await leave(server, { page: page() });
    const said = await answer(first.ticket, 'Sì, è arrivata: 12,50 € al litro.\n.\nA presto!');
    assert.equal(said.type, 'ack', JSON.stringify(said));
    await until('it arrives', () => smtp.letters.length === 1);
    const [letter] = smtp.letters;
    assert.equal(letter.from, 'assistenza@shop.example');
    assert.deepEqual(letter.to, ['maria.rossi@example.com']);
    assert.match(header(letter, 'From')[0], /^Ferramenta Più <assistenza@shop.example>$/);
    assert.match(letter.subject, new RegExp(`richiesta n\\. ${first.ticket}`));
    assert.match(letter.text, /Sì, è arrivata: 12,50 € al litro\.\n\.\nA presto!/);
    assert.match(letter.text, /> Avete la vernice «Terra di Siena»\?/);
    assert.match(letter.text, /Anna, Prova/);
    assert.match(header(letter, 'Message-ID')[0], /^<sportello\.\d+\.[0-9a-f]+@shop\.example>$/);
    assert.match(header(letter, 'In-Reply-To')[0], new RegExp(`^<sportello\\.${first.ticket}@shop\\.example>$`));
    assert.equal(header(letter, 'Auto-Submitted').length, 0);
    for (const line of letter.raw.split('\r\n')) assert.ok(line.length <= 78 && !/[\r\n]/.test(line), line);
    link = linkOf(letter);
    assert.equal(link[1], page());
  });

  await test('the same answer sent again is one letter', async () => {
    const second = await leave(server), cid = newCid('r');
    assert.equal((await answer(second.ticket, 'Una volta.', cid)).type, 'ack');
    assert.equal((await answer(second.ticket, 'Una volta.', cid)).type, 'ack');
    await until('it arrives', () => smtp.letters.some((l) => l.text.includes('Una volta.')));
    await answer(second.ticket, 'Due volte.');
    await until('the next arrives', () => smtp.letters.some((l) => l.text.includes('Due volte.')));
    assert.equal(smtp.letters.filter((l) => l.text.includes('Una volta.')).length, 1);
  });

  await test('the link leads another browser into the conversation, with a token of its own', async () => {
    const phone = await Chat.open({ port: server.port, back: link[2], after: 0 });
    assert.ok(phone.welcome.token);
    assert.notEqual(phone.welcome.token, first.token);
    const history = await phone.history();
    assert.ok(history.some((e) => e.from === 'agent' && plain(e.blocks).includes('12,50 €')));
    // What is said there is in the first browser's chat, too.
    const desktop = await Chat.open({ port: server.port, token: first.token, after: 0 });
    phone.say('Grazie mille dal telefono');
    await desktop.take((f) => f.type === 'message' && f.from === 'visitor' && plain(f.blocks).includes('dal telefono'));
    phone.close();
    desktop.close();
    await until('both have gone', () => phone.closed && desktop.closed);
    const again = await Chat.open({ port: server.port, token: phone.welcome.token, after: 0 });
    assert.ok((await again.history()).some((e) => plain(e.blocks).includes('dal telefono')));
    again.close();
  });

  await test('the browser that it was left in keeps its token', async () => {
    const chat = await Chat.open({ port: server.port, token: first.token, back: link[2], after: 0 });
    assert.equal(chat.welcome.token, undefined);
    assert.ok((await chat.history()).length > 3);
    chat.close();
  });

  await test('a link that is none makes a stranger, and says so', async () => {
    for (const back of ['A'.repeat(43), link[2].slice(0, 42), `${link[2].slice(1)}x`]) {
      const chat = await Chat.open({ port: server.port, back, after: 0 });
      assert.equal((await chat.take('error')).code, 'bad_link');
      assert.equal(chat.welcome.seq, 0);
      assert.ok(chat.welcome.token);
      chat.close();
    }
  });

  await test('who left no e-mail address cannot be written to, and nothing is stored', async () => {
    for (const contact of ['+39 333 1234567', 'maria@example.com, altri@example.com', 'maria@example.com\nBcc: tutti@example.com', '<maria@example.com>', 'maria@@example.com']) {
      const { ticket } = await leave(server, { contact });
      const said = await answer(ticket, 'Buongiorno');
      assert.equal(said.code, 'no_address', contact);
    }
    assert.ok(!smtp.letters.some((l) => l.text.includes('Buongiorno')));
  });

  await test('no word of the agent or the visitor becomes a header', async () => {
    const before = smtp.letters.length;
    const { ticket } = await leave(server, { contact: 'luca@example.com', text: 'Ciao\r\nBcc: tutti@example.com\r\n\r\nfine' });
    await answer(ticket, 'Salve\r\nBcc: tutti@example.com\r\n.\r\nMAIL FROM:<x@y>');
    await until('it arrives', () => smtp.letters.length === before + 1);
    const letter = smtp.letters.at(-1);
    assert.deepEqual(letter.to, ['luca@example.com']);
    assert.equal(header(letter, 'Bcc').length, 0);
    assert.ok(letter.text.includes('MAIL FROM:<x@y>'));
  });

  await test('a refusal for good is dead and listed; one for now is tried again', async () => {
    await smtp.order({ manner: 'refuse' });
    const one = await leave(server, { contact: 'nessuno@example.com' });
    await answer(one.ticket, 'Per nessuno');
    await until('it is dead', async () => (await dead(server)).some((d) => d.target === 'nessuno@example.com' && /550/.test(d.last_error)));
    await smtp.order({ manner: 'reject_data' });
    const two = await leave(server, { contact: 'altro@example.com' });
    await answer(two.ticket, 'Per altri');
    await until('it is dead', async () => (await dead(server)).some((d) => d.target === 'altro@example.com' && /554/.test(d.last_error)));
    await smtp.order({ manner: 'greylist' });
    const three = await leave(server, { contact: 'lista@example.com' });
    await answer(three.ticket, 'Più tardi va bene');
    await until('it was put off', () => smtp.refused.includes('lista@example.com'));
    await until('it arrives', async () => {
      await hurry(server);
      return smtp.letters.some((l) => l.text.includes('Più tardi va bene'));
    });
  });

  await test('an answer that is refused for good is told to the desk: a note, and its ticket is a message again', async () => {
    await smtp.order({ manner: 'refuse' });
    const { ticket } = await leave(server, { contact: 'sparita@example.com' });
    const isBack = (f) => f.type === 'ticket' && f.ticket.ticket === ticket && f.ticket.undelivered > 0;
    assert.equal((await answer(ticket, 'Per chi non c’è più')).type, 'ack');
    const close = newCid('c');
    agent.send({ type: 'close', cid: close, ticket, cause: 'answered' });
    // The close comes before the refusal, and the ticket is open again after it; or behind it, and is refused.
    const [closed, { ticket: back }] = await Promise.all([
      agent.take((f) => (f.type === 'ack' || f.type === 'error') && f.cid === close), agent.take(isBack)]);
    assert.ok(closed.type === 'ack' || ['undelivered', 'not_yours'].includes(closed.code), JSON.stringify(closed));
    assert.equal(back.state, 'message');
    assert.equal(back.mine, true);
    agent.send({ type: 'open', ticket, after: 0 });
    const note = await agent.take((f) => f.type === 'note' && f.ticket === ticket);
    assert.match(note.text, /^La risposta non è stata consegnata a sparita@example\.com: .*550/);
    assert.equal(note.name, '');
    // It is all in the store: a page that comes after a start sees the same.
    agent.close();
    await server.kill();
    server = await Server.start({ site });
    agent = await agentOf(server, 'Bice');
    const { tickets } = await agent.take('queue');
    assert.equal(tickets.find((t) => t.ticket === ticket).undelivered, back.undelivered);
    // A close that does not know is refused; the operator's new try reaches them, and the mark is gone.
    await smtp.order({ manner: 'good' });
    await server.command('hooks', 'retry', String(back.undelivered));
    const mended = await agent.take((f) => f.type === 'ticket' && f.ticket.ticket === ticket && !f.ticket.undelivered);
    assert.equal(mended.ticket.state, 'message');
    assert.ok(smtp.letters.some((l) => l.text.includes('Per chi non c’è più')));
  });

  await test('down, then up: the letter waits', async () => {
    await smtp.order({ manner: 'good' });
    await smtp.order({ stop: true });
    const { ticket } = await leave(server, { contact: 'attesa@example.com' });
    assert.equal((await answer(ticket, 'Dopo il guasto')).type, 'ack');
    await until('it was tried', () => /delivery_failing/.test(server.log));
    await smtp.start(smtp.how);
    await until('it arrives', async () => {
      await hurry(server);
      return smtp.letters.some((l) => l.text.includes('Dopo il guasto'));
    });
    assert.equal((await dead(server)).length, 2);
  });

  await test('neither addresses nor links stand in the log', () => {
    for (const word of ['example.com', link[2], 'vernice']) assert.ok(!server.log.includes(word), word);
  });

  await server.stop();
  const paper = certificate();

  for (const tls of ['starttls', 'smtps']) {
    await test(`${tls}: over TLS and with a password, only if the certificate is one to trust`, async () => {
      await smtp.order({ stop: true });
      smtp.port = 0;
      await smtp.start({ tls, ...paper, user: 'negozio', password: PASSWORD });
      const scheme = tls === 'smtps' ? 'smtps' : 'smtp';
      const common = { 'mail.url': `${scheme}://localhost:${smtp.port}`, 'mail.starttls': 'required', 'mail.user': 'negozio', 'mail.secret': 'posta' };
      const env = { SPORTELLO_SECRET_POSTA: PASSWORD };
      site = tinySite(ENTRIES, settings({ ...common, 'mail.ca': paper.cert }));
      server = await Server.start({ site, env });
      agent = await agentOf(server, 'Anna');
      const before = smtp.letters.length;
      const { ticket } = await leave(server);
      await answer(ticket, 'Cifrato');
      await until('it arrives', () => smtp.letters.length === before + 1);
      assert.equal(smtp.letters.at(-1).tls, true);
      assert.equal(smtp.letters.at(-1).user, 'negozio');
      assert.ok(!server.log.includes(PASSWORD));
      await server.stop();
      // Without the certificate, or with another password, nothing is sent, and the letter waits.
      for (const [ca, secret] of [[undefined, PASSWORD], [paper.cert, 'un’altra-parola']]) {
        site = tinySite(ENTRIES, settings({ ...common, ...(ca && { 'mail.ca': ca }) }));
        server = await Server.start({ site, env: { SPORTELLO_SECRET_POSTA: secret } });
        agent = await agentOf(server, 'Anna');
        const other = await leave(server);
        await answer(other.ticket, 'Mai');
        await until('it says why', () => /delivery_failing/.test(server.log));
        assert.equal((await dead(server)).length, 0);
        await server.stop();
      }
      assert.equal(smtp.letters.length, before + 1);
    });
  }

  await test('a server that offers no TLS gets nothing where TLS is required', async () => {
    await smtp.order({ stop: true });
    smtp.port = 0;
    await smtp.start();
    site = tinySite(ENTRIES, settings({ 'mail.url': `smtp://127.0.0.1:${smtp.port}`, 'mail.starttls': 'required' }));
    server = await Server.start({ site });
    agent = await agentOf(server, 'Anna');
    const before = smtp.letters.length;
    const { ticket } = await leave(server);
    await answer(ticket, 'Mai in chiaro');
    await until('it says why', () => /delivery_failing/.test(server.log));
    assert.equal(smtp.letters.length, before);
    await server.stop();
  });

  await test('a message while nobody is online: a note to the department, one in ten minutes, without more than it may say', async () => {
    site = tinySite(ENTRIES, settings({ 'mail.url': `smtp://127.0.0.1:${smtp.port}`, 'mail.duty': 'question', 'departments.negozio.name': 'Negozio', 'departments.magazzino.name': 'Magazzino' }));
    server = await Server.start({ site });
    for (const [name, department] of [['Anna', 'negozio'], ['Bruno', 'magazzino']]) {
      const added = await server.command('user', 'add', name, '--role', 'agent', '--random-password', '--email', `${name.toLowerCase()}@shop.example`, '--departments', department);
      assert.equal(added.code, 0, told(added));
    }
    const before = smtp.letters.length;
    const { ticket } = await leave(server, { text: `Vorrei sapere ${'molto, '.repeat(40)} e il mio segreto è 1234` });
    await until('it arrives', () => smtp.letters.length === before + 1);
    const note = smtp.letters.at(-1);
    assert.deepEqual(note.to, ['anna@shop.example']);
    assert.match(note.subject, /^Negozio:/);
    assert.match(note.text, new RegExp(`- ${ticket}: Vorrei sapere molto, .* …\n`));
    assert.ok(note.text.includes(`http://127.0.0.1:${server.port}/desk`));
    assert.ok(!note.text.includes('1234') && !note.text.includes('maria'));
    assert.deepEqual(header(note, 'Auto-Submitted'), ['auto-generated']);
    await leave(server);
    await until('it waits', async () => {
      const list = await server.command('hooks', 'list', '--json');
      return list.out.includes('one was mailed just before');
    });
    assert.equal(smtp.letters.length, before + 1);
    await server.stop();
  });

  await test('a message while somebody is online: no note', async () => {
    site = tinySite(ENTRIES, settings({ 'mail.url': `smtp://127.0.0.1:${smtp.port}`, 'mail.duty': 'text' }));
    server = await Server.start({ site });
    agent = await agentOf(server, 'Anna', '--email', 'anna@shop.example');
    agent.send({ type: 'presence', state: 'online' });
    await agent.take((f) => f.type === 'agents' && f.agents.some((a) => a.presence === 'online'));
    const before = smtp.letters.length;
    await leave(server);
    await until('it is settled', async () => (await server.command('hooks', 'list', '--all', '--json')).out.includes('somebody is online'));
    assert.equal(smtp.letters.length, before);
    agent.close();
    await server.stop();
  });

  smtp.end();
});
