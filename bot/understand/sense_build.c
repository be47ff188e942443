/* Making meanings, and the scale of their cosines: see sense_build.h. */
#include "understand/sense_build.h"

#include "understand/image_write.h"
#include "understand/meaning_format.h"

#include <stdlib.h>
#include <string.h>

/* Phrasings by which the scale is found. */
enum { SCALE_PHRASINGS = 300, SCALE_OUTSIDE_LEAST = 20, SCALE_OWN_LEAST = 5 };
/* Texts outside that a maker is asked for: words are looked up in a moment, a server is another matter. */
static const size_t asked_most[MEANING_KINDS] = {[MEANING_WORDS] = 600, [MEANING_EMBEDDED] = 100};
/* Where no other wording tells how near one is, and within what bounds it is believed: shares of the way from
 * what is out of scope to the same. */
static const float high_usual = 0.5f, high_least = 0.3f, high_most = 0.75f, same_least = 0.999f;

struct kind {
    struct meaning_maker maker;
    struct buf section;
    uint32_t *nth;        /* by phrasing, all entries' one after the other: its number among those with a meaning … */
    float *outside;       /* vectors of the texts outside … */
    uint32_t *outside_at; /* … by text: which, or IMAGE_NONE */
    size_t filled;        /* phrasings, while they are made */
};

struct sense_build {
    struct index *x;
    const struct index_entry *entries;
    size_t *phrasing_at; /* by entry */
    struct kind kinds[MEANING_KINDS];
    const struct index_options *options;
    const struct advance *advance; /* while they are made */
};

static void forget_kind(struct sense_build *b, size_t k)
{
    struct kind *n = &b->kinds[k];
    b->x->kinds &= ~(1u << k);
    buf_free(&n->section);
    free(n->nth);
    free(n->outside);
    free(n->outside_at);
    *n = (struct kind){0};
}

void sense_build_free(struct sense_build *b)
{
    for (size_t k = 0; b != NULL && k < MEANING_KINDS; k++)
        forget_kind(b, k);
    if (b != NULL)
        free(b->phrasing_at);
    free(b);
}

/* --- sections ------------------------------------------------------------------------------------------------ */

static bool has_meaning(const float *vector, size_t size)
{
    int8_t row[MEANING_SIZE_MAX + 16];
    return meaning_steps8(vector, size, (size + 15) / 16 * 16, row) > 0;
}

/* A maker that notes which of the phrasings have a meaning: meaning_build asks for them in their order. */
static int make_noted(void *context, const char *lang, const char *const *texts, size_t count, float *ret)
{
    struct kind *n = context;
    int result = n->maker.make(n->maker.context, lang, texts, count, ret);
    for (size_t i = 0; i < count && result == 0; i++)
        n->nth[n->filled++] = has_meaning(ret + i * n->maker.size, n->maker.size);
    return result;
}

/* Turns the notes into numbers within each entry. False where they do not agree with the section. */
static bool number_phrasings(const struct sense_build *b, size_t k)
{
    uint32_t *nth = b->kinds[k].nth;
    for (uint32_t e = 0; e < b->x->head->entries; e++) {
        uint32_t count = 0;
        for (size_t i = b->phrasing_at[e]; i < b->phrasing_at[e + 1]; i++)
            nth[i] = nth[i] != 0 ? count++ : IMAGE_NONE;
        if (count != meaning_phrasings(&b->x->meanings[k], e))
            return false;
    }
    return true;
}

static int make_kind(struct sense_build *b, size_t k)
{
    const struct image_header *h = b->x->head;
    struct kind *n = &b->kinds[k];
    struct advance part = advance_part(b->advance, (double)k / MEANING_KINDS, (double)(k + 1) / MEANING_KINDS);
    *n = (struct kind){.maker = *b->options->makers[k]};
    const struct meaning_maker noted = {n->maker.source, n->maker.size, make_noted, n};
    buf_init(&n->section, (size_t)1 << 31);
    n->nth = calloc(b->phrasing_at[h->entries] + 1, sizeof *n->nth);
    if (n->nth == NULL)
        return -1;
    if (meaning_build(&noted, h->lang, b->entries, h->entries, advance_hear, &part, &n->section) == 0 &&
        meaning_open(n->section.data, n->section.size, h->entries, &b->x->meanings[k]) == 0 && number_phrasings(b, k)) {
        b->x->kinds |= 1u << k;
        b->x->scales[k] = (struct sense_scale){0, 1};
    } else {
        forget_kind(b, k);
    }
    return 0;
}

struct sense_build *sense_build_new(struct index *x, const struct index_entry *entries,
                                    const struct index_options *options, const struct advance *advance)
{
    struct sense_build *b = calloc(1, sizeof *b);
    if (b == NULL)
        return NULL;
    *b = (struct sense_build){.x = x, .entries = entries, .options = options, .advance = advance};
    b->phrasing_at = calloc((size_t)x->head->entries + 1, sizeof *b->phrasing_at);
    int result = b->phrasing_at != NULL ? 0 : -1;
    for (uint32_t e = 0; e < x->head->entries && result == 0; e++)
        b->phrasing_at[e + 1] = b->phrasing_at[e] + entries[e].phrasing_count;
    for (size_t k = 0; k < MEANING_KINDS && result == 0; k++)
        if (options != NULL && options->makers[k] != NULL)
            result = make_kind(b, k);
    if (result == 0)
        return b;
    sense_build_free(b);
    return NULL;
}

int sense_build_add(const struct sense_build *b, struct buf *image)
{
    int result = 0;
    for (size_t k = 0; k < MEANING_KINDS && result == 0; k++) {
        if ((b->x->kinds & 1u << k) == 0)
            continue;
        result = image_add_section(image, SECTION_MEANINGS + (enum image_section)k, &b->kinds[k].section);
        if (result == 0)
            memcpy(image->data + offsetof(struct image_header, scales) + k * sizeof(struct sense_scale),
                   &b->x->scales[k], sizeof(struct sense_scale));
    }
    return result;
}

/* --- what asks ----------------------------------------------------------------------------------------------- */

int sense_build_doc(const struct sense_build *b, uint32_t doc, struct arena *arena, struct sense *ret)
{
    const struct image_doc *d = &b->x->docs[doc];
    struct sense s = {0};
    for (size_t k = 0; k < MEANING_KINDS; k++) {
        if ((b->x->kinds & 1u << k) == 0)
            continue;
        uint32_t nth = b->kinds[k].nth[b->phrasing_at[d->entry] + d->phrasing];
        if (nth == IMAGE_NONE)
            continue;
        struct meaning_query *q = arena_alloc_raw(arena, sizeof *q);
        if (q == NULL)
            return -1;
        meaning_ask_phrasing(&b->x->meanings[k], d->entry, nth, q);
        s.asked[k] = q;
        s.kinds |= 1u << k;
    }
    *ret = s;
    return 0;
}

int sense_build_text(const struct sense_build *b, size_t outside, struct arena *arena, struct sense *ret)
{
    struct understand_options o = {0};
    for (size_t k = 0; k < MEANING_KINDS; k++) {
        const struct kind *n = &b->kinds[k];
        if ((b->x->kinds & 1u << k) == 0 || n->outside_at == NULL || n->outside_at[outside] == IMAGE_NONE)
            continue;
        o.meanings[k] = n->outside + n->outside_at[outside] * n->maker.size;
        o.sources[k] = n->maker.source;
        o.sizes[k] = n->maker.size;
    }
    return sense_of(b->x, &o, arena, ret);
}

/* Asks for as many as are allowed, evenly chosen. 1 where the maker cannot. */
static int ask_outside(struct sense_build *b, size_t k, const char *const *texts, size_t count)
{
    struct kind *n = &b->kinds[k];
    const char *batch[MEANING_BATCH];
    size_t step = (count + asked_most[k] - 1) / asked_most[k], asked = 0, filled = 0;
    n->outside_at = malloc((count + 1) * sizeof *n->outside_at);
    n->outside = calloc(asked_most[k] * n->maker.size + 1, sizeof *n->outside);
    if (n->outside_at == NULL || n->outside == NULL)
        return -1;
    for (size_t i = 0; i < count; i++) {
        n->outside_at[i] = i % step == 0 ? (uint32_t)(asked + filled) : IMAGE_NONE;
        if (i % step == 0)
            batch[filled++] = texts[i];
        if (filled == 0 || (filled < MEANING_BATCH && i + 1 < count))
            continue;
        if (n->maker.make(n->maker.context, b->x->head->lang, batch, filled, n->outside + asked * n->maker.size) < 0)
            return 1;
        asked += filled;
        filled = 0;
    }
    return 0;
}

/* --- the scale ----------------------------------------------------------------------------------------------- */

struct mean {
    double sum;
    size_t count;
};

static void add(struct mean *m, float cosine)
{
    if (cosine > MEANING_NONE) {
        m->sum += cosine;
        m->count++;
    }
}

/* The nearest entry but one. */
static float nearest(const struct meaning *m, const struct meaning_query *q, uint32_t but)
{
    uint32_t entries[SENSE_BEST];
    float cosines[SENSE_BEST];
    size_t count = meaning_best(m, q, SENSE_BEST, entries, cosines), i = 0;
    while (i < count && entries[i] == but)
        i++;
    return i < count ? cosines[i] : MEANING_NONE;
}

static struct sense_scale scale_of(struct mean outside, struct mean other, struct mean own)
{
    struct mean low = outside.count >= SCALE_OUTSIDE_LEAST ? outside : other;
    struct sense_scale s = {.low = low.count > 0 ? (float)(low.sum / (double)low.count) : 0};
    if (s.low > 0.98f) /* everything is the same to it */
        s.low = 0.98f;
    float share = high_usual;
    if (own.count > 0) {
        /* The fewer have told, the more the usual holds. */
        float told = ((float)(own.sum / (double)own.count) - s.low) / (1 - s.low), by = (float)own.count;
        share = (told * by + high_usual * SCALE_OWN_LEAST) / (by + SCALE_OWN_LEAST);
    }
    share = share < high_least ? high_least : share > high_most ? high_most : share;
    s.high = s.low + share * (1 - s.low);
    return s;
}

/* Goes through some phrasings, evenly chosen, and the texts outside. */
static int find_scale(struct sense_build *b, size_t k, size_t outside_count, struct arena *arena)
{
    const struct meaning *m = &b->x->meanings[k];
    struct mean outside = {0}, other = {0}, own = {0};
    uint32_t docs = b->x->head->docs, step = docs / SCALE_PHRASINGS + 1;
    struct sense s;
    for (uint32_t d = 0; d < docs; d += step) {
        uint32_t entry = b->x->docs[d].entry;
        float cosine;
        arena_reset(arena);
        if (sense_build_doc(b, d, arena, &s) < 0)
            return -1;
        if (s.asked[k] == NULL)
            continue;
        meaning_scores(m, s.asked[k], &entry, 1, &cosine);
        if (cosine < same_least) /* the same once more tells nothing */
            add(&own, cosine);
        add(&other, nearest(m, s.asked[k], entry));
    }
    for (size_t i = 0; i < outside_count; i++) {
        arena_reset(arena);
        if (sense_build_text(b, i, arena, &s) < 0)
            return -1;
        if (s.asked[k] != NULL)
            add(&outside, nearest(m, s.asked[k], IMAGE_NONE));
    }
    b->x->scales[k] = scale_of(outside, other, own);
    return 0;
}

int sense_build_outside(struct sense_build *b, const char *const *texts, size_t count)
{
    int result = 0;
    struct arena *arena = b->x->kinds != 0 ? arena_new(1 << 20) : NULL;
    if (b->x->kinds != 0 && arena == NULL)
        return -1;
    for (size_t k = 0; k < MEANING_KINDS && result >= 0; k++) {
        if ((b->x->kinds & 1u << k) == 0)
            continue;
        result = ask_outside(b, k, texts, count);
        if (result == 0)
            result = find_scale(b, k, count, arena);
        if (result > 0)
            forget_kind(b, k);
    }
    arena_free(arena);
    return result < 0 ? -1 : 0;
}
