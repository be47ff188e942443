/* Reading a visitor's text: see question.h. */
#include "understand/question.h"

#include "base/hash.h"
#include "understand/features.h"

#include <math.h>
#include <string.h>

/* The features of one word, as ids with how many are unknown (their weight into *ret_unknown). */
static size_t word_features(const struct index *x, const struct reading_word *r, struct question_word *w, uint32_t *ret,
                            double *ret_unknown)
{
    *ret_unknown = 0;
    if (w->id != IMAGE_NONE) {
        const uint32_t *items;
        uint32_t count = image_list(&x->word_features, w->id, &items);
        if (count > FEATURES_MAX)
            count = FEATURES_MAX;
        memcpy(ret, items, count * sizeof *ret);
        w->stem = items[0];
        w->known = true;
        return count;
    }
    uint32_t hashes[FEATURES_MAX];
    size_t all = features_of(x->head->lang, r->letters, r->length, w->stop, hashes), count = 0;
    for (size_t i = 0; i < all; i++)
        __builtin_prefetch(&x->feature_slots[hashes[i] & x->feature_mask]);
    w->stem = image_find_feature(x, hashes[0]);
    if (w->stem != IMAGE_NONE && w->stem >= x->head->stems)
        w->stem = IMAGE_NONE;
    w->known = w->stem != IMAGE_NONE || w->stop;
    for (size_t i = 0; i < all; i++) {
        uint32_t id = i == 0 ? w->stem : image_find_feature(x, hashes[i]);
        double share = w->stop ? features_stop_share : i == 0 ? features_stem_share : features_gram_share;
        if (id != IMAGE_NONE)
            ret[count++] = id;
        else
            *ret_unknown += pow(share * x->head->unknown_idf, 2);
    }
    return count;
}

static uint32_t *slot_of(const struct question *q, uint32_t id)
{
    uint32_t i = (id * 0x9e3779b1u) >> 7 & q->mask;
    while (q->slots[i] != IMAGE_NONE && q->features[q->slots[i]].id != id)
        i = (i + 1) & q->mask;
    return &q->slots[i];
}

static void add_feature(const struct index *x, struct question *q, uint32_t id)
{
    uint32_t *slot = slot_of(q, id);
    if (*slot == IMAGE_NONE) {
        *slot = (uint32_t)q->feature_count;
        q->features[q->feature_count++] = (struct question_feature){.id = id};
    }
    q->features[*slot].weight += x->weights[id];
}

static int make_room(struct question *q, struct arena *arena, size_t features)
{
    size_t slots = 64;
    while (slots < 2 * features)
        slots *= 2;
    q->mask = (uint32_t)(slots - 1);
    q->slots = arena_array(arena, slots, sizeof *q->slots);
    q->features = arena_array(arena, features, sizeof *q->features);
    if (q->slots == NULL || q->features == NULL)
        return -1;
    memset(q->slots, 0xff, slots * sizeof *q->slots);
    return 0;
}

static void count_word(const struct index *x, struct question *q, struct question_word *w)
{
    double idf = w->stem != IMAGE_NONE ? x->stem_idf[w->stem] : x->head->unknown_idf;
    w->idf = w->stop ? idf * features_stop_share : idf;
    q->mass += w->idf;
    q->known_count += w->known || w->in_dictionary;
    if (w->stop)
        return;
    q->content_count++;
    q->mended_count += w->mended;
    q->content += w->idf;
    q->unknown += w->known ? 0 : w->idf;
    q->senseless += w->known || w->in_dictionary ? 0 : w->idf;
}

/* A word whose neighbours are listed needs no features. */
static void list_word(const struct index *x, struct question_word *w)
{
    const uint32_t *items;
    image_list(&x->word_features, w->id, &items);
    w->stem = items[0];
    w->known = true;
}

/* Any other is told by its features; returns the squares of those that are unknown. */
static double spell_out(const struct index *x, struct question *q, const struct reading_word *r,
                        struct question_word *w, size_t most)
{
    uint32_t ids[FEATURES_MAX];
    double unknown;
    size_t count = word_features(x, r, w, ids, &unknown);
    for (size_t f = 0; f < count && q->feature_count < most; f++)
        add_feature(x, q, ids[f]);
    return unknown;
}

static int add_words(const struct index *x, struct question *q, bool whole, struct arena *arena)
{
    size_t most = 1;
    for (size_t i = 0; i < q->word_count; i++)
        most += 1 + 3 * (q->reading.words[i].length + 2);
    if (make_room(q, arena, most) < 0)
        return -1;
    double squares = 0;
    for (size_t i = 0; i < q->word_count; i++) {
        const struct reading_word *r = &q->reading.words[i];
        struct question_word *w = &q->words[i];
        w->id = r->id;
        w->mended = r->mended;
        w->stop = r->stop;
        w->in_dictionary = r->in_dictionary;
        if (!r->extra)
            q->exact = hash_more(q->exact, r->letters, r->length);
        w->listed = !whole && w->id != IMAGE_NONE && x->likes.at[w->id + 1] > x->likes.at[w->id];
        if (w->listed)
            list_word(x, w);
        else
            squares += spell_out(x, q, r, w, most);
        count_word(x, q, w);
    }
    for (size_t f = 0; f < q->feature_count; f++)
        squares += (double)q->features[f].weight * q->features[f].weight;
    q->squares = squares;
    return 0;
}

static int ask(const struct index *x, const struct reading *reading, bool whole, struct arena *arena,
               struct question *ret)
{
    struct question q = {.reading = *reading, .word_count = reading->count, .exact = hash_mix(0)};
    q.words = arena_array(arena, q.word_count, sizeof *q.words);
    if (q.words == NULL || add_words(x, &q, whole, arena) < 0)
        return -1;
    *ret = q;
    return 0;
}

int question_of(const struct index *x, const struct reading *reading, struct arena *arena, struct question *ret)
{
    return ask(x, reading, false, arena, ret);
}

int question_read_whole(const struct index *x, const char *text, struct arena *arena, struct question *ret)
{
    const struct reading_options options = {0};
    struct reading reading;
    return reading_of(x, text, &options, arena, &reading) < 0 ? -1 : ask(x, &reading, true, arena, ret);
}

int question_read(const struct index *x, const char *text, const struct question_mask *mask, struct arena *arena,
                  struct question *ret)
{
    /* What makes a word known only because of the entry that is hidden does not count. */
    const struct reading_options options = {.hide_lonely = mask != NULL && mask->entry != IMAGE_NONE};
    struct reading reading;
    return reading_of(x, text, &options, arena, &reading) < 0 ? -1 : question_of(x, &reading, arena, ret);
}

double question_meets(const struct index *x, const struct question *q, uint32_t word)
{
    const uint32_t *items;
    uint32_t count = image_list(&x->word_features, word, &items);
    double product = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t slot = *slot_of(q, items[i]);
        if (slot != IMAGE_NONE)
            product += (double)q->features[slot].weight * x->weights[items[i]];
    }
    return product;
}
