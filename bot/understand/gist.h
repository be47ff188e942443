/* Gist: what a text is about, as one vector: the sum of the vectors of its words (kinship.h), each by
 * its rarity. Private to this floor. Threads: any. */
#ifndef UNDERSTAND_GIST_H
#define UNDERSTAND_GIST_H

#include "text/kinship.h"

#include <stddef.h>
#include <stdint.h>

/* What two gists add to the product of two texts: their cosine, times this. */
extern const float gist_share;

/* Adds a word of that rarity to sums[KINSHIP_SIZE]. */
void gist_add(const struct kinship *, uint32_t stem, float rarity, float *sums);
/* Brings the sums to length 1; zeros stay zeros. */
void gist_finish(float *sums);

#endif
