/* Background: how common a feature is in the language at large, so that a small site's own
 * counts need not be believed alone.
 *
 * A table of document frequencies (a document is a sentence), counted by `make` from text that
 * the system's packages bring: share file background.LANG.tab. Features are 32-bit hashes; two
 * rows of buckets, of which the lower count is believed, so that features that share a bucket
 * hardly matter. Counts are kept to within 3 %.
 * Errors: an absent or damaged table is NULL, which knows nothing. Threads: any. */
#ifndef TEXT_BACKGROUND_H
#define TEXT_BACKGROUND_H

#include "base/buf.h"
#include "text/table.h"

#include <stddef.h>
#include <stdint.h>

struct background;

extern const struct table_kind background_kind;

/* The table of a language, read and checked once a process, or NULL. */
const struct background *background_of(const char *lang);

/* ln((1 + documents) / (1 + df)): 0 for what every sentence has, ln(1 + documents) for what
 * none has. 0 without a table. */
double background_idf(const struct background *, uint32_t feature);
/* About how many documents have the feature. */
double background_df(const struct background *, uint32_t feature);
uint32_t background_documents(const struct background *);

/* --- for what makes and tests tables --- */

enum { BACKGROUND_ROWS = 2, BACKGROUND_BITS = 18, BACKGROUND_BUCKETS = 1 << BACKGROUND_BITS };

/* A table in memory that outlives it (8-byte aligned), or NULL; free with background_free. */
struct background *background_open(const void *bytes, size_t size, const char *lang);
void background_free(struct background *);

/* The bucket of a feature in a row. */
uint32_t background_bucket(uint32_t feature, int row);
/* Appends the table: df[row][bucket] counted over `documents`. -1 past the buffer's ceiling. */
int background_write(struct buf *out, const char *lang, uint32_t documents, uint32_t (*df)[BACKGROUND_BUCKETS]);

#endif
