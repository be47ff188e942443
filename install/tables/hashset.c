/* Hashes seen so far: see hashset.h. */
#include "tables/hashset.h"

#include <stdio.h>
#include <stdlib.h>

static _Noreturn void out_of_memory(void)
{
    fputs("language tables: not enough memory\n", stderr);
    exit(1);
}

void *must_calloc(size_t count, size_t size)
{
    void *p = calloc(count, size);
    if (p == NULL)
        out_of_memory();
    return p;
}

void *must_realloc(void *old, size_t size)
{
    void *p = realloc(old, size);
    if (p == NULL)
        out_of_memory();
    return p;
}

static size_t slot_of(const struct hashset *s, uint64_t hash)
{
    size_t i = hash & (s->room - 1);
    while (s->slots[i] != 0 && s->slots[i] != hash)
        i = (i + 1) & (s->room - 1);
    return i;
}

static void grow(struct hashset *s)
{
    struct hashset larger = {.room = s->room ? s->room * 2 : 4096, .count = s->count};
    larger.slots = must_calloc(larger.room, sizeof *larger.slots);
    for (size_t i = 0; i < s->room; i++)
        if (s->slots[i] != 0)
            larger.slots[slot_of(&larger, s->slots[i])] = s->slots[i];
    free(s->slots);
    *s = larger;
}

bool hashset_add(struct hashset *s, uint64_t hash)
{
    if (s->count * 2 >= s->room)
        grow(s);
    hash |= hash == 0;
    size_t i = slot_of(s, hash);
    if (s->slots[i] == hash)
        return false;
    s->slots[i] = hash;
    s->count++;
    return true;
}

void hashset_free(struct hashset *s)
{
    free(s->slots);
    *s = (struct hashset){0};
}
