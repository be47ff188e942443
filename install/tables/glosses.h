/* Glosses: what a dictionary says about its sets of synonyms, gathered from its files in whatever
 * order they come, and brought down to a vector for each word (text/kinship.h).
 *
 * A set's document is its words, its gloss with the examples, and the first words of the sets it
 * is tied to. A set's name (`source`) is any number. Errors: without memory the tool says so and
 * ends. Threads: one. */
#ifndef TABLES_GLOSSES_H
#define TABLES_GLOSSES_H

#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

struct glosses;

struct glosses *glosses_new(const char *lang);
void glosses_free(struct glosses *);

/* Begins a set; the calls below add to it. */
void glosses_set(struct glosses *, uint64_t source);
/* A word of the set, perhaps of several parts with `_` between. The most frequent first. */
void glosses_word(struct glosses *, const char *word, size_t size);
/* The set's definition and its examples. */
void glosses_text(struct glosses *, const char *text, size_t size);
/* A set whose words say something about this one; it may come later or never. */
void glosses_tied(struct glosses *, uint64_t source);

/* Appends the table of vectors; no sets append nothing. -1 past the buffer's ceiling or without
 * memory. *ret_stems: how many vectors. */
int glosses_write(struct glosses *, struct buf *out, size_t *ret_stems);

#endif
