import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentFilter, agentRead, agentSay, agentSelect, agentVisible } from '../../../web-desk/agent.js';
import { badgeOf, departmentsFor, departmentsOf, linesOf, listsOf, unsaved } from '../../../web-desk/lists.js';
import { modelLost, modelTick } from '../../../web-desk/model.js';
import {
  taskAnswer, taskDiscard, taskDue, taskInvite, taskNote, taskOwn, taskPosts, taskReply, taskRetry, taskTags, taskTransfer,
} from '../../../web-desk/task.js';
import { ticketClosable, ticketOverdue } from '../../../web-desk/ticket.js';
import { alerts, desk, feed, looks, message, NOW, own, sent, ticket, welcome } from './made.mjs';

const note = (number, id, more = {}) => ({ type: 'note', ticket: number, id, at: NOW, name: 'Bruno', text: `nota ${id}`, ...more });
const numbers = (list) => list.map((t) => t.ticket);
const words = (model) => model.notices.map((n) => n.word);
const agents = [{ id: 1, name: 'Anna' }, { id: 2, name: 'Bruno', presence: 'online', chats: 1, capacity: 3 }];

test('notes are kept once, in order, for tickets that are here', () => {
  const [model] = feed(desk(own(7)), [note(7, 2), note(7, 1), note(7, 2, { text: 'di nuovo' }), note(99, 5)]);
  assert.deepEqual(model.notes.get(7).map((n) => n.text), ['nota 1', 'di nuovo']);
  assert.equal(model.notes.has(99), false);
});

test('a note stays until its echo or its acknowledgement, and is said again after a loss under its own cid', () => {
  const [said, effects] = taskNote(desk(own(7)), 7, 'scontrino sì', 'n1', NOW);
  const frame = { type: 'note', cid: 'n1', ticket: 7, text: 'scontrino sì' };
  assert.deepEqual(sent(effects), [frame]);
  assert.equal(unsaved(said), true);
  assert.equal(taskPosts(said, 7, 'note').length, 1);
  const [, again] = feed(modelLost(said, NOW), [welcome()]);
  assert.deepEqual(sent(again), [frame]);
  assert.equal(feed(said, [note(7, 3, { cid: 'n1' })])[0].posts.size, 0);
  assert.equal(feed(said, [{ type: 'ack', cid: 'n1', seq: 0 }])[0].posts.size, 0);
  assert.deepEqual(sent(taskNote(modelLost(desk(own(7)), NOW), 7, 'x', 'n2', NOW)[1]), [], 'nothing without a connection');
  assert.deepEqual(modelTick(said, NOW + 10_000)[1], [{ kind: 'restart' }], 'silence is doubted');
});

test('a refused note or answer keeps its words and its reason; it is tried again or discarded', () => {
  const [said] = taskReply(desk(ticket(7, { state: 'message', mine: true })), 7, 'Buongiorno', false, 'r1', NOW);
  const [failed] = feed(said, [{ type: 'error', code: 'not_saved', cid: 'r1', message: '' }]);
  assert.deepEqual([failed.posts.get('r1').state, failed.posts.get('r1').code, failed.notices.length], ['failed', 'not_saved', 0]);
  const [, again] = feed(modelLost(failed, NOW), [welcome()]);
  assert.deepEqual(sent(again), [], 'what failed waits for the agent');
  assert.deepEqual(sent(taskRetry(failed, 'r1', NOW)[1]), [{ type: 'reply', cid: 'r1', ticket: 7, text: 'Buongiorno' }]);
  assert.deepEqual(sent(taskRetry(said, 'r1', NOW)[1]), [], 'not while it is under way');
  assert.equal(taskDiscard(failed, 'r1').posts.size, 0);
  assert.deepEqual(words(feed(said, [{ type: 'ack', cid: 'r1', seq: 4 }])[0]), ['reply_sent']);
});

test('an answer that ends a message closes it once it is acknowledged, not before and not when it is refused', () => {
  const base = desk(ticket(7, { state: 'message', mine: true }));
  const [said, effects] = taskReply(base, 7, 'Buongiorno', true, 'r1', NOW);
  assert.deepEqual(sent(effects), [{ type: 'reply', cid: 'r1', ticket: 7, text: 'Buongiorno' }]);
  const [done, after] = feed(said, [{ type: 'ack', cid: 'r1', seq: 4 }]);
  assert.deepEqual(sent(after), [{ type: 'close', cid: 'r1-close', ticket: 7, cause: 'answered' }]);
  assert.deepEqual(words(done), ['reply_sent']);
  const [failed, none] = feed(said, [{ type: 'error', code: 'not_saved', cid: 'r1', message: '' }]);
  assert.deepEqual(sent(none), []);
  const [again] = taskRetry(failed, 'r1', NOW);
  assert.deepEqual(sent(feed(again, [{ type: 'ack', cid: 'r1', seq: 4 }])[1]).map((f) => f.type), ['close'], 'it was meant to end it');
});

test('refused tags are told and forgotten: the ticket shows what the server has', () => {
  const [said, effects] = taskTags(desk(own(7)), 7, ['reso', 'trapano'], 'g1', NOW);
  assert.deepEqual(sent(effects), [{ type: 'tags', cid: 'g1', ticket: 7, text: 'reso,trapano' }]);
  const [failed] = feed(said, [{ type: 'error', code: 'too_long', cid: 'g1', message: '' }]);
  assert.deepEqual([failed.posts.size, failed.notices[0].code], [0, 'too_long']);
});

test('a chat given to a colleague stays until they accept, and nobody complains when it goes', () => {
  const [base] = feed(desk(own(7)), [{ type: 'agents', agents }]);
  const [asked, effects] = taskTransfer(base, 7, { user: 2 }, 'sa di trapani', 't1', NOW);
  assert.deepEqual(sent(effects), [{ type: 'transfer', cid: 't1', ticket: 7, user: 2, text: 'sa di trapani' }]);
  assert.deepEqual(sent(taskTransfer(asked, 7, { user: 2 }, '', 't2', NOW)[1]), [], 'once at a time');
  const [offered] = feed(asked, [
    { type: 'ticket', ticket: own(7, { transfer: { to: 2, name: 'Bruno', until: NOW + 30_000 } }) }, { type: 'ack', cid: 't1', seq: 0 },
  ]);
  assert.deepEqual([words(offered), offered.notices[0].name], [['transfer_asked'], 'Bruno']);
  const [taken] = feed(offered, [
    { type: 'ticket', ticket: ticket(7, { state: 'claimed', owner: 'Bruno' }) }, { type: 'transferred', ticket: 7, name: 'Bruno', value: 1 },
  ]);
  assert.deepEqual(words(taken), ['transfer_asked', 'transfer_accepted']);
  const [declined] = feed(offered, [{ type: 'transferred', ticket: 7, name: 'Bruno', value: -1 }]);
  assert.deepEqual([words(declined).at(-1), declined.notices.at(-1).tone], ['transfer_declined', 'bad']);
});

test('a chat sent to a department goes without a complaint, even out of sight', () => {
  const [base] = feed(desk(own(7)), [welcome({ departments: [{ id: 'magazzino', name: 'Magazzino' }] })]);
  const [asked] = taskTransfer(agentSelect(base, 7, NOW)[0], 7, { department: 'magazzino' }, '', 't1', NOW);
  for (const frames of [
    [{ type: 'ack', cid: 't1', seq: 0 }, { type: 'ticket', ticket: { ticket: 7, state: 'closed', gone: true } }],
    [{ type: 'ticket', ticket: { ticket: 7, state: 'closed', gone: true } }, { type: 'ack', cid: 't1', seq: 0 }],
  ]) {
    const [gone] = feed(asked, frames);
    assert.deepEqual([words(gone), gone.notices[0].name, gone.tickets.has(7), gone.selected], [['transfer_moved'], 'Magazzino', false, null]);
  }
  const [taken] = feed(base, [{ type: 'ticket', ticket: { ticket: 7, state: 'closed', gone: true } }]);
  assert.deepEqual(words(taken), ['no_longer_yours'], 'unless nobody here sent it');
});

test('a chat that a colleague offers alerts, counts, is answered once, and is shown when it comes', () => {
  const offer = { type: 'transfer_offer', ticket: 8, name: 'Bruno', text: 'tuo?', seconds: 30 };
  const [model, effects] = feed(desk(ticket(8, { state: 'claimed', owner: 'Bruno' })), [offer]);
  assert.deepEqual([alerts(effects), badgeOf(model)], [['transfer'], 1]);
  const [yes, sends] = taskAnswer(model, true, NOW);
  assert.deepEqual(sent(sends), [{ type: 'transfer_answer', ticket: 8, value: 1 }]);
  assert.deepEqual(sent(taskAnswer(yes, true, NOW)[1]), []);
  assert.equal(feed(yes, [{ type: 'ticket', ticket: own(8) }])[0].selected, 8);
  assert.deepEqual(sent(taskAnswer(model, false, NOW)[1]), [{ type: 'transfer_answer', ticket: 8, value: -1 }]);
  assert.equal(modelTick(model, NOW + 30_000)[0].transfers.length, 0, 'it ends with its time');
  assert.equal(feed(model, [{ type: 'ticket', ticket: ticket(8) }])[0].transfers.length, 0, 'or with the chat');
  assert.equal(feed(model, [offer])[0].transfers.length, 1, 'said twice it is one');
});

test('an invitation is told and leads to the ticket; inviting is said once', () => {
  const [model, effects] = feed(desk(ticket(8, { state: 'claimed', owner: 'Bruno' }), ticket(9, { state: 'claimed', owner: 'Bruno', seq: 1 })), [
    { type: 'agents', agents }, { type: 'invited', ticket: 8, name: 'Bruno' },
  ]);
  assert.deepEqual([alerts(effects), words(model), numbers(listsOf(model).others)], [['invited'], ['invited_by'], [8, 9]]);
  const [asked, sends] = taskInvite(model, 8, 2, NOW);
  assert.deepEqual([sent(sends), asked.notices.at(-1).name], [[{ type: 'invite', ticket: 8, user: 2 }], 'Bruno']);
  assert.deepEqual(sent(taskInvite(modelLost(model, NOW), 8, 2, NOW)[1]), []);
});

test('who else looks is known without this agent; typing ends by itself; a loss forgets both', () => {
  const [model] = feed(desk(ticket(8)), [{ type: 'lookers', ticket: 8, names: ['Anna', 'Bruno'], typing: ['Bruno'] }]);
  assert.deepEqual([model.lookers.get(8).names, model.lookers.get(8).typing], [['Bruno'], ['Bruno']]);
  assert.deepEqual(modelTick(model, NOW + 8000)[0].lookers.get(8).typing, []);
  assert.equal(modelLost(model, NOW).lookers.size, 0);
  assert.equal(feed(model, [{ type: 'lookers', ticket: 8, names: ['Anna'], typing: [] }])[0].lookers.has(8), false);
});

test('colleagues are told what is on this screen, on change only, and anew after a loss', () => {
  const [looking, effects] = agentSelect(desk(ticket(7), ticket(8)), 8, NOW);
  assert.deepEqual(looks(effects), [8]);
  const [hidden, away] = agentVisible(looking, false, false);
  assert.deepEqual(looks(away), [0]);
  assert.deepEqual(looks(agentVisible(looking, false, true)[1]), [], 'behind another window it is still on the screen');
  assert.deepEqual(looks(agentVisible(hidden, true)[1]), [8]);
  const [, anew] = feed(modelLost(looking, NOW), [welcome(), { type: 'queue', tickets: [ticket(8)], agents: [] }]);
  assert.deepEqual(looks(anew), [8]);
});

test('what became of own chats is kept until read, and is not complained of besides', () => {
  const [model] = feed(desk(own(7)), [
    { type: 'missed', ticket: 7, cause: 'taken', name: 'Bruno' }, { type: 'missed', ticket: 6, cause: 'lease_lost' },
    { type: 'queue', tickets: [ticket(7, { state: 'claimed', owner: 'Bruno' })], agents: [] },
  ]);
  assert.deepEqual([model.missed.map((m) => m.ticket), words(model)], [[7, 6], []]);
  const [late] = feed(desk(own(7)), [
    { type: 'queue', tickets: [ticket(7)], agents: [] }, { type: 'missed', ticket: 7, cause: 'lease_lost' },
  ]);
  assert.deepEqual([late.missed.length, words(late)], [1, []], 'in whatever order they come');
  assert.equal(agentRead(model).missed.length, 0);
});

test('a mark stands before what came while the connection was lost, until the agent answers', () => {
  const [open] = feed(agentSelect(desk(own(7, { last_seq: 2 })), 7, NOW)[0], [message(7, 1), message(7, 2)]);
  const [back] = feed(modelLost(open, NOW), [welcome(), { type: 'queue', tickets: [own(7, { last_seq: 4 })], agents: [] }, message(7, 3), message(7, 4)]);
  const kinds = (model) => linesOf(model.talks.get(7)).map((l) => l.kind);
  assert.deepEqual(kinds(back), ['day', 'message', 'message', 'mark', 'message', 'message']);
  assert.deepEqual(kinds(agentSay(back, 7, 'eccomi', 'c', NOW)[0]).includes('mark'), false);
  const [quiet] = feed(modelLost(open, NOW), [welcome(), { type: 'queue', tickets: [own(7, { last_seq: 2 })], agents: [] }]);
  assert.deepEqual(kinds(quiet), ['day', 'message', 'message'], 'nothing was missed');
  const [lost] = agentSay(modelLost(open, NOW), 7, 'prima', 'c', NOW);
  const [later] = feed(lost, [welcome(), message(7, 3)]);
  assert.ok(kinds(later).includes('mark'), 'an answer written in the dark reads nothing');
});

test('a mark stands before the unread messages of a chat that is looked at again', () => {
  const [model] = feed(desk(own(7, { last_seq: 1 }), own(8)), [message(7, 1)]);
  const [other] = agentSelect(agentSelect(model, 7, NOW)[0], 8, NOW);
  const [behind] = feed(other, [message(7, 2)]);
  const [again] = agentSelect(behind, 7, NOW);
  assert.deepEqual(again.talks.get(7).mark, { after: 1, why: 'unread' });
});

test('messages and promised calls are one list: own first, then what is due, then what has waited', () => {
  const model = desk(
    ticket(1, { state: 'message', since: NOW - 9 }), ticket(2, { state: 'message', due: NOW + 5 }),
    ticket(3, { state: 'message', mine: true, owner: 'Anna', due: NOW + 99 }), ticket(4, { state: 'callback' }),
    ticket(5, { state: 'callback', owner: 'Bruno', owner_id: 2 }), ticket(6, { state: 'claimed', owner: 'Bruno' }),
  );
  const { messages, waiting, others } = listsOf(model);
  assert.deepEqual([messages, waiting, others].map(numbers), [[3, 2, 5, 1], [4], [6]]);
  assert.deepEqual([ticketOverdue(ticket(1, { due: NOW }), NOW), ticketOverdue(ticket(1), NOW)], [true, false]);
  const closable = [ticket(1, { state: 'message' }), ticket(2, { state: 'message', mine: true, owner: 'Anna' }),
    ticket(3, { state: 'message', owner: 'Bruno' }), ticket(4, { state: 'callback' }), ticket(5), null].map(ticketClosable);
  assert.deepEqual(closable, [true, true, false, false, false, false]);
});

test('a message is taken, given back and dated at once, or not at all', () => {
  const model = desk(ticket(7, { state: 'message' }));
  assert.deepEqual(sent(taskOwn(model, 7, true)[1]), [{ type: 'own', ticket: 7, value: 1 }]);
  assert.deepEqual(sent(taskOwn(model, 7, false)[1]), [{ type: 'own', ticket: 7, value: -1 }]);
  assert.deepEqual(sent(taskDue(model, 7, NOW)[1]), [{ type: 'due', ticket: 7, at: NOW }]);
  assert.deepEqual(sent(taskOwn(modelLost(model, NOW), 7, true)[1]), []);
});

test('a filter leaves own chats alone; the departments are those of the tickets, or what the server names', () => {
  const model = desk(own(1), ticket(2), ticket(3, { department: 'magazzino', department_name: 'Magazzino' }));
  const only = agentFilter(model, 'magazzino');
  assert.deepEqual([numbers(listsOf(only).mine), numbers(listsOf(only).waiting)], [[1], [3]]);
  assert.deepEqual(departmentsOf(model).map((d) => d.id), ['magazzino', 'negozio']);
  assert.deepEqual(departmentsFor(model, ticket(1)).map((d) => d.id), ['magazzino']);
  const [told] = feed(model, [welcome({ departments: [{ id: 'negozio', name: 'N' }, { id: 'resi', name: 'Resi' }] })]);
  assert.deepEqual(departmentsFor(told, ticket(1)).map((d) => d.id), ['resi']);
});

test('the highest step of a ticket that was seen is remembered', () => {
  const [model] = feed(desk(ticket(7, { event: 4 })), [welcome({ event: 9 }), { type: 'ticket', ticket: ticket(7, { event: 6 }) }]);
  assert.equal(model.event, 9);
  assert.equal(feed(model, [{ type: 'ticket', ticket: ticket(7, { event: 12 }) }])[0].event, 12);
});
