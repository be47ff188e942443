/* Text vectors: see gist.h. */
#include "understand/gist.h"

#include <math.h>

/* Chosen on few-shot samples of labelled questions; flat between 0.6 and 1.2. */
const float gist_share = 0.8f;

void gist_add(const struct kinship *k, uint32_t stem, float rarity, float *sums)
{
    float scale;
    const int8_t *row = kinship_vector(k, stem, &scale);
    for (size_t i = 0; row != NULL && i < KINSHIP_SIZE; i++)
        sums[i] += rarity * scale * (float)row[i];
}

void gist_finish(float *sums)
{
    float squares = 0;
    for (size_t i = 0; i < KINSHIP_SIZE; i++)
        squares += sums[i] * sums[i];
    float share = squares > 0 ? 1 / sqrtf(squares) : 0;
    for (size_t i = 0; i < KINSHIP_SIZE; i++)
        sums[i] *= share;
}
