/* From a question to a few entries: see retrieve.h. */
#include "understand/retrieve.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Budgets of one question, in list items read. A site of some thousand entries never
 * reaches them; measured on 100,000 entries they keep a look-up below 300 µs. */
enum {
    WORD_BUDGET = 2500,   /* words sharing a feature with the question */
    WORDS_BEST = 128,     /* of them, followed to their phrasings */
    DOC_BUDGET = 12000,   /* phrasings those words stand in */
    DOCS_BEST = 32,       /* of them, compared in full */
    ENTRY_BUDGET = 12000, /* entries by stems */
    ENTRIES_BEST = 16,    /* of them, compared in full, in the likeliest … */
    /* Beside a classifier, which names the likeliest entries itself. */
    WORDS_FEW = 48,
    DOCS_FEW = 16,
    ENTRIES_FEW = 10,
    ENTRY_DOCS = 16 /* … of so many phrasings */
};

/* A question whose vector is shorter than this share of an unknown word's weight (function words
 * alone) is divided by it instead, so that "is it the" is like nothing. */
static const double norm_least = 0.4; /* … and so is the sum of its weights, for BM25 */

/* A term of BM25 is about this part of its most in a phrasing of usual length. */
static const double impact_usual = 0.45;

struct look_up {
    const struct index *x;
    const struct question *q;
    const struct question_mask *mask;
    struct accum words, docs, entries;
    bool few;      /* the classifier has named the likeliest */
    double length; /* of the question's vector */
};

/* Nothing below these shares of the greatest is followed further. */
static const float words_share = 0.08f, docs_share = 0.25f, entries_share = 0.25f;

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The numbers 0 … count - 1 by rising length of list, lengths compared by their power of two: a
 * full sort would cost more than it saves. */
static void order_by_rarity(const uint32_t *lengths, size_t count, uint32_t *ret_order)
{
    size_t starts[34] = {0};
    for (size_t i = 0; i < count; i++)
        starts[(lengths[i] == 0 ? 0 : 32 - __builtin_clz(lengths[i])) + 1]++;
    for (size_t i = 0; i < 33; i++)
        starts[i + 1] += starts[i];
    for (size_t i = 0; i < count; i++)
        ret_order[starts[lengths[i] == 0 ? 0 : 32 - __builtin_clz(lengths[i])]++] = (uint32_t)i;
}

/* How many words the index lists as neighbours of the question's. */
static size_t count_listed(const struct look_up *l)
{
    size_t count = 0;
    for (size_t i = 0; i < l->q->word_count; i++) {
        const uint32_t *likes;
        if (l->q->words[i].listed)
            count += image_list(&l->x->likes, l->q->words[i].id, &likes);
    }
    return count;
}

/* Words that share features with the question, and how much of them. */
static int sum_words(struct look_up *l, struct arena *arena)
{
    const struct index *x = l->x;
    size_t features = l->q->feature_count, budget = WORD_BUDGET, most = count_listed(l);
    uint32_t *lengths = arena_alloc_raw(arena, features * sizeof *lengths);
    uint32_t *order = arena_alloc_raw(arena, features * sizeof *order);
    const uint32_t *items;
    if (lengths == NULL || order == NULL)
        return -1;
    for (size_t i = 0; i < features; i++)
        most += lengths[i] = image_list(&x->feature_words, l->q->features[i].id, &items);
    if (accum_init(&l->words, smaller(smaller(most, x->head->words), WORD_BUDGET), x->head->words, arena) < 0)
        return -1;
    order_by_rarity(lengths, features, order);
    for (size_t i = 0; i < features; i++) {
        const struct question_feature *f = &l->q->features[order[i]];
        uint32_t count = image_list(&x->feature_words, f->id, &items);
        float value = f->weight * x->weights[f->id];
        if (count > budget)
            break; /* the commonest rows of letters tell least */
        for (uint32_t k = 0; k < count; k++)
            accum_add(&l->words, items[k], value);
        budget -= count;
    }
    return 0;
}

/* Words that the index lists bring their neighbours. */
static void sum_listed(struct look_up *l)
{
    for (size_t i = 0; i < l->q->word_count; i++) {
        if (!l->q->words[i].listed)
            continue;
        const uint32_t *likes;
        uint32_t count = image_list(&l->x->likes, l->q->words[i].id, &likes);
        const float *values = l->x->like_values + (likes - l->x->likes.items);
        for (uint32_t k = 0; k < count; k++)
            accum_add(&l->words, likes[k], values[k]);
    }
}

/* The length of the question's vector: the product with its own words is what these add to it. */
static double question_length(const struct look_up *l)
{
    double squares = l->q->squares, least = norm_least * l->x->head->unknown_idf;
    for (size_t i = 0; i < l->q->word_count; i++)
        if (l->q->words[i].listed)
            squares += accum_get(&l->words, l->q->words[i].id);
    return squares > least * least ? sqrt(squares) : least;
}

/* Of the phrasings that a word stands in so many are followed, no more than `budget`. No word may spend it all: the
 * rare ones of a question are not always the heaviest. */
static size_t docs_followed(const struct look_up *l, uint32_t word, size_t budget, const uint32_t **ret_docs)
{
    return smaller(smaller(image_list(&l->x->word_docs, word, ret_docs), budget), DOC_BUDGET / 4);
}

static int sum_docs(struct look_up *l, struct arena *arena)
{
    const struct index *x = l->x;
    struct accum_sum best[WORDS_BEST];
    const uint32_t *items;
    size_t count = accum_best(&l->words, words_share, best, l->few ? WORDS_FEW : WORDS_BEST), budget = DOC_BUDGET;
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += docs_followed(l, best[i].key, DOC_BUDGET, &items);
    if (accum_init(&l->docs, smaller(smaller(most, x->head->docs), DOC_BUDGET), x->head->docs, arena) < 0)
        return -1;
    for (size_t i = 0; i < count && budget > 0; i++) {
        size_t docs = docs_followed(l, best[i].key, budget, &items);
        budget -= docs;
        for (size_t k = 0; k < docs; k++)
            accum_add(&l->docs, items[k], best[i].value);
    }
    for (uint32_t i = 0; i < l->docs.count; i++)
        l->docs.sums[i].value /= x->docs[l->docs.sums[i].key].norm + 1e-6f;
    return 0;
}

static int sum_entries(struct look_up *l, struct arena *arena)
{
    const struct index *x = l->x;
    uint32_t lengths[QUESTION_WORDS_MAX], order[QUESTION_WORDS_MAX];
    size_t budget = ENTRY_BUDGET;
    const uint32_t *items;
    for (size_t i = 0; i < l->q->word_count; i++) {
        uint32_t stem = l->q->words[i].stem;
        lengths[i] = stem != IMAGE_NONE ? image_list(&x->stem_entries, stem, &items) : 0;
    }
    order_by_rarity(lengths, l->q->word_count, order);
    if (accum_init(&l->entries, smaller(x->head->entries, ENTRY_BUDGET), x->head->entries, arena) < 0)
        return -1;
    for (size_t i = 0; i < l->q->word_count && budget > 0; i++) {
        const struct question_word *w = &l->q->words[order[i]];
        if (lengths[order[i]] == 0)
            continue;
        uint32_t at = x->stem_entries.at[w->stem];
        size_t count = smaller(smaller(lengths[order[i]], budget), ENTRY_BUDGET / 3);
        budget -= count;
        for (size_t k = at; k < at + count; k++)
            accum_add(&l->entries, x->stem_entries.items[k], (float)w->idf * (float)x->stem_impacts[k]);
    }
    return 0;
}

static double doc_product(const struct look_up *l, uint32_t doc)
{
    const uint32_t *items;
    uint32_t count = image_list(&l->x->doc_words, doc, &items);
    double product = 0;
    for (uint32_t i = 0; i < count; i++)
        product += accum_get(&l->words, items[i]);
    return product;
}

static float doc_cosine(const struct look_up *l, uint32_t doc)
{
    double b = l->x->docs[doc].norm;
    double cosine = b > 0 ? doc_product(l, doc) / (l->length * b) : 0;
    return (float)(cosine < 0 ? 0 : cosine > 1 ? 1 : cosine);
}

static float entry_bm25(const struct look_up *l, uint32_t entry)
{
    double least = norm_least * l->x->head->unknown_idf;
    double most = (l->q->mass > least ? l->q->mass : least) * 255 * impact_usual;
    double share = most > 0 ? accum_get(&l->entries, entry) / most : 0;
    return (float)(share > 1 ? 1 : share);
}

static struct found *place_of(struct found *found, size_t *count, uint32_t entry)
{
    size_t at = *count;
    for (size_t i = 0; i < *count; i++)
        at = found[i].entry == entry ? i : at;
    if (at < *count)
        return &found[at];
    if (*count == RETRIEVE_MAX)
        return NULL;
    found[*count] = (struct found){.entry = entry, .doc = IMAGE_NONE};
    return &found[(*count)++];
}

static void consider_doc(const struct look_up *l, uint32_t doc, struct found *found, size_t *count)
{
    const struct image_doc *d = &l->x->docs[doc];
    if (l->mask != NULL && (l->mask->doc == doc || l->mask->entry == d->entry))
        return;
    struct found *f = place_of(found, count, d->entry);
    if (f == NULL)
        return;
    if (f->doc == doc)
        return; /* compared already */
    bool exact = d->exact == l->q->exact && l->q->word_count > 0;
    float cosine = doc_cosine(l, doc);
    if (f->doc == IMAGE_NONE || cosine > f->cosine || (exact && !f->exact)) {
        f->doc = doc;
        f->cosine = cosine;
    }
    f->exact = f->exact || exact;
}

/* Of an entry found by its stems: the phrasing that shares most with the question is compared in full. */
static void consider_entry(const struct look_up *l, uint32_t entry, struct found *found, size_t *count)
{
    const uint32_t *items;
    size_t docs = smaller(image_list(&l->x->entry_docs, entry, &items), ENTRY_DOCS), best = 0;
    float most = -1;
    for (size_t i = 0; i < docs; i++) {
        if (l->mask != NULL && l->mask->doc == items[i])
            continue;
        bool exact = l->x->docs[items[i]].exact == l->q->exact;
        float sum = exact ? FLT_MAX : accum_get(&l->docs, items[i]);
        if (sum > most) {
            most = sum;
            best = i;
        }
    }
    if (docs > 0)
        consider_doc(l, items[best], found, count);
}

int retrieve(const struct index *x, const struct question *q, const struct question_mask *mask,
             const struct retrieve_wanted *wanted, struct arena *arena, struct found *ret, size_t *ret_count)
{
    struct look_up l = {.x = x, .q = q, .mask = mask};
    l.few = wanted != NULL && wanted->count > wanted->meant;
    struct accum_sum docs[DOCS_BEST], entries[ENTRIES_BEST];
    if (sum_words(&l, arena) < 0)
        return -1;
    sum_listed(&l);
    l.length = question_length(&l);
    if (sum_docs(&l, arena) < 0 || sum_entries(&l, arena) < 0)
        return -1;
    *ret_count = 0;
    size_t doc_count = accum_best(&l.docs, docs_share, docs, l.few ? DOCS_FEW : DOCS_BEST);
    size_t entry_count = accum_best(&l.entries, entries_share, entries, l.few ? ENTRIES_FEW : ENTRIES_BEST);
    for (size_t i = 0; wanted != NULL && i < wanted->count; i++)
        consider_entry(&l, wanted->entries[i], ret, ret_count);
    for (size_t i = 0; i < doc_count; i++)
        consider_doc(&l, docs[i].key, ret, ret_count);
    for (size_t i = 0; i < entry_count; i++)
        consider_entry(&l, entries[i].key, ret, ret_count);
    for (size_t i = 0; i < *ret_count; i++)
        ret[i].bm25 = entry_bm25(&l, ret[i].entry);
    return 0;
}
