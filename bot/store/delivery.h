/* Delivery: what goes out to other systems and people, kept until it has arrived. Part of the store's interface: see
 * store.h.
 *
 * A delivery is one thing for one receiver. It is made in the transaction of what it tells of, in one of two ways:
 *   - for a step of a ticket: store_steps reads the steps behind a consumer's cursor, the consumer words what goes out,
 *     and store_post stores that and moves the cursor in one transaction. Whatever dies in between is done again, and
 *     `kind` + `target` + `ref` make sure that it is one row.
 *   - along with a message of an agent: store_reply.
 * Who sends it (hooks/outlet.h) reads what is due with store_due and tells what came of it with store_delivered. A
 * receiver may so get a thing twice (when the program dies between sending and telling), but always under the same
 * `uid`.
 * An agent's answer that is given up ends by store_undelivered (undelivered.h), which tells of it.
 * Ended ones are forgotten after a while (DELIVERY_SENT_DAYS, DELIVERY_DEAD_DAYS), by store_consumers.
 * Errors, threads: as of all jobs. */
#ifndef STORE_DELIVERY_H
#define STORE_DELIVERY_H

#include "store/store.h"

enum {
    DELIVERY_KIND_BYTES = 32,
    DELIVERY_TARGET_BYTES = 400,
    DELIVERY_REF_BYTES = 160,
    DELIVERY_WHY_BYTES = 300,
    DELIVERY_ANSWER_BYTES = 2000,
    DELIVERY_BODY_BYTES = 512 << 10,
    DELIVERY_QUEUE_MAX = 10000, /* waiting ones of a receiver */
    DELIVERY_POST_MAX = 256,    /* of one job */
    DELIVERY_DUE_MAX = 64,
    DELIVERY_PAGE_MAX = 500,
    DELIVERY_CONSUMERS_MAX = 256,
    DELIVERY_SENT_DAYS = 30,
    DELIVERY_DEAD_DAYS = 180,
    STEPS_MAX = 32,              /* steps of one read */
    STEP_SAID_MAX = 500,         /* messages that come with a step: the last ones */
    STEP_SAID_BYTES = 256 << 10, /* … of their bodies together */
    RETURN_LINK_DAYS = 30
};

enum delivery_state { DELIVERY_WAITING, DELIVERY_SENT, DELIVERY_DEAD };
/* "waiting", "sent", "dead". */
const char *delivery_state_name(enum delivery_state);

/* What is to be sent. `kind` names who can send it ("hook", "mail", "rt"), `target` the receiver, `ref` what it is
 * about: a second one with all three the same is not made. `body` is the sender's own. */
struct delivery_new {
    const char *kind, *target, *ref;
    int64_t ticket; /* 0 = of none. When the ticket is erased, so is it */
    const void *body;
    size_t body_size;
    int64_t delay_ms; /* not before so long */
};

/* Whether it is within the ceilings: what is not makes its whole job STORE_REFUSED. */
bool delivery_fits(const struct delivery_new *);

/* A row. Strings lie in the arena of the job that read it; never NULL. */
struct delivery {
    int64_t id;
    const char *uid; /* "msg_" and 32 digits: goes with it at every try */
    const char *kind, *target, *ref;
    int64_t ticket;
    enum delivery_state state;
    int tries;
    int64_t next_ms, made_ms, ended_ms; /* wall clock */
    const char *last_error, *answer;
    const char *body; /* "" once it was sent */
    size_t body_size;
};

/* A step of a ticket: its row of ticket_event, with the ticket as it is now. */
struct ticket_step {
    int64_t id, at_ms;
    const char *state, *cause, *department, *before; /* "waiting" …; cause: the desk's word, "made" for the first */
    int64_t owner, owner_before;
    const char *owner_name; /* "" = nobody */
    struct ticket ticket;
    /* The conversation's messages up to the step, oldest first; only where asked for and `state` is "closed". */
    const struct event *said;
    size_t said_count;
    bool said_cut; /* there were more before */
};

/* Tells who is to be told of tickets from now on. A new consumer begins at the newest step, one that is not named is
 * forgotten. */
struct store_consumers {
    struct store_job job;
    const char *const *names;
    size_t count;
};
extern const struct store_job_kind store_consumers_kind;

/* The steps behind a consumer's cursor, oldest first. STORE_MISSING = there is no such consumer. */
struct store_steps {
    struct store_job job;
    const char *consumer;
    size_t limit;   /* at most STEPS_MAX */
    bool with_said; /* with the messages of closed ones */
    struct ticket_step *steps;
    size_t count;
    int64_t ret_from; /* the cursor: to be given to store_post */
};
extern const struct store_job_kind store_steps_kind;

/* Makes deliveries, all or none; with a consumer its cursor goes from `from` to `to` with it. STORE_REFUSED = the
 * cursor is elsewhere, something is over its ceiling, or a receiver has DELIVERY_QUEUE_MAX waiting (ret_full). */
struct store_post {
    struct store_job job;
    const char *consumer; /* NULL = none */
    int64_t from, to;
    const struct delivery_new *deliveries;
    size_t count;
    size_t ret_made; /* rows that were not there before */
    bool ret_full;
};
extern const struct store_job_kind store_post_kind;

/* The deliveries that are due: of each receiver the one that has waited longest, at most DELIVERY_DUE_MAX. */
struct store_due {
    struct store_job job;
    struct delivery *rows;
    size_t count;
    int64_t ret_next_ms; /* wall clock: when the next one that is not due yet will be; 0 = none */
};
extern const struct store_job_kind store_due_kind;

/* What came of a try. STORE_MISSING = it is not waiting any more. */
struct store_delivered {
    struct store_job job;
    int64_t id;
    enum delivery_state state;
    int64_t next_ms;    /* WAITING: when to try again, wall clock */
    bool postponed;     /* WAITING: it was not tried: leaves `tries` and `last_error` */
    const char *error;  /* NULL = none */
    const char *answer; /* SENT: what the receiver gave for it; NULL = nothing */
    int64_t
        ret_mended; /* SENT: the ticket that was marked as not delivered because of it, and is so no more; 0 = none */
};
extern const struct store_job_kind store_delivered_kind;

/* Deliveries by number, newest first. */
struct store_deliveries {
    struct store_job job;
    int64_t id;        /* not 0: only this one, STORE_MISSING */
    int64_t before;    /* 0 = from the newest */
    unsigned states;   /* bits 1 << enum delivery_state; 0 = all */
    size_t limit;      /* at most DELIVERY_PAGE_MAX */
    bool without_body; /* bodies are left out */
    struct delivery *rows;
    size_t count;
    int64_t ret_waiting, ret_dead; /* how many there are */
};
extern const struct store_job_kind store_deliveries_kind;

/* Tries again from the beginning, under the same uid: the one with the id, or (0) all that are dead. STORE_MISSING =
 * there is none; STORE_REFUSED = it was sent. */
struct store_delivery_retry {
    struct store_job job;
    int64_t id;
    size_t ret_count;
};
extern const struct store_job_kind store_delivery_retry_kind;

/* An agent answers a message: the events go to its conversation and the delivery is made, all or nothing. The ticket
 * must be in one of the states of `from` (bits 1 << state) and, where `owner_is` is not 0, be owned by that user or by
 * nobody; otherwise STORE_REFUSED with the row as it is. A cid that is stored already: STORE_DUPLICATE, with
 * ret_first_seq where. With a return link its secret's hash is stored and good for RETURN_LINK_DAYS. */
struct store_reply {
    struct store_job job;
    int64_t ticket_id;
    unsigned from;
    int64_t owner_is;
    int64_t owner;     /* from now on; -1 = as it is */
    bool close;        /* the ticket is closed with it */
    const char *cause; /* NULL = as it is */
    struct event *events;
    size_t event_count;
    const struct delivery_new *delivery; /* NULL = none */
    const unsigned char *link_hash;      /* TOKEN_HASH_BYTES; NULL = none */
    struct ticket ticket;                /* out */
    int64_t ret_first_seq;
};
extern const struct store_job_kind store_reply_kind;

/* What agents of a department are to be told who are not online: who has an e-mail address (agents who serve it, and
 * admins to whom it is given by name), and the messages and callbacks that are nobody's and came after the last time
 * something was mailed to them for a delivery of this kind and target. */
enum { DUTY_PEOPLE_MAX = 100, DUTY_TICKETS_MAX = 20 };
struct store_duty {
    struct store_job job;
    const char *kind, *department;
    const char **addresses; /* out */
    size_t address_count;
    struct ticket *tickets; /* out: id, callback, lang, question, text, name */
    size_t ticket_count;
    bool ret_more;       /* there are more tickets */
    int64_t ret_last_ms; /* when something was mailed last: `ended_ms` of one with an answer of "mailed"; 0 = never */
};
extern const struct store_job_kind store_duty_kind;

/* Somebody came by a return link. STORE_MISSING = it is none, or too old. Otherwise the visitor it leads to: with
 * `new_hash` (the hash of a token made for the browser that came) further connections with that token are of this
 * visitor, unless `own_hash` (the token it brought, all zero = none) is of this visitor already (ret_own). The link
 * stays good until it expires. */
struct store_return {
    struct store_job job;
    unsigned char link_hash[TOKEN_HASH_BYTES], own_hash[TOKEN_HASH_BYTES], new_hash[TOKEN_HASH_BYTES];
    int64_t ret_visitor;
    unsigned char ret_hash[TOKEN_HASH_BYTES]; /* the visitor's first token, by which chats are found in memory */
    bool ret_own;
};
extern const struct store_job_kind store_return_kind;

#endif
