/* Rank: which of the entries found comes first. Private to this floor. */
#ifndef UNDERSTAND_RANK_H
#define UNDERSTAND_RANK_H

#include "understand/retrieve.h"
#include "understand/sense.h"
#include "understand/training.h"

struct ranked {
    struct found found;
    float claim;  /* the classifier's; 0 without one */
    float near;   /* by meaning (sense.h); 0 without one */
    double words; /* the score by words alone, 0–1 */
    double score; /* 0–2 or so: above 1 only where the words are exactly a phrasing's, or the meaning is */
    double cover; /* share of the question's content words that the nearest phrasing has, by weight */
};

struct ranking {
    struct ranked all[RETRIEVE_MAX];
    size_t count;
    /* The two greatest of all entries, and that of none of them; 0 without a classifier. */
    float best_claim, second_claim, none_claim;
    float usual_claim;            /* what is usual for a question in scope, by the number of phrasings; > 0 */
    unsigned kinds;               /* of meanings that took part: bits 1 << kind */
    float best_near, second_near; /* the two greatest by meaning; 0 without */
    size_t rival;                 /* the first that is not asked with the very words of the best; count = none */
};

/* Finds and orders. `training`, if given, answers for the classifier, as the mask wants; `sense` NULL = without
 * meaning. -1 without memory. */
int rank(const struct index *, const struct question *, const struct question_mask *, struct training *,
         const struct sense *, struct arena *, struct ranking *ret);
/* Orders again, the meaning having this share of the score where no entry has any of the words; the better the
 * words fit some entry, the less. */
void rank_order(const struct index *, const struct question *, double share, struct ranking *);

#endif
