/* From documents to vectors: see nearness.h. */
#include "tables/nearness.h"

#include "base/svd.h"
#include "tables/hashset.h"
#include "text/kinship.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)SVD_SIZE == (int)KINSHIP_SIZE, "a row of the one is a row of the other");

/* A word is met where two documents have it, and gets a vector where three have. Contexts are
 * smoothed so that rare ones do not seem to say more than they do. */
enum { MET_IN = 2, VECTOR_IN = 3, ITERATIONS = 3 };
static const double smoothing = 0.75;

struct use {
    uint32_t word; /* a key, later an index */
    float weight;
};

/* Rows of uses, one behind the other. */
struct rows {
    size_t *starts; /* count + 1 of them */
    struct use *uses;
    size_t count;
};

struct nearness {
    struct rows documents, words;
    size_t document_room, use_count, use_room;
    uint32_t *keys, *df; /* of each word, by falling df */
    size_t word_count;
};

struct nearness *nearness_new(void)
{
    struct nearness *n = must_calloc(1, sizeof *n);
    n->documents.starts = must_calloc(1, sizeof *n->documents.starts);
    n->document_room = 1;
    return n;
}

void nearness_free(struct nearness *n)
{
    free(n->documents.starts);
    free(n->documents.uses);
    free(n->words.starts);
    free(n->words.uses);
    free(n->keys);
    free(n->df);
    free(n);
}

void nearness_word(struct nearness *n, uint32_t key, float weight)
{
    if (n->use_count == n->use_room) {
        n->use_room = n->use_room ? n->use_room * 2 : 4096;
        n->documents.uses = must_realloc(n->documents.uses, n->use_room * sizeof *n->documents.uses);
    }
    n->documents.uses[n->use_count++] = (struct use){key, weight};
}

static int by_word(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return x->weight < y->weight ? -1 : x->weight > y->weight;
}

void nearness_document(struct nearness *n)
{
    struct rows *d = &n->documents;
    size_t first = d->starts[d->count], kept = first;
    qsort(d->uses + first, n->use_count - first, sizeof *d->uses, by_word);
    for (size_t i = first; i < n->use_count; i++) {
        if (kept > first && d->uses[kept - 1].word == d->uses[i].word)
            d->uses[kept - 1].weight += d->uses[i].weight;
        else
            d->uses[kept++] = d->uses[i];
    }
    n->use_count = kept;
    if (d->count + 1 == n->document_room) {
        n->document_room *= 2;
        d->starts = must_realloc(d->starts, n->document_room * sizeof *d->starts);
    }
    d->starts[++d->count] = kept;
}

/* --- the words --- */

struct count {
    uint32_t key, df, index;
};

static int by_key(const void *a, const void *b)
{
    const struct count *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Common words first, so that what is read most lies together. */
static int by_df(const void *a, const void *b)
{
    const struct count *x = a, *y = b;
    return x->df != y->df ? (x->df > y->df ? -1 : 1) : by_key(a, b);
}

/* Chooses the words that documents share; *ret_counts are sorted by key, to find their indices. */
static size_t count_words(struct nearness *n, struct count **ret_counts)
{
    struct count *counts = must_calloc(n->use_count + 1, sizeof *counts);
    size_t different = 0, met = 0;
    for (size_t i = 0; i < n->use_count; i++)
        counts[i].key = n->documents.uses[i].word;
    qsort(counts, n->use_count, sizeof *counts, by_key);
    for (size_t i = 0; i < n->use_count; i++) {
        if (different == 0 || counts[different - 1].key != counts[i].key)
            counts[different++] = (struct count){.key = counts[i].key};
        counts[different - 1].df++;
    }
    qsort(counts, different, sizeof *counts, by_df);
    while (met < different && counts[met].df >= MET_IN)
        met++;
    n->keys = must_calloc(met + 1, sizeof *n->keys);
    n->df = must_calloc(met + 1, sizeof *n->df);
    for (size_t i = 0; i < met; i++) {
        n->keys[i] = counts[i].key;
        n->df[i] = counts[i].df;
        counts[i].index = (uint32_t)i;
    }
    qsort(counts, met, sizeof *counts, by_key);
    *ret_counts = counts;
    return met;
}

/* A word's weight in a document that has it `tf` times, of all `documents`, `df` of which have it. */
static double weight_of(double tf, double documents, double df)
{
    return (tf > 1 ? 1 + log(tf) : tf) * log(documents / df);
}

/* Weights become tf-idf, of length 1 in each document; uses are of words by index. */
static void weigh_documents(struct nearness *n)
{
    struct rows *d = &n->documents;
    struct count *counts;
    size_t kept = 0, at = 0;
    n->word_count = count_words(n, &counts);
    for (size_t i = 0; i < d->count; i++) {
        double square = 0;
        size_t first = kept, end = d->starts[i + 1];
        for (; at < end; at++) {
            struct count key = {.key = d->uses[at].word};
            const struct count *found = bsearch(&key, counts, n->word_count, sizeof key, by_key);
            if (found == NULL)
                continue;
            double weight = weight_of((double)d->uses[at].weight, (double)d->count, found->df);
            d->uses[kept++] = (struct use){found->index, (float)weight};
            square += weight * weight;
        }
        d->starts[i + 1] = kept;
        for (size_t k = first; k < kept && square > 0; k++)
            d->uses[k].weight /= (float)sqrt(square);
    }
    n->use_count = kept;
    free(counts);
}

/* The same by word: the documents of each. */
static void turn_around(struct nearness *n)
{
    const struct rows *d = &n->documents;
    struct rows *w = &n->words;
    *w = (struct rows){must_calloc(n->word_count + 2, sizeof *w->starts),
                       must_calloc(n->use_count + 1, sizeof *w->uses), n->word_count};
    for (size_t at = 0; at < n->use_count; at++)
        w->starts[d->uses[at].word + 2]++;
    for (size_t i = 0; i < w->count; i++)
        w->starts[i + 2] += w->starts[i + 1];
    for (size_t i = 0; i < d->count; i++) /* starts[word + 1] is where its next use goes */
        for (size_t at = d->starts[i]; at < d->starts[i + 1]; at++)
            w->uses[w->starts[d->uses[at].word + 1]++] = (struct use){(uint32_t)i, d->uses[at].weight};
}

/* --- how often words meet --- */

/* What chance lets two words meet: row[i] × column[j]. */
struct chance {
    double *row, *column;
};

/* A word meets all others of its documents; the sums need no matrix. */
static struct chance chance_of(const struct nearness *n)
{
    const struct rows *d = &n->documents;
    struct chance c = {must_calloc(n->word_count + 1, sizeof *c.row), must_calloc(n->word_count + 1, sizeof *c.column)};
    double smoothed = 0;
    for (size_t i = 0; i < d->count; i++) {
        double sum = 0;
        for (size_t at = d->starts[i]; at < d->starts[i + 1]; at++)
            sum += (double)d->uses[at].weight;
        for (size_t at = d->starts[i]; at < d->starts[i + 1]; at++)
            c.row[d->uses[at].word] += (double)d->uses[at].weight * (sum - (double)d->uses[at].weight);
    }
    for (size_t w = 0; w < n->word_count; w++)
        smoothed += pow(c.row[w], smoothing);
    for (size_t w = 0; w < n->word_count; w++)
        c.column[w] = smoothed > 0 ? pow(c.row[w], smoothing) / smoothed : 0;
    return c;
}

struct meetings {
    size_t *starts, count, room;
    uint32_t *words;
    float *information;
};

static void add_meeting(struct meetings *m, uint32_t word, double information)
{
    if (m->count == m->room) {
        m->room = m->room ? m->room * 2 : 1 << 20;
        m->words = must_realloc(m->words, m->room * sizeof *m->words);
        m->information = must_realloc(m->information, m->room * sizeof *m->information);
    }
    m->words[m->count] = word;
    m->information[m->count++] = (float)information;
}

/* Adds up how often a word meets others; returns how many. */
static size_t meet(const struct nearness *n, size_t word, float *times, uint32_t *met)
{
    const struct rows *d = &n->documents, *w = &n->words;
    size_t count = 0;
    for (size_t at = w->starts[word]; at < w->starts[word + 1]; at++)
        for (size_t i = d->starts[w->uses[at].word]; i < d->starts[w->uses[at].word + 1]; i++) {
            const struct use *other = &d->uses[i];
            if (other->word == word || other->weight <= 0)
                continue;
            if (times[other->word] == 0)
                met[count++] = other->word;
            times[other->word] += other->weight * w->uses[at].weight;
        }
    return count;
}

/* Row by row, with what chance does not explain. */
static struct meetings meetings_of(const struct nearness *n)
{
    struct meetings m = {.starts = must_calloc(n->word_count + 1, sizeof *m.starts)};
    struct chance chance = chance_of(n);
    float *times = must_calloc(n->word_count + 1, sizeof *times);
    uint32_t *met = must_calloc(n->word_count + 1, sizeof *met);
    for (size_t word = 0; word < n->word_count; word++) {
        size_t count = meet(n, word, times, met);
        for (size_t i = 0; i < count; i++) {
            double ratio = (double)times[met[i]] / (chance.row[word] * chance.column[met[i]]);
            if (ratio > 1)
                add_meeting(&m, met[i], log(ratio));
            times[met[i]] = 0;
        }
        m.starts[word + 1] = m.count;
    }
    free(met);
    free(times);
    free(chance.row);
    free(chance.column);
    return m;
}

/* --- the vectors --- */

/* KINSHIP_SIZE steps of which the longest is 127, or false where the row is nothing. */
static bool steps_of(const float *row, int8_t *ret)
{
    float longest = 0;
    for (size_t i = 0; i < KINSHIP_SIZE; i++)
        longest = fabsf(row[i]) > longest ? fabsf(row[i]) : longest;
    if (longest < 1e-6f)
        return false;
    for (size_t i = 0; i < KINSHIP_SIZE; i++)
        ret[i] = (int8_t)lrintf(row[i] * 127 / longest);
    return true;
}

/* Brings the columns, which are as long as their singular values, to the roots of these: else the few that say
 * most, such as how solemn a word is, drown the others. */
static void even_out(float *rows, size_t count)
{
    double squares[KINSHIP_SIZE] = {0};
    for (size_t i = 0; i < count * KINSHIP_SIZE; i++)
        squares[i % KINSHIP_SIZE] += (double)rows[i] * (double)rows[i];
    for (size_t i = 0; i < count * KINSHIP_SIZE; i++)
        rows[i] *= squares[i % KINSHIP_SIZE] > 0 ? (float)pow(squares[i % KINSHIP_SIZE], -0.25) : 0;
}

static int write_rows(const struct nearness *n, const float *rows, const char *lang, struct buf *out, size_t *ret_words)
{
    size_t count = 0;
    uint32_t *keys = must_calloc(n->word_count + 1, sizeof *keys);
    int8_t *steps = must_calloc(n->word_count + 1, KINSHIP_SIZE);
    for (size_t w = 0; w < n->word_count && n->df[w] >= VECTOR_IN; w++)
        if (steps_of(rows + w * KINSHIP_SIZE, steps + count * KINSHIP_SIZE))
            keys[count++] = n->keys[w];
    int result = count > 0 ? kinship_write(out, lang, keys, steps, count) : 0;
    *ret_words = count;
    free(keys);
    free(steps);
    return result;
}

int nearness_write(struct nearness *n, const char *lang, struct buf *out, size_t *ret_words)
{
    *ret_words = 0;
    weigh_documents(n);
    turn_around(n);
    struct meetings m = meetings_of(n);
    float *rows = must_calloc(n->word_count + 1, SVD_SIZE * sizeof *rows);
    int result = svd_rows(&(struct svd_matrix){n->word_count, m.starts, m.words, m.information}, ITERATIONS, rows);
    free(m.starts);
    free(m.words);
    free(m.information);
    if (result == 0) {
        even_out(rows, n->word_count);
        result = write_rows(n, rows, lang, out, ret_words);
    }
    free(rows);
    return result;
}
