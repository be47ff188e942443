/* Undelivered: an agent's answer whose letter is given up. Part of the store's interface: see store.h.
 *
 * The delivery's end, the note that says so and the ticket's way back to those who must know are one transaction: there
 * is no moment at which one is stored without the others. A ticket whose visitor was reached by a later letter of the
 * same kind, or may yet be by one that waits, gets the note only. Errors, threads: as of all jobs. */
#ifndef STORE_UNDELIVERED_H
#define STORE_UNDELIVERED_H

#include "store/work.h"

/* Ends delivery `id` as dead. Its ticket gets the note (nobody's) and the mark `undelivered`; in one of the states of
 * `from` (bits 1 << state), unless it came there by the cause `unless`, it also goes to `to`, with its owner if that is
 * somebody who may still take tickets. STORE_MISSING = the delivery does not wait any more or its ticket was erased:
 * nothing is done. STORE_REFUSED = the note or the cause is too long. */
struct store_undelivered {
    struct store_job job;
    int64_t id;
    const char *error; /* as store_delivered keeps it */
    const char *note;  /* at most WORK_NOTE_BYTES */
    unsigned from;
    enum ticket_state to;
    const char *cause, *unless;
    bool ret_moved;
    enum ticket_state ret_before; /* where it was */
    struct work_note ret_note;
    struct ticket ticket; /* out: as it is now */
};
extern const struct store_job_kind store_undelivered_kind;

#endif
