// A hand-off becomes a ticket in a real Request Tracker 5, its number is told to the visitor and the agents, and the end of
// the chat resolves it with the transcript attached; once each, also when Request Tracker is down or the program dies.
// Needs Debian's request-tracker5, rt5-db-sqlite and rt5-standalone: `make check-rt` installs them.

import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, Chat, logIn, newCid, plain } from '../system/lib/chat.mjs';
import { built, Server, tinySite, until } from '../system/lib/program.mjs';
import { note, script, test } from '../system/lib/report.mjs';
import { RT_SERVER, Tracker } from './instance.mjs';

const PASSWORD = 'una-parola-lunga-per-la-prova';
const ENTRIES = { orari: ['Quali sono gli orari?', 'Siamo aperti dalle 9 alle 18.'] };
/** The first pause before a second try is 10 s, the second 60. */
const RETRY_MS = 120_000;

script('rt', async () => {
  if (!built()) return;
  if (!existsSync(RT_SERVER)) throw new Error(`${RT_SERVER} is not there: run make check-rt, which installs it`);
  const tracker = await Tracker.make();
  await tracker.start();
  const site = tinySite(ENTRIES, { 'rt.url': tracker.url, 'rt.secret': 'rt', webhook_hosts: [`127.0.0.1:${tracker.port}`],
    'departments.negozio.name': 'Negozio', 'departments.ordini.name': 'Ordini', 'departments.ordini.rt_queue': 'Ordini',
    'limits.messages_per_minute': 1000, 'limits.messages_burst': 100 });
  const start = (secret = tracker.token) => Server.start({ site, env: { SPORTELLO_SECRET_RT: secret } });
  let server = await start();
  const file = join(site, 'password');
  writeFileSync(file, PASSWORD);
  const made = await server.command('user', 'add', 'anna', '--role', 'admin', '--password-file', file);
  assert.equal(made.code, 0, made.err);
  const cookie = await logIn({ port: server.port, name: 'anna', password: PASSWORD });

  const handOff = async (question = 'quanto pesa la luna?') => {
    const chat = await Chat.open({ port: server.port });
    await chat.ask('quali sono gli orari?');
    await chat.ack(chat.say(question));
    chat.send({ type: 'human', cid: newCid('h') });
    const { ticket } = await chat.take((f) => f.type === 'state' && f.who === 'waiting');
    return { chat, ticket };
  };
  const leaveMessage = async (contact) => {
    const chat = await Chat.open({ port: server.port });
    await chat.ask('quali sono gli orari?');
    chat.send({ type: 'message', cid: newCid('m'), name: 'Maria', contact, text: 'Mi richiamate?\nGrazie' });
    const { ticket } = await chat.take((f) => f.type === 'state' && f.ticket);
    return { chat, ticket };
  };
  const numberTold = (chat, patience) => chat.take((f) => f.type === 'message' && f.from === 'system' && /RT-\d+/.test(plain(f.blocks)), patience);
  const theirs = async (ticket) => {
    const list = await tracker.tickets(`[sportello ${ticket}]`);
    assert.equal(list.length, 1, `one ticket for ${ticket}: ${JSON.stringify(list)}`);
    return list[0];
  };
  const close = async (page, ticket) => {
    page.send({ type: 'next' });
    await page.take((f) => f.type === 'ticket' && f.ticket.ticket === ticket && f.ticket.state === 'claimed');
    page.send({ type: 'say', cid: newCid('s'), ticket, text: 'Settantatré trilioni di tonnellate.' });
    await page.take('ack');
    page.send({ type: 'close', cid: newCid('x'), ticket, cause: 'solved' });
    await page.take((f) => f.type === 'ticket' && f.ticket.ticket === ticket && f.ticket.state === 'closed');
  };
  const resolved = (id) => until(`RT-${id} to be resolved`, async () => (await tracker.ask(`ticket/${id}`)).Status === 'resolved', RETRY_MS);

  const first = await handOff();
  await test('a hand-off becomes a ticket there, and its number is told to the visitor', async () => {
    const frame = await numberTold(first.chat);
    const one = await theirs(first.ticket);
    assert.equal(plain(frame.blocks), `Il tuo numero di pratica è RT-${one.id}.`);
    assert.ok(one.Subject.startsWith(`[sportello ${first.ticket}] `));
    assert.equal(one.Status, 'new');
    assert.equal(one.Creator.id, 'sportello');
    assert.equal((await tracker.ask(`queue/${one.Queue.id}`)).Name, 'General');
    const texts = (await tracker.attachments(one.id)).map((a) => a.text).join('\n');
    assert.match(texts, /Domanda: quanto pesa la luna/);
    first.theirs = one.id;
  });

  await test('the agents see the number', async () => {
    const page = await Agent.open({ port: server.port, cookie });
    const { tickets } = await page.take('queue');
    assert.equal(tickets.find((t) => t.ticket === first.ticket).outside, `RT-${first.theirs}`);
    page.close();
  });

  await test('when the chat is closed the transcript is attached, and the ticket there is resolved', async () => {
    const page = await Agent.open({ port: server.port, cookie });
    await close(page, first.ticket);
    page.close();
    await resolved(first.theirs);
    const files = (await tracker.attachments(first.theirs)).filter((a) => a.name === `sportello-${first.ticket}.txt`);
    assert.equal(files.length, 1);
    assert.match(files[0].text, /Visitatore: quanto pesa la luna\?/);
    assert.match(files[0].text, /anna: Settantatré trilioni di tonnellate\./);
    assert.match(files[0].text, /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\] /);
  });

  await test('a message has its sender as requestor, and its words', async () => {
    const { ticket, chat } = await leaveMessage('maria.rossi@example.com');
    await numberTold(chat);
    const one = await theirs(ticket);
    assert.deepEqual(one.Requestor.map((r) => r.id), ['maria.rossi@example.com']);
    const texts = (await tracker.attachments(one.id)).map((a) => a.text).join('\n');
    assert.match(texts, /Mi richiamate\?\nGrazie/);
    assert.match(texts, /Nome: Maria/);
  });

  await test('a telephone number is no requestor', async () => {
    const { ticket, chat } = await leaveMessage('+39 333 1234567');
    await numberTold(chat);
    const one = await theirs(ticket);
    assert.deepEqual(one.Requestor, []);
  });

  await test('a question that bears the mark of another ticket leads nowhere', async () => {
    const other = await handOff(`[sportello ${first.ticket + 100}] chi sono?`);
    await numberTold(other.chat);
    assert.ok((await theirs(other.ticket)).Subject.startsWith(`[sportello ${other.ticket}] `));
  });

  await test('Request Tracker is down: the chat goes on, and the ticket is made once it is back', async () => {
    await tracker.stop();
    const { ticket, chat } = await handOff();
    await until('a try to fail', async () => (await server.metric('sportello_delivery_tries_total')) > 0 && /deliver/.test(server.log));
    await chat.ask('quali sono gli orari?');
    await tracker.start();
    await numberTold(chat, RETRY_MS);
    await theirs(ticket);
  });

  await test('a crash between the making and the note of it makes no second ticket', async () => {
    // As if it had died just then: the ticket is there, made by the same user, and nothing here knows of it.
    await tracker.stop();
    const { ticket, chat } = await handOff();
    await server.kill();
    await tracker.start();
    const response = await fetch(`${tracker.url}/REST/2.0/ticket`, { method: 'POST', body: JSON.stringify({ Queue: 'General', Subject: `[sportello ${ticket}] fatto prima`, Content: 'x' }),
      headers: { 'Content-Type': 'application/json', Authorization: `token ${tracker.token}` } });
    assert.equal(response.status, 201);
    // With user and password this time.
    server = await start('sportello:parola-di-prova');
    const back = await Chat.open({ port: server.port, token: chat.token, after: 0 });
    const frame = await numberTold(back, RETRY_MS);
    const one = await theirs(ticket);
    assert.equal(one.Subject, `[sportello ${ticket}] fatto prima`);
    assert.match(plain(frame.blocks), new RegExp(`RT-${one.id}\\b`));
  });

  await test('the number is told once, and nothing there was made twice', async () => {
    const counts = new Map();
    for (const { Subject } of await tracker.tickets('[sportello')) {
      const mark = /^\[sportello \d+\]/.exec(Subject)[0];
      counts.set(mark, (counts.get(mark) ?? 0) + 1);
    }
    assert.deepEqual([...counts.values()].filter((n) => n !== 1), []);
    note(`${counts.size} tickets`);
    const { out } = await server.command('hooks', 'list');
    assert.ok(!/dead/.test(out), out);
  });

  await test('neither the secret nor what visitors wrote stands in the log', () => {
    assert.ok(!server.log.includes(tracker.token) && !/parola-di-prova|luna|maria\.rossi/.test(server.log));
  });

  assert.equal((await server.stop()).code, 0);
  await tracker.stop();
});
