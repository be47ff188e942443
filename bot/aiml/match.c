/* The search through the graph: see match.h. */
#include "aiml/match.h"

#include "aiml/build_sets.h"
#include "aiml/words.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

enum {
    STARS = AIML_PATTERN_WORDS,
    DEPTH = 4 * AIML_PATTERN_WORDS, /* patterns are shorter; a damaged image is not let deeper */
    MEMORY_AFTER = 1500,            /* steps without remembering: nearly all searches end before */
    MEMORY_PLACES = 1 << 12
};

/* Behind a wildcard: from this place on, and so from every later one, nothing fits. */
struct tail {
    uint32_t node, from;
};

/* What failed in the search that is under way. */
struct memory {
    uint64_t failed[MEMORY_PLACES]; /* node and place */
    struct tail tails[MEMORY_PLACES];
};

struct search {
    const struct aiml *a;
    const struct heard *part;
    struct match_star stars[PARTS][STARS];
    size_t count[PARTS];
    int stage;
    int depth;
    size_t steps, steps_max;
    bool over;
    struct memory *memory; /* NULL = not yet needed */
    struct match_scratch *scratch;
    struct arena *arena;
};

static uint32_t word_id(const struct aiml *a, const struct word *w)
{
    for (uint32_t at = (uint32_t)hash_bytes(w->key, w->length) & a->bucket_mask; a->buckets[at] != 0;
         at = (at + 1) & a->bucket_mask) {
        const struct image_word *known = &a->words[a->buckets[at]];
        if (known->size == w->length && memcmp(a->text + known->text, w->key, w->length) == 0)
            return a->buckets[at];
    }
    return 0;
}

int match_hear(const struct aiml *a, const char *text, size_t size, struct arena *arena, struct heard *ret)
{
    struct heard_word words[AIML_WORDS];
    struct words_reader r = {text, size, 0};
    struct word w;
    size_t count = 0;
    while (count < AIML_WORDS && words_next(&r, &w))
        words[count++] = (struct heard_word){(uint32_t)w.at, (uint32_t)w.size, word_id(a, &w)};
    struct heard_word *kept = arena_array(arena, count > 0 ? count : 1, sizeof *kept);
    if (kept == NULL)
        return -1;
    memcpy(kept, words, count * sizeof *kept);
    *ret = (struct heard){text, size, kept, count};
    return 0;
}

struct heard match_nothing(void)
{
    static const struct heard_word none = {0, 0, 0};
    return (struct heard){"", 0, &none, 1};
}

static uint32_t kid_of(const struct aiml *a, const struct image_node *n, uint32_t word)
{
    const struct image_kid *kid = a->kids + n->kids;
    size_t low = 0, high = n->kid_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (kid[middle].word == word)
            return kid[middle].node;
        if (kid[middle].word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static uint32_t walk(struct search *s, uint32_t node, size_t at);

/* Everything of this part is used up. */
static uint32_t end_of_part(struct search *s, const struct image_node *n)
{
    int stage = s->stage;
    if (stage < PART_TOPIC && n->next != 0) {
        s->stage = stage + 1;
        uint32_t found = walk(s, n->next, 0);
        s->stage = stage;
        if (found != 0)
            return found;
    }
    if (n->category == 0)
        return 0;
    for (int rest = stage + 1; rest < PARTS; rest++) {
        s->count[rest] = s->part[rest].count > 0;
        s->stars[rest][0] = (struct match_star){0, (uint16_t)s->part[rest].count, 0};
    }
    return n->category;
}

static uint32_t take(struct search *s, uint32_t node, size_t at, size_t least)
{
    const struct image_node *n = &s->a->nodes[node];
    size_t total = s->part[s->stage].count, *count = &s->count[s->stage], slot = *count;
    if (at + least > total || slot == STARS)
        return 0;
    /* Where nothing follows, only all of the rest will do. */
    bool last = n->kid_count == 0 && n->edge_count == 0 && n->wild[WILD_HASH] == 0 && n->wild[WILD_UNDERLINE] == 0 &&
                n->wild[WILD_ARROW] == 0 && n->wild[WILD_STAR] == 0;
    struct tail *tail = s->memory != NULL ? &s->memory->tails[hash_mix(node) & (MEMORY_PLACES - 1)] : NULL;
    size_t end = tail != NULL && tail->node == node ? tail->from : total + 1;
    *count = slot + 1;
    for (size_t size = last ? total - at : least; at + size < end && !s->over; size++) {
        s->stars[s->stage][slot] = (struct match_star){(uint16_t)at, (uint16_t)size, 0};
        uint32_t found = walk(s, node, at + size);
        if (found != 0)
            return found;
        *count = slot + 1;
    }
    *count = slot;
    if (tail != NULL && !s->over && at + least < end)
        *tail = (struct tail){node, (uint32_t)(at + least)};
    return 0;
}

static bool is_number(const char *text, size_t size)
{
    size_t digits = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] >= '0' && text[i] <= '9')
            digits++;
        else if (!(i == 0 && text[i] == '-') && text[i] != '.')
            return false;
    }
    return digits > 0;
}

static uint32_t take_member(struct search *s, uint32_t node, size_t at, size_t size, uint32_t member)
{
    size_t slot = s->count[s->stage];
    if (slot == STARS)
        return 0;
    s->stars[s->stage][slot] = (struct match_star){(uint16_t)at, (uint16_t)size, member};
    s->count[s->stage] = slot + 1;
    uint32_t found = walk(s, node, at + size);
    if (found == 0)
        s->count[s->stage] = slot;
    return found;
}

/* The members that begin with the word at `at`, the longest first. */
static uint32_t take_set(struct search *s, const struct image_edge *edge, size_t at)
{
    const struct aiml *a = s->a;
    const struct heard *h = &s->part[s->stage];
    const struct image_table *set = &a->sets[edge->set];
    uint32_t id = h->words[at].id;
    size_t low = set->first, end = set->first + set->count, high = end;
    while (low < high && id != 0) {
        size_t middle = (low + high) / 2;
        if (a->member_words[a->members[middle].words] < id)
            low = middle + 1;
        else
            high = middle;
    }
    for (; id != 0 && low < end && a->member_words[a->members[low].words] == id && !s->over; low++) {
        const struct image_member *m = &a->members[low];
        size_t i = 1;
        while (i < m->count && at + i < h->count && a->member_words[m->words + i] == h->words[at + i].id)
            i++;
        uint32_t found = i == m->count ? take_member(s, edge->node, at, i, (uint32_t)low + 1) : 0;
        s->steps++;
        if (found != 0)
            return found;
    }
    if (set->built_in == BUILT_NUMBER && is_number(h->text + h->words[at].at, h->words[at].size))
        return take_member(s, edge->node, at, 1, 0);
    return 0;
}

static uint32_t try_words(struct search *s, const struct image_node *n, size_t at, uint32_t flag)
{
    const struct heard *h = &s->part[s->stage];
    if (at >= h->count || h->words[at].id == 0 || n->kid_count == 0)
        return 0;
    uint32_t kid = kid_of(s->a, n, h->words[at].id | flag);
    return kid != 0 ? walk(s, kid, at + 1) : 0;
}

static uint32_t try_all(struct search *s, const struct image_node *n, size_t at)
{
    const struct heard *h = &s->part[s->stage];
    uint32_t found = n->priority ? try_words(s, n, at, IMAGE_PRIORITY) : 0;
    if (found == 0 && n->wild[WILD_HASH] != 0)
        found = take(s, n->wild[WILD_HASH], at, 0);
    if (found == 0 && n->wild[WILD_UNDERLINE] != 0)
        found = take(s, n->wild[WILD_UNDERLINE], at, 1);
    if (found == 0)
        found = at == h->count ? end_of_part(s, n) : try_words(s, n, at, 0);
    for (uint32_t e = 0; found == 0 && at < h->count && e < n->edge_count; e++)
        found = take_set(s, &s->a->edges[n->edges + e], at);
    if (found == 0 && n->wild[WILD_ARROW] != 0)
        found = take(s, n->wild[WILD_ARROW], at, 0);
    if (found == 0 && n->wild[WILD_STAR] != 0)
        found = take(s, n->wild[WILD_STAR], at, 1);
    return found;
}

static void remember(struct search *s)
{
    struct match_scratch *scratch = s->scratch;
    if (scratch->memory == NULL)
        scratch->memory = arena_alloc(s->arena, sizeof(struct memory));
    else
        memset(scratch->memory, 0, sizeof(struct memory));
    s->memory = scratch->memory;
    s->over = s->memory == NULL;
}

/* A category from this node on with the words from `at` on. What fails here fails whatever way led here. */
static uint32_t walk(struct search *s, uint32_t node, size_t at)
{
    if (s->over || ++s->steps > s->steps_max || s->depth == DEPTH) {
        s->over = true;
        return 0;
    }
    uint64_t key = (uint64_t)node << 16 | at;
    uint64_t *place = NULL;
    if (s->memory != NULL) {
        place = &s->memory->failed[hash_mix(key) & (MEMORY_PLACES - 1)];
        if (*place == key)
            return 0;
    } else if (s->steps > MEMORY_AFTER) {
        remember(s);
    }
    s->depth++;
    uint32_t found = try_all(s, &s->a->nodes[node], at);
    s->depth--;
    if (found == 0 && place != NULL && !s->over)
        *place = key;
    return found;
}

int match_find(const struct aiml *a, const struct heard part[PARTS], struct match_scratch *scratch, struct arena *arena,
               struct match *ret)
{
    struct search s;
    s.a = a;
    s.part = part;
    s.stage = PART_PATTERN;
    s.depth = 0;
    s.steps = 0;
    s.steps_max = scratch->steps;
    s.over = false;
    s.memory = NULL;
    s.scratch = scratch;
    s.arena = arena;
    memset(s.count, 0, sizeof s.count);
    uint32_t found = walk(&s, IMAGE_ROOT, 0);
    scratch->steps -= s.steps < scratch->steps ? s.steps : scratch->steps;
    if (s.over)
        return -1;
    struct match made = {.category = found};
    for (int p = 0; p < PARTS && found != 0; p++) {
        struct match_star *kept = arena_array(arena, s.count[p] > 0 ? s.count[p] : 1, sizeof *kept);
        if (kept == NULL)
            return -1;
        memcpy(kept, s.stars[p], s.count[p] * sizeof *kept);
        made.stars[p] = kept;
        made.star_count[p] = s.count[p];
    }
    *ret = made;
    return 0;
}
