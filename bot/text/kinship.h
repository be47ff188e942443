/* Kinship: a vector for each common word of a language, near each other where the words are used
 * or explained alike (rain, weather, forecast): share file kinship.LANG.tab, made by `make` from
 * the texts of the thesaurus. Looked up by stem (hash of it, as features_of gives it first).
 * Errors: an absent or damaged table is NULL, which knows nothing. Threads: any. */
#ifndef TEXT_KINSHIP_H
#define TEXT_KINSHIP_H

#include "base/buf.h"
#include "text/table.h"

enum { KINSHIP_SIZE = 128 };

struct kinship;

extern const struct table_kind kinship_kind;

/* The table of a language, read and checked once a process, or NULL. */
const struct kinship *kinship_of(const char *lang);
/* KINSHIP_SIZE steps of a stem's vector, *ret_scale what brings them to length 1; or NULL. */
const int8_t *kinship_vector(const struct kinship *, uint32_t stem, float *ret_scale);
uint64_t kinship_checksum(const struct kinship *);
/* For what makes tables: rows[count][KINSHIP_SIZE]; no two keys alike. */
int kinship_write(struct buf *out, const char *lang, const uint32_t *stems, const int8_t *rows, size_t count);

#endif
