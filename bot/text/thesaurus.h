/* Thesaurus: the sets of synonyms that a word belongs to, so that two words that share a set can
 * be found to mean the same.
 *
 * Share file thesaurus.LANG.tab, made by `make` from WordNet (English: synonyms, and one level
 * of what is broader) and MyThes (Italian: groups of synonyms). Looked up by stem (stem.h); a
 * set is a number that means something only within one table. A stem's most frequent senses
 * come first; sets with a single stem are left out.
 * Errors: an absent or damaged table is NULL, which knows nothing. Threads: any. */
#ifndef TEXT_THESAURUS_H
#define TEXT_THESAURUS_H

#include "base/buf.h"
#include "text/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { THESAURUS_SETS = 8 };

struct thesaurus_set {
    uint32_t id;  /* < thesaurus_set_count, and < 2^24 */
    uint8_t rank; /* 0 = of the stem's most frequent sense, 1 = of the next … < THESAURUS_SETS */
    bool broader; /* the set is a broader meaning of that sense: `fruit` for `apple` */
};

struct thesaurus;

extern const struct table_kind thesaurus_kind;

/* The table of a language, read and checked once a process, or NULL. */
const struct thesaurus *thesaurus_of(const char *lang);

/* Writes the sets of a stem: the stem's own by rank, then the broader ones. How many; 0 where the
 * stem has none. */
size_t thesaurus_sets(const struct thesaurus *, const char *stem, size_t size,
                      struct thesaurus_set ret[THESAURUS_SETS]);
uint32_t thesaurus_stem_count(const struct thesaurus *);
uint32_t thesaurus_set_count(const struct thesaurus *);
/* Names the table: numbers of sets mean the same only under the same name. */
uint64_t thesaurus_checksum(const struct thesaurus *);

/* --- for what makes and tests tables --- */

struct thesaurus_stem {
    uint32_t key; /* thesaurus_key; no two alike */
    uint32_t count;
    struct thesaurus_set sets[THESAURUS_SETS];
};

uint32_t thesaurus_key(const char *stem, size_t size);
/* A table in memory that outlives it (8-byte aligned), or NULL; free with thesaurus_free. */
struct thesaurus *thesaurus_open(const void *bytes, size_t size, const char *lang);
void thesaurus_free(struct thesaurus *);
/* Appends the table. -1 past the buffer's ceiling or without memory. */
int thesaurus_write(struct buf *out, const char *lang, const struct thesaurus_stem *stems, size_t count,
                    uint32_t set_count);

#endif
