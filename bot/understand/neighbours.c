/* Finding like words: see neighbours.h. */
#include "understand/neighbours.h"

#include <stdlib.h>
#include <string.h>

/* Rows of letters that more words have than this tell nothing apart. */
enum { COMMON = 2000 };
static const float least_share = 0.08f;

struct neighbour {
    uint32_t word;
    float likeness;
};

/* Sums by word, cleared by the list of what was touched. */
struct search {
    const struct weigh_build *b;
    float *sums;
    struct numbers touched;
};

static int by_likeness(const void *a, const void *b)
{
    const struct neighbour *x = a, *y = b;
    if (x->likeness != y->likeness)
        return x->likeness > y->likeness ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

static void sum_words(struct search *s, uint32_t word)
{
    const struct weigh_build *b = s->b;
    const struct image_parts *p = &b->parts;
    for (uint32_t i = b->v.features_at.items[word]; i < b->v.features_at.items[word + 1]; i++) {
        uint32_t f = b->v.features.items[i], from = p->feature_words_at.items[f], to = p->feature_words_at.items[f + 1];
        float value = p->weights[f] * p->weights[f];
        for (uint32_t k = from; k < to && to - from <= COMMON; k++) {
            uint32_t other = p->feature_words.items[k];
            if (s->sums[other] == 0)
                numbers_push(&s->touched, other);
            s->sums[other] += value;
        }
    }
}

/* Copies the best of what was summed and clears the sums. */
static size_t take_best(struct search *s, uint32_t word, struct neighbour *found, struct neighbour *ret)
{
    float own = s->sums[word];
    size_t count = 0;
    for (size_t i = 0; i < s->touched.count; i++) {
        uint32_t other = s->touched.items[i];
        if (s->sums[other] >= least_share * own)
            found[count++] = (struct neighbour){other, s->sums[other]};
        s->sums[other] = 0;
    }
    s->touched.count = 0;
    qsort(found, count, sizeof *found, by_likeness);
    count = count < NEIGHBOURS_MAX ? count : NEIGHBOURS_MAX;
    memcpy(ret, found, count * sizeof *ret);
    return count;
}

int neighbours_find(struct weigh_build *b)
{
    struct image_parts *p = &b->parts;
    struct search s = {.b = b, .sums = calloc(b->v.word_count + (size_t)1, sizeof *s.sums)};
    struct neighbour *found = malloc((b->v.word_count + (size_t)1) * sizeof *found);
    buf_init(&p->like_values, (size_t)1 << 31);
    for (uint32_t w = 0; w < b->v.word_count && s.sums != NULL && found != NULL; w++) {
        struct neighbour best[NEIGHBOURS_MAX];
        size_t count = 0;
        numbers_push(&p->like_at, (uint32_t)p->likes.count);
        if (b->v.words[w].flags & WORD_IN_QUESTION) {
            sum_words(&s, w);
            count = take_best(&s, w, found, best);
        }
        for (size_t i = 0; i < count; i++) {
            numbers_push(&p->likes, best[i].word);
            buf_add(&p->like_values, &best[i].likeness, sizeof best[i].likeness);
        }
    }
    numbers_push(&p->like_at, (uint32_t)p->likes.count);
    bool failed = s.sums == NULL || found == NULL || s.touched.failed || p->like_at.failed || p->likes.failed ||
                  p->like_values.failed;
    free(s.sums);
    free(found);
    numbers_free(&s.touched);
    return failed ? -1 : 0;
}
