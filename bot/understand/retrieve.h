/* Retrieve: the few entries that a question might be about, out of all. Private to this floor.
 *
 * Two ways in: question → like words → phrasings they stand in (by features, so a misspelt or
 * bent word still leads there), and stems → entries whose question, answer or topic has them
 * (BM25). Both go rarest first within a budget, so the cost does not grow with the site. */
#ifndef UNDERSTAND_RETRIEVE_H
#define UNDERSTAND_RETRIEVE_H

#include "understand/accum.h"
#include "understand/question.h"

/* Entries considered at most. */
enum { RETRIEVE_MAX = 64 };

/* What was found of one entry. */
struct found {
    uint32_t entry, doc; /* doc: its nearest phrasing */
    float cosine;        /* with that phrasing, 0–1 */
    float bm25;          /* share of what a perfect entry would have, 0–1 */
    bool exact;          /* the same words in the same order */
};

/* Entries that must be considered, wherever they stand: what the classifier likes best. */
struct retrieve_wanted {
    const uint32_t *entries;
    size_t count;
    size_t meant; /* of them, the last: those that are near by meaning. With some, an entry that has a hidden
                   * phrasing is compared by the nearest of the others. */
};

/* Writes at most RETRIEVE_MAX entries to `ret`, in no order; *ret_count of them. -1 without memory. */
int retrieve(const struct index *, const struct question *, const struct question_mask *,
             const struct retrieve_wanted *, struct arena *, struct found *ret, size_t *ret_count);

#endif
