/* Words and features of an index in the making: see vocabulary.h. */
#include "understand/vocabulary.h"

#include "base/hash.h"
#include "understand/features.h"

#include <stdlib.h>
#include <string.h>

void vocabulary_init(struct vocabulary *v, const char *lang)
{
    *v = (struct vocabulary){.lang = lang};
    buf_init(&v->strings, VOCABULARY_BYTES);
}

void vocabulary_free(struct vocabulary *v)
{
    buf_free(&v->strings);
    free(v->words);
    free(v->word_slots);
    free(v->feature_slots);
    numbers_free(&v->features_at);
    numbers_free(&v->features);
}

static uint32_t *word_slot(struct vocabulary *v, const char *word, size_t size)
{
    uint32_t i = (uint32_t)hash_bytes(word, size) & v->word_mask;
    for (; v->word_slots[i] != IMAGE_NONE; i = (i + 1) & v->word_mask) {
        const struct image_word *w = &v->words[v->word_slots[i]];
        if (w->length == size && memcmp(v->strings.data + w->text, word, size) == 0)
            break;
    }
    return &v->word_slots[i];
}

/* Twice the room, and slots for twice as many again. */
static int grow_words(struct vocabulary *v)
{
    uint32_t room = v->word_room ? v->word_room * 2 : 1024;
    struct image_word *words = realloc(v->words, room * sizeof *words);
    if (words == NULL)
        return -1;
    v->words = words;
    uint32_t *slots = malloc((size_t)room * 2 * sizeof *slots);
    if (slots == NULL)
        return -1;
    free(v->word_slots);
    v->word_slots = slots;
    v->word_room = room;
    v->word_mask = room * 2 - 1;
    memset(slots, 0xff, (size_t)room * 2 * sizeof *slots);
    for (uint32_t i = 0; i < v->word_count; i++)
        *word_slot(v, v->strings.data + v->words[i].text, v->words[i].length) = i;
    return 0;
}

uint32_t vocabulary_word(struct vocabulary *v, const char *word, size_t size)
{
    if (v->failed || (v->word_count == v->word_room && grow_words(v) < 0)) {
        v->failed = true;
        return 0;
    }
    uint32_t *slot = word_slot(v, word, size);
    if (*slot != IMAGE_NONE)
        return *slot;
    struct image_word w = {.text = (uint32_t)v->strings.size, .length = (uint8_t)size};
    w.flags = stop_has(stop_of(v->lang), word, size) ? WORD_STOP : 0;
    if (buf_add(&v->strings, word, size) < 0) {
        v->failed = true;
        return 0;
    }
    *slot = v->word_count;
    v->words[v->word_count++] = w;
    return *slot;
}

/* The ordinal of a feature by its hash, new or old. */
static uint32_t number_of(struct vocabulary *v, uint32_t hash)
{
    uint32_t i = hash & v->feature_mask;
    while (v->feature_slots[i].id != IMAGE_NONE && v->feature_slots[i].hash != hash)
        i = (i + 1) & v->feature_mask;
    if (v->feature_slots[i].id == IMAGE_NONE)
        v->feature_slots[i] = (struct image_slot){hash, v->feature_count++};
    return v->feature_slots[i].id;
}

static int make_slots(struct vocabulary *v)
{
    size_t slots = 16;
    while (slots < 2 * v->features.count)
        slots *= 2;
    v->feature_slots = malloc(slots * sizeof *v->feature_slots);
    if (v->feature_slots == NULL || slots > UINT32_MAX)
        return -1;
    memset(v->feature_slots, 0xff, slots * sizeof *v->feature_slots);
    v->feature_mask = (uint32_t)(slots - 1);
    return 0;
}

/* Half the slots may be free although most features occur in many words: as few as needed. */
static int shrink_slots(struct vocabulary *v)
{
    size_t old = (size_t)v->feature_mask + 1, slots = 16;
    while (slots < 2 * (size_t)v->feature_count)
        slots *= 2;
    struct image_slot *small = malloc(slots * sizeof *small);
    if (small == NULL)
        return -1;
    memset(small, 0xff, slots * sizeof *small);
    for (size_t i = 0; i < old; i++) {
        if (v->feature_slots[i].id == IMAGE_NONE)
            continue;
        size_t to = v->feature_slots[i].hash & (slots - 1);
        while (small[to].id != IMAGE_NONE)
            to = (to + 1) & (slots - 1);
        small[to] = v->feature_slots[i];
    }
    free(v->feature_slots);
    v->feature_slots = small;
    v->feature_mask = (uint32_t)(slots - 1);
    return 0;
}

int vocabulary_number(struct vocabulary *v)
{
    for (uint32_t w = 0; w < v->word_count && !v->failed; w++) {
        uint32_t hashes[FEATURES_MAX];
        const struct image_word *word = &v->words[w];
        size_t count =
            features_of(v->lang, v->strings.data + word->text, word->length, word->flags & WORD_STOP, hashes);
        numbers_push(&v->features_at, (uint32_t)v->features.count);
        for (size_t i = 0; i < count; i++)
            numbers_push(&v->features, hashes[i]);
    }
    numbers_push(&v->features_at, (uint32_t)v->features.count);
    if (v->failed || v->features.failed || v->features_at.failed || make_slots(v) < 0)
        return -1;
    uint32_t *items = v->features.items;
    for (uint32_t w = 0; w < v->word_count; w++)
        items[v->features_at.items[w]] = number_of(v, items[v->features_at.items[w]]);
    v->stem_count = v->feature_count;
    for (uint32_t w = 0; w < v->word_count; w++)
        for (uint32_t i = v->features_at.items[w] + 1; i < v->features_at.items[w + 1]; i++)
            items[i] = number_of(v, items[i]);
    return shrink_slots(v);
}
