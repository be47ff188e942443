/* Map: byte-string keys to pointers, open addressing, keyed hash.
 *
 * Good for: registries whose keys come from outside (tokens, ids, addresses): the hash is
 * seeded per process, so nobody can aim collisions. Keys are copied; values belong to the
 * caller. Not for: ordered walks. Errors: map_put returns -1 without memory or past the
 * ceiling. Threads: one at a time. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

struct map;

struct map *map_new(size_t ceiling);
/* Frees the map and its keys; the values are not touched. */
void map_free(struct map *);

/* Stores or replaces. 0, or -1 past the ceiling or without memory. */
int map_put(struct map *, const void *key, size_t key_size, void *value);
void *map_get(const struct map *, const void *key, size_t key_size);
/* Removes the key and returns the value it had, or NULL. */
void *map_remove(struct map *, const void *key, size_t key_size);
size_t map_count(const struct map *);

/* Walks all pairs in no order: start with *at = 0; NULL at the end. Values must not be NULL,
 * and the map must not change meanwhile. */
void *map_next(const struct map *, size_t *at, const void **ret_key, size_t *ret_key_size);

/* The same for keys that are C strings. */
int map_put_str(struct map *, const char *key, void *value);
void *map_get_str(const struct map *, const char *key);
void *map_remove_str(struct map *, const char *key);

#endif
