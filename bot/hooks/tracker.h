/* Tracker: tickets of ours become tickets in Request Tracker 5, over the outlet (settings `rt`, docs/operators.en.md).
 *
 * A hand-off, a message or a callback is made there; its number is kept with our ticket and told to the visitor and to
 * the agents; when ours is closed, the transcript is attached as a comment (once) and theirs is resolved; when ours is
 * open again after that, so is theirs. Each of these is one delivery and several requests, and any of them may be the
 * last before a crash: so each delivery begins by searching for the ticket that bears our mark, made by the same user,
 * and nothing that is there already is made again. Where it may go: as webhooks (hooks/webhook.h). 2xx is good; no
 * answer, 401, 403, 408, 425, 429 and 5xx: again; others are dead at once. Threads: the loop; `wake` is called from
 * others. */
#ifndef HOOKS_TRACKER_H
#define HOOKS_TRACKER_H

#include "content/settings.h"
#include "hooks/fetch.h"
#include "hooks/outlet.h"

enum { TRACKER_MS = 20000 };

struct tracker;

struct tracker_config {
    const struct clock *clock;
    struct fetcher *fetcher;
    struct outlet *outlet;
    void *context;
    void (*wake)(void *context); /* any thread: tracker_pump is due */
    /* The value of a secret by its name, in the arena; NULL = there is none. */
    const char *(*secret)(void *context, const char *name, struct arena *);
    /* Keeps a ticket's number there ("RT-12") and tells it; tracker_numbered comes later, never from here. -1 = not
     * now. */
    int (*number)(void *context, int64_t delivery, int64_t ticket, const char *lang, const char *outside);
};

/* Adds the kind "rt" to the outlet. NULL without memory. */
struct tracker *tracker_new(const struct tracker_config *);
/* After the fetcher has stopped. */
void tracker_free(struct tracker *);
/* Takes over settings, which must stay until the next call. Fills its source, if the settings name a server; returns
 * how many (0 or 1). */
size_t tracker_settings(struct tracker *, const struct settings *, struct outlet_source *ret, size_t room);
/* A number was kept (or could not be). */
void tracker_numbered(struct tracker *, int64_t delivery, bool kept);
/* Takes what has come back. */
void tracker_pump(struct tracker *);

#endif
