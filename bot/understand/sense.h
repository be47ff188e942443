/* Sense: what a question means beside its words, and how near the entries are to that (meaning.h).
 *
 * Cosines of different models live in different ranges, so a nearness is told on a scale of the
 * site's own, made when it is published (sense_build.h): 0 = as near as questions out of scope
 * come to the nearest entry, or less; 1 = as near as other wordings of an entry are to it. Of two
 * kinds of meanings the mean counts. Private to this floor. Threads: any. */
#ifndef UNDERSTAND_SENSE_H
#define UNDERSTAND_SENSE_H

#include "understand/question.h"

struct sense {
    unsigned kinds; /* that the question and the index both have: bits 1 << kind */
    const struct meaning_query *asked[MEANING_KINDS];
    double share; /* of the ranking that it has */
};

/* The meanings that `options` (or NULL) brings, if they are of the index's own sources. -1 without memory. */
int sense_of(const struct index *, const struct understand_options *, struct arena *, struct sense *ret);

/* The nearest entries, at most SENSE_BEST of them; returns how many. Some may stand there twice. `mask` may be NULL. */
enum { SENSE_BEST = 8 };
size_t sense_best(const struct index *, const struct sense *, const struct question_mask *, uint32_t ret[SENSE_BEST]);

/* How near an entry is: 0 … SENSE_MOST. Some kind must be there. */
#define SENSE_MOST 2.0f
float sense_nearness(const struct index *, const struct sense *, uint32_t entry);

#endif
