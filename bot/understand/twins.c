/* Questions that are nearly the same in two entries: for the checker (index.h). */
#include "understand/rank.h"

#include <math.h>
#include <stdlib.h>

enum { ARENA_BYTES = 16 << 20, DOCS_MAX = 20000 };

struct nearest {
    uint32_t other, phrasing, other_phrasing;
    double likeness;
};

static double likeness(const struct index *x, const char *a, const char *b, struct arena *arena)
{
    struct question p, q;
    if (question_read_whole(x, a, arena, &p) < 0 || question_read_whole(x, b, arena, &q) < 0)
        return 0;
    double product = 0;
    for (size_t i = 0; i < q.word_count; i++)
        if (q.words[i].id != IMAGE_NONE)
            product += question_meets(x, &p, q.words[i].id);
    double norms = sqrt(p.squares * q.squares);
    if (p.exact == q.exact)
        return 1;
    return norms <= 0 || product <= 0 ? 0 : product > norms ? 1 : product / norms;
}

double index_likeness(const struct index *x, const char *a, const char *b)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    double alike = arena != NULL ? likeness(x, a, b, arena) : 0;
    arena_free(arena);
    return alike;
}

/* The nearest phrasing of another entry than the doc's own. */
static void look_around(const struct index *x, const struct index_entry *entries, uint32_t doc, struct arena *arena,
                        struct nearest *ret)
{
    const struct image_doc *d = &x->docs[doc];
    struct found found[RETRIEVE_MAX];
    struct question q;
    size_t count;
    if (question_read(x, entries[d->entry].phrasings[d->phrasing], NULL, arena, &q) < 0 ||
        retrieve(x, &q, NULL, NULL, arena, found, &count) < 0)
        return;
    for (size_t i = 0; i < count; i++) {
        double alike = found[i].exact ? 1 : found[i].cosine;
        if (found[i].entry == d->entry || alike <= ret->likeness)
            continue;
        *ret = (struct nearest){found[i].entry, d->phrasing, x->docs[found[i].doc].phrasing, alike};
    }
}

int index_twins(const struct index *x, const struct index_entry *entries, double least,
                void (*found)(void *context, uint32_t first, uint32_t second, size_t first_phrasing,
                              size_t second_phrasing, double likeness),
                void *context)
{
    struct nearest *near = calloc(x->head->entries + 1, sizeof *near);
    struct arena *arena = arena_new(ARENA_BYTES);
    if (near == NULL || arena == NULL) {
        free(near);
        arena_free(arena);
        return -1;
    }
    for (uint32_t d = 0, step = x->head->docs / DOCS_MAX + 1; d < x->head->docs; d += step) {
        look_around(x, entries, d, arena, &near[x->docs[d].entry]);
        arena_reset(arena);
    }
    for (uint32_t e = 0; e < x->head->entries; e++) {
        const struct nearest *n = &near[e];
        if (n->likeness < least || n->likeness <= 0)
            continue;
        if (e < n->other)
            found(context, e, n->other, n->phrasing, n->other_phrasing, n->likeness);
        else if (near[n->other].other != e || near[n->other].likeness < least)
            found(context, n->other, e, n->other_phrasing, n->phrasing, n->likeness);
    }
    free(near);
    arena_free(arena);
    return 0;
}
