/* Weights of features, docs and postings: see weigh.h. */
#include "understand/weigh.h"

#include "base/hash.h"
#include "understand/features.h"

#include <math.h>
#include <stdlib.h>

/* BM25: how much a word in each field counts, and how far length thins it. */
static const struct {
    double weight, thinning;
} fields[WEIGH_FIELDS] = {[WEIGH_QUESTION] = {1.0, 0.4}, [WEIGH_ANSWER] = {0.35, 0.7}, [WEIGH_TOPIC] = {0.5, 0.2}};
static const double saturation = 1.2;

/* How many entries have each word and each feature; `seen` remembers the last entry + 1. */
static int count_frequencies(struct weigh_build *b, uint32_t *df)
{
    uint32_t *seen = calloc(b->v.feature_count + 1, sizeof *seen);
    uint32_t *word_seen = calloc(b->v.word_count + 1, sizeof *word_seen);
    for (uint32_t e = 0; e < b->count && seen != NULL && word_seen != NULL; e++)
        for (size_t f = 0; f < WEIGH_FIELDS; f++)
            for (uint32_t i = b->field_at[f].items[e]; i < b->field_at[f].items[e + 1]; i++) {
                uint32_t word = b->field_words[f].items[i];
                if (word_seen[word] == e + 1)
                    continue;
                word_seen[word] = e + 1;
                b->v.words[word].df++;
                for (uint32_t k = b->v.features_at.items[word]; k < b->v.features_at.items[word + 1]; k++) {
                    uint32_t feature = b->v.features.items[k];
                    df[feature] += seen[feature] != e + 1;
                    seen[feature] = e + 1;
                }
            }
    bool failed = seen == NULL || word_seen == NULL;
    free(seen);
    free(word_seen);
    return failed ? -1 : 0;
}

int weigh_features(struct weigh_build *b)
{
    struct image_parts *p = &b->parts;
    uint32_t *df = calloc(b->v.feature_count + 1, sizeof *df);
    p->weights = calloc(b->v.feature_count + 1, sizeof *p->weights);
    p->stem_idf = calloc(b->v.stem_count + 1, sizeof *p->stem_idf);
    int result = df != NULL && p->weights != NULL && p->stem_idf != NULL ? count_frequencies(b, df) : -1;
    for (uint32_t f = 0; f < b->v.feature_count && result == 0; f++) {
        double idf = features_idf((double)b->count, df[f]);
        p->weights[f] = (float)idf * (f < b->v.stem_count ? features_stem_share : features_gram_share);
        if (f < b->v.stem_count)
            p->stem_idf[f] = (float)idf;
    }
    free(df);
    for (uint32_t w = 0; w < b->v.word_count && result == 0; w++)
        if (b->v.words[w].flags & WORD_STOP) {
            uint32_t stem = b->v.features.items[b->v.features_at.items[w]];
            p->weights[stem] = p->stem_idf[stem] * features_stop_share;
        }
    return result;
}

/* The length of a doc's vector: its features may come from several words, so they are summed. */
static double doc_norm(const struct weigh_build *b, uint32_t doc, float *sums)
{
    double squares = 0;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = b->doc_words_at.items[doc]; i < b->doc_words_at.items[doc + 1]; i++) {
            uint32_t word = b->doc_words.items[i];
            for (uint32_t k = b->v.features_at.items[word]; k < b->v.features_at.items[word + 1]; k++) {
                uint32_t f = b->v.features.items[k];
                if (pass == 0) {
                    sums[f] += b->parts.weights[f];
                } else {
                    squares += (double)sums[f] * sums[f];
                    sums[f] = 0;
                }
            }
        }
    return sqrt(squares);
}

static uint64_t doc_exact(const struct weigh_build *b, uint32_t doc)
{
    uint64_t hash = hash_mix(0);
    for (uint32_t i = b->doc_words_at.items[doc]; i < b->doc_words_at.items[doc + 1]; i++) {
        const struct image_word *w = &b->v.words[b->doc_words.items[i]];
        hash = hash_more(hash, b->v.strings.data + w->text, w->length);
    }
    return hash;
}

struct numbered_doc {
    struct image_doc doc;
    uint32_t old;
};

static int by_norm(const void *a, const void *b)
{
    const struct numbered_doc *x = a, *y = b;
    if (x->doc.norm != y->doc.norm)
        return x->doc.norm < y->doc.norm ? -1 : 1;
    return x->old < y->old ? -1 : x->old > y->old;
}

/* Numbers the docs by rising norm and copies their words in that order. */
int weigh_docs(struct weigh_build *b)
{
    size_t count = b->doc_entry.count;
    struct numbered_doc *docs = calloc(count + 1, sizeof *docs);
    float *sums = calloc(b->v.feature_count + 1, sizeof *sums);
    b->parts.docs = calloc(count + 1, sizeof *b->parts.docs);
    if (docs == NULL || sums == NULL || b->parts.docs == NULL) {
        free(docs);
        free(sums);
        return -1;
    }
    for (uint32_t d = 0; d < count; d++) {
        docs[d].old = d;
        docs[d].doc = (struct image_doc){.exact = doc_exact(b, d),
                                         .entry = b->doc_entry.items[d],
                                         .phrasing = b->doc_phrasing.items[d],
                                         .norm = (float)doc_norm(b, d, sums)};
    }
    qsort(docs, count, sizeof *docs, by_norm);
    for (uint32_t d = 0; d < count; d++) {
        b->parts.docs[d] = docs[d].doc;
        numbers_push(&b->parts.doc_words_at, (uint32_t)b->parts.doc_words.count);
        for (uint32_t i = b->doc_words_at.items[docs[d].old]; i < b->doc_words_at.items[docs[d].old + 1]; i++)
            numbers_push(&b->parts.doc_words, b->doc_words.items[i]);
    }
    numbers_push(&b->parts.doc_words_at, (uint32_t)b->parts.doc_words.count);
    free(docs);
    free(sums);
    return b->parts.doc_words.failed || b->parts.doc_words_at.failed ? -1 : 0;
}

/* A posting of BM25, packed so that sorting by number is by stem, then heaviest first, then entry. */
static uint64_t pack(uint32_t stem, double impact, uint32_t entry)
{
    uint64_t weight = (uint64_t)(impact * 255 + 0.5);
    return (uint64_t)stem << 36 | (255 - weight) << 28 | entry;
}

/* Sums the words of one entry by stem into `sums` (at touched stems), thinned by length. */
static void sum_entry(const struct weigh_build *b, uint32_t e, const double *average, double *sums,
                      struct numbers *touched)
{
    for (size_t f = 0; f < WEIGH_FIELDS; f++) {
        uint32_t from = b->field_at[f].items[e], to = b->field_at[f].items[e + 1];
        double length = average[f] > 0 ? (to - from) / average[f] : 1;
        double each = fields[f].weight / (1 - fields[f].thinning + fields[f].thinning * length);
        for (uint32_t i = from; i < to; i++) {
            uint32_t stem = b->v.features.items[b->v.features_at.items[b->field_words[f].items[i]]];
            if (sums[stem] == 0)
                numbers_push(touched, stem);
            sums[stem] += each;
        }
    }
}

int weigh_entries(struct weigh_build *b)
{
    double average[WEIGH_FIELDS];
    size_t room = 0, count = 0;
    for (size_t f = 0; f < WEIGH_FIELDS; f++) {
        room += b->field_words[f].count;
        average[f] = b->count > 0 ? (double)b->field_words[f].count / (double)b->count : 0;
    }
    double *sums = calloc(b->v.stem_count + 1, sizeof *sums);
    uint64_t *postings = calloc(room + 1, sizeof *postings);
    struct numbers touched = {0};
    for (uint32_t e = 0; e < b->count && sums != NULL && postings != NULL; e++) {
        touched.count = 0;
        sum_entry(b, e, average, sums, &touched);
        for (size_t i = 0; i < touched.count; i++) {
            uint32_t stem = touched.items[i];
            postings[count++] = pack(stem, sums[stem] / (sums[stem] + saturation), e);
            sums[stem] = 0;
        }
    }
    int result = sums == NULL || postings == NULL || touched.failed
                     ? -1
                     : image_parts_postings(&b->parts, postings, count, b->v.stem_count);
    numbers_free(&touched);
    free(sums);
    free(postings);
    return result;
}
