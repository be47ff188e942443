/* Accum: sums by ordinal, for the few ordinals that a look-up touches. Private to this floor.
 * Bounded: past its ceiling new ordinals are dropped. Memory: in the arena. */
#ifndef UNDERSTAND_ACCUM_H
#define UNDERSTAND_ACCUM_H

#include "base/arena.h"

#include <stdint.h>

struct accum_sum {
    uint32_t key;
    float value;
};

struct accum {
    uint16_t *slots; /* place in `sums` + 1, 0 = free: half the memory to clear at each question */
    struct accum_sum *sums;
    uint32_t mask, count, ceiling;
};

enum { ACCUM_MOST = 65000 };
/* Room for `ceiling` ordinals, ACCUM_MOST at most. -1 without memory. */
int accum_init(struct accum *, size_t ceiling, struct arena *);

/* Where the sum of `key` is, or the free slot for it. */
static inline uint16_t *accum_slot(const struct accum *a, uint32_t key)
{
    uint32_t i = key & a->mask;
    while (a->slots[i] != 0 && a->sums[a->slots[i] - 1].key != key)
        i = (i + 1) & a->mask;
    return &a->slots[i];
}

static inline void accum_add(struct accum *a, uint32_t key, float value)
{
    uint16_t *slot = accum_slot(a, key);
    if (*slot == 0) {
        if (a->count == a->ceiling)
            return;
        a->sums[a->count] = (struct accum_sum){.key = key};
        *slot = (uint16_t)++a->count;
    }
    a->sums[*slot - 1].value += value;
}

/* The sum, 0 where there is none. */
static inline float accum_get(const struct accum *a, uint32_t key)
{
    uint32_t slot = *accum_slot(a, key);
    return slot == 0 ? 0 : a->sums[slot - 1].value;
}

/* Copies the `room` greatest sums to `ret`, greatest first (lower keys first among equals), but
 * none below `share` of the greatest; returns how many. */
size_t accum_best(const struct accum *, float share, struct accum_sum *ret, size_t room);

#endif
