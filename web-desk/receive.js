// What each frame of the server does to the model: one row a type. Pure, as model.js says.

import {
  modelAsk, modelAskForAll, modelEnded, modelFirstOwn, modelForget, modelLook, modelMap, modelNotice, modelPresenceOf, modelSeen,
  modelSend, modelTalk, modelWithTalk,
} from './model.js';
import { plainOf } from './format.js';
import { ticketOwn } from './ticket.js';
import * as work from './work.js';
import { sayFrame, talkAck, talkCaught, talkEvent, talkFed, talkLacks, talkPending, talkTyping } from './talk.js';

/** @import {ServerFrame, Ticket} from './protocol.js' */
/** @import {Effect, Model, Step} from './model.js' */
/** @import {TalkEvent} from './talk.js' */

/** @param {Model} model @param {number} ticket @returns {Model} */
function withoutOffer(model, ticket) {
  if (!model.offers.some((o) => o.ticket === ticket)) return model;
  return { ...model, offers: model.offers.filter((o) => o.ticket !== ticket) };
}

/**
 * What a ticket's going or changing hands means for the page.
 * @param {Model} model the model with the new tickets
 * @param {Ticket|undefined} before
 * @param {Ticket|undefined} after undefined = gone from the lists
 * @param {number} now
 * @returns {Model}
 */
function ticketMoved(model, before, after, now) {
  const number = /** @type {Ticket} */ (after ?? before).ticket;
  let next = model;
  if (after?.state !== 'offered') next = withoutOffer(next, number);
  if (ticketOwn(after) && !ticketOwn(before) && next.takingUntil > now) {
    next = { ...next, takingUntil: 0, selected: number, ended: null };
  }
  next = work.workTransferMoved(next, after, number);
  if (before && ticketOwn(before) && after && !ticketOwn(after)) {
    const given = work.workGiven(next, before, after);
    next = given ?? modelNotice(next, now, { tone: 'bad', word: 'no_longer_yours', ticket: number });
  }
  return after ? next : ticketGone(next, before, now);
}

/**
 * @param {Model} model
 * @param {Ticket|undefined} before
 * @param {number} now
 * @returns {Model}
 */
function ticketGone(model, before, now) {
  if (!before) return model;
  const number = before.ticket;
  const left = [...model.leaving].find(([, l]) => l.frame.ticket === number);
  if (left) {
    const [cid, { frame }] = left;
    const word = frame.type === 'back' ? 'handed_back' : 'closed_it';
    const told = modelNotice(model, now, { tone: 'good', word, ticket: number });
    const rest = { ...told, leaving: modelMap(told.leaving, cid, undefined) };
    const selected = rest.selected === number ? modelFirstOwn(rest) : rest.selected;
    return { ...modelForget(rest, number), selected };
  }
  if (model.selected === number) return { ...model, ended: { ...before, state: 'closed', mine: false } };
  if (!ticketOwn(before)) return modelForget(model, number);
  return modelForget(modelNotice(model, now, { tone: 'good', word: 'visitor_left', ticket: number }), number);
}

/** It belongs to others now: this page forgets it. */
/** @param {Model} model @param {Ticket|undefined} before @param {number} now @returns {Model} */
function outOfSight(model, before, now) {
  if (!before) return model;
  const moved = ticketMoved(model, before, { ...before, state: 'waiting', mine: false, owner: before.transfer?.name }, now);
  const left = moved.selected === before.ticket ? { ...moved, selected: modelFirstOwn(moved), ended: null } : moved;
  return modelForget(left, before.ticket);
}

/** The highest step seen. @param {Model} model @param {Ticket[]} tickets */
const eventOf = (model, tickets) => tickets.reduce((most, t) => Math.max(most, t.event ?? 0), model.event);

/** @param {Ticket} ticket @returns {Effect[]} */
function newcomer(ticket) {
  const text = ticket.text ?? ticket.question;
  if (ticket.state === 'message') return [{ kind: 'alert', what: 'message', ticket: ticket.ticket, text }];
  if (ticket.state === 'waiting' || ticket.state === 'callback') {
    return [{ kind: 'alert', what: 'waiting', ticket: ticket.ticket, text }];
  }
  return [];
}

/**
 * A new event of a talk: kept, seen or alerted, and the rest asked for if something lacks.
 * @param {Model} model
 * @param {TalkEvent & {more?: boolean}} event
 * @param {number} now
 * @returns {Step}
 */
function eventCame(model, event, now) {
  const ticket = model.tickets.get(event.ticket);
  if (!ticket && !modelEnded(model, event.ticket)) return [model, []];
  const before = modelTalk(model, event.ticket);
  const isNew = before.caught && !before.events.some((e) => e.seq === event.seq);
  const fed = talkEvent(before, event);
  const talk = talkCaught(fed.seq > before.seq ? talkFed(fed, now) : fed, ticket?.last_seq ?? 0);
  const next = modelSeen(modelWithTalk(model, event.ticket, talk));
  if (event.more || talkLacks(talk, ticket?.last_seq ?? 0, now)) return modelAsk([next, []], event.ticket, now);
  const watched = model.visible && model.selected === event.ticket;
  const spoken = event.type === 'message' && event.from === 'visitor';
  if (!isNew || watched || !spoken || !ticketOwn(ticket)) return [next, []];
  return [next, [{ kind: 'alert', what: 'visitor', ticket: event.ticket, text: plainOf(event.blocks) }]];
}

/**
 * One row a type of frame; a type that is not here is ignored.
 * @type {{[T in ServerFrame['type']]: (model: Model, frame: Extract<ServerFrame, {type: T}>, now: number) => Step}}
 */
const receivers = {
  welcome(model, frame, now) {
    const { user, role, capacity, site, departments } = frame;
    const event = Math.max(model.event, frame.event ?? 0);
    const [posted, effects] = work.workAgain(model, now);
    const chosen = model.chosen;
    if (chosen && chosen !== frame.presence) effects.push(modelSend({ type: 'presence', state: chosen }));
    const talks = new Map(model.talks);
    for (const [ticket, talk] of talks) {
      const pending = talk.pending.map((p) => {
        if (p.state === 'failed') return p;
        effects.push(modelSend(sayFrame(ticket, p)));
        return { ...p, sentAt: now };
      });
      talks.set(ticket, { ...talk, pending });
    }
    const leaving = new Map(model.leaving);
    for (const [cid, one] of leaving) {
      effects.push(modelSend(one.frame));
      leaving.set(cid, { ...one, sentAt: now });
    }
    const presence = chosen ?? modelPresenceOf(frame.presence);
    const known = departments ?? model.departments;
    return [{
      ...posted, link: 'open', welcomed: true, user, role, capacity, site, presence, talks, leaving, departments: known,
      event,
    }, effects];
  },

  queue(model, frame, now) {
    const tickets = new Map(frame.tickets.filter((t) => t.state !== 'closed').map((t) => [t.ticket, t]));
    const first = model.tickets.size === 0;
    /** @type {Model} */
    let next = { ...model, tickets, agents: frame.agents ?? [], event: eventOf(model, frame.tickets) };
    // A page opened anew goes on where the agent was.
    if (first && next.selected === null) next = { ...next, selected: modelFirstOwn(next) };
    for (const before of model.tickets.values()) next = ticketMoved(next, before, tickets.get(before.ticket), now);
    /** @type {Effect[]} */
    const alerts = first ? []
      : frame.tickets.filter((t) => !model.tickets.has(t.ticket)).flatMap(newcomer);
    return modelLook(modelAskForAll([next, alerts], now));
  },

  ticket(model, frame, now) {
    const ticket = frame.ticket;
    const before = model.tickets.get(ticket.ticket);
    const after = ticket.state === 'closed' || ticket.gone ? undefined : ticket;
    const tickets = modelMap(model.tickets, ticket.ticket, after);
    const next = { ...model, tickets, event: eventOf(model, [ticket]) };
    const moved = ticket.gone ? outOfSight(next, before, now)
      : before || after ? ticketMoved(next, before, after, now) : next;
    return modelLook(modelAskForAll([modelSeen(moved), before || !after ? [] : newcomer(after)], now));
  },

  agents(model, frame) {
    const me = frame.agents.find((a) => a.name === model.user);
    return [{ ...model, agents: frame.agents, capacity: me?.capacity || model.capacity, presence: me ? modelPresenceOf(me.presence) : model.presence }, []];
  },

  offer(model, frame, now) {
    const { ticket, seconds } = frame;
    const text = model.tickets.get(ticket)?.question ?? '';
    const known = model.offers.some((o) => o.ticket === ticket);
    const place = (/** @type {number} */ n) => model.tickets.get(n)?.seq ?? Infinity;
    const offers = [...withoutOffer(model, ticket).offers, { ticket, seconds, until: now + seconds * 1000 }];
    // Several may come at once: who came first is answered first.
    offers.sort((a, b) => (place(a.ticket) < place(b.ticket) ? -1 : Number(place(a.ticket) > place(b.ticket))));
    return [{ ...model, offers }, known ? [] : [{ kind: 'alert', what: 'offer', ticket, text }]];
  },

  message: eventCame,
  state: eventCame,

  typing(model, frame, now) {
    const talk = model.talks.get(frame.ticket);
    return [talk && frame.from === 'visitor' ? modelWithTalk(model, frame.ticket, talkTyping(talk, now)) : model, []];
  },

  note: work.workNote,
  transfer_offer: work.workTransferOffer,
  transferred: work.workTransferred,
  invited: work.workInvited,
  lookers: work.workLookers,
  missed: work.workMissed,
  erased: work.workErased,

  ack(model, frame, now) {
    if (model.posts.has(frame.cid)) return work.workPosted(model, frame.cid, now);
    for (const [ticket, talk] of model.talks) {
      if (!talk.pending.some((p) => p.cid === frame.cid)) continue;
      return [modelSeen(modelWithTalk(model, ticket, talkAck(talk, ticket, frame.cid, frame.seq))), []];
    }
    const left = model.leaving.get(frame.cid);
    // The frame that says the ticket is gone does the rest, unless it came before.
    if (!left || model.tickets.has(left.frame.ticket)) return [model, []];
    const word = left.frame.type === 'back' ? 'handed_back' : 'closed_it';
    const done = modelNotice(model, now, { tone: 'good', word, ticket: left.frame.ticket });
    return [{ ...done, leaving: modelMap(done.leaving, frame.cid, undefined) }, []];
  },

  error(model, frame, now) {
    const { code, cid, message: text } = frame;
    const told = { tone: /** @type {const} */ ('bad'), word: 'error', code, text };
    for (const [ticket, talk] of cid ? model.talks : []) {
      if (!talk.pending.some((p) => p.cid === cid)) continue;
      const failed = talkPending(talk, /** @type {string} */ (cid), (p) => ({ ...p, state: 'failed', code }));
      return [modelWithTalk(model, ticket, failed), []];
    }
    if (cid && model.posts.has(cid)) return work.workRefused(model, frame, now);
    const leaving = cid ? modelMap(model.leaving, cid, undefined) : model.leaving;
    return [modelNotice({ ...model, leaving, takingUntil: 0 }, now, { ...told, ticket: frame.ticket }), []];
  },
};

/**
 * @param {Model} model
 * @param {ServerFrame} frame
 * @param {number} now
 * @returns {Step}
 */
export function receiveFrame(model, frame, now) {
  if (!Object.hasOwn(receivers, frame.type)) return [model, []];
  const receive = /** @type {(m: Model, f: ServerFrame, n: number) => Step} */ (receivers[frame.type]);
  return receive(model, frame, now);
}
