/* Hashset: different 64-bit hashes seen so far. Grows as needed; without memory the tool ends.
 * Threads: one. */
#ifndef TABLES_HASHSET_H
#define TABLES_HASHSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hashset {
    uint64_t *slots; /* 0 = free */
    size_t room, count;
};

/* Whether the hash is new; it is in the set afterwards. */
bool hashset_add(struct hashset *, uint64_t hash);
void hashset_free(struct hashset *);

/* calloc and realloc that end the tool with a message where there is no memory. */
void *must_calloc(size_t count, size_t size);
void *must_realloc(void *old, size_t size);

#endif
