/* Reading a section of meanings: see meaning.h and the layout in meaning_format.h. */
#include "understand/meaning.h"

#include "understand/meaning_format.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS8 = 127, STEPS16 = 2047, WIDER = 4, GROUPS_MOST = 1024 };

static uint64_t align(uint64_t at)
{
    return (at + 7) / 8 * 8;
}

struct meaning_layout meaning_layout(const struct meaning_header *h)
{
    const uint64_t rows = (uint64_t)h->centres + h->phrasings + h->groups;
    struct meaning_layout l;
    l.entries = sizeof *h;
    l.scales = align(l.entries + h->entries * sizeof(struct meaning_entry));
    l.order = align(l.scales + rows * sizeof(float));
    l.group_at = align(l.order + h->centres * sizeof(uint32_t));
    l.rows = align(l.group_at + ((uint64_t)h->groups + 1) * sizeof(uint32_t));
    l.bytes = align(l.rows + rows * h->stride);
    return l;
}

/* The number that turns the greatest of the floats into `steps`; 0 where there is no direction. */
static float steps_of(const float *v, size_t size, float steps)
{
    float most = 0;
    int bad = 0; /* not finite; written so that it goes four at a time */
    for (size_t i = 0; i < size; i++) {
        float a = fabsf(v[i]);
        bad |= !(a <= FLT_MAX);
        most = a > most ? a : most;
    }
    return !bad && most > 1e-30f ? steps / most : 0;
}

static inline int nearest_step(float x)
{
    return (int)(x + (x < 0 ? -0.5f : 0.5f));
}

float meaning_steps8(const float *v, size_t size, size_t stride, int8_t *ret)
{
    float by = steps_of(v, size, STEPS8);
    int32_t length = 0; /* at most 127² × 4096, below 2³¹ */
    memset(ret, 0, stride * sizeof *ret);
    for (size_t i = 0; by > 0 && i < size; i++) {
        int step = nearest_step(v[i] * by);
        ret[i] = (int8_t)step;
        length += step * step;
    }
    return length > 0 ? 1 / sqrtf((float)length) : 0;
}

float meaning_steps16(const float *v, size_t size, size_t stride, int16_t *ret)
{
    float by = steps_of(v, size, STEPS16), length = 0;
    memset(ret, 0, stride * sizeof *ret);
    for (size_t i = 0; by > 0 && i < size; i++)
        ret[i] = (int16_t)nearest_step(v[i] * by);
    for (size_t i = 0; by > 0 && i < size; i++)
        length += (float)(ret[i] * ret[i]);
    return length > 0 ? 1 / sqrtf(length) : 0;
}

/* Functions of their own, never inlined: the compiler then surely turns the sixteen into whole vectors. */
__attribute__((noinline)) static int32_t dot_plain(const int16_t *restrict query, const int8_t *restrict row,
                                                   size_t stride)
{
    int32_t sum = 0;
    for (size_t at = 0; at < stride; at += 16)
        for (size_t i = 0; i < 16; i++)
            sum += query[at + i] * (int16_t)row[at + i];
    return sum;
}

#ifdef __x86_64__
__attribute__((noinline, target("avx2"))) static int32_t dot_wide(const int16_t *restrict query,
                                                                  const int8_t *restrict row, size_t stride)
{
    int32_t sum = 0;
    for (size_t at = 0; at < stride; at += 16)
        for (size_t i = 0; i < 16; i++)
            sum += query[at + i] * (int16_t)row[at + i];
    return sum;
}

int32_t meaning_dot(const int16_t *restrict query, const int8_t *restrict row, size_t stride)
{
    return __builtin_cpu_supports("avx2") ? dot_wide(query, row, stride) : dot_plain(query, row, stride);
}
#else
int32_t meaning_dot(const int16_t *restrict query, const int8_t *restrict row, size_t stride)
{
    return dot_plain(query, row, stride);
}
#endif

static bool header_good(const struct meaning_header *h, size_t size, size_t entries)
{
    return size >= sizeof *h && h->magic == MEANING_MAGIC && h->version == MEANING_VERSION && h->bytes == size &&
           h->size >= 1 && h->size <= MEANING_SIZE_MAX && h->stride == (h->size + 15) / 16 * 16 &&
           h->entries == entries && h->centres <= h->entries && h->groups <= GROUPS_MOST && h->unused == 0 &&
           meaning_layout(h).bytes == size;
}

/* Every ordinal lies inside, every scale is one. */
static bool content_good(const struct meaning *m)
{
    const struct meaning_header *h = m->head;
    const uint64_t phrased = (uint64_t)h->centres + h->phrasings;
    for (uint32_t e = 0; e < h->entries; e++) {
        const struct meaning_entry *n = &m->entries[e];
        if (n->count > 0 && (n->centre >= h->centres || (uint64_t)n->first + n->count > phrased))
            return false;
    }
    for (uint32_t i = 0; i < h->centres; i++)
        if (m->order[i] >= h->entries || m->entries[m->order[i]].count == 0)
            return false;
    for (uint32_t g = 0; g < h->groups; g++)
        if (m->group_at[g] > m->group_at[g + 1] || m->group_at[g + 1] > h->centres)
            return false;
    for (uint64_t r = 0; r < phrased + h->groups; r++)
        if (!(m->scales[r] >= 0 && m->scales[r] <= 1))
            return false;
    return true;
}

int meaning_open(const void *bytes, size_t size, size_t entries, struct meaning *ret)
{
    struct meaning m = {.head = bytes};
    if (size < sizeof *m.head || !header_good(m.head, size, entries))
        return -1;
    struct meaning_layout l = meaning_layout(m.head);
    const char *start = bytes;
    m.entries = (const struct meaning_entry *)(start + l.entries);
    m.scales = (const float *)(start + l.scales);
    m.order = (const uint32_t *)(start + l.order);
    m.group_at = (const uint32_t *)(start + l.group_at);
    m.rows = (const int8_t *)start + l.rows;
    if (!content_good(&m))
        return -1;
    *ret = m;
    return 0;
}

uint64_t meaning_source(const struct meaning *m)
{
    return m->head->source;
}

size_t meaning_size(const struct meaning *m)
{
    return m->head->size;
}

void meaning_ask(const struct meaning *m, const float *vector, struct meaning_query *ret)
{
    ret->scale = meaning_steps16(vector, m->head->size, m->head->stride, ret->steps);
    ret->hidden = UINT32_MAX;
}

uint32_t meaning_phrasings(const struct meaning *m, uint32_t entry)
{
    return m->entries[entry].count;
}

void meaning_ask_phrasing(const struct meaning *m, uint32_t entry, uint32_t n, struct meaning_query *ret)
{
    const size_t stride = m->head->stride;
    ret->hidden = m->entries[entry].first + n;
    ret->scale = m->scales[ret->hidden];
    for (size_t i = 0; i < stride; i++)
        ret->steps[i] = m->rows[ret->hidden * stride + i];
}

static float cosine(const struct meaning *m, const struct meaning_query *q, size_t row)
{
    const size_t stride = m->head->stride;
    float c = (float)meaning_dot(q->steps, m->rows + row * stride, stride) * q->scale * m->scales[row];
    return c > 1 ? 1 : c < -1 ? -1 : c;
}

static float best_of(const struct meaning *m, const struct meaning_query *q, uint32_t entry)
{
    const struct meaning_entry *e = &m->entries[entry];
    float best = MEANING_NONE;
    for (uint32_t i = 0; q->scale > 0 && i < e->count; i++)
        if (e->first + i != q->hidden)
            best = fmaxf(best, cosine(m, q, e->first + i));
    return best;
}

void meaning_scores(const struct meaning *m, const struct meaning_query *q, const uint32_t *entries, size_t count,
                    float *ret_cosines)
{
    for (size_t i = 0; i < count; i++)
        ret_cosines[i] = best_of(m, q, entries != NULL ? entries[i] : (uint32_t)i);
}

float meaning_centroid(const struct meaning *m, const struct meaning_query *q, uint32_t entry)
{
    const struct meaning_entry *e = &m->entries[entry];
    return e->count > 0 && q->scale > 0 ? cosine(m, q, e->centre) : MEANING_NONE;
}

/* The nearest so far, best first. */
struct near {
    uint32_t item[MEANING_BEST_MAX * WIDER];
    float cosine[MEANING_BEST_MAX * WIDER];
    size_t count, room;
};

static void keep(struct near *n, uint32_t item, float c)
{
    if (n->count == n->room) {
        float last = n->cosine[n->count - 1];
        if (c < last || (c == last && item > n->item[n->count - 1]))
            return;
    } else {
        n->count++;
    }
    size_t i = n->count - 1;
    for (; i > 0 && (n->cosine[i - 1] < c || (n->cosine[i - 1] == c && n->item[i - 1] > item)); i--) {
        n->cosine[i] = n->cosine[i - 1];
        n->item[i] = n->item[i - 1];
    }
    n->cosine[i] = c;
    n->item[i] = item;
}

static void scan(const struct meaning *m, const struct meaning_query *q, uint32_t from, uint32_t to, struct near *near)
{
    for (uint32_t i = from; i < to; i++)
        keep(near, m->order[i], cosine(m, q, i));
}

struct ranked_group {
    float cosine;
    uint32_t group;
};

static int by_cosine(const void *a, const void *b)
{
    const struct ranked_group *x = a, *y = b;
    return x->cosine != y->cosine ? (x->cosine > y->cosine ? -1 : 1) : x->group < y->group ? -1 : 1;
}

/* Reads the groups whose middles are nearest, until enough centres have been read. */
static void scan_groups(const struct meaning *m, const struct meaning_query *q, struct near *near)
{
    const struct meaning_header *h = m->head;
    struct ranked_group groups[GROUPS_MOST];
    for (uint32_t g = 0; g < h->groups; g++)
        groups[g] = (struct ranked_group){cosine(m, q, (size_t)h->centres + h->phrasings + g), g};
    qsort(groups, h->groups, sizeof *groups, by_cosine);
    uint32_t left = MEANING_SCANNED;
    for (uint32_t g = 0; g < h->groups && left > 0; g++) {
        uint32_t from = m->group_at[groups[g].group], to = m->group_at[groups[g].group + 1];
        to = to - from > left ? from + left : to;
        scan(m, q, from, to, near);
        left -= to - from;
    }
}

size_t meaning_best(const struct meaning *m, const struct meaning_query *q, size_t k, uint32_t *ret_entries,
                    float *ret_cosines)
{
    if (!(q->scale > 0) || k == 0)
        return 0;
    if (k > MEANING_BEST_MAX)
        k = MEANING_BEST_MAX;
    struct near near = {.room = k * WIDER}, best = {.room = k};
    if (m->head->groups > 0)
        scan_groups(m, q, &near);
    else
        scan(m, q, 0, m->head->centres, &near);
    for (size_t i = 0; i < near.count; i++)
        keep(&best, near.item[i], best_of(m, q, near.item[i]));
    memcpy(ret_entries, best.item, best.count * sizeof *ret_entries);
    memcpy(ret_cosines, best.cosine, best.count * sizeof *ret_cosines);
    return best.count;
}
