/* Which words a pattern cannot do without: see need.h. */
#include "edition/need.h"

#include "base/hash.h"
#include "text/token.h"

#include <string.h>

uint64_t need_bit(const char *word, size_t size)
{
    return (uint64_t)1 << (hash_bytes(word, size) % 64);
}

/* Keeps the sets that the fewest messages have. */
static void add_set(struct needed *need, uint64_t set)
{
    size_t at = need->count < NEED_SETS ? need->count++ : NEED_SETS;
    while (at > 0 && __builtin_popcountll(need->sets[at - 1]) > __builtin_popcountll(set)) {
        if (at < NEED_SETS)
            need->sets[at] = need->sets[at - 1];
        at--;
    }
    if (at < NEED_SETS)
        need->sets[at] = set;
}

/* Folding may have made several of a word ("dov'è"). */
static void add_word(struct needed *need, const char *text)
{
    struct token_reader reader = token_reader(text, strlen(text));
    for (struct token t; token_next(&reader, &t);)
        add_set(need, need_bit(t.word, t.length));
}

static void add_node(struct needed *need, const struct pattern_node *n);

/* One of several: what the first needs, or the second …; nothing where one of them needs nothing. */
static void add_one_of(struct needed *need, const struct pattern_node *first)
{
    uint64_t any = 0;
    for (const struct pattern_node *n = first; n != NULL; n = n->next) {
        struct needed of = {.count = 0};
        add_node(&of, n);
        if (of.count == 0)
            return;
        any |= of.sets[0];
    }
    if (any != 0)
        add_set(need, any);
}

static void add_node(struct needed *need, const struct pattern_node *n)
{
    switch (n->kind) {
    case PATTERN_WORD:
        add_word(need, n->text);
        return;
    case PATTERN_SEQUENCE:
        for (const struct pattern_node *c = n->child; c != NULL; c = c->next)
            add_node(need, c);
        return;
    case PATTERN_ONE_OF:
        add_one_of(need, n->child);
        return;
    case PATTERN_STEM:
    case PATTERN_ANY:
    case PATTERN_SLOT:
    case PATTERN_OPTIONAL:
        return;
    }
}

struct needed need_of(const struct pattern_node *root)
{
    struct needed need = {.count = 0};
    add_node(&need, root);
    return need;
}
