/* Message: the only JSON of the program.
 *
 * message_table[] describes what visitors and agents may send: one row a type, with who may send
 * it, when, what it costs against the rate limit, and its fields. message_read checks size, depth
 * and UTF-8 before parsing and walks the table; message_write makes the frame of what goes out.
 * docs/protocol.md agrees with the table by test. Threads: any. */
#ifndef WIRE_MESSAGE_H
#define WIRE_MESSAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "conversation/frame.h"

#include <stddef.h>

enum { MESSAGE_FRAME_BYTES = 65536, MESSAGE_DEPTH = 8 };

enum message_role { ROLE_VISITOR, ROLE_AGENT };

enum field_type {
    FIELD_TEXT,    /* people's words: control characters but tab and newline are dropped; never only blanks */
    FIELD_WORD,    /* what programs made: a control character is an error */
    FIELD_CID,     /* 1–64 characters of A–Z a–z 0–9 _ - */
    FIELD_INTEGER, /* between low and high */
    FIELD_SIGN,    /* 1 or -1, into an int */
    FIELD_FILES,   /* a list of ids of files, into one text; none is as if it were absent */
    FIELD_RESERVED /* named in the protocol for later: accepted in any shape and not kept */
};

struct message_field {
    const char *name;
    enum field_type type;
    bool required;
    size_t offset; /* in struct frame */
    size_t most;   /* bytes of a text; 0 for numbers */
    int64_t low, high;
    size_t unless; /* of a text that is required: not where this field, which stands before it, is there; 0 = always */
};

enum { MESSAGE_FIELDS_MAX = 10 };

struct message_row {
    const char *name;
    enum frame_kind kind;
    enum message_role role;
    bool first;                                      /* must be, and may only be, the first frame */
    int cost;                                        /* tokens it takes from the rate limit; 0 = none */
    struct message_field fields[MESSAGE_FIELDS_MAX]; /* ended by name NULL */
};

extern const struct message_row message_table[];
extern const size_t message_count;

/* Reads a frame. Strings of *ret_frame lie in the arena. NULL, or the error code of docs/protocol.md
 * ("bad_frame", "unknown_type", "bad_field", "too_long"; "busy" without memory); *ret_detail then names what
 * (may be shown), *ret_row is the row if the type was known, and of *ret_frame only `cid` is set, where it could
 * be read, so that the error can name it. */
const char *message_read(enum message_role, const char *bytes, size_t size, struct arena *, struct frame *ret_frame,
                         const struct message_row **ret_row, const char **ret_detail);

/* Appends the JSON of what goes out. -1 past the ceiling or without memory. */
int message_write(const struct outgoing *, struct buf *out);

/* The bodies that the hall stores. */
extern const struct hall_codec message_codec;

/* The members of a file's block: {id, name, media, size, width?, height?, href}. */
void message_file(const struct block_file *, struct buf *out);

/* The `type` that each outgoing kind has; events are "message" or "state". */
const char *message_type(const struct outgoing *);

/* A JSON object of strings, as the log-in form posts it: fills values[i] (arena) for names[i], NULL where absent.
 * 0, or -1 where the bytes are not such an object. */
int message_form(const char *bytes, size_t size, const char *const *names, size_t count, struct arena *,
                 const char **values);
/* The same for what pages of the desk post: whole numbers are taken too, as their digits, and control characters but
 * tab and newline are dropped. */
int message_fields(const char *bytes, size_t size, const char *const *names, size_t count, struct arena *,
                   const char **values);

#endif
