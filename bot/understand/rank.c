/* One score out of several: see rank.h. */
#include "understand/rank.h"

#include <stdlib.h>

/* Entries that the classifier likes best, considered wherever they stand. */
enum { WANTED_MAX = 8 };

/* Chosen by the benchmark over FAQ of one or two phrasings an entry. */
static const double cosine_share = 0.2, bm25_share = 0.8;

static bool doc_has_stem(const struct index *x, uint32_t doc, uint32_t stem)
{
    const uint32_t *items;
    uint32_t count = image_list(&x->doc_words, doc, &items);
    for (uint32_t i = 0; i < count; i++)
        if (x->word_features.items[x->word_features.at[items[i]]] == stem)
            return true;
    return false;
}

static double cover_of(const struct index *x, const struct question *q, uint32_t doc)
{
    double covered = 0;
    for (size_t i = 0; i < q->word_count; i++) {
        const struct question_word *w = &q->words[i];
        if (!w->stop && w->stem != IMAGE_NONE && doc_has_stem(x, doc, w->stem))
            covered += w->idf;
    }
    return q->content > 0 ? covered / q->content : 0;
}

static int by_score(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->found.entry < y->found.entry ? -1 : x->found.entry > y->found.entry;
}

/* Entries asked with the same words are one answer seen twice, not rivals. */
static size_t find_rival(const struct index *x, const struct ranking *r)
{
    size_t i = 1;
    while (i < r->count && x->docs[r->all[i].found.doc].exact == x->docs[r->all[0].found.doc].exact)
        i++;
    return i < r->count ? i : r->count;
}

/* What the classifier makes of it: margins of all classes, or NULL where there is none. */
static int ask_classifier(const struct index *x, const struct question *q, const struct question_mask *mask,
                          const struct training *training, struct arena *arena, float **ret)
{
    *ret = NULL;
    if (x->classifier == NULL && training == NULL)
        return 0;
    float *margins = arena_array(arena, (size_t)x->head->entries + 1, sizeof *margins);
    if (margins == NULL || (training != NULL && training_margins(training, q, mask, arena, margins) < 0))
        return -1;
    if (training == NULL)
        classifier_margins(x->classifier, x, q, margins);
    *ret = margins;
    return 0;
}

/* The entries of the greatest margins. */
static size_t best_margins(const float *margins, uint32_t entries, const struct question_mask *mask,
                           uint32_t ret[WANTED_MAX])
{
    size_t count = 0;
    for (uint32_t e = 0; e < entries; e++) {
        if ((mask != NULL && mask->entry == e) || (count == WANTED_MAX && margins[e] <= margins[ret[count - 1]]))
            continue;
        size_t i = count < WANTED_MAX ? count++ : count - 1;
        for (; i > 0 && margins[ret[i - 1]] < margins[e]; i--)
            ret[i] = ret[i - 1];
        ret[i] = e;
    }
    return count;
}

/* How much the classifier leads, by the mean number of phrasings. */
static double margin_share(const struct index *x)
{
    double mean = x->head->entries > 0 ? (double)x->head->docs / x->head->entries : 0;
    return mean < 1.5 ? 0.3 : mean < 3 ? 0.6 : 0.8;
}

static double claim(float margin)
{
    double share = (margin + 1) / 2;
    return share < 0 ? 0 : share > 1.5 ? 1.5 : share;
}

int rank(const struct index *x, const struct question *q, const struct question_mask *mask,
         const struct training *training, struct arena *arena, struct ranking *ret)
{
    struct found found[RETRIEVE_MAX];
    uint32_t liked[WANTED_MAX];
    struct retrieve_wanted wanted = {.entries = liked};
    float *margins;
    size_t count = 0;
    if (ask_classifier(x, q, mask, training, arena, &margins) < 0)
        return -1;
    if (margins != NULL)
        wanted.count = best_margins(margins, x->head->entries, mask, liked);
    if (retrieve(x, q, mask, &wanted, arena, found, &count) < 0)
        return -1;
    double lead = margins != NULL ? margin_share(x) : 0;
    ret->count = count;
    ret->best_margin = wanted.count > 0 ? margins[liked[0]] : 0;
    ret->none_margin = margins != NULL ? margins[x->head->entries] : 0;
    for (size_t i = 0; i < count; i++) {
        struct ranked *r = &ret->all[i];
        r->found = found[i];
        r->cover = 0;
        r->margin = margins != NULL ? margins[found[i].entry] : 0;
        r->score = (1 - lead) * (cosine_share * found[i].cosine + bm25_share * found[i].bm25) +
                   lead * (margins != NULL ? claim(r->margin) : 0) + (found[i].exact ? 1 : 0);
    }
    qsort(ret->all, count, sizeof *ret->all, by_score);
    for (size_t i = 0; i < count && i < UNDERSTOOD_MAX; i++)
        ret->all[i].cover = cover_of(x, q, ret->all[i].found.doc);
    ret->rival = find_rival(x, ret);
    return 0;
}
