/* Reading a visitor's text: see question.h. */
#include "understand/question.h"

#include "base/hash.h"
#include "content/site.h"
#include "text/spell.h"
#include "understand/features.h"
#include "understand/typo.h"

#include <math.h>
#include <string.h>

/* What makes a word known only because of the entry that is hidden does not count. */
static bool is_hidden(const struct index *x, uint32_t id, const struct question_mask *mask)
{
    return mask != NULL && mask->entry != IMAGE_NONE && x->words[id].df <= 1;
}

/* spell() wants the word as it was written; a capital in mid-sentence does not matter to it. */
static bool in_dictionary(const struct index *x, const struct question *q, const struct question_word *w)
{
    return spell_has(x->head->lang, q->text + w->at, w->size);
}

static void look_up(const struct index *x, const struct question *q, const struct token *t,
                    const struct question_mask *mask, struct question_word *w)
{
    w->id = image_find_word(x, t->word, t->length);
    if (w->id != IMAGE_NONE && is_hidden(x, w->id, mask))
        w->id = IMAGE_NONE;
    w->stop = stop_has(x->stop, t->word, t->length);
    if (w->id != IMAGE_NONE || w->stop)
        return;
    w->in_dictionary = in_dictionary(x, q, w);
    if (w->in_dictionary || t->length < TYPO_LEAST)
        return;
    uint32_t meant = typo_mend(x, t->word, t->length);
    if (meant != IMAGE_NONE && !is_hidden(x, meant, mask)) {
        w->id = meant;
        w->mended = true;
        w->stop = x->words[meant].flags & WORD_STOP;
    }
}

/* The features of one word, as ids with how many are unknown (their weight into *ret_unknown). */
static size_t word_features(const struct index *x, const struct token *t, struct question_word *w, uint32_t *ret,
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
    size_t all = features_of(x->head->lang, t->word, t->length, w->stop, hashes), count = 0;
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
    q->content += w->idf;
    q->unknown += w->known ? 0 : w->idf;
}

static int add_words(const struct index *x, struct question *q, const struct token *tokens,
                     const struct question_mask *mask, struct arena *arena)
{
    size_t most = 1;
    for (size_t i = 0; i < q->word_count; i++)
        most += 1 + 3 * (tokens[i].length + 2);
    if (make_room(q, arena, most) < 0)
        return -1;
    double squares = 0;
    for (size_t i = 0; i < q->word_count; i++) {
        struct question_word *w = &q->words[i];
        uint32_t ids[FEATURES_MAX];
        double unknown;
        w->at = tokens[i].at;
        w->size = tokens[i].size;
        look_up(x, q, &tokens[i], mask, w);
        q->exact = w->mended ? hash_more(q->exact, x->strings + x->words[w->id].text, x->words[w->id].length)
                             : hash_more(q->exact, tokens[i].word, tokens[i].length);
        size_t count = word_features(x, &tokens[i], w, ids, &unknown);
        for (size_t f = 0; f < count && q->feature_count < most; f++)
            add_feature(x, q, ids[f]);
        squares += unknown;
        count_word(x, q, w);
    }
    for (size_t f = 0; f < q->feature_count; f++)
        squares += (double)q->features[f].weight * q->features[f].weight;
    q->norm = sqrt(squares);
    return 0;
}

int question_read(const struct index *x, const char *text, const struct question_mask *mask, struct arena *arena,
                  struct question *ret)
{
    struct token tokens[QUESTION_WORDS_MAX];
    struct question q = {.text = text, .size = strnlen(text, SITE_TEXT_BYTES), .exact = hash_mix(0)};
    struct token_reader reader = token_reader(text, q.size);
    while (q.word_count < QUESTION_WORDS_MAX && token_next(&reader, &tokens[q.word_count]))
        q.word_count++;
    q.words = arena_array(arena, q.word_count, sizeof *q.words);
    if (q.words == NULL || add_words(x, &q, tokens, mask, arena) < 0)
        return -1;
    *ret = q;
    return 0;
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

const char *question_corrected(const struct index *x, const struct question *q, struct arena *arena)
{
    size_t mended = 0, at = 0;
    for (size_t i = 0; i < q->word_count; i++)
        mended += q->words[i].mended;
    if (mended == 0)
        return q->text;
    struct buf out;
    buf_init(&out, 4 * SITE_TEXT_BYTES);
    for (size_t i = 0; i < q->word_count; i++) {
        const struct question_word *w = &q->words[i];
        if (!w->mended)
            continue;
        buf_add(&out, q->text + at, w->at - at);
        buf_add(&out, x->strings + x->words[w->id].text, x->words[w->id].length);
        at = w->at + w->size;
    }
    buf_add(&out, q->text + at, q->size - at);
    const char *corrected = out.failed ? NULL : arena_strndup(arena, out.data, out.size);
    buf_free(&out);
    return corrected;
}
