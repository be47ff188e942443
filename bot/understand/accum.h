/* Accum: sums by ordinal, for the few ordinals that a look-up touches. Private to this floor.
 * Bounded: past its ceiling new ordinals are dropped. Memory: in the arena. */
#ifndef UNDERSTAND_ACCUM_H
#define UNDERSTAND_ACCUM_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

struct accum_sum {
    uint32_t key;
    float value;
};

struct accum {
    uint16_t *slots;        /* place in `sums` + 1, 0 = free: half the memory to clear at each question */
    struct accum_sum *sums; /* one more before the first, of value 0 */
    uint32_t mask, count, ceiling;
};

enum { ACCUM_MOST = 65000, ACCUM_BEST_MOST = 128 };
/* Room for `ceiling` ordinals below `keys`, ACCUM_MOST at most. -1 without memory. */
int accum_init(struct accum *, size_t ceiling, size_t keys, struct arena *);

/* The slot of `key`, or the free slot for it. Which ordinals come again is chance that no processor foresees, so
 * nothing here branches on it: a free slot leads to the place before the first, which is made to match. */
static inline uint16_t *accum_slot(const struct accum *a, uint32_t key)
{
    uint32_t i = key & a->mask;
    a->sums[-1].key = key;
    while (a->sums[(ptrdiff_t)a->slots[i] - 1].key != key)
        i = (i + 1) & a->mask;
    return &a->slots[i];
}

static inline void accum_add(struct accum *a, uint32_t key, float value)
{
    uint16_t *slot = accum_slot(a, key);
    uint32_t old = *slot, fresh = old == 0;
    if (a->count == a->ceiling && fresh)
        return;
    a->count += fresh;
    *slot = (uint16_t)(old + fresh * a->count);
    a->sums[*slot - 1] = (struct accum_sum){key, a->sums[(ptrdiff_t)old - 1].value + value};
}

/* The sum, 0 where there is none. */
static inline float accum_get(const struct accum *a, uint32_t key)
{
    return a->sums[(ptrdiff_t)*accum_slot(a, key) - 1].value;
}

/* Copies the `room` (ACCUM_BEST_MOST at most) greatest sums to `ret`, greatest first (lower keys first among equals),
 * but none below `share` of the greatest; returns how many. */
size_t accum_best(const struct accum *, float share, struct accum_sum *ret, size_t room);

#endif
