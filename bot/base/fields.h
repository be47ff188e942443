/* Fields: texts one after another in one text, each ended by a line end; line ends and backslashes within are escaped.
 * Good for: what is kept as text and read back by the same program. Threads: any. */
#ifndef BASE_FIELDS_H
#define BASE_FIELDS_H

#include "base/arena.h"
#include "base/buf.h"

/* Appends one. */
void fields_put(struct buf *, const char *text);
/* The next one, in the arena; *at moves behind it. NULL at the end, or without memory. */
const char *fields_next(const char **at, struct arena *);

#endif
