/* Writing the classifier's section of an image: see training.h and classifier.h. */
#include "understand/training_data.h"

#include "understand/gist.h"
#include "understand/meaning_format.h"

#include <math.h>
#include <stdlib.h>

/* Weights that are so many 127ths of a row's greatest, or less, are left out. */
enum { FAINT = 3 };

/* A section in the making: rows, and what they add to which classes. */
struct writer {
    const struct training *t;
    float *sums;       /* of each class */
    struct numbers at; /* where the row of each column is */
    uint32_t elements;
    struct buf rows, words, gists, gist_scales;
};

static void sum_column(struct writer *w, uint32_t column, float factor)
{
    const struct training *t = w->t;
    for (uint32_t k = t->posting_at[column]; k < t->posting_at[column + 1]; k++) {
        uint32_t d = t->posting_examples[k];
        float value = t->posting_values[k] * factor;
        for (uint32_t s = t->share_at[d]; s < t->share_at[d + 1]; s++)
            w->sums[t->shares[s].class] += value * t->shares[s].alpha;
    }
}

/* Turns the sums into a row and clears them; returns where it is. */
static uint32_t end_row(struct writer *w, double square)
{
    struct classifier_row row = {.square = (float)square};
    uint16_t classes[CLASSIFIER_ENTRIES_MAX + 1];
    int8_t weights[CLASSIFIER_ENTRIES_MAX + 1], all[CLASSIFIER_ENTRIES_MAX + 1];
    uint32_t at = (uint32_t)(w->rows.size / CLASSIFIER_UNIT);
    float most = 0;
    for (size_t c = 0; c < w->t->classes; c++)
        most = fabsf(w->sums[c]) > most ? fabsf(w->sums[c]) : most;
    row.scale = most / 127;
    for (size_t c = 0; c < w->t->classes; c++) {
        int8_t weight = most > 0 ? (int8_t)lrintf(w->sums[c] / row.scale) : 0;
        w->sums[c] = 0;
        all[c] = abs(weight) <= FAINT ? 0 : weight;
        if (all[c] == 0)
            continue;
        classes[row.count] = (uint16_t)c;
        weights[row.count++] = weight;
    }
    /* With a third of the classes, all of them take no more room than naming them would, and are added sooner. */
    bool whole = row.count * (sizeof *classes + sizeof *weights) >= w->t->classes;
    if (whole)
        row.count = (uint32_t)w->t->classes;
    w->elements += row.count;
    buf_add(&w->rows, &row, sizeof row);
    if (!whole)
        buf_add(&w->rows, classes, row.count * sizeof *classes);
    buf_add(&w->rows, whole ? all : weights, row.count);
    while (w->rows.size % CLASSIFIER_UNIT != 0 && !w->rows.failed)
        buf_putc(&w->rows, 0);
    return at;
}

static void write_columns(struct writer *w)
{
    const struct examples *e = &w->t->examples;
    for (uint32_t c = 0; c < e->column_count; c++) {
        sum_column(w, c, e->columns[c].rarity);
        numbers_push(&w->at, end_row(w, (double)e->columns[c].rarity * e->columns[c].rarity));
    }
}

/* What all signals of a word add together; where that is. */
static uint32_t write_word(struct writer *w, const struct signal *signals, size_t count)
{
    const struct examples *e = &w->t->examples;
    double squares = 0;
    for (size_t s = 0; s < count; s++) {
        uint32_t column = examples_column(e, signals[s].key);
        if (column == IMAGE_NONE)
            continue;
        float value = signals[s].weight * e->columns[column].rarity;
        sum_column(w, column, value);
        squares += (double)value * value;
    }
    return end_row(w, squares);
}

static void write_words(struct writer *w)
{
    const struct examples *e = &w->t->examples;
    const struct index *x = w->t->x;
    for (uint32_t i = 0; i < x->head->words; i++) {
        const struct image_word *word = &x->words[i];
        struct signal signals[SIGNALS_OF_WORD];
        size_t count = signals_of_word(x->head->lang, e->thesaurus, x->strings + word->text, word->length,
                                       word->flags & WORD_STOP, signals);
        /* A word of answers alone is rare in questions, and has no row of its own. */
        bool asked = word->flags & WORD_IN_QUESTION;
        struct classifier_word c = {.key = signals[0].key, .row = asked ? write_word(w, signals, count) : IMAGE_NONE};
        buf_add(&w->words, &c, sizeof c);
    }
}

/* The part of each class's function that is over gists: as steps, and what a step is worth. */
static int write_gists(const struct training *t, struct buf *ret_steps, struct buf *ret_scales)
{
    float *sums = calloc(t->classes, KINSHIP_SIZE * sizeof *sums);
    for (size_t d = 0; sums != NULL && t->kinship != NULL && d < examples_count(&t->examples); d++)
        for (uint32_t s = t->share_at[d]; s < t->share_at[d + 1]; s++)
            for (size_t i = 0; i < KINSHIP_SIZE; i++)
                sums[t->shares[s].class * KINSHIP_SIZE + i] +=
                    gist_share * t->shares[s].alpha * t->gists[d * KINSHIP_SIZE + i];
    for (size_t c = 0; sums != NULL && t->kinship != NULL && c < t->classes; c++) {
        const float *sum = sums + c * KINSHIP_SIZE;
        int8_t steps[KINSHIP_SIZE];
        float squares = 0;
        for (size_t i = 0; i < KINSHIP_SIZE; i++)
            squares += sum[i] * sum[i];
        float scale = meaning_steps8(sum, KINSHIP_SIZE, KINSHIP_SIZE, steps) * sqrtf(squares);
        buf_add(ret_steps, steps, sizeof steps);
        buf_add(ret_scales, &scale, sizeof scale);
    }
    free(sums);
    return sums != NULL && !ret_steps->failed && !ret_scales->failed ? 0 : -1;
}

static void add_biases(const struct training *t, float *sums)
{
    for (uint32_t s = 0; s < t->share_at[examples_count(&t->examples)]; s++)
        sums[t->shares[s].class] += t->shares[s].alpha;
}

static void add_padded(struct buf *out, const void *bytes, size_t size)
{
    buf_add(out, bytes, size);
    for (; size % 8 != 0; size++)
        buf_putc(out, 0);
}

/* The slots of the examples, with where each column's row is. */
static void add_slots(const struct writer *w, struct buf *out)
{
    const struct examples *e = &w->t->examples;
    for (uint32_t i = 0; i <= e->mask; i++) {
        struct image_slot slot = e->slots[i];
        if (slot.id != IMAGE_NONE)
            slot.id = w->at.items[slot.id];
        buf_add(out, &slot, sizeof slot);
    }
}

static bool write_section(struct writer *w, struct buf *out)
{
    const struct examples *e = &w->t->examples;
    struct classifier_header h = {.classes = (uint32_t)w->t->classes,
                                  .units = (uint32_t)(w->rows.size / CLASSIFIER_UNIT),
                                  .slots = e->mask + 1,
                                  .words = w->t->x->head->words,
                                  .elements = w->elements,
                                  .own = w->t->own,
                                  .gists = w->t->kinship != NULL ? (uint32_t)w->t->classes : 0,
                                  .unseen = examples_unseen(e),
                                  .kinship = w->t->kinship != NULL ? kinship_checksum(w->t->kinship) : 0,
                                  .thesaurus = e->thesaurus != NULL ? thesaurus_checksum(e->thesaurus) : 0};
    if (w->at.failed || w->rows.failed || w->words.failed)
        return false;
    add_padded(out, &h, sizeof h);
    add_padded(out, w->rows.data, w->rows.size);
    add_slots(w, out);
    add_padded(out, w->words.data, w->words.size);
    add_padded(out, w->sums, h.classes * sizeof *w->sums);
    add_padded(out, w->gists.data, w->gists.size);
    add_padded(out, w->gist_scales.data, w->gist_scales.size);
    return !out->failed;
}

int training_write(const struct training *t, struct buf *out)
{
    struct writer w = {.t = t, .sums = calloc(t->classes + 1, sizeof *w.sums)};
    struct buf *parts[] = {&w.rows, &w.words, &w.gists, &w.gist_scales};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        buf_init(parts[i], (size_t)1 << 31);
    bool good = w.sums != NULL;
    if (good) {
        write_columns(&w);
        write_words(&w);
        add_biases(t, w.sums);
        good = write_gists(t, &w.gists, &w.gist_scales) == 0 && write_section(&w, out);
    }
    free(w.sums);
    numbers_free(&w.at);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        buf_free(parts[i]);
    return good ? 0 : -1;
}
