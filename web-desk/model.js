// The desk's state and everything that changes it: frames of the server, deeds of the agent, time.
//
// Pure: each function takes a model and gives back a step, [model, effects], where the effects are what the caller
// is to do (send a frame, alert the agent, begin the connection anew). No DOM, no socket, no clock, no words.

import {
  talkAck, talkAsked, talkCaught, talkEvent, talkLacks, talkNew, talkOffline, talkPending, talkSay, talkSeen,
  talkTyping,
} from './talk.js';

/** @import {Agent, Cause, ClientFrame, Presence, ServerFrame, Ticket} from './protocol.js' */
/** @import {Talk, TalkEvent} from './talk.js' */

/** @typedef {'waiting'|'message'|'offer'|'visitor'} AlertKind */
/**
 * @typedef {{kind: 'send', frame: ClientFrame}
 *   | {kind: 'alert', what: AlertKind, ticket: number, text: string}
 *   | {kind: 'restart'}} Effect
 */

/**
 * Something to tell the agent: `word` is a key of i18n.js, `code` an error's code, `text` the server's own words.
 * @typedef {{id: number, tone: 'good'|'bad', word: string, ticket?: number, code?: string, text?: string, until: number}} Notice
 */

/**
 * @typedef {object} Model
 * @property {'connecting'|'open'|'lost'} link
 * @property {number} lostAt when the connection was lost (link `lost`)
 * @property {boolean} welcomed whether it ever was open
 * @property {string} user
 * @property {string} role
 * @property {number} capacity chats at once; 0 = not known
 * @property {{name: string, assistant: string, lang: string}} site
 * @property {Presence} presence
 * @property {Presence|null} chosen what the agent chose on this page, said again after a reconnection
 * @property {Map<number, Ticket>} tickets
 * @property {Agent[]} agents
 * @property {Map<number, Talk>} talks
 * @property {Map<string, {frame: ClientFrame & {cid: string, ticket: number}, sentAt: number}>} leaving hand-backs and closings under way, by cid
 * @property {number|null} selected
 * @property {Ticket|null} ended the selected ticket when it is no longer in the lists
 * @property {boolean} visible the agent looks at the page
 * @property {{ticket: number, until: number, seconds: number}|null} offer
 * @property {number} takingUntil a request for a ticket is under way: the next claimed one is shown
 * @property {Notice[]} notices
 * @property {number} noticed how many notices there have been
 */

/** @typedef {[Model, Effect[]]} Step */

const NOTICE_MS = { good: 5000, bad: 9000 };
const NOTICES = 3;
const TAKING_MS = 8000;
/** A connection that acknowledges nothing for so long is taken for dead. */
const SILENCE_MS = 10000;

/** @returns {Model} */
export function modelNew() {
  return {
    link: 'connecting', lostAt: 0, welcomed: false,
    user: '', role: '', capacity: 0, site: { name: '', assistant: '', lang: '' },
    presence: 'away', chosen: null,
    tickets: new Map(), agents: [], talks: new Map(), leaving: new Map(),
    selected: null, ended: null, visible: true, offer: null, takingUntil: 0, notices: [], noticed: 0,
  };
}

/** @param {ClientFrame} frame @returns {Effect} */
const send = (frame) => ({ kind: 'send', frame });

/**
 * @template K, V
 * @param {Map<K, V>} map
 * @param {K} key
 * @param {V|undefined} value undefined = without it
 */
function mapWith(map, key, value) {
  const copy = new Map(map);
  if (value === undefined) copy.delete(key);
  else copy.set(key, value);
  return copy;
}

/** @param {Model} model @param {number} ticket @returns {Talk} */
const talkOf = (model, ticket) => model.talks.get(ticket) ?? talkNew();

/** @param {Model} model @param {number} ticket @param {Talk} talk @returns {Model} */
const withTalk = (model, ticket, talk) => ({ ...model, talks: mapWith(model.talks, ticket, talk) });

/**
 * @param {Model} model
 * @param {number} now
 * @param {Omit<Notice, 'id'|'until'>} notice
 * @returns {Model}
 */
function withNotice(model, now, notice) {
  const id = model.noticed + 1;
  const notices = [...model.notices, { ...notice, id, until: now + NOTICE_MS[notice.tone] }].slice(-NOTICES);
  return { ...model, noticed: id, notices };
}

/** Whoever takes nothing is away, whatever the word. @param {string} word @returns {Presence} */
const presenceOf = (word) => (word === 'online' || word === 'no_more' ? word : 'away');

/** @param {Ticket|undefined|null} ticket */
export const ticketOwn = (ticket) => Boolean(ticket && ticket.mine && ticket.state === 'claimed');

/** @param {Ticket} ticket */
export const ticketQueued = (ticket) => ['waiting', 'offered', 'callback'].includes(ticket.state);

/**
 * Asks for the events of a ticket from where we stand.
 * @param {Step} step
 * @param {number} ticket
 * @param {number} now
 * @returns {Step}
 */
function ask([model, effects], ticket, now) {
  const talk = talkAsked(talkOf(model, ticket), now);
  return [withTalk(model, ticket, talk), [...effects, send({ type: 'open', ticket, after: talk.seq })]];
}

/**
 * Opens what is not open yet on this connection and what the page needs: own chats and the one looked at.
 * @param {Step} step
 * @param {number} now
 * @returns {Step}
 */
function askForAll(step, now) {
  const [model] = step;
  if (model.link !== 'open') return step;
  const wanted = [...model.tickets.values()].filter((t) => ticketOwn(t) || t.ticket === model.selected);
  return wanted
    .filter((t) => !talkOf(model, t.ticket).opened)
    .reduce((before, t) => ask(before, t.ticket, now), step);
}

/**
 * The present talk is seen when the page is.
 * @param {Model} model
 * @returns {Model}
 */
function seen(model) {
  if (model.selected === null || !model.visible) return model;
  const talk = model.talks.get(model.selected);
  const after = talk && talkSeen(talk);
  return after && after !== talk ? withTalk(model, model.selected, after) : model;
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
  if (next.offer?.ticket === number && after?.state !== 'offered') next = { ...next, offer: null };
  if (ticketOwn(after) && !ticketOwn(before) && next.takingUntil > now) {
    next = { ...next, takingUntil: 0, selected: number, ended: null };
  }
  if (before && ticketOwn(before) && after && !ticketOwn(after)) {
    next = withNotice(next, now, { tone: 'bad', word: 'no_longer_yours', ticket: number });
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
    const told = withNotice(model, now, { tone: 'good', word, ticket: number });
    const rest = { ...told, leaving: mapWith(told.leaving, cid, undefined) };
    return rest.selected === number ? { ...forget(rest, number), selected: firstOwn(rest) } : forget(rest, number);
  }
  if (model.selected === number) return { ...model, ended: { ...before, state: 'closed', mine: false } };
  const told = ticketOwn(before) ? withNotice(model, now, { tone: 'good', word: 'visitor_left', ticket: number }) : model;
  return forget(told, number);
}

/** @param {Model} model @param {number} number @returns {Model} */
const forget = (model, number) => ({ ...model, talks: mapWith(model.talks, number, undefined) });

/** @param {Model} model */
function firstOwn(model) {
  const own = [...model.tickets.values()].filter(ticketOwn).sort((a, b) => a.seq - b.seq);
  return own[0]?.ticket ?? null;
}

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
  if (!ticket && model.ended?.ticket !== event.ticket) return [model, []];
  const before = talkOf(model, event.ticket);
  const isNew = before.caught && !before.events.some((e) => e.seq === event.seq);
  const talk = talkCaught(talkEvent(before, event), ticket?.last_seq ?? 0);
  const next = seen(withTalk(model, event.ticket, talk));
  if (event.more || talkLacks(talk, ticket?.last_seq ?? 0, now)) return ask([next, []], event.ticket, now);
  const watched = model.visible && model.selected === event.ticket;
  if (!isNew || watched || !ticketOwn(ticket) || event.type !== 'message' || event.from !== 'visitor') return [next, []];
  return [next, [{ kind: 'alert', what: 'visitor', ticket: event.ticket, text: plain(event.blocks) }]];
}

/** @param {import('./protocol.js').Block[]} blocks @returns {string} */
export function plain(blocks) {
  return blocks.map((b) => b.text ?? (b.children ? plain(b.children) : '')).join(' ').replace(/\s+/g, ' ').trim();
}

/**
 * One row a type of frame; a type that is not here is ignored.
 * @type {{[T in ServerFrame['type']]: (model: Model, frame: Extract<ServerFrame, {type: T}>, now: number) => Step}}
 */
const receivers = {
  welcome(model, frame, now) {
    const { user, role, capacity, site } = frame;
    /** @type {Effect[]} */
    const effects = [];
    const chosen = model.chosen;
    if (chosen && chosen !== frame.presence) effects.push(send({ type: 'presence', state: chosen }));
    const talks = new Map(model.talks);
    for (const [ticket, talk] of talks) {
      const pending = talk.pending.map((p) => {
        if (p.state === 'failed') return p;
        effects.push(send({ type: 'say', cid: p.cid, ticket, text: p.text }));
        return { ...p, sentAt: now };
      });
      talks.set(ticket, { ...talk, pending });
    }
    const leaving = new Map(model.leaving);
    for (const [cid, one] of leaving) {
      effects.push(send(one.frame));
      leaving.set(cid, { ...one, sentAt: now });
    }
    const presence = chosen ?? presenceOf(frame.presence);
    return [{ ...model, link: 'open', welcomed: true, user, role, capacity, site, presence, talks, leaving }, effects];
  },

  queue(model, frame, now) {
    const tickets = new Map(frame.tickets.filter((t) => t.state !== 'closed').map((t) => [t.ticket, t]));
    const first = model.tickets.size === 0;
    /** @type {Model} */
    let next = { ...model, tickets, agents: frame.agents ?? [] };
    // A page opened anew goes on where the agent was.
    if (first && next.selected === null) next = { ...next, selected: firstOwn(next) };
    for (const before of model.tickets.values()) next = ticketMoved(next, before, tickets.get(before.ticket), now);
    /** @type {Effect[]} */
    const alerts = first ? []
      : frame.tickets.filter((t) => !model.tickets.has(t.ticket)).flatMap(newcomer);
    return askForAll([next, alerts], now);
  },

  ticket(model, frame, now) {
    const ticket = frame.ticket;
    const before = model.tickets.get(ticket.ticket);
    const after = ticket.state === 'closed' ? undefined : ticket;
    const tickets = mapWith(model.tickets, ticket.ticket, after);
    const moved = before || after ? ticketMoved({ ...model, tickets }, before, after, now) : model;
    return askForAll([seen(moved), before || !after ? [] : newcomer(after)], now);
  },

  agents(model, frame) {
    const me = frame.agents.find((a) => a.name === model.user);
    return [{ ...model, agents: frame.agents, presence: me ? presenceOf(me.presence) : model.presence }, []];
  },

  offer(model, frame, now) {
    const { ticket, seconds } = frame;
    const text = model.tickets.get(ticket)?.question ?? '';
    const offer = { ticket, seconds, until: now + seconds * 1000 };
    return [{ ...model, offer }, [{ kind: 'alert', what: 'offer', ticket, text }]];
  },

  message: eventCame,
  state: eventCame,

  typing(model, frame, now) {
    const talk = model.talks.get(frame.ticket);
    return [talk && frame.from === 'visitor' ? withTalk(model, frame.ticket, talkTyping(talk, now)) : model, []];
  },

  ack(model, frame, now) {
    for (const [ticket, talk] of model.talks) {
      if (!talk.pending.some((p) => p.cid === frame.cid)) continue;
      return [seen(withTalk(model, ticket, talkAck(talk, ticket, frame.cid, frame.seq))), []];
    }
    const left = model.leaving.get(frame.cid);
    // The frame that says the ticket is gone does the rest, unless it came before.
    if (!left || model.tickets.has(left.frame.ticket)) return [model, []];
    const word = left.frame.type === 'back' ? 'handed_back' : 'closed_it';
    const done = withNotice(model, now, { tone: 'good', word, ticket: left.frame.ticket });
    return [{ ...done, leaving: mapWith(done.leaving, frame.cid, undefined) }, []];
  },

  error(model, frame, now) {
    const { code, cid, message: text } = frame;
    const told = { tone: /** @type {const} */ ('bad'), word: 'error', code, text };
    for (const [ticket, talk] of cid ? model.talks : []) {
      if (!talk.pending.some((p) => p.cid === cid)) continue;
      const failed = talkPending(talk, /** @type {string} */ (cid), (p) => ({ ...p, state: 'failed', code }));
      return [withTalk(model, ticket, failed), []];
    }
    const leaving = cid ? mapWith(model.leaving, cid, undefined) : model.leaving;
    return [withNotice({ ...model, leaving, takingUntil: 0 }, now, { ...told, ticket: frame.ticket }), []];
  },
};

/**
 * @param {Model} model
 * @param {ServerFrame} frame
 * @param {number} now
 * @returns {Step}
 */
export function modelReceive(model, frame, now) {
  if (!Object.hasOwn(receivers, frame.type)) return [model, []];
  const receive = /** @type {(m: Model, f: ServerFrame, n: number) => Step} */ (receivers[frame.type]);
  return receive(model, frame, now);
}

/**
 * The connection was lost.
 * @param {Model} model
 * @param {number} now
 * @returns {Model}
 */
export function modelLost(model, now) {
  const talks = new Map([...model.talks].map(([ticket, talk]) => [ticket, talkOffline(talk)]));
  const lostAt = model.link === 'lost' ? model.lostAt : now;
  return { ...model, link: 'lost', lostAt, talks, offer: null, takingUntil: 0 };
}

/**
 * Time went by: ends what has run out, asks for what is missing, doubts a silent connection.
 * @param {Model} model
 * @param {number} now
 * @returns {Step}
 */
export function modelTick(model, now) {
  let next = model;
  if (next.notices.some((n) => n.until <= now)) next = { ...next, notices: next.notices.filter((n) => n.until > now) };
  if (next.offer && next.offer.until <= now) next = { ...next, offer: null };
  if (next.takingUntil && next.takingUntil <= now) next = { ...next, takingUntil: 0 };
  for (const [ticket, talk] of next.talks) {
    if (talk.typingUntil && talk.typingUntil <= now) next = withTalk(next, ticket, { ...talk, typingUntil: 0 });
  }
  if (next.link !== 'open') return [next, []];
  const stuck = (/** @type {number} */ sentAt) => now - sentAt >= SILENCE_MS;
  const silent = [...next.leaving.values()].some((l) => stuck(l.sentAt))
    || [...next.talks.values()].some((t) => t.pending.some((p) => p.state === 'sending' && stuck(p.sentAt)));
  if (silent) return [next, [{ kind: 'restart' }]];
  /** @type {Step} */
  let step = [next, []];
  for (const ticket of next.tickets.values()) {
    const talk = next.talks.get(ticket.ticket);
    if (talk && talkLacks(talk, ticket.last_seq, now)) step = ask(step, ticket.ticket, now);
  }
  return step;
}

// --- what the agent does -----------------------------------------------------------------------------------------

/** @param {Model} model @param {Presence} state @returns {Step} */
export function modelPresence(model, state) {
  return [{ ...model, presence: state, chosen: state }, model.link === 'open' ? [send({ type: 'presence', state })] : []];
}

/** Takes the next. Nothing happens without a connection. @param {Model} model @param {number} now @returns {Step} */
export function modelNext(model, now) {
  if (model.link !== 'open' || model.takingUntil > now) return [model, []];
  return [{ ...model, takingUntil: now + TAKING_MS }, [send({ type: 'next' })]];
}

/** @param {Model} model @param {boolean} yes @param {number} now @returns {Step} */
export function modelAnswerOffer(model, yes, now) {
  if (!model.offer || model.link !== 'open') return [model, []];
  const { ticket } = model.offer;
  const takingUntil = yes ? now + TAKING_MS : model.takingUntil;
  return [{ ...model, offer: null, takingUntil }, [send({ type: yes ? 'accept' : 'decline', ticket })]];
}

/** @param {Model} model @param {number|null} ticket @param {number} now @returns {Step} */
export function modelSelect(model, ticket, now) {
  if (ticket === model.selected) return [model, []];
  const left = model.ended ? forget(model, model.ended.ticket) : model;
  const known = ticket !== null && model.tickets.has(ticket) ? ticket : null;
  return askForAll([seen({ ...left, ended: null, selected: known }), []], now);
}

/** @param {Model} model @param {boolean} visible @returns {Model} */
export function modelVisible(model, visible) {
  return seen({ ...model, visible });
}

/**
 * @param {Model} model
 * @param {number} ticket
 * @param {string} text
 * @param {string} cid
 * @param {number} now
 * @returns {Step}
 */
export function modelSay(model, ticket, text, cid, now) {
  const said = withTalk(model, ticket, talkSay(talkOf(model, ticket), cid, text, now));
  return [said, model.link === 'open' ? [send({ type: 'say', cid, ticket, text })] : []];
}

/** The same words under the same cid: stored once, however often. @param {Model} model @param {number} ticket @param {string} cid @param {number} now @returns {Step} */
export function modelRetry(model, ticket, cid, now) {
  const talk = talkOf(model, ticket);
  const said = talk.pending.find((p) => p.cid === cid && p.state === 'failed');
  if (!said) return [model, []];
  const again = talkPending(talk, cid, (p) => ({ ...p, state: 'sending', code: undefined, sentAt: now }));
  const effects = model.link === 'open' ? [send({ type: 'say', cid, ticket, text: said.text })] : [];
  return [withTalk(model, ticket, again), effects];
}

/** @param {Model} model @param {number} ticket @param {string} cid @returns {Model} */
export function modelDiscard(model, ticket, cid) {
  return withTalk(model, ticket, talkPending(talkOf(model, ticket), cid, () => null));
}

/**
 * @param {Model} model
 * @param {ClientFrame & {type: 'back'|'close', cid: string, ticket: number}} frame
 * @param {number} now
 * @returns {Step}
 */
function leave(model, frame, now) {
  if ([...model.leaving.values()].some((l) => l.frame.ticket === frame.ticket)) return [model, []];
  const leaving = mapWith(model.leaving, frame.cid, { frame, sentAt: now });
  return [{ ...model, leaving }, model.link === 'open' ? [send(frame)] : []];
}

/**
 * @param {Model} model
 * @param {number} ticket
 * @param {string} note
 * @param {string} cid
 * @param {number} now
 * @returns {Step}
 */
export function modelBack(model, ticket, note, cid, now) {
  return leave(model, note ? { type: 'back', cid, ticket, note } : { type: 'back', cid, ticket }, now);
}

/**
 * @param {Model} model
 * @param {number} ticket
 * @param {Cause} cause
 * @param {string} cid
 * @param {number} now
 * @returns {Step}
 */
export function modelClose(model, ticket, cause, cid, now) {
  return leave(model, { type: 'close', cid, ticket, cause }, now);
}

/** @param {Model} model @param {number} id @returns {Model} */
export function modelDismiss(model, id) {
  return { ...model, notices: model.notices.filter((n) => n.id !== id) };
}
