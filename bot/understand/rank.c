/* One score out of several: see rank.h. */
#include "understand/rank.h"

#include <stdlib.h>

/* Chosen by the benchmark over FAQ of one or two phrasings an entry. */
static const double cosine_share = 0.6, bm25_share = 0.4;

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

int rank(const struct index *x, const struct question *q, const struct question_mask *mask, struct arena *arena,
         struct ranking *ret)
{
    struct found found[RETRIEVE_MAX];
    size_t count = 0;
    if (retrieve(x, q, mask, arena, found, &count) < 0)
        return -1;
    ret->count = count;
    for (size_t i = 0; i < count; i++) {
        struct ranked *r = &ret->all[i];
        r->found = found[i];
        r->cover = 0;
        r->score = cosine_share * found[i].cosine + bm25_share * found[i].bm25 + (found[i].exact ? 1 : 0);
    }
    qsort(ret->all, count, sizeof *ret->all, by_score);
    for (size_t i = 0; i < count && i < UNDERSTOOD_MAX; i++)
        ret->all[i].cover = cover_of(x, q, ret->all[i].found.doc);
    ret->rival = find_rival(x, ret);
    return 0;
}
