/* Likeness of texts by what they have in common: see alike.h. Lists of the texts that have a feature lead to a few
 * candidates, the rarest features first; only those are compared in full. */
#include "understand/alike.h"

#include "base/hash.h"
#include "text/stem.h"
#include "text/stop.h"
#include "text/token.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FEATURES_MAX = 400, /* of a text; what is behind them is not compared */
    VISITS_MAX = 600,   /* list elements looked at for one text */
    COMPARED_MAX = 8,   /* candidates compared in full */
    GRAM = 3,
    TEXT_MAX = 4096
};
/* A function word says less than another; its letters say less than the word. */
static const float stop_weight = 0.3f, gram_weight = 0.5f;

struct feature {
    uint32_t hash;
    float weight; /* the text's have length 1 */
};

/* The texts that have a feature: a list through `nodes`, newest first. */
struct entry {
    uint32_t hash, head, count; /* count 0 = a free place */
};
struct node {
    uint32_t text, next;
    float weight;
};

struct text {
    int64_t number;
    uint32_t at, count; /* in `features` */
    float score;        /* of the search under way */
};

struct alike {
    const char *lang;
    const struct stop *stop;
    struct text *texts;
    struct feature *features;
    struct node *nodes;
    struct entry *table; /* open addressing */
    size_t text_count, text_room, feature_count, feature_room, node_room, table_used, table_size;
    uint32_t touched[VISITS_MAX + 1];
};

/* --- features ---------------------------------------------------------------------------------- */

static void add_feature(struct feature *list, size_t *count, char kind, const char *bytes, size_t size, float weight)
{
    if (*count < FEATURES_MAX)
        list[(*count)++] = (struct feature){(uint32_t)hash_more((uint64_t)kind, bytes, size), weight};
}

static void word_features(const struct alike *a, const struct token *t, struct feature *list, size_t *count)
{
    char stem[TOKEN_BYTES + 1], padded[TOKEN_BYTES + 3];
    float weight = stop_has(a->stop, t->word, t->length) ? stop_weight : 1;
    size_t size = stem_word(a->lang, t->word, t->length, stem, sizeof stem);
    add_feature(list, count, 's', stem, size, weight);
    int length = snprintf(padded, sizeof padded, "^%s$", stem);
    /* The letters of a word weigh the same together, however many they are. */
    float share = gram_weight * weight / sqrtf((float)(length - GRAM + 1 > 0 ? length - GRAM + 1 : 1));
    for (int i = 0; i + GRAM <= length; i++)
        add_feature(list, count, 'g', padded + i, GRAM, share);
}

static int by_hash(const void *x, const void *y)
{
    uint32_t a = ((const struct feature *)x)->hash, b = ((const struct feature *)y)->hash;
    return a < b ? -1 : a > b;
}

/* Sorted by hash, each once, of length 1 together. */
static size_t read_features(const struct alike *a, const char *text, struct feature list[FEATURES_MAX])
{
    struct token_reader reader = token_reader(text, strnlen(text, TEXT_MAX));
    struct token t;
    size_t count = 0, kept = 0;
    double square = 0;
    while (count < FEATURES_MAX && token_next(&reader, &t))
        word_features(a, &t, list, &count);
    if (count > 1)
        qsort(list, count, sizeof *list, by_hash);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && list[kept - 1].hash == list[i].hash)
            list[kept - 1].weight += list[i].weight;
        else
            list[kept++] = list[i];
    }
    for (size_t i = 0; i < kept; i++)
        square += (double)list[i].weight * (double)list[i].weight;
    for (size_t i = 0; i < kept; i++)
        list[i].weight /= (float)sqrt(square);
    return kept;
}

static double product(const struct feature *x, size_t x_count, const struct feature *y, size_t y_count)
{
    double sum = 0;
    for (size_t i = 0, k = 0; i < x_count && k < y_count;) {
        if (x[i].hash == y[k].hash)
            sum += (double)x[i++].weight * (double)y[k++].weight;
        else if (x[i].hash < y[k].hash)
            i++;
        else
            k++;
    }
    return sum;
}

/* --- the set ------------------------------------------------------------------------------------- */

/* The place of a feature in the table: its own, or the free one where it goes. */
static struct entry *place_of(const struct alike *a, uint32_t hash)
{
    size_t at = hash_mix(hash) & (a->table_size - 1);
    while (a->table[at].count > 0 && a->table[at].hash != hash)
        at = (at + 1) & (a->table_size - 1);
    return &a->table[at];
}

static int grow_table(struct alike *a)
{
    struct alike larger = *a;
    larger.table_size = a->table_size > 0 ? a->table_size * 2 : 1024;
    larger.table = calloc(larger.table_size, sizeof *larger.table);
    if (larger.table == NULL)
        return -1;
    for (size_t i = 0; i < a->table_size; i++)
        if (a->table[i].count > 0)
            *place_of(&larger, a->table[i].hash) = a->table[i];
    free(a->table);
    a->table = larger.table;
    a->table_size = larger.table_size;
    return 0;
}

/* Room for `more` elements behind `count`. */
static int reserve(void **rows, size_t *room, size_t count, size_t more, size_t size)
{
    if (count + more <= *room)
        return 0;
    size_t wanted = (*room > 0 ? *room * 2 : 256) + more;
    void *grown = realloc(*rows, wanted * size);
    if (grown == NULL)
        return -1;
    *rows = grown;
    *room = wanted;
    return 0;
}

struct alike *alike_new(const char *lang)
{
    struct alike *a = calloc(1, sizeof *a);
    if (a == NULL || grow_table(a) < 0) {
        free(a);
        return NULL;
    }
    a->lang = lang;
    a->stop = stop_of(lang);
    return a;
}

void alike_free(struct alike *a)
{
    if (a == NULL)
        return;
    free(a->texts);
    free(a->features);
    free(a->nodes);
    free(a->table);
    free(a);
}

int alike_add(struct alike *a, const char *text, int64_t number)
{
    struct feature list[FEATURES_MAX];
    size_t count = read_features(a, text, list);
    if (a->text_count >= ALIKE_MAX ||
        reserve((void **)&a->texts, &a->text_room, a->text_count, 1, sizeof *a->texts) < 0 ||
        reserve((void **)&a->features, &a->feature_room, a->feature_count, count, sizeof *a->features) < 0 ||
        reserve((void **)&a->nodes, &a->node_room, a->feature_count, count, sizeof *a->nodes) < 0)
        return -1;
    while ((a->table_used + count) * 2 > a->table_size)
        if (grow_table(a) < 0)
            return -1;
    for (size_t i = 0; i < count; i++) {
        struct entry *e = place_of(a, list[i].hash);
        uint32_t node = (uint32_t)(a->feature_count + i);
        a->nodes[node] = (struct node){(uint32_t)a->text_count, e->head, list[i].weight};
        a->table_used += e->count == 0;
        *e = (struct entry){list[i].hash, node, e->count + 1};
    }
    if (count > 0)
        memcpy(a->features + a->feature_count, list, count * sizeof *list);
    a->texts[a->text_count++] = (struct text){number, (uint32_t)a->feature_count, (uint32_t)count, 0};
    a->feature_count += count;
    return 0;
}

/* --- finding ------------------------------------------------------------------------------------- */

struct lead {
    struct entry entry;
    float weight;
};

static int by_rarity(const void *x, const void *y)
{
    const struct lead *a = x, *b = y;
    return a->entry.count < b->entry.count ? -1 : a->entry.count > b->entry.count;
}

/* Adds up what texts have in common with the features, the rarest first; how many texts were touched. */
static size_t follow(struct alike *a, const struct feature *list, size_t count)
{
    struct lead leads[FEATURES_MAX];
    size_t lead_count = 0, touched = 0, visits = 0;
    for (size_t i = 0; i < count; i++) {
        const struct entry *e = place_of(a, list[i].hash);
        if (e->count > 0)
            leads[lead_count++] = (struct lead){*e, list[i].weight};
    }
    if (lead_count > 1)
        qsort(leads, lead_count, sizeof *leads, by_rarity);
    for (size_t i = 0; i < lead_count && visits < VISITS_MAX; i++) {
        uint32_t node = leads[i].entry.head;
        for (uint32_t left = leads[i].entry.count; left > 0 && visits < VISITS_MAX; left--, visits++) {
            struct text *t = &a->texts[a->nodes[node].text];
            if (t->score == 0)
                a->touched[touched++] = a->nodes[node].text;
            t->score += leads[i].weight * a->nodes[node].weight;
            node = a->nodes[node].next;
        }
    }
    return touched;
}

static bool leads(const struct text *x, const struct text *y)
{
    return x->score > y->score || (x->score == y->score && x < y);
}

/* The touched texts that have most in common, most first. */
static size_t lead(const struct alike *a, size_t touched, struct text *ret[COMPARED_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < touched; i++) {
        struct text *t = &a->texts[a->touched[i]];
        if (count == COMPARED_MAX && !leads(t, ret[count - 1]))
            continue;
        size_t at = count < COMPARED_MAX ? count++ : count - 1;
        for (; at > 0 && leads(t, ret[at - 1]); at--)
            ret[at] = ret[at - 1];
        ret[at] = t;
    }
    return count;
}

int64_t alike_find(struct alike *a, const char *text, double least, double *ret_likeness)
{
    struct feature list[FEATURES_MAX];
    size_t count = read_features(a, text, list), touched = follow(a, list, count);
    struct text *leading[COMPARED_MAX];
    size_t leading_count = lead(a, touched, leading);
    const struct text *best = NULL;
    double most = 0;
    for (size_t i = 0; i < leading_count; i++) {
        double alike = product(list, count, a->features + leading[i]->at, leading[i]->count);
        if (best == NULL || alike > most || (alike == most && leading[i] < best)) {
            best = leading[i];
            most = alike;
        }
    }
    for (size_t i = 0; i < touched; i++)
        a->texts[a->touched[i]].score = 0;
    if (best == NULL || most < least)
        return 0;
    if (ret_likeness != NULL)
        *ret_likeness = most;
    return best->number;
}
