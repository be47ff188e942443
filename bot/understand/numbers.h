/* Numbers: a growing list of 32-bit ordinals, for building. Private to this floor.
 * Errors: `failed` is set and stays set when memory runs out; pushes are then dropped. */
#ifndef UNDERSTAND_NUMBERS_H
#define UNDERSTAND_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct numbers {
    uint32_t *items;
    size_t count, room;
    bool failed;
};

void numbers_push(struct numbers *, uint32_t);
void numbers_free(struct numbers *);

/* Turns lists by owner (`at` of owners + 1, `items`) into lists by item: for each of `item_count`
 * items the owners that have it, in order. -1 without memory. Both results are to be freed. */
int numbers_invert(const uint32_t *at, const uint32_t *items, size_t owners, size_t item_count, size_t list_most,
                   struct numbers *ret_at, struct numbers *ret_owners);

#endif
