/* Job: one thing asked of the store.
 *
 * A job is a struct that begins with `struct store_job`; its strings and rows lie in its own arena. What each family of
 * jobs takes and gives stands in its own header; how they are carried out, in store.h. Errors: a job's `result`.
 * Threads: whoever has it in hand; the store between submission and `done`. */
#ifndef STORE_JOB_H
#define STORE_JOB_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Ceilings, of all families. What is over them is STORE_REFUSED; a full queue refuses the submission. */
enum {
    STORE_QUEUE_MAX = 8192,        /* jobs under way: queued, running or not pumped yet */
    STORE_GROUP_MAX = 512,         /* jobs of one transaction */
    STORE_JOB_BYTES = 256 << 20,   /* the arena of a job */
    STORE_BODY_BYTES = 64 << 10,   /* an event's body */
    STORE_TURN_EVENTS = 64,        /* events of one job */
    STORE_EVENTS_MAX = 200,        /* events of one read */
    STORE_MEMORY_BYTES = 96 << 10, /* a conversation's memory */
    STORE_FIELD_BYTES = 2048,      /* names, pages, ids, causes, lists */
    STORE_LIST_MAX = 100000,       /* rows of any other read */
    STORE_SOURCE_BYTES = 32 << 20, /* one source of an edition */
    STORE_SOURCES_MAX = 20000,     /* sources of an edition */
};

enum store_result {
    STORE_OK,
    STORE_DUPLICATE,   /* this cid is stored already: the job's outputs say where */
    STORE_REFUSED,     /* its condition does not hold any more; nothing changed */
    STORE_MISSING,     /* there is no such row */
    STORE_UNAVAILABLE, /* the disk refuses; nothing changed */
};

struct store_job {
    const struct store_job_kind *kind;
    struct arena *arena; /* freed by store_job_free */
    enum store_result result;
    void (*done)(struct store_job *); /* on the loop; owns the job */
    void *context;                    /* the submitter's */
    uint64_t tag;                     /* the submitter's, e.g. a conversation's id + generation */
};

/* A zeroed job of `size` bytes in an arena of its own, with `done`. NULL without memory. */
void *store_job_new(const struct store_job_kind *, size_t size, void (*done)(struct store_job *), void *context);
void store_job_free(struct store_job *);

#endif
