// What the agent does around the chats, for the view to call: each deed gives the pure step of task.js to `go`.

import * as task from './task.js';

/** @import {Model, Step} from './model.js' */

/** A client id: random, from a source that works without https too. */
export function cidNew() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {() => Model} model the present one @param {(step: Step) => void} go */
export function taskDeeds(model, go) {
  return {
    /** @param {number} ticket @param {string} text */
    note: (ticket, text) => go(task.taskNote(model(), ticket, text, cidNew(), Date.now())),
    /** @param {number} ticket @param {string[]} tags */
    tags: (ticket, tags) => go(task.taskTags(model(), ticket, tags, cidNew(), Date.now())),
    /** @param {number} ticket @param {{user: number}|{department: string}} to @param {string} text */
    transfer: (ticket, to, text) => go(task.taskTransfer(model(), ticket, to, text, cidNew(), Date.now())),
    /** @param {boolean} yes */
    answerTransfer: (yes) => go(task.taskAnswer(model(), yes, Date.now())),
    /** @param {number} ticket @param {number} user */
    invite: (ticket, user) => go(task.taskInvite(model(), ticket, user, Date.now())),
    /** @param {number} ticket @param {boolean} mine */
    own: (ticket, mine) => go(task.taskOwn(model(), ticket, mine)),
    /** @param {number} ticket @param {number} at ms, 0 = no more */
    due: (ticket, at) => go(task.taskDue(model(), ticket, at)),
    /** @param {number} ticket @param {string} text @param {boolean} closes */
    reply: (ticket, text, closes) => go(task.taskReply(model(), ticket, text, closes, cidNew(), Date.now())),
    /** @param {string} cid */
    postRetry: (cid) => go(task.taskRetry(model(), cid, Date.now())),
    /** @param {string} cid */
    postDiscard: (cid) => go([task.taskDiscard(model(), cid), []]),
  };
}
