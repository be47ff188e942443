/* Solving for the classes, with and without a fold, and asking what came of it: see training.h. */
#include "understand/training_data.h"

#include "base/hash.h"
#include "understand/gist.h"
#include "understand/svm.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One in so many entries is left out of a fold altogether. So many examples are gone through in all
 * folds, so many in two; more of them in one. */
enum { ENTRIES_ASIDE = 8, FOLDED_WHOLE = 2500, FOLDED_TWICE = 6000, THREADS_MAX = 4 };

/* The product of one text with each example, by the lists of its columns and by its gist (NULL = none). */
static void multiply(const struct training *t, const uint32_t *columns, const float *values, size_t count,
                     const float *gist, float *ret)
{
    memset(ret, 0, examples_count(&t->examples) * sizeof *ret);
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = t->posting_at[columns[i]]; k < t->posting_at[columns[i] + 1]; k++)
            ret[t->posting_examples[k]] += values[i] * t->posting_values[k];
    for (size_t d = 0; gist != NULL && d < examples_count(&t->examples); d++) {
        const float *other = t->gists + d * KINSHIP_SIZE;
        float sums[8] = {0}; /* several at once, which one sum in order would forbid */
        for (size_t i = 0; i < KINSHIP_SIZE; i += 8)
            for (size_t k = 0; k < 8; k++)
                sums[k] += gist[i + k] * other[i + k];
        ret[d] +=
            gist_share * (((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7])));
    }
}

static int make_kernel(struct training *t)
{
    const struct examples *e = &t->examples;
    size_t count = examples_count(e);
    float *row = calloc(count + 1, sizeof *row);
    /* Two texts alike in words, frame and gist come to about 2; cosines of gists may be negative. */
    t->kernel_one = t->gists != NULL ? 108 : 160;
    t->kernel_below = 0.25f;
    t->kernel = malloc(count * count + 1);
    for (size_t d = 0; d < count && t->kernel != NULL && row != NULL; d++) {
        uint32_t first = e->at.items[d];
        multiply(t, e->cols.items + first, e->values + first, e->at.items[d + 1] - first,
                 t->gists != NULL ? t->gists + d * KINSHIP_SIZE : NULL, row);
        for (size_t k = 0; k < count; k++) {
            float value = (row[k] + t->kernel_below) * t->kernel_one + 0.5f;
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
    struct svm_problem problem = {.count = count,
                                  .kernel = t->kernel,
                                  .one = t->kernel_one,
                                  .below = t->kernel_below,
                                  .labels = t->used,
                                  .costs = t->costs,
                                  .order = t->order};
    s->failed = scratch == NULL || alphas == NULL || active == NULL;
    for (uint32_t c = s->first; c < t->classes && !s->failed; c += s->step) {
        problem.costs = c + 1 == t->classes ? t->costs : t->entry_costs;
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

int training_claims(struct training *t, const struct question *q, struct arena *arena, float *ret)
{
    /* The question becomes an example for as long as it takes. */
    struct examples *e = &t->examples;
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
    multiply(t, e->cols.items + first, e->values + first, columns, t->kinship != NULL ? gist : NULL, products);
    memset(ret, 0, t->classes * sizeof *ret);
    for (size_t d = 0; d < count; d++)
        for (uint32_t s = t->share_at[d]; s < t->share_at[d + 1]; s++)
            ret[t->shares[s].class] += t->shares[s].alpha * (products[d] + 1);
    for (size_t c = 0; c < t->classes; c++)
        ret[c] = classifier_claim(ret[c], t->own);
    return 0;
}
