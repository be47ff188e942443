/* Open addressing with linear probes and backward-shift deletion: see map.h. */
#include "base/map.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

struct slot {
    char *key; /* NULL = free */
    size_t key_size;
    uint64_t hash;
    void *value;
};

struct map {
    struct slot *slots;
    size_t room, count, ceiling; /* room is a power of two or 0 */
};

struct map *map_new(size_t ceiling)
{
    struct map *m = calloc(1, sizeof *m);
    if (m != NULL)
        m->ceiling = ceiling;
    return m;
}

void map_free(struct map *m)
{
    if (m == NULL)
        return;
    for (size_t i = 0; i < m->room; i++)
        free(m->slots[i].key);
    free(m->slots);
    free(m);
}

/* The slot that holds the key, or the free one where it would go. The map is never full. */
static struct slot *find(const struct map *m, const void *key, size_t size, uint64_t hash)
{
    size_t at = hash & (m->room - 1);
    for (;; at = (at + 1) & (m->room - 1)) {
        struct slot *s = &m->slots[at];
        if (s->key == NULL)
            return s;
        if (s->hash == hash && s->key_size == size && memcmp(s->key, key, size) == 0)
            return s;
    }
}

static int widen(struct map *m)
{
    size_t room = m->room ? m->room * 2 : 16;
    struct slot *slots = calloc(room, sizeof *slots);
    if (slots == NULL)
        return -1;
    struct map wide = {.slots = slots, .room = room};
    for (size_t i = 0; i < m->room; i++) {
        const struct slot *s = &m->slots[i];
        if (s->key != NULL)
            *find(&wide, s->key, s->key_size, s->hash) = *s;
    }
    free(m->slots);
    m->slots = slots;
    m->room = room;
    return 0;
}

int map_put(struct map *m, const void *key, size_t size, void *value)
{
    if (m->count + 1 > m->room - m->room / 4 && widen(m) < 0)
        return -1;
    uint64_t hash = hash_keyed(key, size);
    struct slot *s = find(m, key, size, hash);
    if (s->key == NULL) {
        char *copy = m->count < m->ceiling ? malloc(size + 1) : NULL;
        if (copy == NULL)
            return -1;
        memcpy(copy, key, size);
        copy[size] = '\0';
        *s = (struct slot){.key = copy, .key_size = size, .hash = hash};
        m->count++;
    }
    s->value = value;
    return 0;
}

void *map_get(const struct map *m, const void *key, size_t size)
{
    if (m->count == 0)
        return NULL;
    return find(m, key, size, hash_keyed(key, size))->value;
}

/* Closes the hole at `at` by moving back those behind it that belong before it. */
static void close_hole(struct map *m, size_t at)
{
    size_t mask = m->room - 1;
    for (size_t next = (at + 1) & mask; m->slots[next].key != NULL; next = (next + 1) & mask) {
        size_t home = m->slots[next].hash & mask;
        if (((next - home) & mask) < ((next - at) & mask))
            continue;
        m->slots[at] = m->slots[next];
        at = next;
    }
    m->slots[at] = (struct slot){0};
}

void *map_remove(struct map *m, const void *key, size_t size)
{
    if (m->count == 0)
        return NULL;
    struct slot *s = find(m, key, size, hash_keyed(key, size));
    if (s->key == NULL)
        return NULL;
    void *value = s->value;
    free(s->key);
    close_hole(m, (size_t)(s - m->slots));
    m->count--;
    return value;
}

size_t map_count(const struct map *m)
{
    return m->count;
}

void *map_next(const struct map *m, size_t *at, const void **ret_key, size_t *ret_key_size)
{
    for (; *at < m->room; ++*at) {
        const struct slot *s = &m->slots[*at];
        if (s->key == NULL)
            continue;
        if (ret_key != NULL)
            *ret_key = s->key;
        if (ret_key_size != NULL)
            *ret_key_size = s->key_size;
        ++*at;
        return s->value;
    }
    return NULL;
}

int map_put_str(struct map *m, const char *key, void *value)
{
    return map_put(m, key, strlen(key), value);
}

void *map_get_str(const struct map *m, const char *key)
{
    return map_get(m, key, strlen(key));
}

void *map_remove_str(struct map *m, const char *key)
{
    return map_remove(m, key, strlen(key));
}
