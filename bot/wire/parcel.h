/* Parcel: several frames in one body, as polls carry them both ways (docs/protocol.md, "Polls").
 *
 * Good for: cutting a body into its frames without reading them: what a frame is worth says message_read, frame by
 * frame. Not for: anything else in a body. The body's bytes must stay until the parcel is no longer used. Errors: a
 * body that cannot be cut safely is refused as a whole. Threads: any. */
#ifndef WIRE_PARCEL_H
#define WIRE_PARCEL_H

#include "base/buf.h"
#include "wire/message.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* BODY: room for a frame of the greatest size and much beside it. LINE with its NUL. */
enum { PARCEL_BODY_BYTES = 128 << 10, PARCEL_LINE_BYTES = 64 };

struct parcel {
    char line[PARCEL_LINE_BYTES]; /* "" = none is named: a new one */
    int64_t got, sent;            /* frames that the sender has of the receiver, and had sent before these; 0 = none */
    bool end;                     /* nothing comes after these */
    bool greets;                  /* it has members of a hello: see parcel_hello */
    /* Private: what is left of `send`, and the whole. */
    const char *next, *stop, *bytes;
    size_t size;
};

/* NULL, or in words what is wrong (a constant); *ret is then not to be used. */
const char *parcel_read(const char *bytes, size_t size, struct parcel *ret);
/* The next frame of `send`: any JSON-like bytes. False = there is none. */
bool parcel_next(struct parcel *, const char **ret_frame, size_t *ret_size);
/* Appends the hello that the body's own members make. -1 past the ceiling or without memory. */
int parcel_hello(const struct parcel *, struct buf *out);

/* What goes back, part by part: the head, frames (each the JSON of one), the end. `close` is 0 or why the line ends.
 * The buffer remembers errors (buf.failed). */
void parcel_begin(struct buf *out, const char *line, uint64_t heard, uint64_t from);
void parcel_put(struct buf *out, const char *frame, size_t size);
void parcel_finish(struct buf *out, int close, const char *reason);

#endif
