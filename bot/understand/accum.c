/* Bounded sums by ordinal: see accum.h. */
#include "understand/accum.h"

#include <stdbool.h>

int accum_init(struct accum *a, size_t ceiling, struct arena *arena)
{
    size_t slots = 16;
    if (ceiling > ACCUM_MOST)
        ceiling = ACCUM_MOST;
    while (slots < 2 * ceiling)
        slots *= 2;
    *a = (struct accum){.mask = (uint32_t)(slots - 1), .ceiling = (uint32_t)ceiling};
    a->slots = arena_array(arena, slots, sizeof *a->slots);
    a->sums = arena_alloc_raw(arena, ceiling * sizeof *a->sums);
    return a->slots == NULL || a->sums == NULL ? -1 : 0;
}

static bool is_worse(struct accum_sum a, struct accum_sum b)
{
    return a.value < b.value || (a.value == b.value && a.key > b.key);
}

/* A heap with the worst on top. */
static void sink(struct accum_sum *heap, size_t count, size_t i)
{
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= count)
            return;
        if (child + 1 < count && is_worse(heap[child + 1], heap[child]))
            child++;
        if (!is_worse(heap[child], heap[i]))
            return;
        struct accum_sum other = heap[i];
        heap[i] = heap[child];
        heap[child] = other;
        i = child;
    }
}

size_t accum_best(const struct accum *a, float share, struct accum_sum *ret, size_t room)
{
    float least = 0;
    for (uint32_t i = 0; i < a->count; i++)
        least = a->sums[i].value > least ? a->sums[i].value : least;
    least *= share;
    size_t count = 0;
    uint32_t next = 0;
    for (; next < a->count && count < room; next++)
        if (a->sums[next].value >= least)
            ret[count++] = a->sums[next];
    for (size_t i = count / 2; i-- > 0;)
        sink(ret, count, i);
    for (; next < a->count && count > 0; next++)
        if (a->sums[next].value >= least && is_worse(ret[0], a->sums[next])) {
            ret[0] = a->sums[next];
            sink(ret, count, 0);
        }
    for (size_t left = count; left > 1; left--) {
        struct accum_sum worst = ret[0];
        ret[0] = ret[left - 1];
        ret[left - 1] = worst;
        sink(ret, left - 1, 0);
    }
    return count;
}
