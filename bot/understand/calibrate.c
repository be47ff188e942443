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
    EXAMPLES_MAX = 6 * DOCS_MAX,
    OFFTOPIC_MAX = 200,
    TEXT_BYTES = 512,
    ARENA_BYTES = 16 << 20
};

/* Examples out of scope count together as much as this share of those in scope. */
static const double out_share = 0.2;
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

/* Everything that one phrasing teaches. */
static int try_doc(struct fitting *f, uint32_t doc)
{
    const struct image_doc *d = &f->x->docs[doc];
    const struct index_entry *e = &f->entries[d->entry];
    const char *text = e->phrasings[d->phrasing];
    char hurried[TEXT_BYTES];
    const struct question_mask whole = {.entry = d->entry, .doc = IMAGE_NONE}, one = {.entry = IMAGE_NONE, .doc = doc};
    int failed = try_one(f, text, &whole, IMAGE_NONE, 1) < 0;
    if (e->phrasing_count > 1)
        failed |= try_one(f, text, &one, d->entry, 1) < 0;
    for (uint64_t k = 0; k < 2; k++) {
        hurry(text, d->exact + k, hurried, sizeof hurried);
        failed |= try_one(f, hurried, NULL, d->entry, e->phrasing_count > 1 ? 0.5 : 1) < 0;
    }
    arena_reset(f->arena);
    return failed ? -1 : 0;
}

static int try_offtopic(struct fitting *f)
{
    char path[64], text[TEXT_BYTES];
    snprintf(path, sizeof path, "understand/data/offtopic.%s.txt", f->x->head->lang);
    const struct embedded *file = embed_find(path);
    const struct question_mask none = {.entry = IMAGE_NONE, .doc = IMAGE_NONE};
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

static void balance(struct fitting *f)
{
    double in = 0, out = (double)f->scope_out;
    for (size_t i = 0; i < f->scope_count; i++)
        in += f->scope[i].holds ? f->scope[i].weight : 0;
    for (size_t i = 0; i < f->scope_count && out > 0; i++)
        if (!f->scope[i].holds)
            f->scope[i].weight *= out_share * in / out;
}

int calibrate(const struct index *x, const struct index_entry *entries, const struct training *training,
              struct confidence_model *ret)
{
    struct fitting f = {.x = x, .entries = entries, .training = training, .arena = arena_new(ARENA_BYTES)};
    f.scope = calloc(EXAMPLES_MAX, sizeof *f.scope);
    f.first = calloc(EXAMPLES_MAX, sizeof *f.first);
    *ret = confidence_prior;
    int result = f.arena != NULL && f.scope != NULL && f.first != NULL ? 0 : -1;
    uint32_t docs = x->head->docs, step = docs / DOCS_MAX + 1;
    for (uint32_t d = 0; d < docs && result == 0; d += step)
        result = try_doc(&f, d);
    if (result == 0)
        result = try_offtopic(&f);
    if (result == 0) {
        balance(&f);
        confidence_fit(ret->scope, CONFIDENCE_SCOPE_SIZE, f.scope, f.scope_count);
        confidence_fit(ret->first, CONFIDENCE_FIRST_SIZE, f.first, f.first_count);
    }
    free(f.scope);
    free(f.first);
    arena_free(f.arena);
    return result;
}
