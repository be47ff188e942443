/* Sets of synonyms: see thesaurus.h. A body is slots by key, at least half of them free, then
 * the sets of all stems. */
#include "text/thesaurus.h"

#include "base/hash.h"
#include "text/table.h"

#include <stdlib.h>
#include <string.h>

enum { VERSION = 1, SLOTS_MOST = 1 << 22, COUNT_BITS = 4, RANK_BITS = 3 };

static const char magic[4] = {'S', 'P', 't', 'h'};

struct slot {
    uint32_t key; /* 0 = free */
    uint32_t at;  /* first set << COUNT_BITS | how many */
};

struct thesaurus {
    const struct slot *slots;
    uint32_t mask;
    const uint32_t *sets; /* id << (RANK_BITS + 1) | rank << 1 | broader */
    uint32_t stem_count, set_count;
    uint64_t checksum;
};

uint32_t thesaurus_key(const char *stem, size_t size)
{
    uint32_t key = (uint32_t)hash_bytes(stem, size);
    return key == 0 ? 1 : key;
}

static bool sets_are_good(const struct thesaurus *t, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (t->sets[i] >> (RANK_BITS + 1) >= t->set_count)
            return false;
    return true;
}

static bool slots_are_good(const struct thesaurus *t, size_t count)
{
    uint32_t taken = 0;
    for (uint32_t i = 0; i <= t->mask; i++) {
        size_t sets = t->slots[i].at & ((1 << COUNT_BITS) - 1);
        if (sets > THESAURUS_SETS || (t->slots[i].at >> COUNT_BITS) + sets > count)
            return false;
        taken += t->slots[i].key != 0;
    }
    return taken == t->stem_count && taken <= t->mask;
}

struct thesaurus *thesaurus_open(const void *bytes, size_t size, const char *lang)
{
    const void *body = table_body(bytes, size, magic, VERSION, lang);
    const struct table_head *h = bytes;
    if (body == NULL)
        return NULL;
    uint32_t slots = h->counts[1];
    if (slots == 0 || slots > SLOTS_MOST || (slots & (slots - 1)) != 0 || h->body < slots * sizeof(struct slot))
        return NULL;
    struct thesaurus *t = calloc(1, sizeof *t);
    if (t == NULL)
        return NULL;
    t->slots = body;
    t->mask = slots - 1;
    t->sets = (const uint32_t *)(t->slots + slots);
    t->stem_count = h->counts[0];
    t->set_count = h->counts[2];
    t->checksum = h->checksum;
    size_t count = (h->body - slots * sizeof(struct slot)) / sizeof *t->sets;
    if (!slots_are_good(t, count) || !sets_are_good(t, count)) {
        free(t);
        return NULL;
    }
    return t;
}

void thesaurus_free(struct thesaurus *t)
{
    free(t);
}

size_t thesaurus_sets(const struct thesaurus *t, const char *stem, size_t size,
                      struct thesaurus_set ret[THESAURUS_SETS])
{
    if (t == NULL)
        return 0;
    uint32_t key = thesaurus_key(stem, size), i = key & t->mask;
    while (t->slots[i].key != 0 && t->slots[i].key != key)
        i = (i + 1) & t->mask;
    if (t->slots[i].key == 0)
        return 0;
    size_t count = t->slots[i].at & ((1 << COUNT_BITS) - 1);
    const uint32_t *sets = t->sets + (t->slots[i].at >> COUNT_BITS);
    for (size_t s = 0; s < count; s++)
        ret[s] = (struct thesaurus_set){.id = sets[s] >> (RANK_BITS + 1),
                                        .rank = (uint8_t)(sets[s] >> 1 & ((1 << RANK_BITS) - 1)),
                                        .broader = sets[s] & 1};
    return count;
}

uint32_t thesaurus_stem_count(const struct thesaurus *t)
{
    return t == NULL ? 0 : t->stem_count;
}

uint64_t thesaurus_checksum(const struct thesaurus *t)
{
    return t->checksum;
}

uint32_t thesaurus_set_count(const struct thesaurus *t)
{
    return t == NULL ? 0 : t->set_count;
}

/* The sets go behind the slots that point to them. */
static void fill(struct slot *slots, uint32_t mask, uint32_t *sets, const struct thesaurus_stem *stems, size_t count)
{
    uint32_t used = 0;
    for (size_t n = 0; n < count; n++) {
        uint32_t i = stems[n].key & mask;
        while (slots[i].key != 0)
            i = (i + 1) & mask;
        slots[i] = (struct slot){stems[n].key, used << COUNT_BITS | stems[n].count};
        for (size_t s = 0; s < stems[n].count; s++) {
            const struct thesaurus_set *set = &stems[n].sets[s];
            sets[used++] = set->id << (RANK_BITS + 1) | (uint32_t)set->rank << 1 | set->broader;
        }
    }
}

int thesaurus_write(struct buf *out, const char *lang, const struct thesaurus_stem *stems, size_t count,
                    uint32_t set_count)
{
    uint32_t slots = 2;
    size_t sets = 0;
    while (slots < 2 * count && slots < SLOTS_MOST)
        slots *= 2;
    for (size_t i = 0; i < count; i++)
        sets += stems[i].count;
    size_t size = slots * sizeof(struct slot) + sets * sizeof(uint32_t);
    struct slot *body = count < slots ? calloc(1, size) : NULL;
    if (body == NULL)
        return -1;
    fill(body, slots - 1, (uint32_t *)(body + slots), stems, count);
    int result =
        table_write(out, magic, VERSION, lang, (const uint32_t[3]){(uint32_t)count, slots, set_count}, body, size);
    free(body);
    return result;
}

/* --- the language's own --- */

static void *open_any(const void *bytes, size_t size, const char *lang)
{
    return thesaurus_open(bytes, size, lang);
}

static void close_any(void *table)
{
    thesaurus_free(table);
}

const struct table_kind thesaurus_kind = {"thesaurus", "tab", open_any, close_any};

const struct thesaurus *thesaurus_of(const char *lang)
{
    return table_of(&thesaurus_kind, lang);
}
