/* Reading a classifier in place: see classifier.h. */
#include "understand/classifier.h"

#include "understand/gist.h"
#include "understand/meaning_format.h"
#include "understand/signals.h"

#include <math.h>
#include <string.h>

/* --- opening -------------------------------------------------------------------------------- */

static const void *take(const char **at, size_t *left, uint64_t count, size_t element)
{
    uint64_t bytes = (count * element + 7) / 8 * 8;
    if (count > UINT32_MAX || bytes > *left)
        return NULL;
    const void *section = *at;
    *at += bytes;
    *left -= bytes;
    return section;
}

static const struct classifier_row *row_at(const struct classifier *c, uint32_t row)
{
    return (const struct classifier_row *)(const void *)(c->rows + (size_t)row * CLASSIFIER_UNIT);
}

/* `left`: weights that may still come; each row is named once, so that checking takes no longer than reading. */
static bool row_good(const struct classifier *c, uint32_t at, uint32_t *left)
{
    uint64_t room = c->head->units, classes = c->head->classes;
    if (at >= room || (room -= at) * CLASSIFIER_UNIT < sizeof(struct classifier_row))
        return false;
    const struct classifier_row *row = row_at(c, at);
    bool all = row->count == classes;
    room = room * CLASSIFIER_UNIT - sizeof *row;
    if (row->count > classes || row->count > *left || row->count * (uint64_t)(all ? 1 : 3) > room ||
        !isfinite(row->scale) || !isfinite(row->square) || row->square < 0)
        return false;
    *left -= row->count;
    const uint16_t *named = (const uint16_t *)(row + 1);
    for (uint32_t i = 0; i < row->count && !all; i++)
        if (named[i] >= classes)
            return false;
    return true;
}

static bool rows_good(const struct classifier *c)
{
    uint32_t free_slots = 0, left = c->head->elements;
    for (uint32_t i = 0; i < c->head->slots; i++) {
        if (c->slots[i].id != IMAGE_NONE && !row_good(c, c->slots[i].id, &left))
            return false;
        free_slots += c->slots[i].id == IMAGE_NONE;
    }
    for (uint32_t w = 0; w < c->head->words; w++)
        if (c->words[w].row != IMAGE_NONE && !row_good(c, c->words[w].row, &left))
            return false;
    return free_slots > 0;
}

static bool classes_good(const struct classifier *c)
{
    for (uint32_t i = 0; i < c->head->classes; i++)
        if (!isfinite(c->bias[i]))
            return false;
    for (uint32_t i = 0; i < c->head->gists; i++)
        if (!isfinite(c->gist_scales[i]))
            return false;
    return true;
}

int classifier_open(const void *bytes, size_t size, const char *lang, uint32_t words, uint32_t entries,
                    struct classifier *ret)
{
    const char *at = bytes;
    struct classifier c = {.head = take(&at, &size, 1, sizeof *c.head)};
    if (c.head == NULL || !(c.head->own > -1 && c.head->own < 10) || c.head->words != words ||
        c.head->classes != entries + 1 || (uint64_t)c.head->units * CLASSIFIER_UNIT < c.head->elements ||
        (c.head->slots & (c.head->slots - 1)) != 0)
        return -1;
    c.rows = take(&at, &size, c.head->units, CLASSIFIER_UNIT);
    c.slots = take(&at, &size, c.head->slots, sizeof *c.slots);
    c.words = take(&at, &size, words, sizeof *c.words);
    c.bias = take(&at, &size, c.head->classes, sizeof *c.bias);
    c.gists = take(&at, &size, c.head->gists, KINSHIP_SIZE);
    c.gist_scales = take(&at, &size, c.head->gists, sizeof *c.gist_scales);
    if (c.rows == NULL || c.slots == NULL || c.words == NULL || c.gists == NULL || c.gist_scales == NULL ||
        c.bias == NULL || !rows_good(&c) || !classes_good(&c))
        return -1;
    c.kinship = c.head->gists == c.head->classes ? kinship_of(lang) : NULL;
    if (c.kinship != NULL && kinship_checksum(c.kinship) != c.head->kinship)
        c.kinship = NULL;
    c.thesaurus = thesaurus_of(lang);
    if (c.thesaurus != NULL && thesaurus_checksum(c.thesaurus) != c.head->thesaurus)
        c.thesaurus = NULL;
    *ret = c;
    return 0;
}

/* --- asking --------------------------------------------------------------------------------- */

/* So many weights are made numbers at once. */
enum { AT_ONCE = 8 };

static inline __attribute__((always_inline)) void add_weights(const struct classifier_row *row, uint32_t all,
                                                              float scale, float *restrict margins)
{
    const uint16_t *classes = (const uint16_t *)(row + 1);
    if (row->count == all) {
        const int8_t *weights = (const int8_t *)(row + 1);
        for (uint32_t k = 0; k < all; k++)
            margins[k] += scale * (float)weights[k];
        return;
    }
    const int8_t *weights = (const int8_t *)(classes + row->count);
    uint32_t i = 0;
    for (; i + AT_ONCE <= row->count; i += AT_ONCE) {
        float values[AT_ONCE];
        for (uint32_t k = 0; k < AT_ONCE; k++)
            values[k] = scale * (float)weights[i + k];
        for (uint32_t k = 0; k < AT_ONCE; k++)
            margins[classes[i + k]] += values[k];
    }
    for (; i < row->count; i++)
        margins[classes[i]] += scale * (float)weights[i];
}

static void add_row_plain(const struct classifier_row *row, uint32_t all, float scale, float *margins)
{
    add_weights(row, all, scale, margins);
}

/* Wider registers where the processor has them; the sums are the same. */
#ifdef __x86_64__
__attribute__((target("avx2"))) static void add_row_wide(const struct classifier_row *row, uint32_t all, float scale,
                                                         float *margins)
{
    add_weights(row, all, scale, margins);
}
#endif

static void add_row(const struct classifier *c, const struct classifier_row *row, float share, float *margins)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2")) {
        add_row_wide(row, c->head->classes, row->scale * share, margins);
        return;
    }
#endif
    add_row_plain(row, c->head->classes, row->scale * share, margins);
}

static uint32_t find_row(const struct classifier *c, uint32_t key)
{
    uint32_t mask = c->head->slots - 1;
    uint32_t i = key & mask;
    for (; c->slots[i].id != IMAGE_NONE; i = (i + 1) & mask)
        if (c->slots[i].hash == key)
            return c->slots[i].id;
    return IMAGE_NONE;
}

/* --- what is to be added -------------------------------------------------------------------------- */

/* Rows are scattered over more memory than is near the processor: what a text needs of them is listed first
 * and sent for, all at once. */
enum { TERMS_MAX = 384, FRAMING_MAX = SIGNALS_OF_FRAME * (QUESTION_WORDS_MAX + 1), LINE_BYTES = 64 };

/* A signal by its key, or a word's row by where it is. */
struct term {
    uint32_t key, row;
    float weight;
};

struct claiming {
    const struct classifier *c;
    float *margins;
    double squares;
    struct term terms[TERMS_MAX];
    size_t count;
    /* The frame's, which count by a length of their own: added when all of them are known. */
    struct signals_frame frame;
    struct term framing[FRAMING_MAX];
    size_t framing_count;
};

static void send_for(const struct classifier *c, uint32_t row)
{
    const char *at = (const char *)row_at(c, row);
    __builtin_prefetch(at);
    __builtin_prefetch(at + LINE_BYTES);
}

static void find_terms(const struct classifier *c, struct term *terms, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (terms[i].row == IMAGE_NONE)
            terms[i].row = find_row(c, terms[i].key);
        if (terms[i].row != IMAGE_NONE)
            send_for(c, terms[i].row);
    }
}

/* Adds what is listed. Signals that two words share are counted twice in the length, which nothing measured minds. */
static void add_terms(struct claiming *g)
{
    const struct classifier *c = g->c;
    find_terms(c, g->terms, g->count);
    for (size_t i = 0; i < g->count; i++) {
        const struct term *t = &g->terms[i];
        if (t->row == IMAGE_NONE)
            continue;
        const struct classifier_row *row = row_at(c, t->row);
        add_row(c, row, t->weight, g->margins);
        g->squares += (double)row->square * t->weight * t->weight;
    }
    g->count = 0;
}

/* Adds the frame, once it is complete. */
static void add_frame(struct claiming *g)
{
    const struct classifier *c = g->c;
    double squares = 0;
    for (size_t i = 0; i < g->framing_count; i++) {
        const struct term *t = &g->framing[i];
        if (t->row != IMAGE_NONE)
            squares += (double)row_at(c, t->row)->square * t->weight * t->weight;
    }
    float share = squares > 0 ? (float)sqrt((double)signals_frame_share / squares) : 0;
    for (size_t i = 0; i < g->framing_count && share > 0; i++)
        if (g->framing[i].row != IMAGE_NONE)
            add_row(c, row_at(c, g->framing[i].row), g->framing[i].weight * share, g->margins);
}

static size_t list(const struct classifier *c, const struct signal *signals, size_t count, struct term *terms)
{
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(&c->slots[signals[i].key & (c->head->slots - 1)]);
        terms[i] = (struct term){.key = signals[i].key, .row = IMAGE_NONE, .weight = signals[i].weight};
    }
    return count;
}

static void list_signals(struct claiming *g, const struct signal *signals, size_t count)
{
    if (count > TERMS_MAX - g->count)
        add_terms(g);
    g->count += list(g->c, signals, count, g->terms + g->count);
}

static void list_frame(struct claiming *g, const struct signal *signals, size_t count)
{
    g->framing_count += list(g->c, signals, count, g->framing + g->framing_count);
}

/* Lists a word's signals; returns its stem's key. */
static uint32_t list_word(struct claiming *g, const struct index *x, const struct reading_word *w)
{
    const struct classifier *c = g->c;
    if (w->id != IMAGE_NONE && c->words[w->id].row != IMAGE_NONE) {
        if (g->count == TERMS_MAX)
            add_terms(g);
        g->terms[g->count++] = (struct term){.row = c->words[w->id].row, .weight = 1};
        return c->words[w->id].key;
    }
    struct signal signals[SIGNALS_OF_WORD];
    size_t count = signals_of_word(x->head->lang, c->thesaurus, w->letters, w->length, w->stop, signals);
    list_signals(g, signals, count);
    return signals[0].key;
}

/* Of a stem whose row is there, or of one that no phrasing has. */
static float rarity_of(const struct classifier *c, uint32_t row)
{
    return row != IMAGE_NONE ? sqrtf(row_at(c, row)->square) : c->head->unseen;
}

/* What the text is about: the sum of its stems' vectors. */
static void sum_gist(const struct classifier *c, const uint32_t *stems, size_t count, float gist[KINSHIP_SIZE])
{
    uint32_t rows[QUESTION_WORDS_MAX];
    memset(gist, 0, KINSHIP_SIZE * sizeof *gist);
    for (size_t i = 0; i < count; i++) {
        rows[i] = find_row(c, stems[i]);
        if (rows[i] != IMAGE_NONE)
            send_for(c, rows[i]);
    }
    for (size_t i = 0; i < count; i++)
        gist_add(c->kinship, stems[i], rarity_of(c, rows[i]), gist);
}

/* Adds what the classes make of the text as a whole. */
static void add_gists(const struct classifier *c, const uint32_t *stems, size_t count, float *margins)
{
    float gist[KINSHIP_SIZE];
    int16_t steps[KINSHIP_SIZE];
    sum_gist(c, stems, count, gist);
    float scale = meaning_steps16(gist, KINSHIP_SIZE, KINSHIP_SIZE, steps);
    for (uint32_t k = 0; k < c->head->classes && scale > 0; k++)
        margins[k] +=
            scale * c->gist_scales[k] * (float)meaning_dot(steps, c->gists + (size_t)k * KINSHIP_SIZE, KINSHIP_SIZE);
}

void classifier_claims(const struct classifier *c, const struct index *x, const struct question *q, float *ret)
{
    struct signals_before before = {0};
    uint32_t stems[QUESTION_WORDS_MAX];
    size_t stem_count = 0; /* of those that are no function words */
    struct signal signals[SIGNALS_OF_PAIRS];
    struct claiming g; /* its terms are not worth clearing */
    g.c = c;
    g.margins = ret;
    g.squares = 0;
    g.count = g.framing_count = 0;
    g.frame = signals_frame();
    memset(ret, 0, c->head->classes * sizeof *ret);
    for (size_t i = 0; i < q->word_count; i++) {
        const struct reading_word *w = &q->reading.words[i];
        uint32_t key = list_word(&g, x, w);
        if (c->kinship != NULL && !w->stop) {
            stems[stem_count++] = key;
            __builtin_prefetch(&c->slots[key & (c->head->slots - 1)]);
        }
        if (w->extra)
            continue;
        list_signals(&g, signals, signals_of_next(&before, key, signals));
        list_frame(&g, signals, signals_of_frame(&g.frame, key, w->stop, signals));
    }
    list_frame(&g, signals, signals_of_frame_end(&g.frame, signals));
    find_terms(c, g.framing, g.framing_count);
    add_terms(&g);
    float share = g.squares > 0 ? (float)(1 / sqrt(g.squares)) : 0;
    for (uint32_t k = 0; k < c->head->classes; k++)
        ret[k] = ret[k] * share + c->bias[k];
    add_frame(&g);
    if (c->kinship != NULL)
        add_gists(c, stems, stem_count, ret);
    for (uint32_t k = 0; k < c->head->classes; k++)
        ret[k] = classifier_claim(ret[k], c->head->own);
}
