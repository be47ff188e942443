/* Vectors of words: see kinship.h. A body is slots by stem, at least half of them free, then the
 * rows. */
#include "text/kinship.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { VERSION = 1, SLOTS_MOST = 1 << 20 };

static const char magic[4] = {'S', 'P', 'k', 'n'};

struct slot {
    uint32_t stem;
    uint32_t row; /* its number + 1; 0 = free */
};

struct kinship {
    const struct slot *slots;
    uint32_t mask, count;
    const int8_t *rows;
    float *scales; /* one a row */
    uint64_t checksum;
};

/* A free one ends each search. */
static bool slots_are_good(const struct kinship *k)
{
    uint32_t taken = 0;
    for (uint32_t i = 0; i <= k->mask; i++) {
        if (k->slots[i].row > k->count)
            return false;
        taken += k->slots[i].row != 0;
    }
    return taken <= k->mask;
}

static float scale_of(const int8_t *row)
{
    int square = 0;
    for (size_t i = 0; i < KINSHIP_SIZE; i++)
        square += row[i] * row[i];
    return square > 0 ? 1 / sqrtf((float)square) : 0;
}

void kinship_free(struct kinship *k)
{
    if (k != NULL)
        free(k->scales);
    free(k);
}

struct kinship *kinship_open(const void *bytes, size_t size, const char *lang)
{
    const void *body = table_body(bytes, size, magic, VERSION, lang);
    const struct table_head *h = bytes;
    if (body == NULL)
        return NULL;
    uint64_t count = h->counts[0], slots = h->counts[1];
    if (slots == 0 || slots > SLOTS_MOST || (slots & (slots - 1)) != 0 || h->counts[2] != KINSHIP_SIZE ||
        h->body != slots * sizeof(struct slot) + count * KINSHIP_SIZE)
        return NULL;
    struct kinship *k = calloc(1, sizeof *k);
    if (k == NULL)
        return NULL;
    *k =
        (struct kinship){.slots = body, .mask = (uint32_t)slots - 1, .count = (uint32_t)count, .checksum = h->checksum};
    k->rows = (const int8_t *)(k->slots + slots);
    k->scales = malloc((count + 1) * sizeof *k->scales);
    if (k->scales == NULL || !slots_are_good(k)) {
        kinship_free(k);
        return NULL;
    }
    for (size_t r = 0; r < count; r++)
        k->scales[r] = scale_of(k->rows + r * KINSHIP_SIZE);
    return k;
}

const int8_t *kinship_vector(const struct kinship *k, uint32_t stem, float *ret_scale)
{
    if (k == NULL)
        return NULL;
    uint32_t i = stem & k->mask;
    while (k->slots[i].row != 0 && k->slots[i].stem != stem)
        i = (i + 1) & k->mask;
    if (k->slots[i].row == 0)
        return NULL;
    *ret_scale = k->scales[k->slots[i].row - 1];
    return k->rows + (size_t)(k->slots[i].row - 1) * KINSHIP_SIZE;
}

uint32_t kinship_count(const struct kinship *k)
{
    return k == NULL ? 0 : k->count;
}

uint64_t kinship_checksum(const struct kinship *k)
{
    return k == NULL ? 0 : k->checksum;
}

int kinship_write(struct buf *out, const char *lang, const uint32_t *stems, const int8_t *rows, size_t count)
{
    uint32_t slots = 2;
    if (count > SLOTS_MOST / 2)
        return -1;
    while (slots < 2 * count)
        slots *= 2;
    size_t size = slots * sizeof(struct slot) + count * KINSHIP_SIZE;
    struct slot *body = calloc(1, size);
    if (body == NULL)
        return -1;
    for (uint32_t r = 0; r < count; r++) {
        uint32_t i = stems[r] & (slots - 1);
        while (body[i].row != 0)
            i = (i + 1) & (slots - 1);
        body[i] = (struct slot){stems[r], r + 1};
    }
    if (count > 0)
        memcpy(body + slots, rows, count * KINSHIP_SIZE);
    uint32_t counts[3] = {(uint32_t)count, slots, KINSHIP_SIZE};
    int result = table_write(out, magic, VERSION, lang, counts, body, size);
    free(body);
    return result;
}

/* --- a language's own --- */

static void *open_any(const void *bytes, size_t size, const char *lang)
{
    return kinship_open(bytes, size, lang);
}

static void close_any(void *table)
{
    kinship_free(table);
}

const struct table_kind kinship_kind = {"kinship", "tab", open_any, close_any};

const struct kinship *kinship_of(const char *lang)
{
    return table_of(&kinship_kind, lang);
}
