/* Fitting the confidence to an edition: see calibrate.h. */
#include "understand/calibrate.h"

#include "base/embed.h"
#include "base/hash.h"
#include "understand/confidence.h"

#include <math.h>
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
/* What first comes is right more often than in a fold, which has seen fewer phrasings: so much is added to the sum. */
static const double unseen_shift = 0.1;
/* An everyday question that is as near as this to an entry is one that the site does answer. */
static const double offtopic_near = 0.8;

/* Shares of the meaning that are tried; without one there is nothing to share. */
static const double shares[] = {0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9};
enum { SHARES = sizeof shares / sizeof *shares };

/* Examples for one set of kinds of meanings and one share. */
struct examples_of {
    struct confidence_example *scope, *first;
    size_t scope_count, first_count, scope_out, right;
};

struct fitting {
    const struct index *x;
    const struct index_entry *entries;
    struct training *training;
    struct sense_build *senses;
    struct arena *arena;
    struct examples_of of[CONFIDENCE_MODELS][SHARES];
    /* Texts out of scope: everyday questions first, then a part of what the training knows. */
    const char *outside[OFFTOPIC_MAX + OUTSIDE_MAX];
    size_t outside_count, offtopic_count, outside_step;
};

static void add_example(struct examples_of *of, const struct question *q, const struct ranking *r, uint32_t entry)
{
    if (of->scope_count >= EXAMPLES_MAX)
        return;
    struct confidence_example *e = &of->scope[of->scope_count++];
    *e = (struct confidence_example){.weight = 1, .holds = entry != IMAGE_NONE};
    confidence_scope_inputs(q, r, e->inputs);
    of->scope_out += entry == IMAGE_NONE;
    if (entry == IMAGE_NONE)
        return;
    size_t twins = r->rival, i = 0;
    while (i < twins && r->all[i].found.entry != entry)
        i++;
    struct confidence_example *first = &of->first[of->first_count++];
    *first = (struct confidence_example){.weight = 1, .holds = i < twins};
    confidence_first_inputs(q, r, first->inputs);
    of->right += i < twins;
}

static size_t share_count(unsigned kinds)
{
    return kinds == 0 ? 1 : SHARES;
}

/* One try, by the words and by them and each set of the kinds of meanings that are known of the text: what came
 * first, and does it hold? `entry` IMAGE_NONE = nothing should. */
static int try_one(struct fitting *f, const char *text, const struct question_mask *mask, const struct sense *sense,
                   uint32_t entry)
{
    struct question q;
    struct ranking *r = arena_alloc(f->arena, sizeof *r);
    if (r == NULL || question_read(f->x, text, mask, f->arena, &q) < 0)
        return -1;
    for (unsigned kinds = 0; kinds < CONFIDENCE_MODELS; kinds++) {
        struct sense part = *sense;
        part.kinds = kinds;
        if ((kinds & ~sense->kinds) != 0)
            continue;
        if (rank(f->x, &q, mask, f->training, &part, f->arena, r) < 0)
            return -1;
        if (kinds == 0 && r->count > 0 && entry == IMAGE_NONE && r->all[0].score > offtopic_near)
            return 0;
        for (size_t s = 0; s < share_count(kinds) && r->count > 0; s++) {
            if (kinds != 0)
                rank_order(f->x, &q, shares[s], r);
            add_example(&f->of[kinds][s], &q, r, entry);
        }
    }
    return 0;
}

static const struct sense no_sense = {0};

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
        if (try_one(f, hurried, NULL, &no_sense, d->entry) < 0)
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
    struct sense sense;
    int result = sense_build_doc(f->senses, doc, f->arena, &sense);
    if (result == 0 && (aside == TRAINING_ENTRY_OUT || f->training == NULL))
        result = try_one(f, text, &whole, &sense, IMAGE_NONE);
    if (result == 0 && aside == TRAINING_PHRASING_OUT && e->phrasing_count > 1)
        result = try_one(f, text, &one, &sense, d->entry);
    if (result == 0 && aside != TRAINING_ENTRY_OUT && e->phrasing_count == 1 && f->training == NULL)
        result = try_hurried(f, doc, text);
    arena_reset(f->arena);
    return result;
}

/* The everyday questions' lines stay where they are embedded; each is copied into `copies`. */
static int gather_offtopic(struct fitting *f, struct arena *copies)
{
    char path[64];
    snprintf(path, sizeof path, "understand/data/offtopic.%s.txt", f->x->head->lang);
    const struct embedded *file = embed_find(path);
    size_t lines = 0;
    for (const char *line = file ? file->data : "", *end; *line != '\0' && lines < OFFTOPIC_MAX; lines++) {
        end = line + strcspn(line, "\n");
        if (*line != '#') {
            size_t size = (size_t)(end - line) < TEXT_BYTES ? (size_t)(end - line) : TEXT_BYTES - 1;
            char *text = arena_printf(copies, "%.*s", (int)size, line);
            if (text == NULL)
                return -1;
            f->outside[f->offtopic_count++] = text;
        }
        line = *end != '\0' ? end + 1 : end;
    }
    f->outside_count = f->offtopic_count;
    return 0;
}

/* Some of what the classifier learns as out of scope. */
static void gather_outside(struct fitting *f)
{
    const char *const *texts;
    size_t count = f->training != NULL ? training_outside(f->training, &texts) : 0;
    f->outside_step = count / OUTSIDE_MAX + 1;
    for (size_t i = 0; i < count; i += f->outside_step)
        f->outside[f->outside_count++] = texts[i];
}

static int try_text(struct fitting *f, size_t outside, const struct question_mask *mask)
{
    struct sense sense;
    int result = sense_build_text(f->senses, outside, f->arena, &sense);
    if (result == 0)
        result = try_one(f, f->outside[outside], mask, &sense, IMAGE_NONE);
    arena_reset(f->arena);
    return result;
}

static int try_offtopic(struct fitting *f)
{
    const struct question_mask none = {IMAGE_NONE, IMAGE_NONE};
    for (size_t i = 0; i < f->offtopic_count; i++)
        if (try_text(f, i, &none) < 0)
            return -1;
    return 0;
}

/* What the classifier would have learnt as out of scope, had it not been left out of the fold. */
static int try_outside(struct fitting *f)
{
    for (size_t i = f->offtopic_count; i < f->outside_count; i++)
        if (training_outside_aside(f->training, (i - f->offtopic_count) * f->outside_step) && try_text(f, i, NULL) < 0)
            return -1;
    return 0;
}

static int try_docs(struct fitting *f, uint32_t folds, const struct advance *advance)
{
    uint32_t docs = f->x->head->docs, step = docs / (DOCS_MAX * TRAINING_FOLDS / folds) + 1;
    for (uint32_t d = 0; d < docs; d += step) {
        if (try_doc(f, d) < 0)
            return -1;
        advance_tell(advance, (double)d / docs);
    }
    return 0;
}

/* Goes through the folds; without a classifier there is one, of everything. */
static int try_all(struct fitting *f, struct training *training, const struct advance *advance)
{
    uint32_t folds = training != NULL ? training_folds(training) : 1;
    int result = 0;
    for (uint32_t fold = 0; fold < folds && result == 0; fold++) {
        const struct advance part = advance_part(advance, (double)fold / folds, (fold + 1.0) / folds);
        const struct advance docs = advance_part(&part, 0.5, 1);
        if (training != NULL)
            result = training_run_fold(training, fold);
        if (result == 0)
            result = try_docs(f, folds, &docs);
        if (result == 0 && training != NULL)
            result = try_outside(f);
        if (result == 0 && fold == 0)
            result = try_offtopic(f);
    }
    return result;
}

static void balance(struct examples_of *f)
{
    double in = (double)(f->scope_count - f->scope_out), out = (double)f->scope_out;
    for (size_t i = 0; i < f->scope_count && out > 0; i++)
        if (!f->scope[i].holds)
            f->scope[i].weight *= out_share * in / out;
}

static int make_room(struct fitting *f)
{
    for (unsigned kinds = 0; kinds < CONFIDENCE_MODELS; kinds++) {
        if ((kinds & ~f->x->kinds) != 0)
            continue;
        for (size_t s = 0; s < share_count(kinds); s++) {
            struct examples_of *of = &f->of[kinds][s];
            of->scope = calloc(EXAMPLES_MAX, sizeof *of->scope);
            of->first = calloc(EXAMPLES_MAX, sizeof *of->first);
            if (of->scope == NULL || of->first == NULL)
                return -1;
        }
    }
    return 0;
}

/* The share nearest to the usual one by which not fewer phrasings find their entry than by the best, but for
 * chance. Editors' wordings resemble one another more than visitors' do, so the words look better here than they are.
 */
static size_t best_share(const struct examples_of of[SHARES], double usual)
{
    size_t best = SHARES, most = 0;
    for (size_t s = 0; s < SHARES; s++)
        most = of[s].right > most ? of[s].right : most;
    double least = (double)most - 0.5 * sqrt((double)of[0].first_count);
    for (size_t s = 0; s < SHARES; s++)
        if ((double)of[s].right >= least && (best == SHARES || fabs(shares[s] - usual) < fabs(shares[best] - usual)))
            best = s;
    return best;
}

static void fit(struct fitting *f, const struct confidence_model *prior, struct confidence_model *ret)
{
    for (unsigned kinds = 0; kinds < CONFIDENCE_MODELS; kinds++) {
        ret[kinds] = confidence_prior_meant(prior, kinds);
        if (f->of[kinds][0].first_count < EXAMPLES_LEAST)
            continue;
        struct examples_of *of = &f->of[kinds][kinds == 0 ? 0 : best_share(f->of[kinds], ret[kinds].share)];
        ret[kinds].share = kinds == 0 ? 0 : shares[of - f->of[kinds]];
        balance(of);
        confidence_fit(ret[kinds].scope, CONFIDENCE_SCOPE_SIZE, of->scope, of->scope_count);
        confidence_fit(ret[kinds].first, CONFIDENCE_FIRST_SIZE, of->first, of->first_count);
        ret[kinds].first[0] += f->training != NULL ? unseen_shift : 0;
    }
}

int calibrate(const struct index *x, const struct index_entry *entries, struct training *training,
              struct sense_build *senses, const struct advance *advance, struct confidence_model ret[CONFIDENCE_MODELS])
{
    struct fitting f = {
        .x = x, .entries = entries, .training = training, .senses = senses, .arena = arena_new(ARENA_BYTES)};
    struct arena *copies = arena_new(OFFTOPIC_MAX * TEXT_BYTES * 2);
    int result = f.arena != NULL && copies != NULL ? gather_offtopic(&f, copies) : -1;
    if (result == 0) {
        gather_outside(&f);
        result = sense_build_outside(senses, f.outside, f.outside_count);
    }
    if (result == 0)
        result = make_room(&f);
    if (result == 0)
        result = try_all(&f, training, advance);
    if (result == 0)
        fit(&f, training != NULL ? &confidence_prior : &confidence_prior_unclassified, ret);
    for (unsigned kinds = 0; kinds < CONFIDENCE_MODELS; kinds++) {
        for (size_t s = 0; s < SHARES; s++) {
            free(f.of[kinds][s].scope);
            free(f.of[kinds][s].first);
        }
    }
    arena_free(copies);
    arena_free(f.arena);
    return result;
}
