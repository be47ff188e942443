// A visitor has the chats erased, over a real connection, by an operator's command, and across `kill -9`: everybody who sees
// them is told, nothing is left in any file of the data, and the next word begins anew.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { script, Skip, test } from './lib/report.mjs';
import { Agent, Chat, http, logIn, newCid, plain, TRANSPORT } from './lib/chat.mjs';
import { parcel, pdf } from './lib/media.mjs';
import { built, demoSite, PATIENCE_MS, run, runOnTerminal, Server, told, until } from './lib/program.mjs';

/** A word that nobody else writes, of letters only: numbers would be masked. */
const oddWord = () => `zq${[...randomBytes(12)].map((byte) => 'bcdfghklmnprtvwx'[byte % 16]).join('')}`;

let server;

/** The files of the data in which the word stands, in whatever case. Logs of the server go to its standard error. */
function filesWith(word) {
  const files = readdirSync(server.data, { recursive: true }).filter((name) => statSync(join(server.data, name), { throwIfNoEntry: false })?.isFile());
  return files.filter((name) => {
    try {
      return readFileSync(join(server.data, name)).toString('latin1').toLowerCase().includes(word);
    } catch (error) {
      if (error.code === 'ENOENT') return false; // gone meanwhile: the log of the database does
      throw error;
    }
  });
}

const bytesOfFiles = () => (existsSync(join(server.data, 'files')) ? readdirSync(join(server.data, 'files')) : []);

/** Until no file has it, and what was sent is gone. */
const gone = (word) => until(() => `${word} to be gone from ${filesWith(word)}, and ${bytesOfFiles()}`, () => filesWith(word).length + bytesOfFiles().length === 0, PATIENCE_MS * 2);

const isTicket = (ticket, state) => (f) => f.type === 'ticket' && f.ticket.ticket === ticket && f.ticket.state === state;
const erase = (chat, cid = newCid('erase')) => {
  chat.send({ type: 'erase', cid });
  return cid;
};
const isErased = (cid) => (f) => f.type === 'erased' && f.cid === cid;

/** A chat in which everything that a visitor can leave has the word, served by Anna, on two pages. */
async function full(agent, word) {
  const chat = await Chat.open({ port: server.port, page: `https://example.org/?q=${word}` });
  await chat.ask(`dove trovo lo ${word}?`);
  await chat.ask('Quanto costa la spedizione?');
  const other = await Chat.open({ port: server.port, token: chat.token, after: 0, page: `https://example.org/?q=${word}` });
  chat.send({ type: 'human', cid: newCid('h') });
  const { ticket } = await chat.take((f) => f.type === 'state' && f.who === 'waiting');
  await agent.take(isTicket(ticket, 'waiting'));
  agent.send({ type: 'next' });
  await chat.take((f) => f.type === 'state' && f.who === 'agent');
  agent.send({ type: 'open', ticket, after: 0 });
  await agent.take((f) => f.type === 'message' && f.ticket === ticket && plain(f.blocks).includes(word));
  const cid = newCid('a');
  agent.send({ type: 'say', cid, ticket, text: `lo ${word} non c'è` });
  await chat.take((f) => f.type === 'message' && f.from === 'agent');
  agent.send({ type: 'note', cid: newCid('n'), ticket, text: `vuole ${word}` });
  await agent.take('note');
  await chat.ack(chat.say(`ma io voglio ${word}`));
  const body = parcel({ token: chat.token, name: `${word}.pdf` }, pdf());
  const made = await http({ port: server.port, method: 'POST', path: '/chat/files', body, headers: { Origin: server.url, 'Content-Length': body.length } });
  assert.equal(made.status, 201, made.text);
  const sent = newCid('f');
  chat.send({ type: 'say', cid: sent, text: word, files: [JSON.parse(made.text).id] });
  await chat.ack(sent);
  assert.equal(bytesOfFiles().length, 1);
  return { chat, other, ticket };
}

await script('erasing a chat', async () => {
  if (!built()) return;
  server = await Server.start({ site: demoSite({ 'limits.messages_per_minute': 1000, 'limits.messages_burst': 100 }) });
  try {
    const people = await server.command('user', 'add', 'Anna', '--role', 'admin', '--random-password');
    assert.equal(people.code, 0, told(people));
    const password = people.out.trim();
    let cookie, agent;
    const atTheDesk = async () => {
      cookie = await logIn({ port: server.port, name: 'Anna', password });
      agent = await Agent.open({ port: server.port, cookie });
      agent.send({ type: 'presence', state: 'online' });
      await agent.take((f) => f.type === 'agents' && f.agents.some((a) => a.presence === 'online'));
    };
    /** What an admin may still read of a ticket. */
    const transcript = async (ticket) => {
      const answer = await http({ port: server.port, path: `/desk/api/transcript?ticket=${ticket}`, headers: { Cookie: cookie } });
      assert.equal(answer.status, 200, answer.text);
      return { text: answer.text, ...JSON.parse(answer.text) };
    };
    const empty = async (ticket, word) => {
      const left = await transcript(ticket);
      assert.ok(!left.text.includes(word), left.text);
      assert.equal(left.state, 'closed', left.text);
      assert.equal(left.cause, 'erased', left.text);
    };
    const restart = async () => {
      const { site, data } = server;
      await server.kill();
      server = await Server.start({ site, data });
      await atTheDesk();
    };
    await atTheDesk();

    await test('the visitor erases: both pages and the agent are told, the ticket is closed, no file has a word of it', async () => {
      const word = oddWord();
      const { chat, other, ticket } = await full(agent, word);
      await until('the words to be in a file', () => filesWith(word).length > 0);
      const cid = erase(chat);
      await Promise.all([chat.take(isErased(cid)), other.take(isErased(undefined)), agent.take((f) => f.type === 'erased' && f.ticket === ticket)]);
      const closed = await agent.take(isTicket(ticket, 'closed'));
      assert.ok(!JSON.stringify(closed).includes(word), JSON.stringify(closed));
      await empty(ticket, word);
      await gone(word);
      assert.ok(!server.log.includes(word), 'the log has it');
      const cidAgain = newCid('late');
      agent.send({ type: 'say', cid: cidAgain, ticket, text: 'ancora qui?' });
      assert.equal((await agent.take((f) => f.type === 'error' && f.cid === cidAgain)).code, 'not_yours');

      // Both pages go on in a chat of its own, which a resend does not touch.
      const fresh = await other.ack(other.say('Quali sono gli orari?'));
      assert.equal(fresh, 1);
      await chat.take((f) => f.type === 'message' && f.seq === 1);
      erase(chat, cid);
      await chat.take(isErased(cid));
      const third = await Chat.open({ port: server.port, token: chat.token, after: 0 });
      assert.ok(third.welcome.seq >= 1, 'the resend took the new chat along');
      assert.ok(!JSON.stringify(await third.history()).includes(word));
      for (const page of [chat, other, third]) page.close();
    });

    await test('kill -9 right behind the answer: after the start it is erased, and no file has a word of it', async () => {
      const word = oddWord();
      const { chat, ticket } = await full(agent, word);
      const cid = erase(chat);
      await chat.take(isErased(cid));
      await restart();
      await gone(word);
      await empty(ticket, word);
      const back = await Chat.open({ port: server.port, token: chat.token, after: 0 });
      assert.equal(back.welcome.seq, 0);
      erase(back, cid);
      await back.take(isErased(cid));
      assert.equal(await back.ack(back.say('eccomi')), 1);
      back.close();
    });

    await test('kill -9 before the answer: sent again, it is erased once', async () => {
      const word = oddWord();
      const { chat, ticket } = await full(agent, word);
      const cid = erase(chat);
      await restart();
      const back = await Chat.open({ port: server.port, token: chat.token, after: 0 });
      erase(back, cid);
      await back.take(isErased(cid));
      await gone(word);
      await empty(ticket, word);
      back.close();
    });

    if (TRANSPORT.name === 'Poll') return; // the command knows of no transport
    await test('sportello erase asks first: without a terminal or a yes nothing goes', async () => {
      const word = oddWord();
      const { chat, ticket } = await full(agent, word);
      const unasked = await server.command('erase', String(ticket));
      assert.equal(unasked.code, 2, told(unasked));
      assert.match(unasked.err, /--yes/);
      for (const wrong of ['0', '-1', 'x', '1x', '99999999999999999999', '']) assert.equal((await server.command('erase', '--yes', '--', wrong)).code, 2, wrong);
      assert.equal((await server.command('erase', '--yes', '999999')).code, 1);
      const where = ['--site', server.site, '--data', server.data];
      const no = await runOnTerminal(['erase', String(ticket), ...where], { input: 'no\n' }).catch((error) => {
        throw new Skip(`script(1): ${error.message}`);
      });
      assert.match(no.out, new RegExp(`ticket ${ticket} go`), told(no));
      assert.match(no.out, /nothing was erased/, told(no));
      assert.ok(filesWith(word).length > 0);
      assert.equal((await transcript(ticket)).state, 'claimed');
      const yes = await runOnTerminal(['erase', String(ticket), ...where], { input: 'yes\n' });
      assert.match(yes.out, /1 conversation and the words of 1 ticket are erased/, told(yes));
      await chat.take('erased');
      await gone(word);
      chat.close();
    });

    await test('sportello erase through the server: the pages are told, the audit log has a line, no file a word', async () => {
      const word = oddWord();
      const { chat, other, ticket } = await full(agent, word);
      const done = await server.command('erase', String(ticket), '--yes', '--json');
      assert.equal(done.code, 0, told(done));
      assert.deepEqual(JSON.parse(done.out), { ticket, conversations: 1, tickets: 1 });
      await Promise.all([chat.take('erased'), other.take('erased'), agent.take((f) => f.type === 'erased' && f.ticket === ticket)]);
      await agent.take(isTicket(ticket, 'closed'));
      await empty(ticket, word);
      await gone(word);
      assert.equal(await chat.ack(chat.say('daccapo')), 1);
      const again = await server.command('erase', String(ticket), '--yes');
      assert.equal(again.code, 1, told(again));
      assert.match(again.err, /erased already/);
      const audit = await server.command('audit', '--json', '--limit', '1');
      assert.deepEqual((({ act, detail, who }) => [act, detail, who])(JSON.parse(audit.out)), ['chat_erased', '1 conversations, 1 tickets', '']);
      for (const page of [chat, other]) page.close();
    });

    await test('sportello erase without a server scrubs the files itself', async () => {
      const word = oddWord();
      const { chat, ticket } = await full(agent, word);
      const { site, data } = server;
      await server.stop();
      assert.ok(filesWith(word).length > 0);
      const done = await run(['erase', String(ticket), '--yes', '--site', site, '--data', data]);
      assert.equal(done.code, 0, told(done));
      assert.deepEqual([filesWith(word), bytesOfFiles()], [[], []]);
      server = await Server.start({ site, data });
      const back = await Chat.open({ port: server.port, token: chat.token, after: 0 });
      assert.equal(back.welcome.seq, 0);
      back.close();
    });
  } finally {
    await server.stop();
  }
});
