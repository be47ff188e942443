/* Workers: threads for what would hold up the loop, one bounded queue a kind.
 *
 * A kind has its own queue and its own number of threads, so that no kind delays another.
 * A job runs `run` on a worker; then `done` is called on the thread that calls workers_pump,
 * which `wake` rouses. A job never sees a connection: it carries an id and the loop looks it up.
 * Errors: workers_submit -1 when the kind's queue is full; the job is then still the caller's.
 * Threads: submit, pump and free on one thread (the loop). */
#ifndef BASE_WORKER_H
#define BASE_WORKER_H

#include <stddef.h>

struct job {
    void (*run)(struct job *);  /* on a worker */
    void (*done)(struct job *); /* on the loop; owns the job from here. Also called, unrun, at workers_free */
    int ran;                    /* 0 in `done` = it was dropped at shutdown */
};

struct worker_kind {
    const char *name; /* of its threads too: at most 15 characters, and constant */
    int threads;
    size_t queue;
};

struct workers;

struct workers *workers_new(const struct worker_kind *, size_t kinds, void (*wake)(void *context), void *context);
/* Finishes running jobs, drops queued ones (their `done` is called), joins the threads. */
void workers_free(struct workers *);
int workers_submit(struct workers *, size_t kind, struct job *);
/* Calls `done` of what has finished. Returns how many. */
size_t workers_pump(struct workers *);

#endif
