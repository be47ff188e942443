/* Rt: what is said with Request Tracker 5 over its REST 2.0.
 *
 * Every ticket that is made there begins its subject with a mark ("[sportello 1007]"), by which it is found again: so
 * nothing is made twice, whatever dies in between. Errors: -1. Threads: any. */
#ifndef WIRE_RT_H
#define WIRE_RT_H

#include "base/buf.h"

#include <stdint.h>

enum { RT_ANSWER_BYTES = 256 << 10, RT_MARK_BYTES = 64, RT_FILE_BYTES = 64, RT_SUBJECT_BYTES = 200 };

/* The mark of a ticket of ours, and the name of the file that its transcript is attached as. */
void rt_mark(int64_t ticket, char ret[RT_MARK_BYTES]);
void rt_file(int64_t ticket, char ret[RT_FILE_BYTES]);

struct rt_ticket {
    const char *queue, *requestor; /* requestor: an e-mail address, "" = none */
    int64_t ticket;                /* ours */
    const char *subject;           /* is cut; line breaks become spaces */
    const char *content;           /* plain text */
};
/* Appends the body of POST /ticket. -1 past the ceiling. */
int rt_write_ticket(const struct rt_ticket *, struct buf *out);
/* Appends the body of POST /ticket/ID/comment: a few words, and a text as an attached file. -1 past the ceiling, or
 * without memory. */
int rt_write_comment(const char *words, int64_t ticket, const char *text, size_t size, struct buf *out);

/* The number of what was made. */
int rt_read_made(const char *bytes, size_t size, int64_t *ret_id);
/* The first ticket of a search's answer whose subject begins with the text ("" = any), 0 = none. */
int rt_read_found(const char *bytes, size_t size, const char *subject, int64_t *ret_id);

#endif
