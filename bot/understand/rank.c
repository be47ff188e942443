/* One score out of several: see rank.h. */
#include "understand/rank.h"

#include <math.h>

/* Entries that the classifier likes best, considered wherever they stand. */
enum { WANTED_MAX = 8 };

/* Chosen by the benchmark over FAQ of one or two phrasings an entry. */
static const struct shares {
    double cosine, bm25;
} beside_claims = {0.2, 0.8}, alone = {0.6, 0.4};

/* To the end, wherever it is found: sooner done than guessed where to stop. */
static bool doc_has_stem(const struct index *x, uint32_t doc, uint32_t stem)
{
    const uint32_t *items;
    uint32_t count = image_list(&x->doc_words, doc, &items), found = 0;
    for (uint32_t i = 0; i < count; i++)
        found |= x->word_features.items[x->word_features.at[items[i]]] == stem;
    return found;
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

static bool is_before(const struct ranked *a, const struct ranked *b)
{
    return a->score != b->score ? a->score > b->score : a->found.entry < b->found.entry;
}

/* So few, and often in order already, that nothing is quicker. */
static void sort(struct ranking *r)
{
    for (size_t i = 1; i < r->count; i++) {
        struct ranked one = r->all[i];
        size_t at = i;
        for (; at > 0 && is_before(&one, &r->all[at - 1]); at--)
            r->all[at] = r->all[at - 1];
        r->all[at] = one;
    }
}

/* Entries asked with the same words are one answer seen twice, not rivals. */
static size_t find_rival(const struct index *x, const struct ranking *r)
{
    size_t i = 1;
    while (i < r->count && x->docs[r->all[i].found.doc].exact == x->docs[r->all[0].found.doc].exact)
        i++;
    return i < r->count ? i : r->count;
}

/* What the classifier makes of it: claims of all classes, or NULL where there is none. */
static int ask_classifier(const struct index *x, const struct question *q, struct training *training,
                          struct arena *arena, float **ret)
{
    *ret = NULL;
    if (x->classifier == NULL && training == NULL)
        return 0;
    float *claims = arena_alloc_raw(arena, ((size_t)x->head->entries + 1) * sizeof *claims);
    if (claims == NULL || (training != NULL && training_claims(training, q, arena, claims) < 0))
        return -1;
    if (training == NULL)
        classifier_claims(x->classifier, x, q, claims);
    *ret = claims;
    return 0;
}

/* The entries of the greatest claims. */
static size_t best_claims(const float *claims, uint32_t entries, const struct question_mask *mask,
                          uint32_t ret[WANTED_MAX])
{
    size_t count = 0;
    for (uint32_t e = 0; e < entries; e++) {
        if ((mask != NULL && mask->entry == e) || (count == WANTED_MAX && claims[e] <= claims[ret[count - 1]]))
            continue;
        size_t i = count < WANTED_MAX ? count++ : count - 1;
        for (; i > 0 && claims[ret[i - 1]] < claims[e]; i--)
            ret[i] = ret[i - 1];
        ret[i] = e;
    }
    return count;
}

static double mean_phrasings(const struct index *x)
{
    return x->head->entries > 0 ? (double)x->head->docs / x->head->entries : 1;
}

/* The more wordings an entry has, the nearer a new one is to them: measured with 1, 5, 10 and 100. */
static float usual_claim(const struct index *x)
{
    double phrasings = mean_phrasings(x);
    return (float)(0.4 + 0.26 * log10(phrasings < 1 ? 1 : phrasings));
}

/* How much the classifier leads, by the mean number of phrasings. */
static double claim_share(const struct index *x)
{
    double mean = mean_phrasings(x);
    return mean < 1.5 ? 0.3 : mean < 3 ? 0.45 : 0.9;
}

static void add_nearness(const struct index *x, const struct sense *sense, struct ranking *r)
{
    r->kinds = sense->kinds;
    for (size_t i = 0; i < r->count; i++) {
        float near = sense_nearness(x, sense, r->all[i].found.entry);
        r->all[i].near = near;
        if (near > r->best_near) {
            r->second_near = r->best_near;
            r->best_near = near;
        } else if (near > r->second_near) {
            r->second_near = near;
        }
    }
}

void rank_order(const struct index *x, const struct question *q, double share, struct ranking *r)
{
    double most = 0;
    for (size_t i = 0; i < r->count; i++)
        most = r->all[i].words > most ? r->all[i].words : most;
    share *= most < 1 ? (1 - most) * (1 - most) : 0;
    for (size_t i = 0; i < r->count; i++) {
        struct ranked *k = &r->all[i];
        /* Squared: half-near is not near, and the best of several such should not win against the words. */
        k->score = (1 - share) * k->words + share * (double)k->near * (double)k->near + (k->found.exact ? 1 : 0);
    }
    sort(r);
    for (size_t i = 0; i < r->count && i < UNDERSTOOD_MAX; i++)
        r->all[i].cover = cover_of(x, q, r->all[i].found.doc);
    r->rival = find_rival(x, r);
}

int rank(const struct index *x, const struct question *q, const struct question_mask *mask, struct training *training,
         const struct sense *sense, struct arena *arena, struct ranking *ret)
{
    struct found found[RETRIEVE_MAX];
    uint32_t liked[WANTED_MAX + SENSE_BEST];
    struct retrieve_wanted wanted = {.entries = liked};
    bool means = sense != NULL && sense->kinds != 0;
    float *claims;
    size_t count = 0;
    if (ask_classifier(x, q, training, arena, &claims) < 0)
        return -1;
    if (claims != NULL)
        wanted.count = best_claims(claims, x->head->entries, mask, liked);
    size_t claimed = wanted.count;
    if (means) {
        wanted.meant = sense_best(x, sense, mask, liked + claimed);
        wanted.count += wanted.meant;
    }
    if (retrieve(x, q, mask, &wanted, arena, found, &count) < 0)
        return -1;
    double lead = claims != NULL ? claim_share(x) : 0;
    const struct shares share = claims != NULL ? beside_claims : alone;
    ret->count = count;
    ret->best_claim = claimed > 0 ? claims[liked[0]] : 0;
    ret->second_claim = claimed > 1 ? claims[liked[1]] : 0;
    ret->usual_claim = usual_claim(x);
    ret->none_claim = claims != NULL ? claims[x->head->entries] : 0;
    for (size_t i = 0; i < count; i++) {
        struct ranked *r = &ret->all[i];
        r->found = found[i];
        r->cover = 0;
        r->near = 0;
        r->claim = claims != NULL ? claims[found[i].entry] : 0;
        r->words = (1 - lead) * (share.cosine * found[i].cosine + share.bm25 * found[i].bm25) + lead * r->claim;
    }
    ret->kinds = 0;
    ret->best_near = ret->second_near = 0;
    if (means)
        add_nearness(x, sense, ret);
    rank_order(x, q, means ? sense->share : 0, ret);
    return 0;
}
