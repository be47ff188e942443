/* What training learns from: see training.h. */
#include "understand/training_data.h"

#include "base/hash.h"
#include "text/negatives.h"

#include <stdlib.h>
#include <string.h>

/* Everyday sentences beside the phrasings: as many as these, within bounds; what an error on one
 * costs beside an error on a phrasing: where none of the entries is told from all, and where an entry
 * is told from the others, which have enough to do with one another. */
enum { EVERYDAY_LEAST = 300, EVERYDAY_MOST = 1000, ARENA_BYTES = 4 << 20 };
static const float phrasing_cost = 1, outside_cost = 1, everyday_cost = 1, everyday_entry_cost = 0.02f;

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
    free(t->entry_costs);
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

/* The site's own examples out of scope, or a part of them, evenly chosen. */
static size_t gather_own(struct training *t, const struct index_options *options)
{
    size_t count = options != NULL ? options->out_of_scope_count : 0;
    size_t step = (count + TRAINING_OUTSIDE_MAX - 1) / TRAINING_OUTSIDE_MAX;
    for (size_t i = 0; i < count; i += step)
        t->outside[t->outside_count++] = options->out_of_scope[i];
    return t->outside_count;
}

static int add_examples(struct training *t, const struct index_options *options, const char *const *everyday,
                        size_t everyday_used, struct arena *arena)
{
    add_docs(t);
    size_t own = gather_own(t, options);
    for (size_t i = 0; i < own; i++)
        if (add_text(t, t->outside[i], arena) < 0)
            return -1;
    if (examples_close(&t->examples) < 0)
        return -1;
    for (size_t i = 0; i < everyday_used; i++)
        t->outside[t->outside_count++] = everyday[i];
    /* What is said every day is said in the frames that visitors' questions have, too. */
    t->examples.frameless = true;
    for (size_t i = 0; i < everyday_used; i++)
        if (add_text(t, everyday[i], arena) < 0)
            return -1;
    t->examples.frameless = false;
    for (size_t i = 0; i < examples_count(&t->examples); i++) {
        bool outside = i >= t->doc_count;
        t->labels[i] = outside ? (uint32_t)t->classes - 1 : t->labels[i];
        t->costs[i] = !outside ? phrasing_cost : i < t->doc_count + own ? outside_cost : everyday_cost;
        t->entry_costs[i] = i < t->doc_count + own ? t->costs[i] : everyday_entry_cost;
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
    own = own < TRAINING_OUTSIDE_MAX ? own : TRAINING_OUTSIDE_MAX;
    const char *const *everyday = negatives_of(x->head->lang, &there);
    size_t used = everyday_count(x->head->docs, there), most = x->head->docs + own + used + 1;
    t->x = x;
    t->classes = (size_t)x->head->entries + 1;
    t->docs = calloc(most, sizeof *t->docs);
    t->labels = calloc(most, sizeof *t->labels);
    t->used = calloc(most, sizeof *t->used);
    t->example_of = malloc(most * sizeof *t->example_of);
    t->costs = calloc(most, sizeof *t->costs);
    t->entry_costs = calloc(most, sizeof *t->entry_costs);
    t->outside = calloc(own + used + 1, sizeof *t->outside);
    if (t->example_of != NULL)
        memset(t->example_of, 0xff, most * sizeof *t->example_of);
    bool good = t->docs != NULL && t->used != NULL && t->example_of != NULL && t->labels != NULL && t->costs != NULL &&
                t->entry_costs != NULL && t->outside != NULL && examples_init(&t->examples, x) == 0 &&
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
