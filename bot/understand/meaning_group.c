/* Groups of like meanings, so that of many entries only the likely ones are looked at: k-means on
 * the sphere (Dhillon, Modha 2001) over a sample, then every centre to its nearest middle. */
#include "understand/meaning_format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS_MOST = 1024, SAMPLE_OF_GROUP = 32, ROUNDS = 4 };

uint32_t meaning_group_count(size_t count)
{
    if (count <= MEANING_SCANNED)
        return 0;
    uint32_t root = (uint32_t)sqrt((double)count);
    return root < GROUPS_MOST ? root : GROUPS_MOST;
}

struct grouping {
    const int8_t *rows;
    const float *scales;
    size_t size, stride;
    uint32_t groups;
    float *middles;
    int16_t *steps; /* of the middles */
    float *lengths; /* their scales */
};

static void settle(struct grouping *g)
{
    for (uint32_t m = 0; m < g->groups; m++)
        g->lengths[m] = meaning_steps16(g->middles + m * g->size, g->size, g->stride, g->steps + (size_t)m * g->stride);
}

static uint32_t nearest(const struct grouping *g, size_t row)
{
    uint32_t best = 0;
    float most = -2;
    for (uint32_t m = 0; m < g->groups; m++) {
        int32_t dot = meaning_dot(g->steps + (size_t)m * g->stride, g->rows + row * g->stride, g->stride);
        float cosine = (float)dot * g->lengths[m];
        if (cosine > most) {
            most = cosine;
            best = m;
        }
    }
    return best;
}

/* The middles become the means of what is nearest to them among every `step`-th row; one that nothing is near to
 * stays. */
static void improve(struct grouping *g, size_t count, size_t step, float *sums)
{
    memset(sums, 0, (size_t)g->groups * g->size * sizeof *sums);
    for (size_t r = 0; r < count; r += step) {
        float *sum = sums + nearest(g, r) * g->size;
        for (size_t i = 0; i < g->size; i++)
            sum[i] += (float)g->rows[r * g->stride + i] * g->scales[r];
    }
    for (uint32_t m = 0; m < g->groups; m++) {
        float length = 0;
        for (size_t i = 0; i < g->size; i++)
            length += sums[m * g->size + i] * sums[m * g->size + i];
        if (length > 1e-12f)
            memcpy(g->middles + m * g->size, sums + m * g->size, g->size * sizeof *sums);
    }
    settle(g);
}

int meaning_group(const int8_t *rows, const float *scales, size_t count, size_t size, size_t stride, uint32_t groups,
                  uint32_t *ret_group, float *ret_middles)
{
    struct grouping g = {rows, scales, size, stride, groups, ret_middles, NULL, NULL};
    float *sums = calloc((size_t)groups * size, sizeof *sums);
    g.steps = calloc((size_t)groups * stride, sizeof *g.steps);
    g.lengths = calloc(groups, sizeof *g.lengths);
    bool all = sums != NULL && g.steps != NULL && g.lengths != NULL;
    if (all) {
        size_t sample = (size_t)groups * SAMPLE_OF_GROUP, step = count > sample ? count / sample : 1;
        for (uint32_t m = 0; m < groups; m++)
            for (size_t i = 0; i < size; i++)
                ret_middles[m * size + i] = (float)rows[(m * (count / groups)) * stride + i];
        settle(&g);
        for (int round = 0; round < ROUNDS; round++)
            improve(&g, count, step, sums);
        for (size_t r = 0; r < count; r++)
            ret_group[r] = nearest(&g, r);
    }
    free(sums);
    free(g.steps);
    free(g.lengths);
    return all ? 0 : -1;
}
