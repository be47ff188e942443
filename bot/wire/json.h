/* Json: writes JSON by hand into a buffer, member by member.
 *
 * Good for: frames, which are many and small: nothing is built that is thrown away at once. A comma is put where
 * the byte before it asks for one, so that callers only name members in order. Not for: reading.
 * Texts must be UTF-8. Errors: the buffer remembers them (buf.failed). Threads: one at a time. */
#ifndef WIRE_JSON_H
#define WIRE_JSON_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* '{' or '[' as a value (of `name`, or, where it is NULL, of an array or the whole), and its end. */
void json_open(struct buf *, const char *name, char bracket);
void json_close(struct buf *, char bracket);

/* Members, or elements where `name` is NULL. Names are ours: they are not escaped. */
void json_text(struct buf *, const char *name, const char *text);
void json_number(struct buf *, const char *name, int64_t);
/* With three decimals; what is no finite number becomes 0. */
void json_share(struct buf *, const char *name, double);
/* With so many decimals, 0 to 9; what is no finite number becomes null. */
void json_decimal(struct buf *, const char *name, double, int decimals);
void json_bool(struct buf *, const char *name, bool);
void json_nothing(struct buf *, const char *name);

/* The same, but nothing at all where the text is NULL or "", the number 0 or the switch off. */
void json_text_if(struct buf *, const char *name, const char *text);
void json_number_if(struct buf *, const char *name, int64_t);
void json_true_if(struct buf *, const char *name, bool);

/* The members of a finished object ("{…}") as members of the one that is open. */
void json_splice(struct buf *, const char *object, size_t size);

#endif
