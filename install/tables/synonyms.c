/* Stems and their sets: see synonyms.h. */
#include "tables/synonyms.h"

#include "base/hash.h"
#include "tables/hashset.h"
#include "text/stem.h"
#include "text/stop.h"
#include "text/thesaurus.h"
#include "text/token.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Broader sets are taken of a stem's first senses, and a few places are kept for them. A member of
 * a group that is listed under another word comes after the word's own groups, small groups first. */
enum { BROADER_OF = 3, OWN_MOST = 6, OTHERS_NUMBER = 100, GROUP_MOST = 64 };

struct sense {
    uint32_t key;
    bool broader;
    unsigned number, times, rank;
    uint64_t source, use;
};

/* Pairs of 64-bit numbers, sorted by the first before they are looked up. */
struct pair {
    uint64_t from, to;
};
struct pairs {
    struct pair *all;
    size_t count, room;
};

struct synonyms {
    const char *lang;
    const struct stop *stop;
    struct sense *senses;
    size_t count, room;
    struct pairs uses, broader;
};

struct synonyms *synonyms_new(const char *lang)
{
    struct synonyms *s = must_calloc(1, sizeof *s);
    s->lang = lang;
    s->stop = stop_of(lang);
    return s;
}

void synonyms_free(struct synonyms *s)
{
    free(s->senses);
    free(s->uses.all);
    free(s->broader.all);
    free(s);
}

static void add_pair(struct pairs *p, uint64_t from, uint64_t to)
{
    if (p->count == p->room) {
        p->room = p->room ? p->room * 2 : 4096;
        p->all = must_realloc(p->all, p->room * sizeof *p->all);
    }
    p->all[p->count++] = (struct pair){from, to};
}

static int by_from(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

static void sort_pairs(struct pairs *p)
{
    if (p->count > 0)
        qsort(p->all, p->count, sizeof *p->all, by_from);
}

static uint64_t look_up(const struct pairs *p, uint64_t from)
{
    struct pair key = {.from = from};
    const struct pair *found = p->count == 0 ? NULL : bsearch(&key, p->all, p->count, sizeof key, by_from);
    return found == NULL ? 0 : found->to;
}

static void add_sense(struct synonyms *s, const struct sense *sense)
{
    if (s->count == s->room) {
        s->room = s->room ? s->room * 2 : 4096;
        s->senses = must_realloc(s->senses, s->room * sizeof *s->senses);
    }
    s->senses[s->count++] = *sense;
}

/* The key of a word that a table has room for, else 0. */
static uint32_t key_of(const struct synonyms *s, const char *word, size_t size)
{
    struct token t, more;
    struct token_reader reader = token_reader(word, size);
    if (!token_next(&reader, &t) || t.length < 2 || token_next(&reader, &more) || stop_has(s->stop, t.word, t.length))
        return 0;
    char stem[TOKEN_BYTES + 1];
    return thesaurus_key(stem, stem_word(s->lang, t.word, t.length, stem, sizeof stem));
}

void synonyms_sense(struct synonyms *s, const char *word, size_t size, uint64_t source, unsigned number, uint64_t use)
{
    uint32_t key = key_of(s, word, size);
    if (key != 0)
        add_sense(s, &(struct sense){.key = key, .number = number, .source = source, .use = use});
}

void synonyms_used(struct synonyms *s, uint64_t use, unsigned times)
{
    add_pair(&s->uses, use, times);
}

void synonyms_broader(struct synonyms *s, uint64_t source, uint64_t broader)
{
    add_pair(&s->broader, source, broader);
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

void synonyms_group(struct synonyms *s, const char *const *words, const size_t *sizes, size_t count, unsigned number)
{
    uint32_t keys[GROUP_MOST], first = count > 0 ? key_of(s, words[0], sizes[0]) : 0;
    size_t known = 0, different = 0;
    for (size_t i = 0; i < count && known < GROUP_MOST; i++)
        if ((keys[known] = key_of(s, words[i], sizes[i])) != 0)
            known++;
    qsort(keys, known, sizeof *keys, by_number);
    for (size_t i = 0; i < known; i++)
        if (i == 0 || keys[i] != keys[i - 1])
            keys[different++] = keys[i];
    uint64_t source = hash_bytes(keys, different * sizeof *keys) | 1;
    for (size_t i = 0; i < different && different > 1; i++)
        add_sense(s, &(struct sense){.key = keys[i],
                                     .number = keys[i] == first ? number : OTHERS_NUMBER + (unsigned)different,
                                     .source = source});
}

/* --- bringing it down --- */

static int by_key_and_source(const void *a, const void *b)
{
    const struct sense *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return (int)x->broader - (int)y->broader;
}

/* A stem's own before broader ones, the most used first. */
static int by_key_and_weight(const void *a, const void *b)
{
    const struct sense *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->broader != y->broader)
        return x->broader ? 1 : -1;
    if (x->times != y->times)
        return x->times > y->times ? -1 : 1;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->source < y->source ? -1 : x->source > y->source;
}

/* One sense for all that pair the same stem with the same set. */
static void merge(struct synonyms *s)
{
    size_t count = 0;
    qsort(s->senses, s->count, sizeof *s->senses, by_key_and_source);
    for (size_t i = 0; i < s->count; i++) {
        struct sense *last = count > 0 ? &s->senses[count - 1] : NULL, *here = &s->senses[i];
        if (last == NULL || last->key != here->key || last->source != here->source) {
            s->senses[count++] = *here;
        } else if (last->broader == here->broader) {
            last->times += here->times;
            last->number = here->number < last->number ? here->number : last->number;
            last->rank = here->rank < last->rank ? here->rank : last->rank;
        }
    }
    s->count = count;
}

static void count_uses(struct synonyms *s)
{
    sort_pairs(&s->uses);
    for (size_t i = 0; i < s->count; i++)
        if (s->senses[i].use != 0)
            s->senses[i].times = (unsigned)look_up(&s->uses, s->senses[i].use);
}

/* Ranks the senses, which are sorted by weight, and adds what is broader than a stem's first ones. */
static void add_broader(struct synonyms *s)
{
    sort_pairs(&s->broader);
    size_t own = s->count;
    for (size_t i = 0; i < own; i++) {
        struct sense *here = &s->senses[i];
        here->rank = i > 0 && here[-1].key == here->key ? here[-1].rank + 1 : 0;
        uint64_t source = here->rank < BROADER_OF ? look_up(&s->broader, here->source) : 0;
        if (source != 0) {
            struct sense more = *here;
            more.source = source;
            more.broader = true;
            add_sense(s, &more);
        }
    }
}

/* Leaves out the sets that a single stem has; numbers the others. */
static size_t number_sets(struct synonyms *s)
{
    struct pairs members = {0};
    for (size_t i = 0; i < s->count; i++)
        add_pair(&members, s->senses[i].source, s->senses[i].key);
    sort_pairs(&members);
    size_t sets = 0, kept = 0, count = 0;
    for (size_t i = 0, next; i < members.count; i = next) {
        for (next = i + 1; next < members.count && members.all[next].from == members.all[i].from;)
            next++;
        if (next - i > 1)
            members.all[kept++] = (struct pair){members.all[i].from, ++sets};
    }
    members.count = kept;
    for (size_t i = 0; i < s->count; i++) {
        uint64_t number = look_up(&members, s->senses[i].source);
        if (number != 0) {
            s->senses[count] = s->senses[i];
            s->senses[count++].source = number - 1;
        }
    }
    s->count = count;
    free(members.all);
    return sets;
}

/* The best of one stem's senses [first, last). */
static struct thesaurus_stem choose(const struct sense *first, const struct sense *last)
{
    struct thesaurus_stem stem = {.key = first->key};
    size_t own = 0, broader, wanted;
    while (first + own < last && !first[own].broader)
        own++;
    broader = (size_t)(last - first) - own;
    wanted = own <= OWN_MOST
                 ? own
                 : THESAURUS_SETS - (broader < THESAURUS_SETS - OWN_MOST ? broader : THESAURUS_SETS - OWN_MOST);
    wanted = wanted < own ? wanted : own;
    for (const struct sense *at = first; at < last && stem.count < THESAURUS_SETS; at++) {
        if (!at->broader && stem.count >= wanted)
            continue;
        uint8_t rank = (uint8_t)(at->rank < THESAURUS_SETS ? at->rank : THESAURUS_SETS - 1);
        stem.sets[stem.count++] = (struct thesaurus_set){(uint32_t)at->source, rank, at->broader};
    }
    return stem;
}

int synonyms_write(struct synonyms *s, struct buf *out, size_t *ret_stems, size_t *ret_sets)
{
    *ret_stems = *ret_sets = 0;
    if (s->count == 0)
        return 0;
    count_uses(s);
    merge(s);
    qsort(s->senses, s->count, sizeof *s->senses, by_key_and_weight);
    add_broader(s);
    merge(s);
    *ret_sets = number_sets(s);
    qsort(s->senses, s->count, sizeof *s->senses, by_key_and_weight);
    struct thesaurus_stem *stems = must_calloc(s->count + 1, sizeof *stems);
    for (size_t i = 0, next; i < s->count; i = next) {
        for (next = i + 1; next < s->count && s->senses[next].key == s->senses[i].key;)
            next++;
        stems[(*ret_stems)++] = choose(s->senses + i, s->senses + next);
    }
    int result = thesaurus_write(out, s->lang, stems, *ret_stems, (uint32_t)*ret_sets);
    free(stems);
    return result;
}
