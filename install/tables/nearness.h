/* Nearness: vectors of words that are near each other where the words stand in the same
 * documents, or in documents with the same others.
 *
 * How often two words meet, weighted by how rare they are, against how often chance would have
 * them meet (positive pointwise mutual information; Levy, Goldberg and Dagan 2015), brought down
 * to KINSHIP_SIZE numbers a word (base/svd.h). The order of documents and of words in them does
 * not matter much, but the same order gives the same bytes. Errors: without memory the tool says
 * so and ends. Threads: one. */
#ifndef TABLES_NEARNESS_H
#define TABLES_NEARNESS_H

#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

struct nearness;

struct nearness *nearness_new(void);
void nearness_free(struct nearness *);

/* A word of the document that nearness_document will end; it may come again. */
void nearness_word(struct nearness *, uint32_t key, float weight);
void nearness_document(struct nearness *);

/* Appends the table; no words append nothing. -1 past the buffer's ceiling or without memory.
 * *ret_words: how many vectors. */
int nearness_write(struct nearness *, const char *lang, struct buf *out, size_t *ret_words);

#endif
