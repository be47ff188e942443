/* From meanings to nearness: see sense.h. */
#include "understand/sense.h"

int sense_of(const struct index *x, const struct understand_options *o, struct arena *arena, struct sense *ret)
{
    struct sense s = {0};
    for (size_t k = 0; k < MEANING_KINDS; k++) {
        if ((x->kinds & 1u << k) == 0 || o == NULL || o->meanings[k] == NULL ||
            o->sources[k] != meaning_source(&x->meanings[k]) || o->sizes[k] != meaning_size(&x->meanings[k]))
            continue;
        struct meaning_query *q = arena_alloc_raw(arena, sizeof *q);
        if (q == NULL)
            return -1;
        meaning_ask(&x->meanings[k], o->meanings[k], q);
        if (!(q->scale > 0))
            continue; /* none of its words is known to the vectors */
        s.asked[k] = q;
        s.kinds |= 1u << k;
    }
    s.share = x->head->models[s.kinds].share;
    *ret = s;
    return 0;
}

size_t sense_best(const struct index *x, const struct sense *s, const struct question_mask *mask,
                  uint32_t ret[SENSE_BEST])
{
    size_t count = 0, kinds = (size_t)__builtin_popcount(s->kinds);
    for (size_t k = 0; k < MEANING_KINDS; k++) {
        uint32_t entries[SENSE_BEST + 1];
        float cosines[SENSE_BEST + 1];
        if ((s->kinds & 1u << k) == 0)
            continue;
        /* One more, as one may be hidden. */
        size_t found = meaning_best(&x->meanings[k], s->asked[k], SENSE_BEST / kinds + 1, entries, cosines);
        for (size_t i = 0, taken = 0; i < found && taken < SENSE_BEST / kinds; i++)
            if (mask == NULL || mask->entry != entries[i]) {
                ret[count++] = entries[i];
                taken++;
            }
    }
    return count;
}

float sense_nearness(const struct index *x, const struct sense *s, uint32_t entry)
{
    float sum = 0;
    for (size_t k = 0; k < MEANING_KINDS; k++) {
        float cosine;
        if ((s->kinds & 1u << k) == 0)
            continue;
        meaning_scores(&x->meanings[k], s->asked[k], &entry, 1, &cosine);
        float near = (cosine - x->scales[k].low) / (x->scales[k].high - x->scales[k].low);
        sum += near < 0 ? 0 : near > SENSE_MOST ? SENSE_MOST : near;
    }
    return sum / (float)__builtin_popcount(s->kinds);
}
