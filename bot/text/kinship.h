/* Kinship: a vector for each common word of a language; two are near each other where the words
 * are used or explained alike (rain, weather, forecast), which no set of synonyms tells.
 *
 * Share file kinship.LANG.tab, made by `make` from the definitions and examples of WordNet
 * (English alone: the thesaurus of Italian defines nothing). Looked up by stem: the low 32 bits of
 * hash_bytes of it, which features give first.
 * Errors: an absent or damaged table is NULL, which knows nothing. Threads: any. */
#ifndef TEXT_KINSHIP_H
#define TEXT_KINSHIP_H

#include "base/buf.h"
#include "text/table.h"

#include <stddef.h>
#include <stdint.h>

enum { KINSHIP_SIZE = 128 };

struct kinship;

extern const struct table_kind kinship_kind;

/* The table of a language, read and checked once a process, or NULL. */
const struct kinship *kinship_of(const char *lang);
/* The KINSHIP_SIZE steps of a stem's vector, which live as long as the table, and in *ret_scale
 * what brings them to length 1; NULL for a stem that has none. */
const int8_t *kinship_vector(const struct kinship *, uint32_t stem, float *ret_scale);
/* How many stems have a vector. */
uint32_t kinship_count(const struct kinship *);
/* Names the table: sums of vectors can be compared only under the same name. */
uint64_t kinship_checksum(const struct kinship *);

/* --- for what makes and tests tables --- */

/* A table in memory that outlives it (8-byte aligned), or NULL; free with kinship_free. */
struct kinship *kinship_open(const void *bytes, size_t size, const char *lang);
void kinship_free(struct kinship *);
/* Appends the table of rows[count][KINSHIP_SIZE]; no two stems alike. -1 past the buffer's
 * ceiling, without memory, or past what a table can hold (half a million). */
int kinship_write(struct buf *out, const char *lang, const uint32_t *stems, const int8_t *rows, size_t count);

#endif
