// Three people at the desk of a running server: notes and tags stay among them, a chat changes hands only by consent, who
// comes back is told what became of it, the hand-off card knows the visitor's earlier tickets, and an editor sees no chat.

import assert from 'node:assert/strict';
import { test, script } from './lib/report.mjs';
import { Agent, Chat, http, logIn, newCid, plain } from './lib/chat.mjs';
import { built, demoSite, run, Server, told } from './lib/program.mjs';
import { Socket } from './lib/socket.mjs';

let server;

async function person(name, role = 'agent') {
  const added = await run(['user', 'add', name, '--role', role, '--random-password', '--site', server.site, '--data', server.data]);
  assert.equal(added.code, 0, told(added));
  const cookie = await logIn({ port: server.port, name, password: added.out.trim() });
  return { name, cookie };
}

/** A page of somebody, with the number of the last step it was told of. */
async function page({ cookie }) {
  const at = { event: 0 };
  const onFrame = (f) => (at.event = Math.max(at.event, f.event ?? 0, f.ticket?.event ?? 0));
  const agent = await Agent.open({ port: server.port, cookie, onFrame });
  agent.at = at;
  agent.queue = await agent.take('queue');
  return agent;
}

/** The same, coming back: the library's hello has no step, so this is said by hand. */
async function back({ cookie }, after_event) {
  const agent = new Agent();
  agent.socket = await Socket.open({ port: server.port, path: '/desk/socket', protocol: 'sportello.desk.v1', headers: { Cookie: cookie },
    onText: (text) => agent.heard(text), onClose: (code) => agent.gone(code) });
  agent.send({ type: 'hello', lang: 'it', after_event });
  agent.welcome = await agent.take('welcome');
  return agent;
}

const api = async (who, path) => {
  const { status, text } = await http({ port: server.port, path: `/desk/api/${path}`, headers: who ? { Cookie: who.cookie } : {} });
  return { status, ...(text && { json: JSON.parse(text) }) };
};

async function handedOff(options = {}) {
  const chat = await Chat.open({ port: server.port, page: '/viti', ...options });
  chat.send({ type: 'human', cid: newCid() });
  const { ticket } = await chat.take((f) => f.type === 'state' && f.who === 'waiting');
  return { chat, ticket };
}

const ticketFrame = (ticket, fits) => (f) => f.type === 'ticket' && f.ticket.ticket === ticket && fits(f.ticket);

/** The visitor has heard nothing of what is for colleagues. */
const heardNothingOf = (chat, words) =>
  assert.ok(![...chat.events.values()].some((f) => plain(f.blocks).includes(words)), `the visitor heard ${words}`);

await script('counter', async () => {
  if (!built()) return;
  server = await Server.start({ site: demoSite({ 'desk.grace_seconds': 0, 'desk.lease_seconds': 10 }) });
  try {
    const anna = await person('Anna'), bruno = await person('Bruno'), edo = await person('Edo', 'editor');
    const a = await page(anna), b = await page(bruno), e = await page(edo);
    for (const agent of [a, b]) agent.send({ type: 'presence', state: 'online' });
    const { chat, ticket } = await handedOff();

    await test('a note and tags go to colleagues, not to the visitor', async () => {
      await a.take(ticketFrame(ticket, (t) => t.state === 'waiting'));
      a.send({ type: 'next' });
      await chat.take((f) => f.type === 'state' && f.who === 'agent');
      a.send({ type: 'open', ticket });
      b.send({ type: 'open', ticket });
      a.send({ type: 'note', cid: 'n1', ticket, text: 'paga sempre tardi' });
      assert.equal((await b.take('note')).text, 'paga sempre tardi');
      a.send({ type: 'note', cid: 'n1', ticket, text: 'paga sempre tardi' });
      await a.take((f) => f.type === 'ack' && f.cid === 'n1');
      await a.take((f) => f.type === 'ack' && f.cid === 'n1');
      b.send({ type: 'tags', cid: 't1', ticket, text: ' Reso,URGENTE' });
      const { tags, notes } = (await a.take(ticketFrame(ticket, (t) => t.tags))).ticket;
      assert.deepEqual({ tags, notes }, { tags: ['reso', 'urgente'], notes: 1 });
      heardNothingOf(chat, 'tardi');
    });

    await test('an editor takes no part', async () => {
      assert.deepEqual(e.queue.tickets, []);
      for (const frame of [{ type: 'next' }, { type: 'open', ticket }, { type: 'note', cid: 'x', ticket, text: 'x' }, { type: 'presence', state: 'online' }]) {
        e.send(frame);
        assert.equal((await e.take('error')).code, 'forbidden', frame.type);
      }
      assert.ok(!e.frames.some((f) => ['ticket', 'message', 'note', 'lookers'].includes(f.type)), JSON.stringify(e.frames));
      assert.equal((await api(edo, `card?ticket=${ticket}`)).status, 403);
    });

    await test('a chat changes hands by consent, and the page left open writes to nobody', async () => {
      const { agents } = await a.take((f) => f.type === 'agents' && f.agents.length === 2);
      const to = agents.find(({ name }) => name === 'Bruno').id;
      a.send({ type: 'transfer', cid: 'h1', ticket, user: to, text: 'è un reso' });
      const offer = await b.take('transfer_offer');
      assert.deepEqual([offer.ticket, offer.name, offer.text], [ticket, 'Anna', 'è un reso']);
      b.send({ type: 'transfer_answer', ticket, value: 1 });
      assert.equal((await a.take('transferred')).value, 1);
      a.send({ type: 'say', cid: 'late', ticket, text: 'dalla scheda vecchia' });
      const refused = await a.take('error');
      assert.deepEqual([refused.code, refused.cid], ['not_yours', 'late']);
      b.send({ type: 'say', cid: 's1', ticket, text: 'eccomi' });
      await chat.take((f) => f.type === 'message' && plain(f.blocks) === 'eccomi');
      heardNothingOf(chat, 'scheda vecchia');
    });

    await test('who comes back is told what became of the chat', async () => {
      const seen = Math.max(b.at.event, b.welcome.event);
      a.frames.length = 0;
      b.destroy();
      await a.take(ticketFrame(ticket, (t) => t.state === 'waiting'), 40_000);
      a.send({ type: 'next' });
      await a.take(ticketFrame(ticket, (t) => t.mine));
      const again = await back(bruno, seen);
      const missed = await again.take('missed');
      assert.deepEqual([missed.ticket, missed.cause, missed.name], [ticket, 'taken', 'Anna']);
      again.close();
    });

    await test('what gives a chat away is acknowledged once it is done, also for a page that never saw the chat go', async () => {
      const { ticket: given } = await handedOff();
      await a.take(ticketFrame(given, (t) => t.state === 'waiting'));
      a.send({ type: 'next' });
      await a.take(ticketFrame(given, (t) => t.mine));
      a.send({ type: 'transfer', cid: 'd1', ticket: given, department: 'ordini', text: 'è per voi' });
      await a.take((f) => f.type === 'ack' && f.cid === 'd1');
      await a.take(ticketFrame(given, (t) => t.state === 'waiting' && t.department === 'ordini'));
      a.send({ type: 'next' });
      await a.take(ticketFrame(given, (t) => t.mine && t.department === 'ordini'));
      a.send({ type: 'back', cid: 'd2', ticket: given, note: 'risolto' });
      await a.take((f) => f.type === 'ack' && f.cid === 'd2');
      a.send({ type: 'back', cid: 'd3', ticket: given });
      assert.equal((await a.take((f) => f.cid === 'd3')).code, 'not_yours');
    });

    await test('the card knows where the visitor is now, and what came earlier', async () => {
      const moved = await Chat.open({ port: server.port, token: chat.token, after: 0, page: '/carrello' });
      const { page: now } = (await a.take(ticketFrame(ticket, (t) => t.page === '/carrello'))).ticket;
      assert.equal(now, '/carrello');
      a.send({ type: 'close', cid: 'c1', ticket, cause: 'solved' });
      await a.take(ticketFrame(ticket, (t) => t.state === 'closed'));
      await a.take((f) => f.type === 'ack' && f.cid === 'c1');
      moved.close();
      const second = await handedOff({ token: chat.token });
      const { status, json } = await api(anna, `card?ticket=${second.ticket}`);
      assert.equal(status, 200);
      assert.deepEqual(json.earlier.map(({ ticket: t, state, cause, owner }) => [t, state, cause, owner]), [[ticket, 'closed', 'solved', 'Anna']]);
      for (const forged of ['0', '-1', '1', '99999999999999999999', 'x', '']) {
        const { status: refused } = await api(anna, `card?ticket=${forged}`);
        assert.ok([400, 404].includes(refused), `${forged}: ${refused}`);
      }
      assert.equal((await api(null, `card?ticket=${second.ticket}`)).status, 401);
    });

  } finally {
    await server.stop();
  }
});
