/* Subscription: what a browser gives so that it can be pushed messages, and what such a message says.
 *
 *   {"endpoint":"https://…","p256dh":"B…","auth":"…","lang":"it"}
 *   {"kind":"waiting","ticket":1007,"department":"Negozio","lang":"it"}
 * A message holds no word of a visitor's: the page's worker has the words for it in the agent's language.
 * Errors: -1. Threads: any. */
#ifndef WIRE_SUBSCRIPTION_H
#define WIRE_SUBSCRIPTION_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdint.h>

enum { SUBSCRIPTION_BYTES = 4096, SUBSCRIPTION_ENDPOINT_BYTES = 1024, SUBSCRIPTION_KEY_BYTES = 100 };

struct subscription {
    const char *endpoint, *p256dh, *auth; /* in the arena */
    const char *lang;                     /* "" = not said */
};

/* Texts are within the ceilings and printable ASCII; whether they are addresses and keys is hooks/'s to say. With
 * `endpoint_only` the rest may be absent and is not read. */
int subscription_read(const char *bytes, size_t size, bool endpoint_only, struct arena *, struct subscription *ret);

struct subscription_message {
    const char *kind, *department, *lang;
    int64_t ticket;
};
/* Appends the object. */
int subscription_write(const struct subscription_message *, struct buf *out);

#endif
