/* Second: takes second looks for the hall, on other threads (struct hall_looker is these functions).
 *
 * A look asks the embeddings server for the text's meaning and a dictionary for its misspelt words, both at
 * once, and tells what there is when both have answered. A server that fails five times in a row is left alone for
 * half a minute (one line in the log, one when it is back): meanwhile looks do without it.
 * Limits: SECOND_MOST looks at a time; more are refused, so that their turns go on without.
 * Threads: everything here on the loop; `wake` is called from others. */
#ifndef HOOKS_SECOND_H
#define HOOKS_SECOND_H

#include "base/clock.h"
#include "base/worker.h"
#include "conversation/hall.h"
#include "hooks/fetch.h"

enum { SECOND_MOST = 64, SECOND_FAILURES = 5, SECOND_PAUSE_MS = 30000, SECOND_SPELL_MS = 1000 };

struct second;

struct second_config {
    const struct clock *clock;
    struct fetcher *fetcher;
    struct workers *workers;
    size_t spell_kind; /* of the workers */
    void *context;
    void (*wake)(void *context); /* any thread: second_pump is due */
    /* What a look found; NULL = nothing. */
    void (*looked)(void *context, uint64_t look, const struct understand_options *);
};

/* NULL without memory. */
struct second *second_new(const struct second_config *);
/* After the fetcher and the workers have ended: then all has come back. */
void second_free(struct second *);
/* Which embeddings server is asked from now on, by the live edition's settings; `secret` is their secret's value or
 * NULL. */
void second_server(struct second *, const struct settings *, const char *secret);

/* For struct hall_looker; `second` is the context. */
int second_begin(void *second, uint64_t look, const struct second_look *, int *ret_ms);
void second_end(void *second, uint64_t look);

/* Takes what has come back. */
void second_pump(struct second *);
/* Appends its figures, as Prometheus text. */
void second_metrics(const struct second *, struct buf *out);

#endif
