/* Fitting the confidence to an edition: see calibrate.h. */
#include "understand/calibrate.h"

#include "base/embed.h"
#include "base/hash.h"
#include "understand/confidence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DOCS_MAX = 500, /* phrasings that are tried; a larger site is sampled */
    EXAMPLES_MAX = 8 * DOCS_MAX,
    OFFTOPIC_MAX = 200,
    OUTSIDE_MAX = 300,
    EXAMPLES_LEAST = 20, /* in scope: with fewer the prior stands */
    TEXT_BYTES = 512,
    ARENA_BYTES = 16 << 20
};

/* Examples out of scope count together as much as this share of those in scope. */
static const double out_share = 0.07;
/* An everyday question that is as near as this to an entry is one that the site does answer. */
static const double offtopic_near = 0.8;

struct fitting {
    const struct index *x;
    const struct index_entry *entries;
    const struct training *training;
    struct arena *arena;
    struct confidence_example *scope, *first;
    size_t scope_count, first_count, scope_out;
};

/* One try: what came first, and does it hold? `entry` IMAGE_NONE = nothing should. */
static int try_one(struct fitting *f, const char *text, const struct question_mask *mask, uint32_t entry, double weight)
{
    struct question q;
    struct ranking *r = arena_alloc(f->arena, sizeof *r);
    if (r == NULL || question_read(f->x, text, mask, f->arena, &q) < 0 ||
        rank(f->x, &q, mask, f->training, f->arena, r) < 0)
        return -1;
    if (r->count == 0 || f->scope_count >= EXAMPLES_MAX)
        return 0;
    if (entry == IMAGE_NONE && r->all[0].score > offtopic_near)
        return 0;
    struct confidence_example *e = &f->scope[f->scope_count++];
    *e = (struct confidence_example){.weight = weight, .holds = entry != IMAGE_NONE};
    confidence_scope_inputs(&q, r, e->inputs);
    f->scope_out += entry == IMAGE_NONE;
    if (entry == IMAGE_NONE)
        return 0;
    size_t twins = r->rival, i = 0;
    while (i < twins && r->all[i].found.entry != entry)
        i++;
    struct confidence_example *first = &f->first[f->first_count++];
    *first = (struct confidence_example){.weight = weight, .holds = i < twins};
    confidence_first_inputs(&q, r, first->inputs);
    return 0;
}

/* The text with some words left out and a letter of one lost, as hurried people write. */
static void hurry(const char *text, uint64_t chance, char *ret, size_t room)
{
    struct token_reader reader = token_reader(text, strnlen(text, TEXT_BYTES));
    size_t used = 0, words = 0;
    for (struct token t; token_next(&reader, &t); words++) {
        chance = hash_mix(chance + words + 1);
        if (chance % 100 < 30 || used + t.length + 2 > room)
            continue;
        size_t lost = chance / 100 % 6 == 0 && t.length > 4 ? 1 + chance / 1000 % (t.length - 1) : t.length;
        if (used > 0)
            ret[used++] = ' ';
        for (size_t i = 0; i < t.length; i++)
            if (i != lost)
                ret[used++] = t.word[i];
    }
    ret[used] = '\0';
}

/* Words dropped and misspelt, for an entry that has no second phrasing. */
static int try_hurried(struct fitting *f, uint32_t doc, const char *text)
{
    char hurried[TEXT_BYTES];
    const struct image_doc *d = &f->x->docs[doc];
    for (uint64_t k = 0; k < 2; k++) {
        hurry(text, d->exact + k, hurried, sizeof hurried);
        if (try_one(f, hurried, NULL, d->entry, 1) < 0)
            return -1;
    }
    return 0;
}

/* What one phrasing teaches, in a fold that the classifier has not seen. */
static int try_doc(struct fitting *f, uint32_t doc)
{
    const struct image_doc *d = &f->x->docs[doc];
    const struct index_entry *e = &f->entries[d->entry];
    const char *text = e->phrasings[d->phrasing];
    const struct question_mask whole = {d->entry, IMAGE_NONE}, one = {IMAGE_NONE, doc};
    enum training_aside aside = f->training != NULL ? training_doc_aside(f->training, doc) : TRAINING_PHRASING_OUT;
    int result = 0;
    if (aside == TRAINING_ENTRY_OUT || f->training == NULL)
        result = try_one(f, text, &whole, IMAGE_NONE, 1);
    if (result == 0 && aside == TRAINING_PHRASING_OUT && e->phrasing_count > 1)
        result = try_one(f, text, &one, d->entry, 1);
    if (result == 0 && aside != TRAINING_ENTRY_OUT && e->phrasing_count == 1 && f->training == NULL)
        result = try_hurried(f, doc, text);
    arena_reset(f->arena);
    return result;
}

static int try_offtopic(struct fitting *f)
{
    char path[64], text[TEXT_BYTES];
    snprintf(path, sizeof path, "understand/data/offtopic.%s.txt", f->x->head->lang);
    const struct embedded *file = embed_find(path);
    const struct question_mask none = {IMAGE_NONE, IMAGE_NONE};
    size_t count = 0;
    for (const char *line = file ? file->data : "", *end; *line != '\0' && count < OFFTOPIC_MAX; count++) {
        end = line + strcspn(line, "\n");
        snprintf(text, sizeof text, "%.*s", (int)(end - line), line);
        if (*line != '#' && try_one(f, text, &none, IMAGE_NONE, 1) < 0)
            return -1;
        arena_reset(f->arena);
        line = *end != '\0' ? end + 1 : end;
    }
    return 0;
}

/* What the classifier would have learnt as out of scope, had it not been left out of the fold. */
static int try_outside(struct fitting *f)
{
    const char *const *texts;
    size_t count = training_outside(f->training, &texts), step = count / OUTSIDE_MAX + 1;
    for (size_t i = 0; i < count; i += step) {
        if (training_outside_aside(f->training, i) && try_one(f, texts[i], NULL, IMAGE_NONE, 1) < 0)
            return -1;
        arena_reset(f->arena);
    }
    return 0;
}

static int try_docs(struct fitting *f, uint32_t folds)
{
    uint32_t docs = f->x->head->docs, step = docs / (DOCS_MAX * TRAINING_FOLDS / folds) + 1;
    for (uint32_t d = 0; d < docs; d += step)
        if (try_doc(f, d) < 0)
            return -1;
    return 0;
}

/* Goes through the folds; without a classifier there is one, of everything. */
static int try_all(struct fitting *f, struct training *training)
{
    uint32_t folds = training != NULL ? training_folds(training) : 1;
    int result = 0;
    for (uint32_t fold = 0; fold < folds && result == 0; fold++) {
        if (training != NULL)
            result = training_run_fold(training, fold);
        if (result == 0)
            result = try_docs(f, folds);
        if (result == 0 && training != NULL)
            result = try_outside(f);
        if (result == 0 && fold == 0)
            result = try_offtopic(f);
    }
    return result;
}

static void balance(struct fitting *f)
{
    double in = 0, out = (double)f->scope_out;
    for (size_t i = 0; i < f->scope_count; i++)
        in += f->scope[i].holds ? f->scope[i].weight : 0;
    for (size_t i = 0; i < f->scope_count && out > 0; i++)
        if (!f->scope[i].holds)
            f->scope[i].weight *= out_share * in / out;
}

int calibrate(const struct index *x, const struct index_entry *entries, struct training *training,
              struct confidence_model *ret)
{
    struct fitting f = {.x = x, .entries = entries, .training = training, .arena = arena_new(ARENA_BYTES)};
    f.scope = calloc(EXAMPLES_MAX, sizeof *f.scope);
    f.first = calloc(EXAMPLES_MAX, sizeof *f.first);
    *ret = training != NULL ? confidence_prior : confidence_prior_unclassified;
    int result = f.arena != NULL && f.scope != NULL && f.first != NULL ? 0 : -1;
    if (result == 0)
        result = try_all(&f, training);
    if (result == 0 && f.first_count >= EXAMPLES_LEAST) {
        balance(&f);
        confidence_fit(ret->scope, CONFIDENCE_SCOPE_SIZE, f.scope, f.scope_count);
        confidence_fit(ret->first, CONFIDENCE_FIRST_SIZE, f.first, f.first_count);
    }
    free(f.scope);
    free(f.first);
    arena_free(f.arena);
    return result;
}
