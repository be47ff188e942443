/* Weigh: what each word, phrasing and entry of an index in the making is worth. Private to this
 * floor. All return -1 only without memory. */
#ifndef UNDERSTAND_WEIGH_H
#define UNDERSTAND_WEIGH_H

#include "understand/image_write.h"

enum weigh_field { WEIGH_QUESTION, WEIGH_ANSWER, WEIGH_TOPIC, WEIGH_FIELDS };

/* A build in progress: the texts as lists of words, and what is made of them. */
struct weigh_build {
    const struct index_entry *entries;
    size_t count;
    struct vocabulary v;
    struct numbers doc_entry, doc_phrasing, doc_words_at, doc_words;  /* in the order of the entries */
    struct numbers field_at[WEIGH_FIELDS], field_words[WEIGH_FIELDS]; /* a list of words an entry */
    struct image_parts parts;
};

/* Features by how few entries have them. */
int weigh_features(struct weigh_build *);
/* Docs by the length of their vectors; numbers them by it. After weigh_features. */
int weigh_docs(struct weigh_build *);
/* Postings of BM25 over question, answer and topic. */
int weigh_entries(struct weigh_build *);

#endif
