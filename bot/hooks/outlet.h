/* Outlet: sends what has to reach other systems and people, until it has arrived or is given up.
 *
 * Good for: ticket webhooks, mail, connectors to ticket systems. What goes out lies in the store (store/delivery.h), so
 * that neither a crash nor a receiver that is down for a day loses it; a receiver may get a thing twice, always under
 * the same `uid`. Not for: what somebody waits for (hooks/caller.h).
 *
 * Two kinds of helpers are given to it:
 *   - a source words what goes out when a ticket takes a step, for one receiver. It has a cursor of its own in the
 *     store: what it makes is stored together with the cursor's move. A new source begins at the newest step.
 *   - a kind sends deliveries whose `kind` is its name, wherever they were made (store_post, store_reply).
 * A receiver gets one thing at a time, of those that are due the oldest first (one that failed lets others pass while
 * it pauses). A lane is a receiver, or, for a kind with `one_lane`, the whole kind, with `at_once` receivers side by
 * side. What fails is tried again after outlet_pauses_ms[] (a fifth more or less), and is dead after OUTLET_TRIES. A
 * lane that fails OUTLET_FAILURES times in a row is left alone for OUTLET_PAUSE_MS, then tried once; meanwhile its
 * deliveries wait without using up their tries. Whom a dead one concerns is told with its end (`give_up`). One line in
 * the log when it begins to fail, when it is back, and for each dead one. Limits: OUTLET_MOST under way; the store's
 * ceilings: a source whose receiver's queue is full waits, and loses nothing. Threads: everything on the loop. Time:
 * the injected clock; due times are kept as wall clock.
 */
#ifndef HOOKS_OUTLET_H
#define HOOKS_OUTLET_H

#include "base/buf.h"
#include "base/clock.h"
#include "store/delivery.h"

enum {
    OUTLET_MOST = 64,
    OUTLET_TRIES = 8,
    OUTLET_KINDS_MAX = 8,
    OUTLET_SOURCES_MAX = DELIVERY_CONSUMERS_MAX,
    OUTLET_FAILURES = 5,
    OUTLET_PAUSE_MS = 60000,
    OUTLET_MAKE_MAX = 8,         /* deliveries for one step from one source */
    OUTLET_WAIT_LEAST_MS = 1000, /* what a receiver may ask for with Retry-After */
    OUTLET_WAIT_MOST_MS = 24 * 3600000,
    OUTLET_WHY_BYTES = DELIVERY_WHY_BYTES
};

/* 10 s, 1 min, 5 min, 30 min, 2 h, 6 h, 24 h: before the second, third … try. */
extern const int64_t outlet_pauses_ms[OUTLET_TRIES - 1];

struct outlet;

enum outlet_end {
    OUTLET_SENT,
    OUTLET_AGAIN, /* trying again may help */
    OUTLET_DEAD   /* it will not */
};

/* What came of a try. Strings are copied. */
struct outlet_result {
    enum outlet_end end;
    bool down;              /* the receiver is to blame, not this delivery: counts towards leaving the lane alone */
    int64_t retry_after_ms; /* AGAIN: how long the receiver asks to be left alone, 0 = it does not say */
    const char *why;        /* AGAIN, DEAD: for a person; names neither a secret nor what was sent */
    const char *answer;     /* SENT: what the receiver gave for it (kept in the row); NULL = nothing */
};

struct outlet_kind {
    const char *name; /* a constant */
    bool one_lane;    /* one server takes them all, whatever the target. Targets are then not logged */
    int at_once;
    /* Begins to send; outlet_ended comes later, never from here. Strings last for the call. -1 = it cannot be begun,
     * with *ret filled (its strings must last until the outlet has copied them: constants, or the kind's own). */
    int (*begin)(void *context, const struct delivery *, struct outlet_result *ret);
    void *context;
};

struct outlet_source {
    const char *name; /* of its cursor: "hook:crm"; copied */
    bool with_said;   /* it wants the messages of closed tickets */
    /* Words what goes out for a step: up to OUTLET_MAKE_MAX deliveries into `ret`, in the arena. How many, 0 = this
     * step is none of its business; -1 without memory: it is asked again. */
    int (*make)(void *context, const struct outlet_source *, const struct ticket_step *, struct arena *,
                struct delivery_new ret[OUTLET_MAKE_MAX]);
    void *context;
};

/* A delivery that is given up. Strings last for the call. */
struct outlet_dead {
    int64_t id;
    const char *kind, *target, *ref, *why;
};

struct outlet_config {
    const struct clock *clock;
    struct store *store;
    void *context;
    void (*wake_in)(void *context, int ms); /* outlet_pump is due in so many milliseconds, or before */
    double (*chance)(void *context);        /* 0 to 1, for the pauses; NULL = random */
    /* A delivery is given up. 1 = its end is being stored elsewhere, with what tells of it: outlet_given_up comes
     * later, never from here. 0 = nobody is to be told: the outlet stores it. -1 = not now. NULL = nobody ever is. */
    int (*give_up)(void *context, const struct outlet_dead *);
    /* A delivery has arrived that somebody had been told was given up: see store_delivered's ret_mended. May be NULL.
     */
    void (*mended)(void *context, int64_t ticket);
};

/* NULL without memory. */
struct outlet *outlet_new(const struct outlet_config *);
/* After store_close, so that all jobs have come back. What is under way is sent again after the next start. */
void outlet_free(struct outlet *);

/* At the start, before anything is sent. -1 = there are OUTLET_KINDS_MAX. */
int outlet_add_kind(struct outlet *, const struct outlet_kind *);
/* Who is told of tickets from now on, in place of all before: at the start and when settings change. The first call
 * starts the outlet. -1 = too many, or the store takes no job. */
int outlet_sources(struct outlet *, const struct outlet_source *, size_t count);

/* Tickets have taken steps (store_on_steps); deliveries were made or revived by somebody else. */
void outlet_stepped(struct outlet *);
void outlet_look(struct outlet *);
/* What came of a delivery that a kind began, by its id. One that is not under way is ignored. */
void outlet_ended(struct outlet *, int64_t id, const struct outlet_result *);
/* The end of a delivery that is given up was stored; false = it could not be, and is to be tried again. */
void outlet_given_up(struct outlet *, int64_t id, bool stored);
/* Does what is due. */
void outlet_pump(struct outlet *);

/* Appends its figures, as Prometheus text. */
void outlet_metrics(const struct outlet *, struct buf *out);

#endif
