/* Documents of sets of synonyms: see glosses.h. */
#include "tables/glosses.h"

#include "base/hash.h"
#include "tables/hashset.h"
#include "tables/nearness.h"
#include "text/stem.h"
#include "text/stop.h"
#include "text/token.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A word of the set counts twice what one of the gloss does, and a word of several parts is shared
 * out among them; of a tied set the first words count. */
static const float set_share = 2, gloss_share = 1, tied_share = 1;
enum { TIED_WORDS = 3 };

/* A stem of a set. Those of its words come before those of its gloss. */
struct stem {
    uint32_t key;
    uint16_t word;  /* which of the set's words it is part of, or IN_GLOSS */
    uint16_t parts; /* how many parts that word has */
};
enum { IN_GLOSS = UINT16_MAX, PARTS_MOST = 32 };

/* Stems and ties lie in common arrays, each set's behind the one before. */
struct set {
    uint64_t source;
    size_t first_stem, end_of_stems, first_tie, end_of_ties;
    uint16_t words;
};

struct glosses {
    const char *lang;
    const struct stop *stop;
    struct set *sets;
    struct stem *stems;
    uint64_t *ties;
    size_t set_count, set_room, stem_count, stem_room, tie_count, tie_room;
};

struct glosses *glosses_new(const char *lang)
{
    struct glosses *g = must_calloc(1, sizeof *g);
    g->lang = lang;
    g->stop = stop_of(lang);
    return g;
}

void glosses_free(struct glosses *g)
{
    free(g->sets);
    free(g->stems);
    free(g->ties);
    free(g);
}

/* An array with room for one more. */
static void *with_room(void *all, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return all;
    *room = *room ? *room * 2 : 4096;
    return must_realloc(all, *room * size);
}

void glosses_set(struct glosses *g, uint64_t source)
{
    g->sets = with_room(g->sets, g->set_count, &g->set_room, sizeof *g->sets);
    g->sets[g->set_count++] = (struct set){.source = source,
                                           .first_stem = g->stem_count,
                                           .end_of_stems = g->stem_count,
                                           .first_tie = g->tie_count,
                                           .end_of_ties = g->tie_count};
}

static void add_stem(struct glosses *g, uint32_t key, uint16_t word, uint16_t parts)
{
    g->stems = with_room(g->stems, g->stem_count, &g->stem_room, sizeof *g->stems);
    g->stems[g->stem_count++] = (struct stem){key, word, parts};
    g->sets[g->set_count - 1].end_of_stems = g->stem_count;
}

/* The next word that is no function word, as the program looks it up; *ret_words counts the others too. */
static bool next_key(const struct glosses *g, struct token_reader *reader, uint32_t *ret_key, uint16_t *ret_words)
{
    for (struct token t; token_next(reader, &t);) {
        ++*ret_words;
        char stem[TOKEN_BYTES + 1];
        size_t size = stem_word(g->lang, t.word, t.length, stem, sizeof stem);
        if (stop_has(g->stop, t.word, t.length) || stop_has(g->stop, stem, size))
            continue;
        *ret_key = (uint32_t)hash_bytes(stem, size);
        return true;
    }
    return false;
}

void glosses_word(struct glosses *g, const char *word, size_t size)
{
    uint32_t keys[PARTS_MOST];
    uint16_t parts = 0, known = 0;
    struct token_reader reader = token_reader(word, size);
    while (known < PARTS_MOST && next_key(g, &reader, &keys[known], &parts))
        known++;
    struct set *set = &g->sets[g->set_count - 1];
    for (uint16_t i = 0; i < known; i++)
        add_stem(g, keys[i], set->words, parts);
    set->words += set->words < IN_GLOSS - 1;
}

void glosses_text(struct glosses *g, const char *text, size_t size)
{
    struct token_reader reader = token_reader(text, size);
    uint16_t words = 0;
    for (uint32_t key; next_key(g, &reader, &key, &words);)
        add_stem(g, key, IN_GLOSS, 1);
}

void glosses_tied(struct glosses *g, uint64_t source)
{
    g->ties = with_room(g->ties, g->tie_count, &g->tie_room, sizeof *g->ties);
    g->ties[g->tie_count++] = source;
    g->sets[g->set_count - 1].end_of_ties = g->tie_count;
}

/* --- the documents --- */

static int by_source(const void *a, const void *b)
{
    const struct set *x = a, *y = b;
    return x->source < y->source ? -1 : x->source > y->source;
}

static const struct set *set_of(const struct glosses *g, uint64_t source)
{
    struct set key = {.source = source};
    return bsearch(&key, g->sets, g->set_count, sizeof key, by_source);
}

static void add_document(const struct glosses *g, const struct set *set, struct nearness *n)
{
    for (size_t i = set->first_stem; i < set->end_of_stems; i++) {
        const struct stem *s = &g->stems[i];
        nearness_word(n, s->key, s->word == IN_GLOSS ? gloss_share : set_share / sqrtf(s->parts));
    }
    for (size_t t = set->first_tie; t < set->end_of_ties; t++) {
        const struct set *tied = set_of(g, g->ties[t]);
        for (size_t i = tied == NULL ? 0 : tied->first_stem; tied != NULL && i < tied->end_of_stems; i++)
            if (g->stems[i].word < TIED_WORDS)
                nearness_word(n, g->stems[i].key, tied_share / g->stems[i].parts);
    }
    nearness_document(n);
}

int glosses_write(struct glosses *g, struct buf *out, size_t *ret_stems)
{
    *ret_stems = 0;
    if (g->set_count == 0)
        return 0;
    qsort(g->sets, g->set_count, sizeof *g->sets, by_source);
    struct nearness *n = nearness_new();
    for (size_t i = 0; i < g->set_count; i++)
        add_document(g, &g->sets[i], n);
    int result = nearness_write(n, g->lang, out, ret_stems);
    nearness_free(n);
    return result;
}
