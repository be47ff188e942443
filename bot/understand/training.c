/* Making the classifier: see training.h. */
#include "understand/training.h"

#include "base/hash.h"
#include "text/negatives.h"
#include "understand/examples.h"
#include "understand/gist.h"
#include "understand/meaning_format.h"
#include "understand/svm.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Everyday sentences beside the phrasings: as many as these, within bounds; what an error on one
 * costs beside an error on a phrasing. */
enum { EVERYDAY_LEAST = 300, EVERYDAY_MOST = 1000, ARENA_BYTES = 4 << 20 };
/* One in so many entries is left out of a fold altogether. So many examples are gone through in all
 * folds, so many in two; more of them in one. */
enum { ENTRIES_ASIDE = 8, FOLDED_WHOLE = 2500, FOLDED_TWICE = 6000 };
enum { THREADS_MAX = 4 };
/* Weights that are so many 127ths of a row's greatest, or less, are left out. */
enum { FAINT = 3 };
static const float phrasing_cost = 1, outside_cost = 1, everyday_cost = 0.5f;

/* What an example contributes to a class. */
struct share {
    uint32_t class;
    float alpha;
};

struct training {
    const struct index *x;
    struct examples examples;
    uint32_t *docs;   /* of the first examples */
    uint32_t *labels; /* of all: an entry, or `classes` - 1 for none */
    uint32_t *used;   /* the same for the last run, SVM_LEFT_OUT for what took no part */
    uint8_t *kernel;
    uint32_t *example_of; /* by doc, or IMAGE_NONE */
    float *costs;
    uint32_t *order;
    size_t doc_count, classes;
    uint32_t fold; /* of the last run */
    float own;     /* mean margin of the phrasings, after it */
    const char **outside;
    size_t outside_count;
    const struct kinship *kinship; /* NULL where the language has none */
    float *gists;                  /* KINSHIP_SIZE an example, of length 1 or 0 */
    /* By column: the examples that have it. */
    uint32_t *posting_at, *posting_examples;
    float *posting_values;
    /* By example: its shares. */
    uint32_t *share_at;
    struct share *shares;
};

void training_free(struct training *t)
{
    if (t == NULL)
        return;
    examples_free(&t->examples);
    free(t->docs);
    free(t->labels);
    free(t->used);
    free(t->kernel);
    free(t->example_of);
    free(t->costs);
    free(t->order);
    free(t->outside);
    free(t->gists);
    free(t->posting_at);
    free(t->posting_examples);
    free(t->posting_values);
    free(t->share_at);
    free(t->shares);
    free(t);
}

/* --- examples ------------------------------------------------------------------------------- */

/* All phrasings, or of each entry evenly as many as there is room for. */
static void add_docs(struct training *t)
{
    uint32_t entries = t->x->head->entries, docs = t->x->head->docs;
    uint32_t each = docs <= TRAINING_EXAMPLES_MAX ? UINT32_MAX : TRAINING_EXAMPLES_MAX / entries + 1;
    for (uint32_t e = 0; e < entries; e++) {
        const uint32_t *of_entry;
        uint32_t count = image_list(&t->x->entry_docs, e, &of_entry);
        uint32_t step = each == UINT32_MAX ? 1 : count / each + 1;
        for (uint32_t i = 0; i < count && t->doc_count < docs; i += step) {
            t->docs[t->doc_count] = of_entry[i];
            t->example_of[of_entry[i]] = (uint32_t)t->doc_count;
            t->labels[t->doc_count++] = e;
            examples_add_doc(&t->examples, of_entry[i]);
        }
    }
}

static int add_text(struct training *t, const char *text, struct arena *arena)
{
    const struct reading_options plain = {0};
    struct reading reading;
    if (reading_of(t->x, text, &plain, arena, &reading) < 0)
        return -1;
    examples_add(&t->examples, &reading);
    arena_reset(arena);
    return 0;
}

static size_t everyday_count(size_t phrasings, size_t there)
{
    size_t wanted = phrasings < EVERYDAY_LEAST ? EVERYDAY_LEAST : phrasings;
    wanted = wanted > EVERYDAY_MOST ? EVERYDAY_MOST : wanted;
    return wanted < there ? wanted : there;
}

static int add_examples(struct training *t, const struct index_options *options, const char *const *everyday,
                        size_t everyday_used, struct arena *arena)
{
    add_docs(t);
    size_t own = options != NULL ? options->out_of_scope_count : 0;
    for (size_t i = 0; i < own; i++)
        t->outside[t->outside_count++] = options->out_of_scope[i];
    for (size_t i = 0; i < own; i++)
        if (add_text(t, t->outside[i], arena) < 0)
            return -1;
    if (examples_close(&t->examples) < 0)
        return -1;
    for (size_t i = 0; i < everyday_used; i++)
        t->outside[t->outside_count++] = everyday[i];
    for (size_t i = 0; i < everyday_used; i++)
        if (add_text(t, everyday[i], arena) < 0)
            return -1;
    for (size_t i = 0; i < examples_count(&t->examples); i++) {
        bool outside = i >= t->doc_count;
        t->labels[i] = outside ? (uint32_t)t->classes - 1 : t->labels[i];
        t->costs[i] = !outside ? phrasing_cost : i < t->doc_count + own ? outside_cost : everyday_cost;
    }
    return t->examples.failed ? -1 : 0;
}

static int make_gists(struct training *t)
{
    size_t count = examples_count(&t->examples);
    t->kinship = kinship_of(t->x->head->lang);
    if (t->kinship == NULL)
        return 0;
    t->gists = malloc((count + 1) * KINSHIP_SIZE * sizeof *t->gists);
    for (size_t d = 0; d < count && t->gists != NULL; d++)
        examples_gist(&t->examples, d, t->kinship, t->gists + d * KINSHIP_SIZE);
    return t->gists != NULL ? 0 : -1;
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The same mixture at every making: neighbours are of one entry, and solving one after the other is slow. */
static int make_order(struct training *t)
{
    size_t count = examples_count(&t->examples);
    uint64_t *keys = malloc((count + 1) * sizeof *keys);
    t->order = malloc((count + 1) * sizeof *t->order);
    for (size_t i = 0; i < count && keys != NULL; i++)
        keys[i] = hash_mix(i + 1) << 32 | i;
    if (keys != NULL)
        qsort(keys, count, sizeof *keys, by_number);
    for (size_t i = 0; i < count && keys != NULL && t->order != NULL; i++)
        t->order[i] = (uint32_t)keys[i];
    int result = keys != NULL && t->order != NULL ? 0 : -1;
    free(keys);
    return result;
}

/* Turns the rows of the examples into lists by column. */
static int make_postings(struct training *t)
{
    const struct examples *e = &t->examples;
    size_t columns = e->column_count, items = e->cols.count;
    t->posting_at = calloc(columns + 2, sizeof *t->posting_at);
    t->posting_examples = malloc((items + 1) * sizeof *t->posting_examples);
    t->posting_values = malloc((items + 1) * sizeof *t->posting_values);
    if (t->posting_at == NULL || t->posting_examples == NULL || t->posting_values == NULL)
        return -1;
    uint32_t *next = t->posting_at + 1; /* shifted by one while it is filled */
    for (size_t i = 0; i < items; i++)
        next[e->cols.items[i] + 1]++;
    for (size_t c = 0; c < columns; c++)
        next[c + 1] += next[c];
    for (uint32_t d = 0; d < examples_count(e); d++)
        for (uint32_t i = e->at.items[d]; i < e->at.items[d + 1]; i++) {
            uint32_t place = next[e->cols.items[i]]++;
            t->posting_examples[place] = d;
            t->posting_values[place] = e->values[i];
        }
    return 0;
}

struct training *training_new(const struct index *x, const struct index_options *options)
{
    struct training *t = calloc(1, sizeof *t);
    struct arena *arena = arena_new(ARENA_BYTES);
    if (t == NULL || arena == NULL) {
        free(t);
        arena_free(arena);
        return NULL;
    }
    size_t there = 0, own = options != NULL ? options->out_of_scope_count : 0;
    const char *const *everyday = negatives_of(x->head->lang, &there);
    size_t used = everyday_count(x->head->docs, there), most = x->head->docs + own + used + 1;
    t->x = x;
    t->classes = (size_t)x->head->entries + 1;
    t->docs = calloc(most, sizeof *t->docs);
    t->labels = calloc(most, sizeof *t->labels);
    t->used = calloc(most, sizeof *t->used);
    t->example_of = malloc(most * sizeof *t->example_of);
    t->costs = calloc(most, sizeof *t->costs);
    t->outside = calloc(own + used + 1, sizeof *t->outside);
    if (t->example_of != NULL)
        memset(t->example_of, 0xff, most * sizeof *t->example_of);
    bool good = t->docs != NULL && t->used != NULL && t->example_of != NULL && t->labels != NULL && t->costs != NULL &&
                t->outside != NULL && examples_init(&t->examples, x) == 0 &&
                add_examples(t, options, everyday, used, arena) == 0 && make_postings(t) == 0 && make_order(t) == 0 &&
                make_gists(t) == 0;
    arena_free(arena);
    if (good)
        return t;
    training_free(t);
    return NULL;
}

size_t training_outside(const struct training *t, const char *const **ret_texts)
{
    *ret_texts = t->outside;
    return t->outside_count;
}

/* --- solving -------------------------------------------------------------------------------- */

/* The product of one example (or of a question) with each, by the lists of its columns. */
static void multiply(const struct training *t, const uint32_t *columns, const float *values, size_t count, float *ret)
{
    memset(ret, 0, examples_count(&t->examples) * sizeof *ret);
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = t->posting_at[columns[i]]; k < t->posting_at[columns[i] + 1]; k++)
            ret[t->posting_examples[k]] += values[i] * t->posting_values[k];
}

/* Adds what the gist of a text and that of each example have in common. */
static void add_gists(const struct training *t, const float *gist, float *ret)
{
    for (size_t d = 0; t->gists != NULL && d < examples_count(&t->examples); d++) {
        const float *other = t->gists + d * KINSHIP_SIZE;
        float sum = 0;
        for (size_t i = 0; i < KINSHIP_SIZE; i++)
            sum += gist[i] * other[i];
        ret[d] += gist_share * sum;
    }
}

static int make_kernel(struct training *t)
{
    const struct examples *e = &t->examples;
    size_t count = examples_count(e);
    float *row = calloc(count + 1, sizeof *row);
    t->kernel = malloc(count * count + 1);
    for (size_t d = 0; d < count && t->kernel != NULL && row != NULL; d++) {
        uint32_t first = e->at.items[d];
        multiply(t, e->cols.items + first, e->values + first, e->at.items[d + 1] - first, row);
        if (t->gists != NULL)
            add_gists(t, t->gists + d * KINSHIP_SIZE, row);
        for (size_t k = 0; k < count; k++) {
            float value = (row[k] + SVM_KERNEL_BELOW) * SVM_KERNEL_ONE + 0.5f;
            t->kernel[d * count + k] = value > 255 ? 255 : value < 0 ? 0 : (uint8_t)value;
        }
    }
    int result = t->kernel != NULL && row != NULL ? 0 : -1;
    free(row);
    return result;
}

/* One (example, class, alpha), to be sorted by example. */
struct triple {
    uint32_t example;
    struct share share;
};

struct triples {
    struct triple *items;
    size_t count, room;
};

static int push_triple(struct triples *s, struct triple t)
{
    if (s->count == s->room) {
        size_t room = s->room ? 2 * s->room : 65536;
        struct triple *grown = realloc(s->items, room * sizeof *grown);
        if (grown == NULL)
            return -1;
        s->items = grown;
        s->room = room;
    }
    s->items[s->count++] = t;
    return 0;
}

static int keep_shares(struct training *t, const struct triples *s, size_t lists)
{
    size_t count = examples_count(&t->examples), all = 1;
    free(t->share_at);
    free(t->shares);
    for (size_t l = 0; l < lists; l++)
        all += s[l].count;
    t->share_at = calloc(count + 2, sizeof *t->share_at);
    t->shares = malloc(all * sizeof *t->shares);
    if (t->share_at == NULL || t->shares == NULL)
        return -1;
    uint32_t *next = t->share_at + 1;
    for (size_t l = 0; l < lists; l++)
        for (size_t i = 0; i < s[l].count; i++)
            next[s[l].items[i].example + 1]++;
    for (size_t d = 0; d < count; d++)
        next[d + 1] += next[d];
    for (size_t l = 0; l < lists; l++)
        for (size_t i = 0; i < s[l].count; i++)
            t->shares[next[s[l].items[i].example]++] = s[l].items[i].share;
    return 0;
}

/* The mean margin of the phrasings: at the optimum a support vector's is 1 - alpha / 2C. */
static float own_margin(const struct training *t)
{
    double sum = 0;
    size_t count = 0;
    for (size_t d = 0; d < t->doc_count; d++) {
        if (t->used[d] == SVM_LEFT_OUT)
            continue;
        count++;
        sum += 1;
        for (uint32_t s = t->share_at[d]; s < t->share_at[d + 1]; s++)
            if (t->shares[s].class == t->labels[d])
                sum -= t->shares[s].alpha / (2 * t->costs[d]);
    }
    return count > 0 ? (float)(sum / (double)count) : 0;
}

/* The classes are problems of their own: each thread takes every so many of them. */
struct solver {
    struct training *t;
    uint32_t first, step;
    struct triples kept;
    bool failed;
    void (*progress)(void *context, double share); /* of the first solver alone */
    void *context;
};

static void *solve_classes(void *argument)
{
    struct solver *s = argument;
    const struct training *t = s->t;
    size_t count = examples_count(&t->examples);
    float *scratch = calloc(count + 1, sizeof *scratch), *alphas = calloc(count + 1, sizeof *alphas);
    uint32_t *active = calloc(count + 1, sizeof *active);
    struct svm_problem problem = {count, t->kernel, t->used, t->costs, t->order};
    s->failed = scratch == NULL || alphas == NULL || active == NULL;
    for (uint32_t c = s->first; c < t->classes && !s->failed; c += s->step) {
        svm_solve(&problem, c, scratch, active, alphas);
        for (uint32_t d = 0; d < count && !s->failed; d++)
            s->failed = alphas[d] != 0 && push_triple(&s->kept, (struct triple){d, {c, alphas[d]}}) < 0;
        if (s->progress != NULL)
            s->progress(s->context, (double)c / (double)t->classes);
    }
    free(scratch);
    free(active);
    free(alphas);
    return NULL;
}

static int solve(struct training *t, void (*progress)(void *context, double share), void *context)
{
    struct solver solvers[THREADS_MAX] = {0};
    struct triples kept[THREADS_MAX];
    pthread_t threads[THREADS_MAX];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = processors < 1 ? 1 : processors > THREADS_MAX ? THREADS_MAX : (size_t)processors;
    size_t started = 1;
    if (t->kernel == NULL && make_kernel(t) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        solvers[i] = (struct solver){.t = t, .first = (uint32_t)i, .step = (uint32_t)count};
    solvers[0].progress = progress;
    solvers[0].context = context;
    while (started < count && pthread_create(&threads[started], NULL, solve_classes, &solvers[started]) == 0)
        started++;
    solve_classes(&solvers[0]);
    for (size_t i = started; i < count; i++)
        solve_classes(&solvers[i]); /* a thread that was not to be had */
    int result = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && i < started)
            pthread_join(threads[i], NULL);
        kept[i] = solvers[i].kept;
        result = solvers[i].failed ? -1 : result;
    }
    if (result == 0)
        result = keep_shares(t, kept, count);
    if (result == 0)
        t->own = own_margin(t);
    for (size_t i = 0; i < count; i++)
        free(kept[i].items);
    return result;
}

int training_run(struct training *t, void (*progress)(void *context, double share), void *context)
{
    memcpy(t->used, t->labels, examples_count(&t->examples) * sizeof *t->used);
    return solve(t, progress, context);
}

/* Chance that is the same at every making: which fold a number falls into. */
static bool falls(uint64_t number, uint32_t fold, uint32_t folds)
{
    return hash_mix(number + 1) % folds == fold;
}

int training_run_fold(struct training *t, uint32_t fold)
{
    uint32_t before = IMAGE_NONE, place = 0;
    for (size_t i = 0; i < examples_count(&t->examples); i++) {
        uint32_t label = t->labels[i];
        bool out = false;
        if (i < t->doc_count) {
            place = label == before ? place + 1 : 0; /* among its entry's */
            before = label;
            const uint32_t *docs;
            uint32_t several = image_list(&t->x->entry_docs, label, &docs), turn = (uint32_t)hash_mix(label + 1);
            /* Of two phrasings one at a time, of more every fifth. */
            uint32_t period = several < TRAINING_FOLDS ? several : TRAINING_FOLDS;
            out = several > 1 && (place + turn) % period == fold % period;
            out = out || falls(label, fold, ENTRIES_ASIDE);
        } else {
            out = falls(i, fold, TRAINING_FOLDS);
        }
        t->used[i] = out ? SVM_LEFT_OUT : label;
    }
    t->fold = fold;
    return solve(t, NULL, NULL);
}

enum training_aside training_doc_aside(const struct training *t, uint32_t doc)
{
    uint32_t example = t->example_of[doc];
    if (example == IMAGE_NONE || t->used[example] != SVM_LEFT_OUT)
        return TRAINING_IN;
    return falls(t->labels[example], t->fold, ENTRIES_ASIDE) ? TRAINING_ENTRY_OUT : TRAINING_PHRASING_OUT;
}

bool training_outside_aside(const struct training *t, size_t outside)
{
    return t->used[t->doc_count + outside] == SVM_LEFT_OUT;
}

uint32_t training_folds(const struct training *t)
{
    size_t count = examples_count(&t->examples);
    return count <= FOLDED_WHOLE ? TRAINING_FOLDS : count <= FOLDED_TWICE ? 2 : 1;
}

/* --- asking --------------------------------------------------------------------------------- */

int training_claims(const struct training *t, const struct question *q, struct arena *arena, float *ret)
{
    /* The question becomes an example for as long as it takes. */
    struct examples *e = (struct examples *)&t->examples;
    size_t count = examples_count(e);
    float *products = arena_array(arena, count + 1, sizeof *products);
    if (products == NULL)
        return -1;
    examples_add(e, &q->reading);
    if (e->failed)
        return -1;
    uint32_t first = e->at.items[count];
    uint32_t columns = e->at.items[count + 1] - first;
    float gist[KINSHIP_SIZE];
    if (t->kinship != NULL)
        examples_gist(e, count, t->kinship, gist);
    examples_drop_last(e);
    multiply(t, e->cols.items + first, e->values + first, columns, products);
    if (t->kinship != NULL)
        add_gists(t, gist, products);
    memset(ret, 0, t->classes * sizeof *ret);
    for (size_t d = 0; d < count; d++)
        for (uint32_t s = t->share_at[d]; s < t->share_at[d + 1]; s++)
            ret[t->shares[s].class] += t->shares[s].alpha * (products[d] + 1);
    for (size_t c = 0; c < t->classes; c++)
        ret[c] = classifier_claim(ret[c], t->own);
    return 0;
}

/* --- writing -------------------------------------------------------------------------------- */

/* A section in the making: rows, and what they add to which classes. */
struct writer {
    const struct training *t;
    float *sums; /* of each class */
    struct buf rows, words, classes, weights, gists, gist_scales;
};

static void sum_column(struct writer *w, uint32_t column, float factor)
{
    const struct training *t = w->t;
    for (uint32_t k = t->posting_at[column]; k < t->posting_at[column + 1]; k++) {
        uint32_t d = t->posting_examples[k];
        float value = t->posting_values[k] * factor;
        for (uint32_t s = t->share_at[d]; s < t->share_at[d + 1]; s++)
            w->sums[t->shares[s].class] += value * t->shares[s].alpha;
    }
}

/* Turns the sums into a row and clears them. */
static void end_row(struct writer *w, double square)
{
    struct classifier_row row = {.at = (uint32_t)w->weights.size, .square = (float)square};
    float most = 0;
    for (size_t c = 0; c < w->t->classes; c++)
        most = fabsf(w->sums[c]) > most ? fabsf(w->sums[c]) : most;
    row.scale = most / 127;
    for (size_t c = 0; c < w->t->classes; c++) {
        int8_t weight = most > 0 ? (int8_t)lrintf(w->sums[c] / row.scale) : 0;
        uint16_t class = (uint16_t)c;
        w->sums[c] = 0;
        if (abs(weight) <= FAINT)
            continue;
        buf_add(&w->classes, &class, sizeof class);
        buf_add(&w->weights, &weight, sizeof weight);
        row.count++;
    }
    buf_add(&w->rows, &row, sizeof row);
}

static void write_columns(struct writer *w)
{
    const struct examples *e = &w->t->examples;
    for (uint32_t c = 0; c < e->column_count; c++) {
        sum_column(w, c, e->columns[c].rarity);
        end_row(w, (double)e->columns[c].rarity * e->columns[c].rarity);
    }
}

/* What all signals of a word add together. */
static void write_word(struct writer *w, const struct signal *signals, size_t count)
{
    const struct examples *e = &w->t->examples;
    double squares = 0;
    for (size_t s = 0; s < count; s++) {
        uint32_t column = examples_column(e, signals[s].key);
        if (column == IMAGE_NONE)
            continue;
        float value = signals[s].weight * e->columns[column].rarity;
        sum_column(w, column, value);
        squares += (double)value * value;
    }
    end_row(w, squares);
}

static void write_words(struct writer *w)
{
    const struct examples *e = &w->t->examples;
    const struct index *x = w->t->x;
    for (uint32_t i = 0; i < x->head->words; i++) {
        const struct image_word *word = &x->words[i];
        struct signal signals[SIGNALS_OF_WORD];
        size_t count = signals_of_word(x->head->lang, e->thesaurus, x->strings + word->text, word->length,
                                       word->flags & WORD_STOP, signals);
        /* A word of answers alone is rare in questions, and has no row of its own. */
        bool asked = word->flags & WORD_IN_QUESTION;
        struct classifier_word c = {.key = signals[0].key,
                                    .row =
                                        asked ? (uint32_t)(w->rows.size / sizeof(struct classifier_row)) : IMAGE_NONE};
        if (asked)
            write_word(w, signals, count);
        buf_add(&w->words, &c, sizeof c);
    }
}

static void add_padded(struct buf *out, const void *bytes, size_t size)
{
    buf_add(out, bytes, size);
    for (; size % 8 != 0; size++)
        buf_putc(out, 0);
}

/* The part of each class's function that is over gists: as steps, and what a step is worth. */
static int write_gists(const struct training *t, struct buf *ret_steps, struct buf *ret_scales)
{
    float *sums = calloc(t->classes, KINSHIP_SIZE * sizeof *sums);
    for (size_t d = 0; sums != NULL && t->kinship != NULL && d < examples_count(&t->examples); d++)
        for (uint32_t s = t->share_at[d]; s < t->share_at[d + 1]; s++)
            for (size_t i = 0; i < KINSHIP_SIZE; i++)
                sums[t->shares[s].class * KINSHIP_SIZE + i] +=
                    gist_share * t->shares[s].alpha * t->gists[d * KINSHIP_SIZE + i];
    for (size_t c = 0; sums != NULL && t->kinship != NULL && c < t->classes; c++) {
        const float *sum = sums + c * KINSHIP_SIZE;
        int8_t steps[KINSHIP_SIZE];
        float squares = 0;
        for (size_t i = 0; i < KINSHIP_SIZE; i++)
            squares += sum[i] * sum[i];
        float scale = meaning_steps8(sum, KINSHIP_SIZE, KINSHIP_SIZE, steps) * sqrtf(squares);
        buf_add(ret_steps, steps, sizeof steps);
        buf_add(ret_scales, &scale, sizeof scale);
    }
    free(sums);
    return sums != NULL && !ret_steps->failed && !ret_scales->failed ? 0 : -1;
}

static void add_biases(const struct training *t, float *sums)
{
    for (uint32_t s = 0; s < t->share_at[examples_count(&t->examples)]; s++)
        sums[t->shares[s].class] += t->shares[s].alpha;
}

static bool write_section(struct writer *w, struct buf *out)
{
    const struct examples *e = &w->t->examples;
    struct classifier_header h = {.classes = (uint32_t)w->t->classes,
                                  .rows = (uint32_t)(w->rows.size / sizeof(struct classifier_row)),
                                  .slots = e->mask + 1,
                                  .words = w->t->x->head->words,
                                  .elements = (uint32_t)w->weights.size,
                                  .own = w->t->own,
                                  .gists = w->t->kinship != NULL ? (uint32_t)w->t->classes : 0,
                                  .unseen = examples_unseen(e),
                                  .kinship = w->t->kinship != NULL ? kinship_checksum(w->t->kinship) : 0,
                                  .thesaurus = e->thesaurus != NULL ? thesaurus_checksum(e->thesaurus) : 0};
    add_padded(out, &h, sizeof h);
    add_padded(out, w->rows.data, w->rows.size);
    add_padded(out, e->slots, h.slots * sizeof *e->slots);
    add_padded(out, w->words.data, w->words.size);
    add_padded(out, w->sums, h.classes * sizeof *w->sums);
    add_padded(out, w->gists.data, w->gists.size);
    add_padded(out, w->gist_scales.data, w->gist_scales.size);
    add_padded(out, w->classes.data, w->classes.size);
    add_padded(out, w->weights.data, w->weights.size);
    return !w->rows.failed && !w->words.failed && !w->classes.failed && !w->weights.failed && !out->failed;
}

int training_write(const struct training *t, struct buf *out)
{
    struct writer w = {.t = t, .sums = calloc(t->classes + 1, sizeof *w.sums)};
    struct buf *parts[] = {&w.rows, &w.words, &w.classes, &w.weights, &w.gists, &w.gist_scales};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        buf_init(parts[i], (size_t)1 << 31);
    bool good = w.sums != NULL;
    if (good) {
        write_columns(&w);
        write_words(&w);
        add_biases(t, w.sums);
        good = write_gists(t, &w.gists, &w.gist_scales) == 0 && write_section(&w, out);
    }
    free(w.sums);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        buf_free(parts[i]);
    return good ? 0 : -1;
}
