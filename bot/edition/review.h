/* Review: what only shows when a site's texts are together. Private to this floor. */
#ifndef EDITION_REVIEW_H
#define EDITION_REVIEW_H

#include "base/problem.h"
#include "content/site.h"
#include "understand/index.h"

/* The entries of one language, as its index sees them. */
struct review_language {
    const char *lang;
    struct index_entry *entries;
    uint32_t *numbers; /* of each in the edition: articles come first, then intents */
    size_t count;
    struct arena *arena;
};

/* -1 without memory; free it either way. */
int review_language_init(struct review_language *, const struct site *, const char *lang);
void review_language_free(struct review_language *);

/* An error for each slot whose values cannot be read: an expression that is none. */
void review_slots(const struct site *, struct problems *);

/* Warns of questions that are nearly the same in two entries, at most a hundred pairs, the likest
 * first; those with the very same words are left to the reader of the site. -1 where the index is bad. */
int review_close_questions(const struct site *, const struct review_language *, const void *index, size_t size,
                           struct problems *);
#endif
