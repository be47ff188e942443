/* Choices: which of an editor's few answers a text has, by its words, their stems or with one slip. */
#include "entity/kinds.h"

#include "base/hash.h"
#include "text/stem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PHRASE_WORDS = 8,
    PHRASE_BYTES = 200,
    SLIP_LETTERS = 5, /* shorter words have too many neighbours */
    SLIP_PIECES = 12, /* in longer texts a slip is not looked for */
    COMPILE_ARENA = 1 << 20
};

struct phrase {
    uint32_t choice;
    uint8_t count;
    uint64_t words[PHRASE_WORDS], stems[PHRASE_WORDS];
    char first[PIECE_WORD_BYTES + 1]; /* of a phrase of one word, for slips */
    uint8_t length;
};

struct choices {
    char lang[8];
    struct phrase *all; /* in the order of their first stem */
    size_t count;
};

void choices_free(struct choices *c)
{
    if (c != NULL)
        free(c->all);
    free(c);
}

static uint64_t stem_of(const char *lang, const struct piece *p)
{
    char stem[PIECE_WORD_BYTES + 16];
    if (p->kind != PIECE_WORD)
        return p->hash;
    return hash_bytes(stem, stem_word(lang, p->word, p->length, stem, sizeof stem));
}

/* Without signs, so that "t-shirt" and "t shirt" are the same. 0 where it has no words or too many. */
static size_t words_of(const char *lang, const struct pieces *p, struct phrase *ret)
{
    ret->count = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (p->all[i].kind == PIECE_SIGN)
            continue;
        if (ret->count == PHRASE_WORDS)
            return 0;
        ret->words[ret->count] = p->all[i].hash;
        ret->stems[ret->count++] = stem_of(lang, &p->all[i]);
        if (ret->count == 1) {
            memcpy(ret->first, p->all[i].word, p->all[i].length);
            ret->length = p->all[i].length;
        }
    }
    return ret->count;
}

static bool add(struct choices *c, size_t choice, const char *text, struct arena *arena)
{
    struct pieces p;
    struct phrase *phrase = &c->all[c->count];
    arena_reset(arena);
    *phrase = (struct phrase){.choice = (uint32_t)choice};
    if (strlen(text) > PHRASE_BYTES || pieces_cut(text, strlen(text), arena, &p) < 0 ||
        words_of(c->lang, &p, phrase) == 0)
        return false;
    c->count++;
    return true;
}

static int by_stem(const void *a, const void *b)
{
    const struct phrase *x = a, *y = b;
    if (x->stems[0] != y->stems[0])
        return x->stems[0] < y->stems[0] ? -1 : 1;
    return x->choice != y->choice ? (x->choice < y->choice ? -1 : 1) : 0;
}

struct choices *choices_new(const struct entity_spec *spec, const char *lang, char *ret_why)
{
    size_t phrases = 0;
    struct arena *arena = arena_new(COMPILE_ARENA);
    struct choices *c = calloc(1, sizeof *c);
    snprintf(ret_why, ENTITY_WHY_BYTES, "there is no memory");
    for (size_t i = 0; i < spec->choice_count; i++)
        phrases += 1 + spec->choices[i].synonym_count;
    if (c == NULL || arena == NULL || (c->all = calloc(phrases, sizeof *c->all)) == NULL)
        goto fail;
    memcpy(c->lang, lang, strnlen(lang, sizeof c->lang - 1));
    for (size_t i = 0; i < spec->choice_count; i++) {
        const struct entity_choice *choice = &spec->choices[i];
        bool own = add(c, i, choice->value, arena);
        for (size_t s = 0; s < choice->synonym_count; s++)
            if (!add(c, i, choice->synonyms[s], arena)) {
                snprintf(ret_why, ENTITY_WHY_BYTES, "\"%.60s\" has no words, or more than %d", choice->synonyms[s],
                         PHRASE_WORDS);
                goto fail;
            }
        if (!own && choice->synonym_count == 0) {
            snprintf(ret_why, ENTITY_WHY_BYTES, "\"%.60s\" has no words, or more than %d, and no synonyms",
                     choice->value, PHRASE_WORDS);
            goto fail;
        }
    }
    qsort(c->all, c->count, sizeof *c->all, by_stem);
    arena_free(arena);
    return c;
fail:
    choices_free(c);
    arena_free(arena);
    return NULL;
}

/* --- reading ----------------------------------------------------------------------------------- */

/* The pieces of a phrase's words from i on, signs between them left out; 0 where they differ. */
static size_t phrase_at(const struct choices *c, const struct phrase *phrase, const struct pieces *p, size_t i,
                        bool *ret_exact)
{
    size_t at = i;
    *ret_exact = true;
    for (size_t w = 0; w < phrase->count; w++, at++) {
        while (w > 0 && at < p->count && p->all[at].kind == PIECE_SIGN)
            at++;
        if (at == p->count)
            return 0;
        bool same = p->all[at].hash == phrase->words[w];
        if (!same && stem_of(c->lang, &p->all[at]) != phrase->stems[w])
            return 0;
        *ret_exact = *ret_exact && same;
    }
    return at - i;
}

/* Whether two words differ by one letter added, left out, changed or swapped with its neighbour. */
static bool one_slip(const char *a, size_t n, const char *b, size_t m)
{
    size_t head = 0, tail = 0;
    if (n > m + 1 || m > n + 1)
        return false;
    while (head < n && head < m && a[head] == b[head])
        head++;
    while (tail < n - head && tail < m - head && a[n - 1 - tail] == b[m - 1 - tail])
        tail++;
    size_t left = n - head - tail, right = m - head - tail;
    return (left <= 1 && right <= 1) || (left == 2 && right == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]);
}

static bool slip_at(const struct reading *r, const struct choices *c, size_t i, size_t *ret_choice)
{
    const struct piece *w = &r->pieces.all[i];
    bool found = false;
    if (!r->asked || r->pieces.count > SLIP_PIECES || w->length < SLIP_LETTERS)
        return false;
    for (size_t k = 0; k < c->count; k++) {
        const struct phrase *phrase = &c->all[k];
        if (phrase->count != 1 || phrase->length < SLIP_LETTERS ||
            !one_slip(w->word, w->length, phrase->first, phrase->length))
            continue;
        if (found && *ret_choice != phrase->choice)
            return false; /* a slip of either */
        *ret_choice = phrase->choice;
        found = true;
    }
    return found;
}

bool choice_at(const struct reading *r, size_t i, struct hit *ret)
{
    const struct choices *c = entity_choices(r->entity);
    const struct piece *first = &r->pieces.all[i];
    if (first->kind == PIECE_SIGN)
        return false;
    uint64_t stem = stem_of(c->lang, first);
    size_t low = 0, high = c->count, choice = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->all[middle].stems[0] < stem)
            low = middle + 1;
        else
            high = middle;
    }
    *ret = (struct hit){.used = 0};
    for (; low < c->count && c->all[low].stems[0] == stem; low++) {
        bool exact;
        size_t used = phrase_at(c, &c->all[low], &r->pieces, i, &exact);
        double certainty = exact ? 1 : 0.9;
        if (used > ret->used || (used == ret->used && used > 0 && certainty > ret->certainty)) {
            *ret = (struct hit){.used = used, .certainty = certainty};
            choice = c->all[low].choice;
        }
    }
    if (ret->used == 0) {
        if (!slip_at(r, c, i, &choice))
            return false;
        *ret = (struct hit){.used = 1, .certainty = 0.7};
    }
    ret->value = r->spec->choices[choice].value;
    return true;
}
