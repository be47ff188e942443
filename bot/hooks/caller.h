/* Caller: calls webhooks for the hall, on the fetcher's thread (struct hall_caller is these functions).
 *
 * A call that is safe to repeat is tried up to WEBHOOK_TRIES times with a pause between, all within its time. A webhook
 * that fails time after time is logged once, with why, and once when it is back.
 * Limits: CALLER_MOST calls at a time; more fail at once.
 * Threads: everything here on the loop; `wake` is called from others. */
#ifndef HOOKS_CALLER_H
#define HOOKS_CALLER_H

#include "base/clock.h"
#include "conversation/hall.h"
#include "hooks/webhook.h"

enum { CALLER_MOST = 128 };

struct caller;

struct caller_config {
    const struct clock *clock;
    struct fetcher *fetcher;
    void *context;
    void (*wake)(void *context);            /* any thread: caller_pump is due */
    void (*wake_in)(void *context, int ms); /* the same in so many milliseconds */
    /* The value of a secret by its name, in the arena; NULL = there is none. */
    const char *(*secret)(void *context, const char *name, struct arena *);
    void (*called)(void *context, uint64_t number, bool ok, const struct variable *, size_t count);
};

/* NULL without memory. */
struct caller *caller_new(const struct caller_config *);
/* After the fetcher has stopped: then all has come back. */
void caller_free(struct caller *);

/* For struct hall_caller; `caller` is the context. */
int caller_begin(void *caller, const struct settings *, const struct hall_call *);
void caller_end(void *caller, uint64_t number);

/* Takes what has come back, and tries again what is due. */
void caller_pump(struct caller *);
/* Appends its figures, as Prometheus text. */
void caller_metrics(const struct caller *, struct buf *out);

#endif
