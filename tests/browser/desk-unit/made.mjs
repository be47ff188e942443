// Makes tickets, frames and desks for the tests of the model.

import { agentSelect } from '../../../web-desk/agent.js';
import { modelNew } from '../../../web-desk/model.js';
import { receiveFrame } from '../../../web-desk/receive.js';

export const NOW = 1_800_000_000_000;

export const ticket = (number, more = {}) => ({
  ticket: number, state: 'waiting', department: 'negozio', department_name: 'Negozio', lang: 'it', seq: number,
  since: NOW - 60_000, question: `domanda ${number}`, why: 'asked', tried: [], mine: false, visitor_online: true,
  last_seq: 0, ...more,
});
export const own = (number, more = {}) => ticket(number, { state: 'claimed', mine: true, owner: 'Anna', ...more });

export const message = (number, seq, from = 'visitor', more = {}) => ({
  type: 'message', ticket: number, seq, at: NOW + seq * 1000, from,
  blocks: [{ type: 'paragraph', children: [{ type: 'text', text: `${from} ${seq}` }] }], ...more,
});

export const welcome = (more = {}) => ({
  type: 'welcome', user: 'Anna', role: 'agent', presence: 'online', capacity: 4,
  site: { name: 'Olmo', assistant: 'Olmo', lang: 'it' }, ...more,
});

/** Feeds frames one after the other; gives the model and all effects. */
export function feed(model, frames, now = NOW) {
  const effects = [];
  for (const frame of frames) {
    const [next, more] = receiveFrame(model, frame, now);
    model = next;
    effects.push(...more);
  }
  return [model, effects];
}

/** A desk that is open with these tickets, none looked at. */
export const desk = (...tickets) => (
  agentSelect(feed(modelNew(), [welcome(), { type: 'queue', tickets, agents: [] }])[0], null, NOW)[0]
);
/** What is sent, without telling colleagues where one looks. */
export const sent = (effects) => effects.filter((e) => e.kind === 'send' && e.frame.type !== 'look').map((e) => e.frame);
export const looks = (effects) => effects.filter((e) => e.frame?.type === 'look').map((e) => e.frame.ticket);
export const alerts = (effects) => effects.filter((e) => e.kind === 'alert').map((e) => e.what);
