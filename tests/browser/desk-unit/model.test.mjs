import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  agentAnswerOffer, agentBack, agentClose, agentNext, agentPresence, agentRetry, agentSay, agentSelect,
  agentVisible,
} from '../../../web-desk/agent.js';
import { modelLost, modelNew, modelTick } from '../../../web-desk/model.js';
import { receiveFrame } from '../../../web-desk/receive.js';
import { unreadOf } from '../../../web-desk/lists.js';
import { alerts, desk, feed, message, NOW, own, sent, ticket, welcome } from './made.mjs';

test('own chats are opened with the queue, others only when looked at', () => {
  const [, effects] = feed(modelNew(), [welcome(), { type: 'queue', tickets: [own(7), ticket(8)], agents: [] }]);
  assert.deepEqual(sent(effects), [{ type: 'open', ticket: 7, after: 0 }]);
  const [, looked] = agentSelect(desk(own(7), ticket(8)), 8, NOW + 1);
  assert.deepEqual(sent(looked), [{ type: 'open', ticket: 8, after: 0 }]);
});

test('a page opened anew shows the first own chat; a later queue does not move the agent', () => {
  const queue = { type: 'queue', tickets: [ticket(5), own(9), own(7)], agents: [] };
  const [model] = feed(modelNew(), [welcome(), queue]);
  assert.equal(model.selected, 7);
  assert.equal(feed(agentSelect(model, null, NOW)[0], [queue])[0].selected, null);
});

test('unknown types, and names that every object has, are ignored', () => {
  const model = desk();
  for (const type of ['hologram', 'toString', '__proto__', 'constructor']) {
    assert.deepEqual(receiveFrame(model, { type }, NOW), [model, []]);
  }
});

test('the next that was taken is opened and shown; a second press meanwhile does nothing', () => {
  const [taking, effects] = agentNext(desk(ticket(8)), NOW);
  assert.deepEqual(sent(effects), [{ type: 'next' }]);
  assert.deepEqual(sent(agentNext(taking, NOW + 10)[1]), []);
  const [taken, opened] = feed(taking, [{ type: 'ticket', ticket: own(8) }]);
  assert.deepEqual([taken.selected, sent(opened)], [8, [{ type: 'open', ticket: 8, after: 0 }]]);
  assert.deepEqual(sent(agentNext(taken, NOW + 20)[1]), [{ type: 'next' }], 'and the next again');
});

test('a chat that becomes mine on another page does not push itself forward', () => {
  const [model] = feed(agentSelect(desk(own(7), ticket(8)), 7, NOW)[0], [{ type: 'ticket', ticket: own(8) }]);
  assert.equal(model.selected, 7);
});

test('an error ends the taking and is told with its code', () => {
  const [model] = feed(agentNext(desk(), NOW)[0], [{ type: 'error', code: 'nothing_waits', message: 'nobody' }]);
  assert.deepEqual([model.takingUntil, model.notices[0].code], [0, 'nothing_waits']);
});

test('an offer alerts, is answered once, and ends with its time or the ticket', () => {
  const offered = ticket(8, { state: 'offered' });
  const [model, effects] = feed(desk(offered), [{ type: 'offer', ticket: 8, seconds: 30 }]);
  assert.deepEqual(alerts(effects), ['offer']);
  const [accepted, sends] = agentAnswerOffer(model, true, NOW);
  assert.deepEqual(sent(sends), [{ type: 'accept', ticket: 8 }]);
  assert.deepEqual(sent(agentAnswerOffer(accepted, true, NOW)[1]), []);
  assert.equal(feed(accepted, [{ type: 'ticket', ticket: own(8) }])[0].selected, 8);
  assert.deepEqual(modelTick(model, NOW + 30_000)[0].offers, []);
  assert.deepEqual(feed(model, [{ type: 'ticket', ticket: ticket(8) }])[0].offers, []);
});

test('of several offers at once none is lost: who came first is answered first', () => {
  const base = desk(ticket(8, { state: 'offered', seq: 2 }), ticket(7, { state: 'offered', seq: 1 }));
  const offer = (n) => ({ type: 'offer', ticket: n, seconds: 30 });
  const [model, effects] = feed(base, [offer(8), offer(7), offer(8)]);
  assert.deepEqual([model.offers.map((o) => o.ticket), alerts(effects).length], [[7, 8], 2], 'said twice it is one');
  const [first, sends] = agentAnswerOffer(model, true, NOW);
  assert.deepEqual(sent(sends), [{ type: 'accept', ticket: 7 }]);
  const [second, more] = agentAnswerOffer(feed(first, [{ type: 'ticket', ticket: own(7) }])[0], false, NOW);
  assert.deepEqual([sent(more), second.offers], [[{ type: 'decline', ticket: 8 }], []]);
  assert.deepEqual(feed(model, [{ type: 'ticket', ticket: ticket(7) }])[0].offers.map((o) => o.ticket), [8]);
});

test('newcomers alert once; those of the first queue do not', () => {
  const [model, effects] = feed(modelNew(), [welcome(), { type: 'queue', tickets: [ticket(1), ticket(2)], agents: [] }]);
  assert.deepEqual(alerts(effects), []);
  const [, more] = feed(model, [
    { type: 'ticket', ticket: ticket(3) }, { type: 'ticket', ticket: ticket(3, { last_seq: 4 }) },
    { type: 'ticket', ticket: ticket(4, { state: 'message' }) }, { type: 'ticket', ticket: ticket(5, { state: 'closed' }) },
  ]);
  assert.deepEqual(alerts(more), ['waiting', 'message']);
});

test('a visitor’s message in an own chat alerts and counts unless it is being watched', () => {
  const [caught] = feed(desk(own(7, { last_seq: 1 })), [message(7, 1)]);
  const [away, effects] = feed(caught, [message(7, 2)]);
  assert.deepEqual([alerts(effects), unreadOf(away, 7)], [['visitor'], 2]);
  const watching = agentSelect(away, 7, NOW)[0];
  const [seen, quiet] = feed(watching, [message(7, 3)]);
  assert.deepEqual([alerts(quiet), unreadOf(seen, 7)], [[], 0]);
  const [hidden, loud] = feed(agentVisible(seen, false)[0], [message(7, 4)]);
  assert.deepEqual([alerts(loud), unreadOf(hidden, 7)], [['visitor'], 1]);
  assert.equal(unreadOf(agentVisible(hidden, true)[0], 7), 0);
});

test('history that is fetched does not alert', () => {
  const [, effects] = feed(desk(own(7, { last_seq: 3 })), [message(7, 1), message(7, 2), message(7, 3)]);
  assert.deepEqual(alerts(effects), []);
});

test('after a loss everything is said again with the same cid, in order, and asked for from where it stood', () => {
  let [model] = feed(desk(own(7, { last_seq: 2 })), [message(7, 1), message(7, 2)]);
  model = agentPresence(model, 'no_more')[0];
  model = agentSay(model, 7, 'uno', 'c1', NOW)[0];
  model = modelLost(model, NOW);
  const [offline, nothing] = agentSay(model, 7, 'due', 'c2', NOW);
  assert.deepEqual(sent(nothing), []);
  const [back, effects] = feed(offline, [welcome({ presence: 'away' }), { type: 'queue', tickets: [own(7, { last_seq: 5 })], agents: [] }]);
  assert.deepEqual(sent(effects), [
    { type: 'presence', state: 'no_more' },
    { type: 'say', cid: 'c1', ticket: 7, text: 'uno' },
    { type: 'say', cid: 'c2', ticket: 7, text: 'due' },
    { type: 'open', ticket: 7, after: 2 },
  ]);
  assert.deepEqual([back.link, back.presence], ['open', 'no_more']);
});

test('a loss counts from its beginning, however many attempts fail', () => {
  const lost = modelLost(modelLost(desk(), NOW), NOW + 5000);
  assert.deepEqual([lost.link, lost.lostAt], ['lost', NOW]);
  assert.equal(modelLost(feed(lost, [welcome()])[0], NOW + 9000).lostAt, NOW + 9000);
});

test('a gap is asked for by the clock, and a connection that acknowledges nothing is given up', () => {
  const [model] = feed(desk(own(7, { last_seq: 3 })), [message(7, 1), message(7, 3)]);
  assert.deepEqual(sent(modelTick(model, NOW + 1000)[1]), []);
  assert.deepEqual(sent(modelTick(model, NOW + 4000)[1]), [{ type: 'open', ticket: 7, after: 1 }]);
  const said = agentSay(model, 7, 'pronto?', 'c1', NOW)[0];
  assert.deepEqual(modelTick(said, NOW + 9999)[1].filter((e) => e.kind === 'restart'), []);
  assert.deepEqual(modelTick(said, NOW + 10_000)[1], [{ kind: 'restart' }]);
  assert.deepEqual(modelTick(modelLost(said, NOW), NOW + 60_000)[1], [], 'there is nothing to give up twice');
});

test('a refused message stays with its reason; trying again uses its cid', () => {
  const said = agentSay(desk(own(7)), 7, 'ciao', 'c1', NOW)[0];
  const [failed] = feed(said, [{ type: 'error', code: 'not_saved', cid: 'c1', message: '' }]);
  assert.deepEqual([failed.talks.get(7).pending[0].state, failed.talks.get(7).pending[0].code], ['failed', 'not_saved']);
  const [again, effects] = agentRetry(failed, 7, 'c1', NOW + 1);
  assert.deepEqual(sent(effects), [{ type: 'say', cid: 'c1', ticket: 7, text: 'ciao' }]);
  assert.deepEqual(sent(agentRetry(again, 7, 'c1', NOW + 2)[1]), [], 'once is enough');
  const [, resent] = feed(modelLost(failed, NOW), [welcome()]);
  assert.deepEqual(sent(resent), [], 'what failed waits for the agent');
});

test('handing back and closing are said once, again after a loss, and end with the ticket', () => {
  const selected = agentSelect(desk(own(7), own(9)), 7, NOW)[0];
  const [leaving, effects] = agentBack(selected, 7, 'nota', 'b1', NOW);
  assert.deepEqual(sent(effects), [{ type: 'back', cid: 'b1', ticket: 7, note: 'nota' }]);
  assert.deepEqual(sent(agentClose(leaving, 7, 'solved', 'b2', NOW)[1]), [], 'not both');
  const [, again] = feed(modelLost(leaving, NOW), [welcome()]);
  assert.deepEqual(sent(again), [{ type: 'back', cid: 'b1', ticket: 7, note: 'nota' }]);
  const [gone] = feed(leaving, [{ type: 'ticket', ticket: ticket(7, { state: 'closed' }) }, { type: 'ack', cid: 'b1', seq: 9 }]);
  assert.deepEqual([gone.leaving.size, gone.tickets.has(7), gone.selected], [0, false, 9]);
  assert.deepEqual(gone.notices.map((n) => n.word), ['handed_back']);
});

test('an acknowledgement that comes after a reconnection, with the ticket already gone, ends the closing', () => {
  const [leaving] = agentClose(desk(own(7)), 7, 'solved', 'k1', NOW);
  const [model] = feed(modelLost(leaving, NOW), [welcome(), { type: 'queue', tickets: [], agents: [] }, { type: 'ack', cid: 'k1', seq: 9 }]);
  assert.deepEqual([model.leaving.size, model.notices.map((n) => n.word)], [0, ['closed_it']]);
});

test('a chat that the visitor ends stays readable while it is shown', () => {
  const [model] = feed(agentSelect(desk(own(7)), 7, NOW)[0], [message(7, 1), { type: 'ticket', ticket: ticket(7, { state: 'closed' }) }]);
  assert.deepEqual([model.tickets.has(7), model.ended.ticket, model.talks.get(7).events.length], [false, 7, 1]);
  const [left] = agentSelect(model, null, NOW);
  assert.deepEqual([left.ended, left.talks.has(7)], [null, false], 'nothing is kept afterwards');
});

test('a chat that is taken away is told', () => {
  const [model] = feed(desk(own(7)), [{ type: 'ticket', ticket: ticket(7) }]);
  assert.equal(model.notices[0].word, 'no_longer_yours');
});

test('notices end, and there are never many', () => {
  let model = desk();
  for (let i = 0; i < 9; i++) [model] = feed(model, [{ type: 'error', code: 'busy', message: '' }]);
  assert.equal(model.notices.length, 3);
  assert.equal(modelTick(model, NOW + 60_000)[0].notices.length, 0);
});

test('missed events that come slowly are not asked for twice', () => {
  let [model] = agentSelect(desk(ticket(7, { last_seq: 9 })), 7, NOW);
  for (let seq = 1; seq < 6; seq++) {
    [model] = feed(model, [message(7, seq)], NOW + seq * 2000);
    assert.deepEqual(sent(modelTick(model, NOW + seq * 2000 + 1999)[1]), []);
  }
  assert.deepEqual(sent(modelTick(model, NOW + 13_000)[1]), [{ type: 'open', ticket: 7, after: 5 }]);
});

test('a page of two hundred is followed by the next at once', () => {
  let [model] = agentSelect(desk(ticket(7, { last_seq: 250 })), 7, NOW);
  const frames = Array.from({ length: 200 }, (_, i) => message(7, i + 1));
  const [, effects] = feed(model, frames);
  assert.deepEqual(sent(effects), [{ type: 'open', ticket: 7, after: 200 }]);
});
