/* Bounded sums by ordinal: see accum.h. */
#include "understand/accum.h"

#include <string.h>

/* So many slots are cleared as soon as fewer: where they are one a key, no key has another one's. */
enum { SLOTS_FEW = 4096 };

int accum_init(struct accum *a, size_t ceiling, size_t keys, struct arena *arena)
{
    size_t slots = 16;
    if (ceiling > ACCUM_MOST)
        ceiling = ACCUM_MOST;
    while (slots <= ceiling || (slots < keys && (slots < SLOTS_FEW || slots < 2 * ceiling)))
        slots *= 2; /* more than the ceiling: a free one ends each search */
    *a = (struct accum){.mask = (uint32_t)(slots - 1), .ceiling = (uint32_t)ceiling};
    a->slots = arena_array(arena, slots, sizeof *a->slots);
    struct accum_sum *sums = arena_alloc_raw(arena, (ceiling + 1) * sizeof *sums);
    if (a->slots == NULL || sums == NULL)
        return -1;
    sums[0] = (struct accum_sum){0, 0};
    a->sums = sums + 1;
    return 0;
}

/* A sum as one number, greater the better it is. Sums that are not negative are ordered like their bits. */
static uint64_t pack(struct accum_sum sum)
{
    uint32_t bits;
    float value = sum.value + 0.0f; /* -0 is 0 */
    memcpy(&bits, &value, sizeof bits);
    return (uint64_t)bits << 32 | (UINT32_MAX - sum.key);
}

static struct accum_sum unpack(uint64_t packed)
{
    struct accum_sum sum = {.key = UINT32_MAX - (uint32_t)packed};
    uint32_t bits = (uint32_t)(packed >> 32);
    memcpy(&sum.value, &bits, sizeof bits);
    return sum;
}

size_t accum_best(const struct accum *a, float share, struct accum_sum *ret, size_t room)
{
    uint64_t best[ACCUM_BEST_MOST];
    size_t count = 0;
    float least = 0;
    if (room > ACCUM_BEST_MOST)
        room = ACCUM_BEST_MOST;
    for (uint32_t i = 0; i < a->count; i++)
        least = a->sums[i].value > least ? a->sums[i].value : least;
    least *= share;
    for (uint32_t i = 0; i < a->count; i++) {
        uint64_t packed = pack(a->sums[i]);
        if (!(a->sums[i].value >= least) || room == 0 || (count == room && packed <= best[count - 1]))
            continue;
        size_t at = count < room ? count++ : count - 1;
        for (; at > 0 && best[at - 1] < packed; at--)
            best[at] = best[at - 1];
        best[at] = packed;
    }
    for (size_t i = 0; i < count; i++)
        ret[i] = unpack(best[i]);
    return count;
}
