/* Pusher: tells agents whose page is closed that somebody waits, by Web Push (struct hall_notifier is these functions).
 *
 * Who is told stands in the store (store/push.h). A waiting ticket is told once each time that it comes to the queue,
 * to those who serve it and have no page open; a message of the own visitor's at most every PUSHER_AGAIN_MS. Nobody is
 * told who is away, nor of newcomers who takes no more; and nobody more than push.per_minute times a minute.
 * An endpoint is an address that a browser gave, so it is nobody's friend: https and public, or listed under
 * webhook_hosts; no redirects; PUSHER_MS of patience. One that the push service no longer knows (404, 410) is removed.
 * Limits: PUSHER_MOST requests under way; what is more is not sent, and counted. Nothing is tried again: what is worth
 * a push is overtaken by the next.
 * Threads: everything here on the loop; `wake` is called from others. */
#ifndef HOOKS_PUSHER_H
#define HOOKS_PUSHER_H

#include "base/clock.h"
#include "content/settings.h"
#include "conversation/hall.h"
#include "hooks/fetch.h"
#include "hooks/push.h"
#include "hooks/push_pace.h"

enum { PUSHER_MOST = 64, PUSHER_MS = 10000 };

struct pusher;

struct pusher_config {
    const struct clock *clock;
    struct fetcher *fetcher;
    struct store *store;
    const struct push_pair *pair; /* the server's own; must outlive it */
    void *context;
    void (*wake)(void *context); /* any thread: pusher_pump is due */
    bool (*here)(void *context, int64_t user);
};

/* NULL without memory. */
struct pusher *pusher_new(const struct pusher_config *);
/* After the fetcher has stopped and the store is closed: then all has come back. */
void pusher_free(struct pusher *);
/* Takes over what the live edition's settings say; copied. */
void pusher_settings(struct pusher *, const struct settings *);

/* Whether an address may be pushed to, as far as its text tells. */
bool pusher_accepts(const struct pusher *, const char *endpoint);

/* For struct hall_notifier; `pusher` is the context. */
void pusher_waiting(void *pusher, const struct ticket *);
void pusher_said(void *pusher, const struct ticket *);
void pusher_presence(void *pusher, int64_t user, enum presence);

/* Takes what has come back. */
void pusher_pump(struct pusher *);
/* Appends its figures, as Prometheus text. */
void pusher_metrics(const struct pusher *, struct buf *out);

#endif
