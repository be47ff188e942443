/* Making the section of meanings: see meaning.h and the layout in meaning_format.h. */
#include "understand/meaning_format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct build {
    const struct meaning_maker *maker;
    const char *lang;
    const struct index_entry *entries;
    size_t count;
    struct meaning_header head;
    struct meaning_entry *places;
    struct buf centres, centre_scales, phrasings, phrasing_scales;
    uint32_t *order, *group_at; /* of centres */
    float *middles;
    /* the batch under way */
    const char *texts[MEANING_BATCH];
    uint32_t owners[MEANING_BATCH];
    size_t filled;
    float *vectors, *sum, *first; /* sum: of the entry `owner`; first: its only phrasing so far */
    uint32_t owner;
    size_t done, total;
    void (*progress)(void *context, double share);
    void *context;
};

/* Appends a row of the vector and its scale. False where it has no direction, or the buffers are full. */
static bool add_row(const struct build *b, const float *vector, struct buf *rows, struct buf *scales)
{
    int8_t row[MEANING_SIZE_MAX];
    float scale = meaning_steps8(vector, b->head.size, b->head.stride, row);
    if (!(scale > 0))
        return false;
    buf_add(scales, &scale, sizeof scale);
    return buf_add(rows, row, b->head.stride) == 0;
}

/* The entry whose phrasings have all come gets its centre. */
static void close_entry(struct build *b)
{
    struct meaning_entry *e = &b->places[b->owner];
    bool many = e->count > 1;
    if (e->count == 0)
        return;
    e->centre = b->head.centres;
    /* Phrasings may cancel one another out: then the first stands for them. */
    if (add_row(b, many ? b->sum : b->first, &b->centres, &b->centre_scales) ||
        add_row(b, b->first, &b->centres, &b->centre_scales))
        b->head.centres++;
    if (!many)
        e->first = e->centre;
}

static void add_vector(struct build *b, uint32_t owner, float *vector)
{
    const size_t size = b->head.size;
    double length = 0;
    while (b->owner < owner) {
        close_entry(b);
        b->owner++;
        memset(b->sum, 0, size * sizeof *b->sum);
    }
    for (size_t i = 0; i < size; i++)
        length += (double)vector[i] * (double)vector[i];
    int8_t row[MEANING_SIZE_MAX];
    if (!(length > 0) || !isfinite(length) || !(meaning_steps8(vector, size, b->head.stride, row) > 0))
        return;
    for (size_t i = 0; i < size; i++) {
        vector[i] = (float)(vector[i] / sqrt(length));
        b->sum[i] += vector[i];
    }
    struct meaning_entry *e = &b->places[owner];
    if (e->count == 0) {
        memcpy(b->first, vector, size * sizeof *vector);
    } else {
        if (e->count == 1) { /* the first comes after all */
            e->first = b->head.phrasings;
            b->head.phrasings += add_row(b, b->first, &b->phrasings, &b->phrasing_scales);
        }
        b->head.phrasings += add_row(b, vector, &b->phrasings, &b->phrasing_scales);
    }
    e->count++;
}

static int make_batch(struct build *b)
{
    if (b->filled == 0)
        return 0;
    memset(b->vectors, 0, b->filled * b->head.size * sizeof *b->vectors);
    if (b->maker->make(b->maker->context, b->lang, b->texts, b->filled, b->vectors) < 0)
        return -1;
    for (size_t i = 0; i < b->filled; i++)
        add_vector(b, b->owners[i], b->vectors + i * b->head.size);
    b->done += b->filled;
    b->filled = 0;
    if (b->progress != NULL)
        b->progress(b->context, 0.9 * (double)b->done / (double)b->total);
    return 0;
}

static int make_all(struct build *b)
{
    for (size_t e = 0; e < b->count; e++)
        b->total += b->entries[e].phrasing_count;
    for (size_t e = 0; e < b->count; e++)
        for (size_t p = 0; p < b->entries[e].phrasing_count; p++) {
            b->texts[b->filled] = b->entries[e].phrasings[p];
            b->owners[b->filled++] = (uint32_t)e;
            if (b->filled == MEANING_BATCH && make_batch(b) < 0)
                return -1;
        }
    if (make_batch(b) < 0)
        return -1;
    for (; b->owner < b->count; b->owner++)
        close_entry(b);
    return b->centres.failed || b->phrasings.failed || b->centre_scales.failed || b->phrasing_scales.failed ? -1 : 0;
}

/* Orders the centres by group, those of a group as they were. */
static int order_centres(struct build *b)
{
    const uint32_t count = b->head.centres, groups = meaning_group_count(count);
    uint32_t *group = calloc((size_t)count + 1, sizeof *group);
    b->order = calloc((size_t)count + 1, sizeof *b->order);
    b->group_at = calloc((size_t)groups + 1, sizeof *b->group_at);
    b->middles = calloc((size_t)groups * b->head.size + 1, sizeof *b->middles);
    int result = group != NULL && b->order != NULL && b->group_at != NULL && b->middles != NULL ? 0 : -1;
    if (result == 0 && groups > 0)
        result = meaning_group((const int8_t *)b->centres.data, (const float *)b->centre_scales.data, count,
                               b->head.size, b->head.stride, groups, group, b->middles);
    if (result == 0 && groups > 0) {
        for (uint32_t i = 0; i < count; i++)
            b->group_at[group[i] + 1]++;
        for (uint32_t g = 0; g < groups; g++)
            b->group_at[g + 1] += b->group_at[g];
        for (uint32_t i = 0; i < count; i++)
            b->order[b->group_at[group[i]]++] = i;
        memmove(b->group_at + 1, b->group_at, groups * sizeof *b->group_at); /* each moved to its end */
        b->group_at[0] = 0;
    } else if (result == 0) {
        for (uint32_t i = 0; i < count; i++)
            b->order[i] = i;
    }
    b->head.groups = groups;
    free(group);
    return result;
}

static void pad(struct buf *out, size_t start)
{
    while ((out->size - start) % 8 != 0 && buf_putc(out, 0) == 0)
        continue;
}

static void write_scales(const struct build *b, const float *middles, struct buf *out)
{
    const float *centre = (const float *)b->centre_scales.data;
    for (uint32_t i = 0; i < b->head.centres; i++)
        buf_add(out, &centre[b->order[i]], sizeof *centre);
    buf_add(out, b->phrasing_scales.data, b->phrasing_scales.size);
    buf_add(out, middles, b->head.groups * sizeof *middles);
}

static void write_rows(const struct build *b, const int8_t *middles, struct buf *out)
{
    for (uint32_t i = 0; i < b->head.centres; i++)
        buf_add(out, b->centres.data + (size_t)b->order[i] * b->head.stride, b->head.stride);
    buf_add(out, b->phrasings.data, b->phrasings.size);
    buf_add(out, middles, (size_t)b->head.groups * b->head.stride);
}

/* Turns `order` from centres in the making into entries, and the entries' ordinals of rows into final ones. */
static int renumber(struct build *b)
{
    uint32_t *owner = calloc((size_t)b->head.centres + 1, sizeof *owner);
    if (owner == NULL)
        return -1;
    for (uint32_t e = 0; e < b->count; e++)
        if (b->places[e].count > 0)
            owner[b->places[e].centre] = e;
    for (uint32_t i = 0; i < b->head.centres; i++) {
        struct meaning_entry *e = &b->places[owner[b->order[i]]];
        e->centre = i;
        e->first = e->count > 1 ? e->first + b->head.centres : i;
        b->order[i] = owner[b->order[i]];
    }
    free(owner);
    return 0;
}

static int write_all(struct build *b, struct buf *out)
{
    const size_t start = out->size, groups = b->head.groups, stride = b->head.stride;
    int8_t *middle_rows = calloc(groups * stride + 1, 1);
    float *middle_scales = calloc(groups + 1, sizeof *middle_scales);
    struct buf rows, scales;
    buf_init(&rows, out->ceiling);
    buf_init(&scales, out->ceiling);
    int result = -1;
    if (middle_rows == NULL || middle_scales == NULL)
        goto done;
    for (size_t g = 0; g < groups; g++)
        middle_scales[g] =
            meaning_steps8(b->middles + g * b->head.size, b->head.size, stride, middle_rows + g * stride);
    write_scales(b, middle_scales, &scales);
    write_rows(b, middle_rows, &rows);
    if (scales.failed || rows.failed || renumber(b) < 0)
        goto done;
    b->head.bytes = meaning_layout(&b->head).bytes;
    buf_add(out, &b->head, sizeof b->head);
    buf_add(out, b->places, b->count * sizeof *b->places);
    pad(out, start);
    buf_add(out, scales.data, scales.size);
    pad(out, start);
    buf_add(out, b->order, b->head.centres * sizeof *b->order);
    pad(out, start);
    buf_add(out, b->group_at, (groups + 1) * sizeof *b->group_at);
    pad(out, start);
    buf_add(out, rows.data, rows.size);
    pad(out, start);
    result = out->failed || out->size - start != b->head.bytes ? -1 : 0;
done:
    free(middle_rows);
    free(middle_scales);
    buf_free(&rows);
    buf_free(&scales);
    return result;
}

static int build_init(struct build *b, const struct buf *out)
{
    b->head = (struct meaning_header){.magic = MEANING_MAGIC,
                                      .version = MEANING_VERSION,
                                      .size = (uint32_t)b->maker->size,
                                      .stride = (uint32_t)(b->maker->size + 15) / 16 * 16,
                                      .entries = (uint32_t)b->count,
                                      .source = b->maker->source};
    buf_init(&b->centres, out->ceiling);
    buf_init(&b->centre_scales, out->ceiling);
    buf_init(&b->phrasings, out->ceiling);
    buf_init(&b->phrasing_scales, out->ceiling);
    b->places = calloc(b->count + 1, sizeof *b->places);
    b->vectors = calloc(MEANING_BATCH * b->maker->size, sizeof *b->vectors);
    b->sum = calloc(b->maker->size, sizeof *b->sum);
    b->first = calloc(b->maker->size, sizeof *b->first);
    return b->places != NULL && b->vectors != NULL && b->sum != NULL && b->first != NULL ? 0 : -1;
}

static void build_free(struct build *b)
{
    buf_free(&b->centres);
    buf_free(&b->centre_scales);
    buf_free(&b->phrasings);
    buf_free(&b->phrasing_scales);
    free(b->places);
    free(b->order);
    free(b->group_at);
    free(b->middles);
    free(b->vectors);
    free(b->sum);
    free(b->first);
}

int meaning_build(const struct meaning_maker *maker, const char *lang, const struct index_entry *entries, size_t count,
                  void (*progress)(void *context, double share), void *context, struct buf *out)
{
    const size_t before = out->size;
    struct build b = {
        .maker = maker, .lang = lang, .entries = entries, .count = count, .progress = progress, .context = context};
    if (maker->size < 1 || maker->size > MEANING_SIZE_MAX || count > UINT32_MAX / 2 || before % 8 != 0)
        return -1;
    int result = build_init(&b, out);
    if (result == 0)
        result = make_all(&b);
    if (result == 0)
        result = order_centres(&b);
    if (result == 0)
        result = write_all(&b, out);
    build_free(&b);
    if (result < 0) {
        out->size = before;
        if (out->room > 0)
            out->data[before] = '\0';
    } else if (progress != NULL) {
        progress(context, 1);
    }
    return result;
}
