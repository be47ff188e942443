/* Call: webhooks under way, and what visitors are remembered by. Part of the store's interface: see store.h. */
#ifndef STORE_CALL_H
#define STORE_CALL_H

#include <stddef.h>
#include <stdint.h>

enum {
    CALL_ID_BYTES = 64,
    CALL_BODY_BYTES = 64 << 10,
    VISITOR_VALUES_MAX = 64, /* of one visitor; more are not kept */
    VISITOR_NAME_BYTES = 96,
    VISITOR_VALUE_BYTES = 2000,
};

/* A webhook to be called after the turn's commit. A conversation has at most one: a new one takes the place of the old.
 */
struct call_new {
    const char *id, *body; /* body: what is needed to make it, as text that only the caller reads */
};

/* One that has not been answered yet. */
struct call_row {
    int64_t conversation, at_ms;
    const char *id, *body;
};

struct visitor_value {
    const char *name, *value;
};

#endif
