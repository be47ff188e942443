/* Rank: which of the entries found comes first. Private to this floor. */
#ifndef UNDERSTAND_RANK_H
#define UNDERSTAND_RANK_H

#include "understand/retrieve.h"
#include "understand/training.h"

struct ranked {
    struct found found;
    float claim;  /* the classifier's; 0 without one */
    double score; /* 0–2: above 1 only where the words are exactly a phrasing's */
    double cover; /* share of the question's content words that the nearest phrasing has, by weight */
};

struct ranking {
    struct ranked all[RETRIEVE_MAX];
    size_t count;
    /* The two greatest of all entries, and that of none of them; 0 without a classifier. */
    float best_claim, second_claim, none_claim;
    float usual_claim; /* what is usual for a question in scope, by the number of phrasings; > 0 */
    size_t rival;      /* the first that is not asked with the very words of the best; count = none */
};

/* Finds and orders. `training`, if given, answers for the classifier, as the mask wants. -1 without memory. */
int rank(const struct index *, const struct question *, const struct question_mask *, const struct training *,
         struct arena *, struct ranking *ret);

#endif
