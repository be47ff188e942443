/* Texts as rows of weighted columns: see examples.h. */
#include "understand/examples.h"

#include "text/background.h"
#include "understand/gist.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A column's rarity is believed from the examples' own counts as these outnumber this many of the
 * language at large. */
static const double background_strength = 300;

int examples_init(struct examples *e, const struct index *x)
{
    *e = (struct examples){.x = x, .thesaurus = thesaurus_of(x->head->lang), .mask = (1 << 12) - 1};
    e->slots = malloc(((size_t)e->mask + 1) * sizeof *e->slots);
    e->failed = e->slots == NULL;
    if (!e->failed)
        memset(e->slots, 0xff, ((size_t)e->mask + 1) * sizeof *e->slots);
    numbers_push(&e->at, 0);
    numbers_push(&e->stems_at, 0);
    return e->failed ? -1 : 0;
}

void examples_free(struct examples *e)
{
    free(e->columns);
    free(e->slots);
    numbers_free(&e->at);
    numbers_free(&e->cols);
    free(e->values);
    numbers_free(&e->stems_at);
    numbers_free(&e->stems);
}

size_t examples_count(const struct examples *e)
{
    return e->at.count - 1;
}

static struct image_slot *slot_of(const struct examples *e, uint32_t key)
{
    uint32_t i = key & e->mask;
    while (e->slots[i].id != IMAGE_NONE && e->slots[i].hash != key)
        i = (i + 1) & e->mask;
    return &e->slots[i];
}

uint32_t examples_column(const struct examples *e, uint32_t key)
{
    return slot_of(e, key)->id;
}

static void grow_slots(struct examples *e)
{
    size_t slots = 2 * ((size_t)e->mask + 1);
    struct image_slot *grown = malloc(slots * sizeof *grown);
    if (grown == NULL) {
        e->failed = true;
        return;
    }
    memset(grown, 0xff, slots * sizeof *grown);
    free(e->slots);
    e->slots = grown;
    e->mask = (uint32_t)(slots - 1);
    for (uint32_t c = 0; c < e->column_count; c++)
        *slot_of(e, e->columns[c].key) = (struct image_slot){e->columns[c].key, c};
}

static uint32_t column_of(struct examples *e, const struct signal *s)
{
    uint32_t known = examples_column(e, s->key);
    if (known != IMAGE_NONE || e->closed)
        return known;
    if (e->column_count == e->column_room) {
        uint32_t room = e->column_room ? 2 * e->column_room : 4096;
        struct column *grown = realloc(e->columns, room * sizeof *grown);
        if (grown == NULL) {
            e->failed = true;
            return IMAGE_NONE;
        }
        e->columns = grown;
        e->column_room = room;
    }
    e->columns[e->column_count] = (struct column){.key = s->key, .kind = s->kind};
    *slot_of(e, s->key) = (struct image_slot){s->key, e->column_count++};
    if (e->column_count > e->mask / 2)
        grow_slots(e);
    return e->failed ? IMAGE_NONE : e->column_count - 1;
}

static void push(struct examples *e, uint32_t column, float value)
{
    if (e->cols.count == e->value_room) {
        size_t room = e->value_room ? 2 * e->value_room : 65536;
        float *grown = realloc(e->values, room * sizeof *grown);
        if (grown == NULL) {
            e->failed = true;
            return;
        }
        e->values = grown;
        e->value_room = room;
    }
    e->values[e->cols.count] = value;
    numbers_push(&e->cols, column);
    e->failed = e->failed || e->cols.failed;
}

/* One occurrence in the example that is being added. */
static void add_signal(struct examples *e, const struct signal *s)
{
    uint32_t column = column_of(e, s), first = e->at.items[e->at.count - 1];
    if (column == IMAGE_NONE || e->failed)
        return;
    uint32_t place = e->columns[column].place;
    if (place >= first && place < e->cols.count && e->cols.items[place] == column) {
        e->values[place] += s->weight;
        return;
    }
    e->columns[column].place = (uint32_t)e->cols.count;
    push(e, column, s->weight);
}

/* A word and its pairs with those before it, and its stem's key; `extra` = it stands beside the text and makes none. */
static uint32_t add_word(struct examples *e, struct signals_before *before, const char *word, size_t size, bool stop,
                         bool extra)
{
    struct signal signals[SIGNALS_OF_WORD];
    size_t count = signals_of_word(e->x->head->lang, e->thesaurus, word, size, stop, signals);
    for (size_t i = 0; i < count; i++)
        add_signal(e, &signals[i]);
    if (!stop)
        numbers_push(&e->stems, signals[0].key);
    if (extra)
        return signals[0].key;
    struct signal pairs[SIGNALS_OF_PAIRS];
    count = signals_of_next(before, signals[0].key, pairs);
    for (size_t i = 0; i < count; i++)
        add_signal(e, &pairs[i]);
    return signals[0].key;
}

static void add_frame(struct examples *e, struct signals_frame *f, uint32_t key, bool stop)
{
    struct signal signals[SIGNALS_OF_FRAME];
    size_t count = e->frameless ? 0 : signals_of_frame(f, key, stop, signals);
    for (size_t i = 0; i < count; i++)
        add_signal(e, &signals[i]);
}

static void end_frame(struct examples *e, struct signals_frame *f)
{
    struct signal signals[SIGNALS_OF_FRAME];
    size_t count = e->frameless ? 0 : signals_of_frame_end(f, signals);
    for (size_t i = 0; i < count; i++)
        add_signal(e, &signals[i]);
}

/* Weighs an example's columns and brings it to unit length, its frame to a length of its own. */
static void weigh(struct examples *e, uint32_t first, uint32_t end)
{
    double squares[2] = {0};
    for (uint32_t i = first; i < end; i++) {
        const struct column *c = &e->columns[e->cols.items[i]];
        e->values[i] *= c->rarity;
        squares[c->kind == SIGNAL_FRAME] += (double)e->values[i] * e->values[i];
    }
    float shares[2] = {squares[0] > 0 ? (float)(1 / sqrt(squares[0])) : 0,
                       squares[1] > 0 ? (float)sqrt((double)signals_frame_share / squares[1]) : 0};
    for (uint32_t i = first; i < end; i++)
        e->values[i] *= shares[e->columns[e->cols.items[i]].kind == SIGNAL_FRAME];
}

static void finish(struct examples *e)
{
    if (e->closed && !e->failed)
        weigh(e, e->at.items[e->at.count - 1], (uint32_t)e->cols.count);
    numbers_push(&e->at, (uint32_t)e->cols.count);
    numbers_push(&e->stems_at, (uint32_t)e->stems.count);
    e->failed = e->failed || e->at.failed || e->stems_at.failed || e->stems.failed;
}

void examples_add(struct examples *e, const struct reading *r)
{
    struct signals_before before = {0};
    struct signals_frame frame = signals_frame();
    for (size_t i = 0; i < r->count && !e->failed; i++) {
        const struct reading_word *w = &r->words[i];
        uint32_t key = add_word(e, &before, w->letters, w->length, w->stop, w->extra);
        if (!w->extra)
            add_frame(e, &frame, key, w->stop);
    }
    end_frame(e, &frame);
    finish(e);
}

void examples_add_doc(struct examples *e, uint32_t doc)
{
    const uint32_t *words;
    uint32_t count = image_list(&e->x->doc_words, doc, &words);
    struct signals_before before = {0};
    struct signals_frame frame = signals_frame();
    for (uint32_t i = 0; i < count && !e->failed; i++) {
        const struct image_word *w = &e->x->words[words[i]];
        uint32_t key = add_word(e, &before, e->x->strings + w->text, w->length, w->flags & WORD_STOP, false);
        add_frame(e, &frame, key, w->flags & WORD_STOP);
    }
    end_frame(e, &frame);
    finish(e);
}

static double rarity(const struct column *c, double count, const struct background *b)
{
    double own = log((1 + count) / (1 + c->df)) + 1, documents = background_documents(b);
    if (b == NULL || c->kind != SIGNAL_FEATURE)
        return own;
    double large = (background_idf(b, c->key) + 1) * (log(1 + count) + 1) / (log(1 + documents) + 1);
    return (count * own + background_strength * large) / (count + background_strength);
}

int examples_close(struct examples *e)
{
    const struct background *b = background_of(e->x->head->lang);
    if (e->failed)
        return -1;
    for (size_t i = 0; i < e->cols.count; i++)
        e->columns[e->cols.items[i]].df++;
    for (uint32_t c = 0; c < e->column_count; c++)
        e->columns[c].rarity = (float)rarity(&e->columns[c], (double)examples_count(e), b);
    e->closed = true;
    e->closed_count = (uint32_t)examples_count(e);
    for (size_t d = 0; d < examples_count(e); d++)
        weigh(e, e->at.items[d], e->at.items[d + 1]);
    return 0;
}

void examples_drop_last(struct examples *e)
{
    e->at.count--;
    e->cols.count = e->at.items[e->at.count - 1];
    e->stems_at.count--;
    e->stems.count = e->stems_at.items[e->stems_at.count - 1];
}

float examples_unseen(const struct examples *e)
{
    return (float)(log(1 + (double)e->closed_count) + 1);
}

void examples_gist(const struct examples *e, size_t example, const struct kinship *k, float *sums)
{
    memset(sums, 0, KINSHIP_SIZE * sizeof *sums);
    for (uint32_t i = e->stems_at.items[example]; i < e->stems_at.items[example + 1]; i++) {
        uint32_t column = examples_column(e, e->stems.items[i]);
        gist_add(k, e->stems.items[i], column != IMAGE_NONE ? e->columns[column].rarity : examples_unseen(e), sums);
    }
    gist_finish(sums);
}
