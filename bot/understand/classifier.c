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

static bool rows_good(const struct classifier *c)
{
    for (uint32_t r = 0; r < c->head->rows; r++) {
        const struct classifier_row *row = &c->rows[r];
        if ((uint64_t)row->at + row->count > c->head->elements || !isfinite(row->scale) || !isfinite(row->square) ||
            row->square < 0)
            return false;
    }
    for (uint32_t i = 0; i < c->head->elements; i++)
        if (c->classes[i] >= c->head->classes)
            return false;
    for (uint32_t i = 0; i < c->head->classes; i++)
        if (!isfinite(c->bias[i]))
            return false;
    for (uint32_t i = 0; i < c->head->gists; i++)
        if (!isfinite(c->gist_scales[i]))
            return false;
    return true;
}

static bool ordinals_good(const struct classifier *c)
{
    uint32_t free_slots = 0;
    for (uint32_t i = 0; i < c->head->slots; i++) {
        if (c->slots[i].id != IMAGE_NONE && c->slots[i].id >= c->head->rows)
            return false;
        free_slots += c->slots[i].id == IMAGE_NONE;
    }
    for (uint32_t w = 0; w < c->head->words; w++)
        if (c->words[w].row != IMAGE_NONE && c->words[w].row >= c->head->rows)
            return false;
    return free_slots > 0;
}

int classifier_open(const void *bytes, size_t size, const char *lang, uint32_t words, uint32_t entries,
                    struct classifier *ret)
{
    const char *at = bytes;
    struct classifier c = {.head = take(&at, &size, 1, sizeof *c.head)};
    if (c.head == NULL || !(c.head->own > -1 && c.head->own < 10) || c.head->words != words ||
        c.head->classes != entries + 1 || (c.head->slots & (c.head->slots - 1)) != 0)
        return -1;
    c.rows = take(&at, &size, c.head->rows, sizeof *c.rows);
    c.slots = take(&at, &size, c.head->slots, sizeof *c.slots);
    c.words = take(&at, &size, words, sizeof *c.words);
    c.bias = take(&at, &size, c.head->classes, sizeof *c.bias);
    c.gists = take(&at, &size, c.head->gists, KINSHIP_SIZE);
    c.gist_scales = take(&at, &size, c.head->gists, sizeof *c.gist_scales);
    c.classes = take(&at, &size, c.head->elements, sizeof *c.classes);
    c.weights = take(&at, &size, c.head->elements, sizeof *c.weights);
    if (c.rows == NULL || c.slots == NULL || c.words == NULL || c.gists == NULL || c.gist_scales == NULL ||
        c.bias == NULL || c.classes == NULL || c.weights == NULL || !rows_good(&c) || !ordinals_good(&c))
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

static void add_row(const struct classifier *c, const struct classifier_row *row, float share, float *margins)
{
    const uint16_t *classes = c->classes + row->at;
    const int8_t *weights = c->weights + row->at;
    float scale = row->scale * share;
    for (uint32_t i = 0; i < row->count; i++)
        margins[classes[i]] += scale * (float)weights[i];
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

/* Adds a signal; returns the square of its weight. */
static double add_signal(const struct classifier *c, const struct signal *s, float *margins)
{
    uint32_t row = find_row(c, s->key);
    if (row == IMAGE_NONE)
        return 0;
    add_row(c, &c->rows[row], s->weight, margins);
    return (double)c->rows[row].square * s->weight * s->weight;
}

/* Adds a word's signals, its stem's key to *ret_key; returns their squares. Signals that two words
 * share are counted twice in the length, which nothing measured minds. */
static double add_word(const struct classifier *c, const struct index *x, const struct reading_word *w, float *margins,
                       uint32_t *ret_key)
{
    if (w->id != IMAGE_NONE && c->words[w->id].row != IMAGE_NONE) {
        const struct classifier_row *row = &c->rows[c->words[w->id].row];
        add_row(c, row, 1, margins);
        *ret_key = c->words[w->id].key;
        return row->square;
    }
    struct signal signals[SIGNALS_OF_WORD];
    size_t count = signals_of_word(x->head->lang, c->thesaurus, w->letters, w->length, w->stop, signals);
    double squares = 0;
    for (size_t i = 0; i < count; i++)
        squares += add_signal(c, &signals[i], margins);
    *ret_key = signals[0].key;
    return squares;
}

static float rarity_of(const struct classifier *c, uint32_t key)
{
    uint32_t row = find_row(c, key);
    return row != IMAGE_NONE ? sqrtf(c->rows[row].square) : c->head->unseen;
}

/* Adds what the classes make of the text as a whole. */
static void add_gists(const struct classifier *c, const float *gist, float *margins)
{
    int16_t steps[KINSHIP_SIZE];
    float scale = meaning_steps16(gist, KINSHIP_SIZE, KINSHIP_SIZE, steps);
    for (uint32_t k = 0; k < c->head->classes && scale > 0; k++)
        margins[k] +=
            scale * c->gist_scales[k] * (float)meaning_dot(steps, c->gists + (size_t)k * KINSHIP_SIZE, KINSHIP_SIZE);
}

static uint32_t stem_key(const struct classifier *c, const struct index *x, const struct reading_word *w)
{
    if (w->id != IMAGE_NONE && c->words[w->id].row != IMAGE_NONE)
        return c->words[w->id].key;
    uint32_t hashes[FEATURES_MAX];
    features_of(x->head->lang, w->letters, w->length, w->stop, hashes);
    return hashes[0];
}

static double add_frame_part(const struct classifier *c, const struct signal *s, size_t count, float share,
                             float *margins)
{
    double squares = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t row = find_row(c, s[i].key);
        if (row == IMAGE_NONE)
            continue;
        squares += (double)c->rows[row].square * s[i].weight * s[i].weight;
        if (share > 0)
            add_row(c, &c->rows[row], s[i].weight * share, margins);
    }
    return squares;
}

/* Adds what the classes make of the frame: once for its length, once for what that leaves of each signal. */
static void add_frame(const struct classifier *c, const struct index *x, const struct question *q, float *margins)
{
    float share = 0;
    for (int pass = 0; pass < 2; pass++) {
        struct signals_frame frame = signals_frame();
        struct signal signals[SIGNALS_OF_FRAME];
        double squares = 0;
        for (size_t i = 0; i < q->word_count; i++) {
            const struct reading_word *w = &q->reading.words[i];
            if (w->extra)
                continue;
            size_t count = signals_of_frame(&frame, w->stop ? stem_key(c, x, w) : 0, w->stop, signals);
            squares += add_frame_part(c, signals, count, share, margins);
        }
        squares += add_frame_part(c, signals, signals_of_frame_end(&frame, signals), share, margins);
        if (squares <= 0)
            return;
        share = (float)sqrt((double)signals_frame_share / squares);
    }
}

void classifier_claims(const struct classifier *c, const struct index *x, const struct question *q, float *ret)
{
    uint32_t keys[SIGNALS_REACH] = {0};
    size_t before = 0; /* words of the text so far */
    double squares = 0;
    float gist[KINSHIP_SIZE] = {0};
    memset(ret, 0, c->head->classes * sizeof *ret);
    for (size_t i = 0; i < q->word_count; i++) {
        uint32_t key;
        squares += add_word(c, x, &q->reading.words[i], ret, &key);
        if (c->kinship != NULL && !q->reading.words[i].stop)
            gist_add(c->kinship, key, rarity_of(c, key), gist);
        if (q->reading.words[i].extra)
            continue;
        for (size_t d = 1; d <= SIGNALS_REACH && d <= before; d++) {
            struct signal pair[SIGNALS_OF_PAIR];
            size_t count = signals_of_pair(keys[(before - d) % SIGNALS_REACH], key, d, pair);
            for (size_t k = 0; k < count; k++)
                squares += add_signal(c, &pair[k], ret);
        }
        keys[before++ % SIGNALS_REACH] = key;
    }
    float share = squares > 0 ? (float)(1 / sqrt(squares)) : 0;
    for (uint32_t k = 0; k < c->head->classes; k++)
        ret[k] = ret[k] * share + c->bias[k];
    add_frame(c, x, q, ret);
    if (c->kinship != NULL)
        add_gists(c, gist, ret);
    for (uint32_t k = 0; k < c->head->classes; k++)
        ret[k] = classifier_claim(ret[k], c->head->own);
}
