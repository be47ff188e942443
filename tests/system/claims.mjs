// Two people at the counter reach for the next visitor at the same moment, a thousand times: each visitor is
// served by exactly one of them, nobody is forgotten, and nobody is served before somebody who came earlier.

import assert from 'node:assert/strict';
import { test, script, note } from './lib/report.mjs';
import { Agent, Chat, logIn, newCid } from './lib/chat.mjs';
import { built, demoSite, PATIENCE_MS, run, SAN, Server, told, until } from './lib/program.mjs';

const TICKETS = SAN ? 200 : 1000;
const AT_ONCE = 40;
/** Pages with which one agent acts. */
const HANDS = 10;
/** A request that brings nothing for so long is told as a stall. */
const STALL_MS = SAN ? 20_000 : 5000;

async function addAgent(server, name) {
  const added = await run(['user', 'add', name, '--role', 'agent', '--random-password', '--site', server.site, '--data', server.data]);
  assert.equal(added.code, 0, told(added));
  return { name, password: added.out.trim() };
}

async function enterAll(server) {
  const visitors = [];
  const enter = async () => {
    while (visitors.length < TICKETS) {
      const place = visitors.push(null) - 1;
      const chat = await Chat.open({ port: server.port, keep: true });
      const cid = newCid();
      chat.send({ type: 'human', cid });
      const state = await chat.take((f) => f.type === 'state' && f.who === 'waiting');
      visitors[place] = { chat, ticket: state.ticket };
      // What comes from now on is for nobody here to read.
      chat.keep = false;
      chat.frames.length = 0;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, enter));
  return visitors;
}

await script('claims', async () => {
  if (!built()) return;
  const site = demoSite({ 'desk.agent_capacity': 20, 'desk.offline_park_seconds': 3600, 'desk.silent_ask_seconds': 3600, 'desk.silent_park_seconds': 7200,
    limits: { address_connections: 5000, connections: 5000, address_messages_per_minute: 1_000_000, messages_per_minute: 1000, messages_burst: 100 } });
  const server = await Server.start({ site });
  try {
    const people = [await addAgent(server, 'Anna'), await addAgent(server, 'Bruno')];
    // What each agent was told, in order: the claims of both go to both.
    const seen = [[], []];
    // Each agent has a page that only looks on, and some that act in turn: one connection may not send so much.
    const lookers = [], hands = [[], []];
    let acts = 0;
    const act = (i, frames) => hands[i][acts++ % HANDS].socket.sendAll(frames);
    const mine = [new Set(), new Set()];
    const closing = new Map();
    const errors = [];
    let empty = 0, online = [];
    for (const [i, person] of people.entries()) {
      const cookie = await logIn({ port: server.port, ...person });
      lookers[i] = await Agent.open({ port: server.port, cookie, keep: false, onFrame: (f) => heard(i, f) });
      for (let k = 0; k < HANDS; k++) hands[i].push(await Agent.open({ port: server.port, cookie, keep: false, onFrame: (f) => refused(f) }));
      lookers[i].send({ type: 'presence', state: 'online' });
    }
    function refused(f) {
      if (f.type === 'error' && f.code === 'nothing_waits') empty++;
      else if (f.type === 'error') errors.push(JSON.stringify(f));
    }
    function heard(i, f) {
      refused(f);
      if (f.type === 'agents') online = f.agents;
      if (f.type !== 'ticket') return;
      const t = f.ticket;
      if (t.state !== 'claimed') return;
      const last = seen[i].findLast((c) => c.ticket === t.ticket);
      if (last?.owner !== t.owner) seen[i].push({ ticket: t.ticket, seq: t.seq, owner: t.owner });
      if (!t.mine || mine[i].has(t.ticket)) return;
      mine[i].add(t.ticket);
      const cid = newCid('end');
      closing.set(cid, t.ticket);
      act(i, [{ type: 'close', cid, ticket: t.ticket, cause: 'solved' }, { type: 'next' }]);
    }
    await until('both agents to be online', () => online.filter((a) => a.presence === 'online').length === 2);

    let visitors;
    const entered = await test(`${TICKETS} visitors ask for a person and get a ticket each`, async () => {
      visitors = await enterAll(server);
      assert.equal(new Set(visitors.map((v) => v.ticket)).size, TICKETS);
      note(`numbers ${Math.min(...visitors.map((v) => v.ticket))} to ${Math.max(...visitors.map((v) => v.ticket))}`);
    });
    if (!entered) return;

    const served = await test(`two agents claim at once ${TICKETS} times: nobody twice, nobody forgotten, in the order they came`, async () => {
      const start = performance.now();
      for (const i of [0, 1]) act(i, [{ type: 'next' }]);
      let moved = Date.now(), count = 0;
      await until(() => `all to be claimed: ${mine[0].size} + ${mine[1].size} of ${TICKETS}`, () => {
        if (mine[0].size + mine[1].size > count) moved = Date.now();
        count = mine[0].size + mine[1].size;
        assert.ok(Date.now() - moved < STALL_MS, `a “next” brought neither a ticket nor an error: ${mine[0].size} + ${mine[1].size} of ${TICKETS} claimed, errors: ${errors.slice(0, 5)}; connections ended: ${[...lookers, ...hands.flat()].map((a) => a.code)}; ${server.log.slice(-600)}`);
        return count >= TICKETS && empty > 0;
      }, PATIENCE_MS * 4);
      assert.deepEqual(errors, []);
      note(`${mine[0].size} + ${mine[1].size} claims in ${Math.round(performance.now() - start)} ms`);
      const both = [...mine[0]].filter((t) => mine[1].has(t));
      assert.deepEqual(both, [], 'claimed by both');
      const all = new Set([...mine[0], ...mine[1]]);
      const lost = visitors.filter((v) => !all.has(v.ticket));
      assert.deepEqual(lost.map((v) => v.ticket), [], 'lost');
      assert.equal(all.size, TICKETS);
      assert.ok(mine[0].size > 0 && mine[1].size > 0, 'both had some');
      for (const told_ of seen) {
        assert.equal(new Set(told_.map((c) => c.ticket)).size, told_.length, 'a ticket changed its owner');
        for (let k = 1; k < told_.length; k++) assert.ok(told_[k].seq > told_[k - 1].seq, `place ${told_[k].seq} was served after ${told_[k - 1].seq}`);
      }
    });

    if (served) await test('each visitor was told of one person joining', async () => {
      for (const { chat, ticket } of visitors) {
        await until(`ticket ${ticket} to hear of its agent`, () => [...chat.events.values()].some((f) => f.type === 'state' && f.who === 'agent'));
        const joined = [...chat.events.values()].filter((f) => f.type === 'state' && f.who === 'agent');
        assert.equal(joined.length, 1, `ticket ${ticket}: ${JSON.stringify(joined)}`);
      }
    });
    for (const { chat } of visitors) chat.destroy();
    for (const agent of [...lookers, ...hands.flat()]) agent.close();
  } finally {
    await test('the server ends cleanly afterwards', async () => {
      const ended = await server.stop();
      assert.equal(ended.code, 0, server.log.slice(-2000));
    });
  }
});
