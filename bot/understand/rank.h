/* Rank: which of the entries found comes first. Private to this floor. */
#ifndef UNDERSTAND_RANK_H
#define UNDERSTAND_RANK_H

#include "understand/retrieve.h"

struct ranked {
    struct found found;
    double score; /* 0–2: above 1 only where the words are exactly a phrasing's */
    double cover; /* share of the question's content words that the nearest phrasing has, by weight */
};

struct ranking {
    struct ranked all[RETRIEVE_MAX];
    size_t count;
    size_t rival; /* the first that is not asked with the very words of the best; count = none */
};

/* Finds and orders. -1 without memory. */
int rank(const struct index *, const struct question *, const struct question_mask *, struct arena *,
         struct ranking *ret);

#endif
