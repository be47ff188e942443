/* Synonyms: which stems belong to which sets, gathered from thesauri in whatever order their
 * files come, and brought down to a table of at most THESAURUS_SETS a stem.
 *
 * A thesaurus' own name of a set (`source`) is any number that is not 0. Function words, words
 * of several parts and single letters are left out. Errors: without memory the tool says so and
 * ends. Threads: one. */
#ifndef TABLES_SYNONYMS_H
#define TABLES_SYNONYMS_H

#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

struct synonyms;

struct synonyms *synonyms_new(const char *lang);
void synonyms_free(struct synonyms *);

/* A word's sense: the set it belongs to and which sense it is by frequency (1 = first). `use`
 * names this sense for synonyms_used, or is 0. */
void synonyms_sense(struct synonyms *, const char *word, size_t size, uint64_t source, unsigned number, uint64_t use);
/* How often a sense was counted in running text. */
void synonyms_used(struct synonyms *, uint64_t use, unsigned times);
/* A set's next broader one. */
void synonyms_broader(struct synonyms *, uint64_t source, uint64_t broader);
/* A group of words as one set, told apart by its words alone: a group that comes again, from
 * another of its words, is the same. For the first word it is the sense of this number. */
void synonyms_group(struct synonyms *, const char *const *words, const size_t *sizes, size_t count, unsigned number);

/* Appends the table; 0 stems append nothing. -1 past the buffer's ceiling. */
int synonyms_write(struct synonyms *, struct buf *out, size_t *ret_stems, size_t *ret_sets);

#endif
