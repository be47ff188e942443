/* Growing lists of ordinals: see numbers.h. */
#include "understand/numbers.h"

#include <stdlib.h>

void numbers_push(struct numbers *n, uint32_t item)
{
    if (n->count == n->room) {
        size_t room = n->room ? n->room * 2 : 256;
        uint32_t *grown = n->failed ? NULL : realloc(n->items, room * sizeof *grown);
        if (grown == NULL) {
            n->failed = true;
            return;
        }
        n->items = grown;
        n->room = room;
    }
    n->items[n->count++] = item;
}

void numbers_free(struct numbers *n)
{
    free(n->items);
    *n = (struct numbers){0};
}

int numbers_invert(const uint32_t *at, const uint32_t *items, size_t owners, size_t item_count, size_t list_most,
                   struct numbers *ret_at, struct numbers *ret_owners)
{
    uint32_t *ends = calloc(item_count + 1, sizeof *ends);
    uint32_t *lists = NULL;
    if (ends == NULL)
        return -1;
    for (size_t i = 0; i < at[owners]; i++)
        ends[items[i] + 1] += ends[items[i] + 1] < list_most;
    for (size_t i = 0; i < item_count; i++)
        ends[i + 1] += ends[i];
    size_t all = ends[item_count];
    lists = malloc((all + 1) * sizeof *lists);
    uint32_t *next = malloc((item_count + 1) * sizeof *next);
    if (lists == NULL || next == NULL) {
        free(ends);
        free(lists);
        free(next);
        return -1;
    }
    for (size_t i = 0; i < item_count; i++)
        next[i] = ends[i];
    for (size_t o = 0; o < owners; o++)
        for (uint32_t k = at[o]; k < at[o + 1]; k++)
            if (next[items[k]] < ends[items[k] + 1])
                lists[next[items[k]]++] = (uint32_t)o;
    free(next);
    *ret_at = (struct numbers){.items = ends, .count = item_count + 1, .room = item_count + 1};
    *ret_owners = (struct numbers){.items = lists, .count = all, .room = all + 1};
    return 0;
}
