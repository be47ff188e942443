/* Push_pace: how often agents are told.
 *
 * A waiting ticket is news once each time that it comes to the queue, a message at most every PUSHER_AGAIN_MS; and
 * nobody is told more than so many times a minute. Moments are of the monotonic clock, in ms. Limits: the last 256
 * tellings are remembered, PUSHER_USERS_MAX people counted; who is beyond is not told. Threads: the loop. */
#ifndef HOOKS_PUSH_PACE_H
#define HOOKS_PUSH_PACE_H

#include "store/ticket.h"

#include <stdbool.h>
#include <stddef.h>

enum { PUSHER_AGAIN_MS = 20000, PUSHER_USERS_MAX = 1000 };

enum push_kind { PUSH_WAITING, PUSH_SAID, PUSH_KINDS };

struct push_pace;

/* NULL without memory. */
struct push_pace *push_pace_new(void);
void push_pace_free(struct push_pace *);
/* Whether this was not told yet; from now on it was. */
bool push_pace_news(struct push_pace *, enum push_kind, const struct ticket *, int64_t now);
/* Whether the user may be told once more this minute; where so, it counts. */
bool push_pace_spend(struct push_pace *, int64_t user, int per_minute, int64_t now);

#endif
