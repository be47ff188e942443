import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentBack, agentSay, agentSelect } from '../../../web-desk/agent.js';
import { selectedTicket } from '../../../web-desk/lists.js';
import { desk, feed, looks, message, NOW, own, sent, ticket } from './made.mjs';

const WORD = 'quarzomirtillo';
const words = (number, more) => own(number, {
  question: WORD, corrected: WORD, page: WORD, page_title: WORD, name: WORD, contact: WORD, text: WORD, tags: [WORD], notes: 1,
  tried: [{ id: 'x', title: WORD, confidence: 1 }], slots: [{ name: 'n', value: WORD }], outside: WORD, last_seq: 2, ...more,
});
const spoken = (number, seq) => message(number, seq, 'visitor', { blocks: [{ type: 'text', text: WORD }] });
const noted = (number) => ({ type: 'note', ticket: number, id: 1, at: NOW, name: 'Bruno', text: WORD });
/** Everything the model holds, as text. */
const all = (model) => JSON.stringify(model, (_, value) => (value instanceof Map ? [...value] : value));

/** A chat with the word wherever it can be, looked at, with an answer and a hand-back under way. */
function full() {
  let [model] = agentSelect(desk(words(7), own(8)), 7, NOW);
  [model] = feed(model, [spoken(7, 1), spoken(7, 2), noted(7), { type: 'lookers', ticket: 7, names: ['Bruno'], typing: [] }]);
  [model] = agentSay(model, 7, WORD, 'c1', NOW);
  [model] = agentBack(model, 7, WORD, 'c2', NOW);
  assert.ok(all(model).includes(WORD));
  return model;
}

test('of the chat that is looked at nothing is left but a number that says so', () => {
  const [model, effects] = feed(full(), [{ type: 'erased', ticket: 7 }]);
  assert.ok(!all(model).includes(WORD), all(model));
  const shown = selectedTicket(model);
  assert.deepEqual([shown.ticket, shown.state, shown.erased, shown.mine], [7, 'closed', true, false]);
  assert.equal(model.tickets.has(7), false);
  assert.deepEqual([sent(effects), looks(effects)], [[], [0]]);
  assert.equal(model.notices.length, 0, 'the line says it');
});

test('the frame that closes the ticket, and what was on its way, bring nothing back', () => {
  const closed = { type: 'ticket', ticket: ticket(7, { state: 'closed', question: '' }) };
  const [model, effects] = feed(full(), [
    { type: 'erased', ticket: 7 }, closed, spoken(7, 3), noted(7), { type: 'state', ticket: 7, seq: 4, who: 'closed' },
    { type: 'ack', cid: 'c1', seq: 3 }, { type: 'error', cid: 'c2', code: 'not_yours', ticket: 7 },
  ]);
  assert.ok(!all(model).includes(WORD), all(model));
  assert.equal(selectedTicket(model).erased, true);
  assert.deepEqual(sent(effects), []);
  const [put] = agentSelect(model, null, NOW);
  assert.equal(selectedTicket(put), null);
});

test('an own chat in the background goes with a notice, a colleague’s without', () => {
  const [model] = feed(agentSelect(full(), 8, NOW)[0], [{ type: 'erased', ticket: 7 }]);
  assert.ok(!all(model).includes(WORD), all(model));
  assert.deepEqual([model.selected, model.notices.map((n) => [n.word, n.ticket])], [8, [['visitor_erased', 7]]]);
  const [other] = feed(desk(ticket(9, { question: WORD })), [{ type: 'erased', ticket: 9 }]);
  assert.deepEqual([other.tickets.size, other.notices.length], [0, 0]);
  assert.equal(feed(desk(own(8)), [{ type: 'erased', ticket: 99 }])[0].tickets.size, 1);
});

test('an offer of it is over; a chat that had ended and is still shown is emptied', () => {
  const [offered] = feed(desk(ticket(9, { state: 'offered' })), [{ type: 'offer', ticket: 9, seconds: 30 }, { type: 'erased', ticket: 9 }]);
  assert.deepEqual(offered.offers, []);
  const [ended] = feed(full(), [{ type: 'error', cid: 'c2', code: 'busy' }, { type: 'ticket', ticket: words(7, { state: 'closed' }) }]);
  assert.ok(all(ended.ended).includes(WORD));
  assert.ok(!all(feed(ended, [{ type: 'erased', ticket: 7 }])[0]).includes(WORD));
});

test('who was away is told of it, and the words that are still on the screen go', () => {
  const [model] = feed(full(), [{ type: 'missed', ticket: 7, cause: 'erased' }]);
  assert.ok(!all(model).includes(WORD), all(model));
  assert.deepEqual([model.missed[0].cause, selectedTicket(model).erased], ['erased', true]);
});
