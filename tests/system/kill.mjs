// `kill -9` under load, again and again: whatever was acknowledged is there afterwards, once and in order; what was
// not is sent again under the same client id and stored once.

import assert from 'node:assert/strict';
import { note, script, test } from './lib/report.mjs';
import { Chat, newCid, plain } from './lib/chat.mjs';
import { built, demoSite, SAN, Server, until, wait } from './lib/program.mjs';

const KILLS = 50;
const CLIENTS = 8;
/** A visitor begins a new conversation after so many kills, so that histories stay short; all are read at the end. */
const ROUNDS_EACH = 6;
const IN_FLIGHT = 4;
/** The largest burst that a visitor may be allowed; a life of the server sees no more of one visitor than that, since a
    message refused for speed and sent again later would rightly stand behind the ones sent in between. */
const BURST = 100;
const SENTENCES = ['Quanto costa la spedizione?', 'quali sono gli orari', 'come faccio un reso', 'asdf qwer', 'ciao'];

/** One visitor's ledger: what was sent, in order, and what was acknowledged. */
class Ledger {
  constructor() {
    this.sent = [];            // {cid, text}
    this.acked = new Map();    // cid → seq
    this.token = undefined;
    this.rounds = 0;
  }

  unacked() {
    return this.sent.filter(({ cid }) => !this.acked.has(cid));
  }
}

/** The visitor's ledger for one more round: the same, or after `most` rounds a new one. */
function nextLedger(all, before, most) {
  const ledger = before && before.rounds < most ? before : new Ledger();
  if (ledger !== before) all.push(ledger);
  ledger.rounds++;
  return ledger;
}

/** Sends until the connection breaks: first again what was not acknowledged, then new messages, a few at a time. */
async function load(server, ledger, counts) {
  let chat;
  let left = BURST;
  const say = ({ cid, text }) => {
    left--;
    chat.say(text, cid);
  };
  const pump = () => {
    while (chat && !chat.closed && counts.going && left > 0 && ledger.unacked().length < IN_FLIGHT) {
      const item = { cid: newCid('k'), text: `${SENTENCES[counts.sent % SENTENCES.length]} ${counts.sent++}` };
      ledger.sent.push(item);
      say(item);
    }
  };
  const heard = (f) => {
    if (f.type === 'error') counts.refused.push(`${f.cid}: ${f.code}`);
    const ack = f.type === 'ack' ? f : f.ack;
    if (!ack) return;
    const before = ledger.acked.get(ack.cid);
    if (before !== undefined && before !== ack.seq) counts.moved.push(`${ack.cid}: ${before} and ${ack.seq}`);
    if (before === undefined) counts.acked++;
    ledger.acked.set(ack.cid, ack.seq);
    pump();
  };
  chat = await Chat.open({ port: server.port, token: ledger.token, after: 0, onFrame: heard });
  ledger.token = chat.token;
  // Before anything new is sent: what the former lives have left.
  assert.deepEqual(compare(ledger, await chat.history(), { complete: false }), []);
  for (const item of ledger.unacked()) {
    counts.resent++;
    say(item);
  }
  pump();
  return chat;
}

/** Reads a conversation and compares it with the ledger; returns complaints. */
function compare(ledger, events, { complete }) {
  const wrong = [];
  events.forEach((e, i) => {
    if (e.seq !== i + 1) wrong.push(`seq ${e.seq} stands at place ${i + 1}`);
  });
  const bySeq = new Map(events.map((e) => [e.seq, e]));
  const stored = new Map();
  for (const e of events.filter((x) => x.from === 'visitor')) {
    if (stored.has(e.cid)) wrong.push(`${e.cid} is stored twice: ${stored.get(e.cid)} and ${e.seq}`);
    stored.set(e.cid, e.seq);
  }
  for (const [cid, seq] of ledger.acked) {
    if (stored.get(cid) !== seq) wrong.push(`${cid} was acknowledged as ${seq}, and is ${stored.get(cid) ?? 'lost'}`);
  }
  let last = 0;
  for (const { cid, text } of ledger.sent) {
    const seq = stored.get(cid);
    if (seq === undefined) {
      if (complete) wrong.push(`${cid} was never stored`);
      continue;
    }
    if (seq <= last) wrong.push(`${cid} (${seq}) is out of order`);
    last = seq;
    if (plain(bySeq.get(seq).blocks) !== text) wrong.push(`${cid} says “${plain(bySeq.get(seq).blocks)}”, not “${text}”`);
  }
  const known = new Set(ledger.sent.map((s) => s.cid));
  for (const cid of stored.keys()) if (!known.has(cid)) wrong.push(`${cid} was never sent`);
  return wrong;
}

await script('kill -9 under load', async () => {
  if (!built()) return;
  const site = demoSite({ limits: { messages_per_minute: 1000, messages_burst: BURST, address_messages_per_minute: 1_000_000 } });
  const counts = { sent: 0, acked: 0, resent: 0, moved: [], refused: [], going: false };
  const all = [];
  let current = [];
  let kills = 0;

  await test(`kill -9 under load ${KILLS} times: nothing acknowledged is lost, doubled or out of order`, async () => {
    const began = performance.now();
    for (; kills < KILLS; kills++) {
      const server = await Server.start({ site });
      try {
        counts.going = true;
        current = Array.from({ length: CLIENTS }, (_, i) => nextLedger(all, current[i], ROUNDS_EACH + (i % 3)));
        const before = counts.acked;
        await Promise.all(current.map((ledger) => load(server, ledger, counts)));
        // The moment is chance's: sometimes before the first commit, sometimes after hundreds.
        await wait(Math.random() < 0.2 ? Math.random() * 5 : 10 + Math.random() * (SAN ? 400 : 110));
        if (counts.acked === before) await Promise.race([until('an acknowledgement', () => counts.acked > before), wait(2000)]);
        counts.going = false;
      } finally {
        await server.kill();
      }
    }
    assert.deepEqual(counts.moved, [], 'acknowledged twice with different places');
    assert.deepEqual(counts.refused, [], 'nothing was refused');
    note(`${counts.sent} messages in ${all.length} conversations, ${counts.acked} acknowledged, ${counts.resent} sent again, ${Math.round(performance.now() - began)} ms`);
    assert.ok(counts.acked > KILLS, 'there was load');
    assert.ok(counts.resent > 0, 'some messages were under way at a kill');
  });

  await test('after the last kill every message of every conversation is there once, in order, with its words', async () => {
    counts.going = false;
    assert.equal(kills, KILLS);
    const server = await Server.start({ site });
    try {
      for (const ledger of all) {
        const chat = await load(server, ledger, counts);
        await until('what was not acknowledged to be acknowledged', () => ledger.unacked().length === 0);
        chat.destroy();
        const reader = await Chat.open({ port: server.port, token: ledger.token, after: 0 });
        const events = await reader.history();
        assert.deepEqual(compare(ledger, events, { complete: true }), []);
        assert.ok(events.some((e) => e.from === 'bot'), 'the assistant has answered');
        assert.equal(events.at(-1).from, 'bot', 'the last word is an answer');
        reader.destroy();
      }
    } finally {
      assert.equal((await server.stop()).code, 0, server.log.slice(-2000));
    }
  });
});
