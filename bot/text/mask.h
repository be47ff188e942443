/* Mask: a text without what may point at a person: e-mail addresses, and numbers as long as a telephone's or a card's.
 *
 * Good for: words that are kept when their conversation is erased. Not for: proof; names and addresses stay.
 * An e-mail address becomes "…@…", the digits of a number of MASK_DIGITS or more (also with single spaces, full stops,
 * hyphens or slashes between) each "#". Threads: any. */
#ifndef TEXT_MASK_H
#define TEXT_MASK_H

#include "base/buf.h"

#include <stdbool.h>

enum { MASK_DIGITS = 7 };

/* Appends the masked text. -1 past the buffer's ceiling. */
int mask_text(const char *text, struct buf *out);

/* What mask_secrets puts before the last signs of a number. */
#define MASK_SIGN "•••• "

/* A place in a text, in bytes. */
struct mask_span {
    size_t at, size;
};

/* Whether mask_secrets would find anything to hide, were nothing spared. */
bool mask_finds(const char *text);
/* Appends the text with each card number, IBAN and fiscal code (secret.h) made "•••• " and its last four signs; other
 * numbers and addresses stay. One that lies within a spared span (what a form asked for) stays, too; spans
 * are of the text, in any order. -1 past the buffer's ceiling. */
int mask_secrets(const char *text, const struct mask_span *spared, size_t spared_count, struct buf *out);

#endif
