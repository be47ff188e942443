import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badgeOf, lastOf, linesOf, listsOf, neighbour, selectedTicket, unsaved } from '../../../web-desk/lists.js';
import { agentSay, agentSelect } from '../../../web-desk/agent.js';
import { talkEvent, talkNew } from '../../../web-desk/talk.js';
import { desk, feed, message, NOW, own, ticket } from './made.mjs';

const numbers = (list) => list.map((t) => t.ticket);

test('each ticket stands in one list; the queue is by place, whatever the order of arrival here', () => {
  const model = desk(
    ticket(5, { seq: 9 }), ticket(6, { seq: 2, state: 'callback' }), ticket(7, { seq: 4, state: 'offered' }),
    own(1), ticket(2, { state: 'claimed', owner: 'Bruno' }), ticket(3, { state: 'parked' }),
    ticket(8, { state: 'message', since: NOW }), ticket(9, { state: 'message', since: NOW - 5 }),
  );
  const { mine, waiting, messages, parked } = listsOf(model);
  assert.deepEqual([mine, waiting, messages, parked].map(numbers), [[1], [6, 7, 5], [9, 8], [3]]);
});

test('moving goes through the lists and stops at their ends', () => {
  let model = desk(own(1), own(2), ticket(5), ticket(9, { state: 'message' }));
  const path = [];
  for (let i = 0; i < 5; i++) {
    model = agentSelect(model, neighbour(model, 1), NOW)[0];
    path.push(model.selected);
  }
  assert.deepEqual(path, [1, 2, 5, 9, 9]);
  assert.equal(neighbour(model, -1), 5);
  assert.equal(neighbour(agentSelect(model, 2, NOW)[0], 1, true), 2, 'own chats only');
  assert.equal(neighbour(desk(), 1), null);
});

test('the badge counts unread messages of own chats and an offer', () => {
  const [model] = feed(desk(own(1), ticket(2)), [message(1, 1), message(1, 2), message(2, 1), { type: 'offer', ticket: 2, seconds: 30 }]);
  assert.equal(badgeOf(model), 3);
});

test('the last words of a chat are a person’s', () => {
  const [model] = feed(desk(own(1)), [message(1, 1), message(1, 2, 'bot'), { type: 'state', ticket: 1, seq: 3, who: 'agent' }]);
  assert.equal(lastOf(model, 1).seq, 1);
  assert.equal(lastOf(model, 2), undefined);
});

test('only what is really there is selected', () => {
  assert.equal(selectedTicket(agentSelect(desk(ticket(1)), 99, NOW)[0]), null);
});

test('leaving the page is doubtful while something is on its way', () => {
  assert.equal(unsaved(desk(own(1))), false);
  assert.equal(unsaved(agentSay(desk(own(1)), 1, 'ciao', 'c', NOW)[0]), true);
});

test('a day begins with a separator, and one person’s messages stand together for a while', () => {
  const day = 86_400_000;
  const events = [
    message(1, 1, 'visitor', { at: NOW }), message(1, 2, 'visitor', { at: NOW + 1000 }),
    message(1, 3, 'visitor', { at: NOW + 600_000 }), message(1, 4, 'visitor', { at: NOW + day }),
  ];
  const lines = linesOf(events.reduce(talkEvent, talkNew()));
  assert.deepEqual(lines.map((l) => l.kind), ['day', 'message', 'message', 'message', 'day', 'message']);
  assert.deepEqual(lines.filter((l) => l.kind === 'message').map((l) => l.first), [true, false, true, true]);
});

test('a change of state is shown unless the server says it in words beside it', () => {
  const state = (seq, who) => ({ type: 'state', ticket: 1, seq, who });
  const talk = [message(1, 1), state(2, 'waiting'), message(1, 3), state(4, 'agent'), message(1, 5, 'system')].reduce(talkEvent, talkNew());
  assert.deepEqual(linesOf(talk).map((l) => l.key), ['d1', 'm1', 's2', 'm3', 'm5']);
});
