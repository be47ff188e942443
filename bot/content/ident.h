/* Ident: ids of entries, intents and departments, and texts made comparable.
 *
 * An id is `[A-Za-z0-9][A-Za-z0-9._-]*`, at most IDENT_BYTES long. Threads: any. */
#ifndef CONTENT_IDENT_H
#define CONTENT_IDENT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { IDENT_BYTES = 80 };

/* What an id may be, in words for messages. */
#define IDENT_RULE "letters a-z, digits, “.”, “_” and “-”, beginning with a letter or digit, at most 80"

bool ident_valid(const char *text, size_t size);
/* An id made from words: "Quanto costa l'olio?" → "quanto-costa-l-olio". Never empty: words without
 * a Latin letter or digit give "q-" and a number. NULL without memory. */
char *ident_slug(struct arena *, const char *text);
/* Lower case without accents, one space for all that is no letter or digit: equal = the same
 * question for a reader. Writes at most `room` bytes with the NUL; returns the length. */
size_t ident_fold(const char *text, char *out, size_t room);

#endif
