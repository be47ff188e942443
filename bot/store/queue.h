/* Queue: what is done with tickets: given to agents, moved, looked through.
 *
 * A move is one atomic UPDATE that holds only from the states it names; which moves there are is desk/'s table. Memory,
 * errors and threads as in store.h, which includes this. */
#ifndef STORE_QUEUE_H
#define STORE_QUEUE_H

#include "store/conversation.h"
#include "store/job.h"
#include "store/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Gives the agent the waiting (or callback) ticket with the lowest enqueue_seq among the agent's
 * departments and languages, if the agent has room: one atomic UPDATE … WHERE state='waiting'
 * RETURNING. `to` is OFFERED or CLAIMED. CLAIMED also sets the conversation's `who` and appends
 * `events` there. STORE_MISSING = nothing waits; STORE_REFUSED = no room. With `expect` (events
 * were worded for that ticket) another one's turn is STORE_REFUSED too, with ret_other = that one. */
struct store_assign {
    struct store_job job;
    int64_t user;
    enum ticket_state to;
    const char *const *departments, *const *languages; /* count 0 = all */
    size_t department_count, language_count;
    int capacity;
    int who;        /* of the conversation, when claimed */
    int64_t expect; /* 0 = whichever has its turn */
    struct event *events;
    size_t event_count;
    struct ticket ticket;  /* out */
    int64_t ret_first_seq; /* of the events */
    int64_t ret_other;
};
extern const struct store_job_kind store_assign_kind;

/* Moves one ticket, if it is in one of the states of `from` (bits 1 << state) and, where `owner_is`
 * is not 0, owned by that user (STORE_NOBODY: by nobody). Sets owner, department, cause, the conversation's `who`
 * and appends events (if any) there. Otherwise STORE_REFUSED with the row as it is; STORE_MISSING = no such ticket. A
 * callback that is moved to WAITING becomes CALLBACK. */
enum { STORE_NOBODY = -1 };
struct store_move {
    struct store_job job;
    int64_t ticket_id;
    unsigned from;
    enum ticket_state to;
    int64_t owner_is;
    int64_t owner;          /* from now on; 0 = nobody; -1 = as it is */
    const char *department; /* from now on; NULL = as it is */
    const char *cause;      /* NULL = as it is */
    int who;                /* -1 = as it is */
    int64_t undelivered;    /* to CLOSED: the mark that is known. One that is not stands in the way: STORE_REFUSED */
    struct event *events;
    size_t event_count;
    struct ticket ticket; /* out: as it is now */
    int64_t ret_first_seq;
};
extern const struct store_job_kind store_move_kind;

/* All tickets that are not closed, by enqueue_seq, with positions (counted by the same view that
 * store_assign takes from); at most `limit`. */
struct store_queue {
    struct store_job job;
    size_t limit;
    struct ticket *tickets;
    size_t count;
};
extern const struct store_job_kind store_queue_kind;

/* The open tickets of a conversation, or the ticket with an id in any state, oldest first. */
struct store_ticket {
    struct store_job job;
    int64_t conversation, id; /* one of them; the other 0 */
    struct ticket *tickets;
    size_t count;
};
extern const struct store_job_kind store_ticket_kind;

struct ticket_position {
    int64_t ticket, position;
};

/* The position of every ticket in the queue, by enqueue_seq. */
struct store_positions {
    struct store_job job;
    struct ticket_position *rows;
    size_t count;
};
extern const struct store_job_kind store_positions_kind;

/* Handling times (claimed to closed) of the last `limit` closed tickets of a department. */
struct store_handling {
    struct store_job job;
    const char *department;
    size_t limit;
    size_t ret_samples;
    double ret_mean_seconds;
};
extern const struct store_job_kind store_handling_kind;

#endif
