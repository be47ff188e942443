/* Building an index: texts → vocabulary → weights → lists → image → confidence (index.h).
 *
 * One pass reads the texts into lists of words; everything after works on ordinals. */
#include "base/hash.h"
#include "text/token.h"
#include "understand/calibrate.h"
#include "understand/confidence.h"
#include "understand/features.h"
#include "understand/image_write.h"
#include "understand/question.h"
#include "understand/typo.h"
#include "understand/vocabulary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Words of an answer behind these are not indexed. */
enum { ANSWER_WORDS_MAX = 600 };

/* The fields of BM25: how much a word in each counts, and how far length thins it. */
enum field { FIELD_QUESTION, FIELD_ANSWER, FIELD_TOPIC, FIELDS };
static const struct {
    double weight, thinning;
} fields[FIELDS] = {{1.0, 0.4}, {0.35, 0.7}, {0.5, 0.2}};
static const double saturation = 1.2;

/* The build in progress. Words of entries: three lists of (word) an entry, one a field. */
struct build {
    const struct index_entry *entries;
    size_t count;
    struct vocabulary v;
    struct numbers doc_entry, doc_phrasing, doc_words_at, doc_words;
    struct numbers field_at[FIELDS], field_words[FIELDS];
    struct image_parts parts;
};

static void read_words(struct build *b, const char *text, size_t most, struct numbers *ret)
{
    struct token_reader reader = token_reader(text, strlen(text));
    size_t words = 0;
    for (struct token t; words < most && token_next(&reader, &t); words++)
        numbers_push(ret, vocabulary_word(&b->v, t.word, t.length));
}

static void read_entry(struct build *b, uint32_t e)
{
    const struct index_entry *entry = &b->entries[e];
    for (size_t f = 0; f < FIELDS; f++)
        numbers_push(&b->field_at[f], (uint32_t)b->field_words[f].count);
    for (size_t p = 0; p < entry->phrasing_count; p++) {
        size_t first = b->doc_words.count;
        numbers_push(&b->doc_entry, e);
        numbers_push(&b->doc_phrasing, (uint32_t)p);
        numbers_push(&b->doc_words_at, (uint32_t)first);
        read_words(b, entry->phrasings[p], QUESTION_WORDS_MAX, &b->doc_words);
        for (size_t i = first; i < b->doc_words.count; i++) {
            b->v.words[b->doc_words.items[i]].flags |= WORD_IN_QUESTION;
            numbers_push(&b->field_words[FIELD_QUESTION], b->doc_words.items[i]);
        }
    }
    read_words(b, entry->answer, ANSWER_WORDS_MAX, &b->field_words[FIELD_ANSWER]);
    read_words(b, entry->topic, QUESTION_WORDS_MAX, &b->field_words[FIELD_TOPIC]);
}

static int read_entries(struct build *b)
{
    for (size_t e = 0; e < b->count; e++) {
        read_entry(b, (uint32_t)e);
        if (b->v.failed || b->doc_words.failed)
            return -1;
    }
    numbers_push(&b->doc_words_at, (uint32_t)b->doc_words.count);
    bool failed = b->doc_entry.failed || b->doc_phrasing.failed || b->doc_words_at.failed;
    for (size_t f = 0; f < FIELDS; f++) {
        numbers_push(&b->field_at[f], (uint32_t)b->field_words[f].count);
        failed = failed || b->field_at[f].failed || b->field_words[f].failed;
    }
    return failed || vocabulary_number(&b->v) < 0 ? -1 : 0;
}

/* How many entries have each word and each feature; `seen` remembers the last entry + 1. */
static int count_frequencies(struct build *b, uint32_t *df)
{
    uint32_t *seen = calloc(b->v.feature_count + 1, sizeof *seen);
    uint32_t *word_seen = calloc(b->v.word_count + 1, sizeof *word_seen);
    for (uint32_t e = 0; e < b->count && seen != NULL && word_seen != NULL; e++)
        for (size_t f = 0; f < FIELDS; f++)
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

static int weigh_features(struct build *b)
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
static double doc_norm(const struct build *b, uint32_t doc, float *sums)
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

static uint64_t doc_exact(const struct build *b, uint32_t doc)
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
static int order_docs(struct build *b)
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
static void sum_entry(const struct build *b, uint32_t e, const double *average, double *sums, struct numbers *touched)
{
    for (size_t f = 0; f < FIELDS; f++) {
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

static int weigh_entries(struct build *b)
{
    double average[FIELDS];
    size_t room = 0, count = 0;
    for (size_t f = 0; f < FIELDS; f++) {
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

/* Which words share a feature, and in which docs a word stands; only words of questions count. */
static int make_lists(struct build *b)
{
    struct image_parts *p = &b->parts;
    struct numbers at = {0}, items = {0}, entry_at = {0};
    for (uint32_t w = 0; w < b->v.word_count; w++) {
        numbers_push(&at, (uint32_t)items.count);
        bool asked = b->v.words[w].flags & WORD_IN_QUESTION;
        for (uint32_t i = b->v.features_at.items[w]; asked && i < b->v.features_at.items[w + 1]; i++)
            numbers_push(&items, b->v.features.items[i]);
    }
    numbers_push(&at, (uint32_t)items.count);
    numbers_push(&items, 0); /* never NULL */
    for (uint32_t d = 0; d <= b->doc_entry.count; d++)
        numbers_push(&entry_at, d);
    int result = at.failed || items.failed || entry_at.failed ? -1 : 0;
    if (result == 0)
        result = numbers_invert(at.items, items.items, b->v.word_count, b->v.feature_count, SIZE_MAX,
                                &p->feature_words_at, &p->feature_words);
    if (result == 0)
        result = numbers_invert(p->doc_words_at.items, p->doc_words.items, b->doc_entry.count, b->v.word_count,
                                IMAGE_LIST_MAX, &p->word_docs_at, &p->word_docs);
    uint32_t *entries = malloc((b->doc_entry.count + 1) * sizeof *entries);
    for (uint32_t d = 0; d < b->doc_entry.count && entries != NULL; d++)
        entries[d] = p->docs[d].entry;
    if (result == 0)
        result = entries == NULL ? -1
                                 : numbers_invert(entry_at.items, entries, b->doc_entry.count, b->count, SIZE_MAX,
                                                  &p->entry_docs_at, &p->entry_docs);
    free(entries);
    numbers_free(&at);
    numbers_free(&items);
    numbers_free(&entry_at);
    return result;
}

static int build_parts(struct build *b)
{
    for (size_t e = 0; e < b->count; e++)
        if (b->entries[e].phrasing_count == 0)
            return -1;
    if (read_entries(b) < 0 || weigh_features(b) < 0 || order_docs(b) < 0 || weigh_entries(b) < 0 ||
        make_lists(b) < 0 || image_parts_deletes(&b->parts, &b->v) < 0)
        return -1;
    b->parts.entries = (uint32_t)b->count;
    b->parts.unknown_idf = features_idf((double)b->count, 0);
    return 0;
}

static void build_free(struct build *b)
{
    vocabulary_free(&b->v);
    numbers_free(&b->doc_entry);
    numbers_free(&b->doc_phrasing);
    numbers_free(&b->doc_words_at);
    numbers_free(&b->doc_words);
    for (size_t f = 0; f < FIELDS; f++) {
        numbers_free(&b->field_at[f]);
        numbers_free(&b->field_words[f]);
    }
    image_parts_free(&b->parts);
}

/* Opens what was just written, fits the confidence on it and writes that into it. */
static int fit(struct buf *image, const struct index_entry *entries)
{
    struct index *x = index_open(image->data, image->size);
    struct confidence_model model;
    int result = x != NULL ? calibrate(x, entries, &model) : -1;
    index_close(x);
    if (result == 0)
        memcpy(image->data + offsetof(struct image_header, model), &model, sizeof model);
    return result;
}

int index_build(const char *lang, const struct index_entry *entries, size_t count, struct buf *out,
                void (*progress)(void *context, double share), void *context)
{
    struct build b = {.entries = entries, .count = count};
    struct buf image;
    if (count >= IMAGE_ENTRIES_MAX || strlen(lang) >= IMAGE_LANG_BYTES)
        return -1;
    vocabulary_init(&b.v, lang);
    buf_init(&image, out->ceiling);
    int result = build_parts(&b);
    if (result == 0 && progress != NULL)
        progress(context, 0.6);
    if (result == 0)
        result = image_write(&b.parts, &b.v, &image);
    build_free(&b);
    if (result == 0)
        result = fit(&image, entries);
    if (result == 0)
        result = buf_add(out, image.data, image.size);
    buf_free(&image);
    if (result == 0 && progress != NULL)
        progress(context, 1);
    return result;
}
