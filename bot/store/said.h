/* Said: marks of the newest messages of a conversation's visitor, kept in its row, which a turn reads and writes
 * anyway, and taken along into the visitor's next conversation. What is sent again is known by them without an index of
 * all that was ever sent: in such an index every turn changes a page of its own, and it grows for ever
 * (docs/performance.md has what it cost).
 *
 * A mark is 32 bits of the cid's hash, so one that is there only says that it is worth looking. A page sends again
 * what was not acknowledged, in the order in which it was said: SAID_KEPT newer ones of the same visitor would have
 * to be stored before it does. Private to store/. Threads: any. */
#ifndef STORE_SAID_H
#define STORE_SAID_H

#include <stdbool.h>
#include <stddef.h>

enum { SAID_KEPT = 64, SAID_MARK_BYTES = 4, SAID_BYTES = SAID_KEPT * SAID_MARK_BYTES };

struct said {
    unsigned char marks[SAID_BYTES]; /* oldest first */
    size_t size;                     /* bytes */
};

/* From the row: what is no whole number of marks is of no use, and nothing is taken of it. False = of no use. */
bool said_read(struct said *, const void *bytes, size_t size);
bool said_perhaps(const struct said *, const char *cid);
/* The oldest mark goes where there are SAID_KEPT. */
void said_add(struct said *, const char *cid);

#endif
