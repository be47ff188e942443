/* Outbox: what waits to be written to one connection, in order.
 *
 * Invariants: `bytes` is the sum of the frames; the sum over all connections is kept in *total, so that one ceiling
 * can stand over all of them. Each frame has OUTBOX_PRE spare bytes before it, which libwebsockets writes its
 * header into. Life: outbox_init, push and pop, outbox_clear. Errors: push -1 past either ceiling or without
 * memory; nothing has changed then. Threads: one at a time. */
#ifndef NET_OUTBOX_H
#define NET_OUTBOX_H

#include <stddef.h>

enum { OUTBOX_PRE = 32 };

struct outbox_frame;

struct outbox {
    struct outbox_frame *first, *last;
    size_t bytes;
    size_t *total;
};

void outbox_init(struct outbox *, size_t *total);
void outbox_clear(struct outbox *);
int outbox_push(struct outbox *, const char *bytes, size_t size, size_t ceiling, size_t total_ceiling);
/* The next frame, or NULL. It is the outbox's until outbox_pop. */
unsigned char *outbox_head(const struct outbox *, size_t *ret_size);
void outbox_pop(struct outbox *);
/* Walks the frames without taking any: *at is NULL at first. NULL = there is none behind it. */
const char *outbox_each(const struct outbox *, const struct outbox_frame **at, size_t *ret_size);

#endif
