/* Containment of patterns: see pattern_cover.h. */
#include "content/pattern_cover.h"

#include "base/hash.h"
#include "content/ident.h"

#include <stdlib.h>
#include <string.h>

enum { STATES_MAX = 512, PAIRS_MAX = 4000, WORDS_BYTES = 2 * PATTERN_BYTES };

/* What a state takes. In the narrow automaton they are what it gives: a word that nothing names is SIGN_OTHER. */
enum sign {
    SIGN_NONE, /* goes on to both its ends without taking anything */
    SIGN_WORD,
    SIGN_STEM,
    SIGN_SLOT,     /* a value of this slot */
    SIGN_ANY_SLOT, /* a value of any slot */
    SIGN_OTHER,    /* any word */
    SIGN_ANY,      /* any word, and a value of any slot */
    SIGN_END
};

struct state {
    enum sign sign;
    const char *text; /* folded */
    int next, other;  /* -1 = none */
};

struct automaton {
    struct state states[STATES_MAX];
    int count, start;
    bool full, wide;
    const struct flow *flow;
    char words[WORDS_BYTES];
    size_t used;
};

/* --- making -------------------------------------------------------------------------------- */

static int add(struct automaton *a, enum sign sign, const char *text, int next, int other)
{
    if (a->count == STATES_MAX) {
        a->full = true;
        return 0;
    }
    a->states[a->count] = (struct state){sign, text, next, other};
    return a->count++;
}

static const char *fold(struct automaton *a, const char *text)
{
    char *at = a->words + a->used;
    size_t size = ident_fold(text, at, WORDS_BYTES - a->used);
    if (a->used + size + 3 >= WORDS_BYTES)
        a->full = true;
    else
        a->used += size + 1;
    return at;
}

/* "l'ordine" is two words. */
static int add_words(struct automaton *a, const char *text, int next)
{
    char *folded = (char *)fold(a, text), *space;
    while ((space = strrchr(folded, ' ')) != NULL) {
        next = add(a, SIGN_WORD, space + 1, next, -1);
        *space = '\0';
    }
    return add(a, SIGN_WORD, folded, next, -1);
}

/* A slot of the wide pattern: certainly its own values; of a text, any words. */
static int add_slot(struct automaton *a, const char *name, int next)
{
    int slot = flow_slot(a->flow, name);
    if (!a->wide || slot < 0 || a->flow->slots[slot].type != SLOT_TEXT)
        return add(a, SIGN_SLOT, name, next, -1);
    int words = add(a, SIGN_OTHER, NULL, next, -1);
    for (int i = 1; i < PATTERN_SLOT_WORDS; i++)
        words = add(a, SIGN_OTHER, NULL, add(a, SIGN_NONE, NULL, next, words), -1);
    return add(a, SIGN_NONE, NULL, add(a, SIGN_ANY_SLOT, NULL, next, -1), words);
}

static int add_list(struct automaton *, const struct pattern_node *first, int next);

static int add_node(struct automaton *a, const struct pattern_node *n, int next)
{
    int at = -1;
    switch (n->kind) {
    case PATTERN_WORD:
        return add_words(a, n->text, next);
    case PATTERN_STEM:
        return add(a, SIGN_STEM, fold(a, n->text), next, -1);
    case PATTERN_SLOT:
        return add_slot(a, n->text, next);
    case PATTERN_ANY:
        at = add(a, SIGN_NONE, NULL, next, -1);
        a->states[at].other = add(a, a->wide ? SIGN_ANY : SIGN_OTHER, NULL, at, -1);
        return at;
    case PATTERN_OPTIONAL:
        return add(a, SIGN_NONE, NULL, add_list(a, n->child->child, next), next);
    case PATTERN_ONE_OF:
        for (const struct pattern_node *c = n->child; c != NULL; c = c->next)
            at = add(a, SIGN_NONE, NULL, add_list(a, c->child, next), at);
        return at;
    default:
        return add_list(a, n->child, next);
    }
}

/* From the last to the first, so that each knows what follows. */
static int add_list(struct automaton *a, const struct pattern_node *first, int next)
{
    if (first == NULL || a->full)
        return next;
    return add_node(a, first, add_list(a, first->next, next));
}

static struct automaton *make(const struct pattern_of *p, bool wide)
{
    struct automaton *a = calloc(1, sizeof *a);
    if (a == NULL)
        return NULL;
    a->wide = wide;
    a->flow = p->flow;
    int end = add(a, SIGN_END, NULL, -1, -1);
    a->start = add_list(a, p->pattern->child, end);
    if (!a->full)
        return a;
    free(a);
    return NULL;
}

/* --- walking both --------------------------------------------------------------------------- */

struct set {
    uint64_t bits[STATES_MAX / 64];
};

static bool has(const struct set *s, int state)
{
    return (s->bits[state / 64] >> (state % 64) & 1) != 0;
}

/* Adds a state and what it leads to without taking anything. */
static void reach(const struct automaton *a, struct set *s, int state)
{
    while (state >= 0 && !has(s, state)) {
        s->bits[state / 64] |= (uint64_t)1 << (state % 64);
        if (a->states[state].sign != SIGN_NONE)
            return;
        reach(a, s, a->states[state].other);
        state = a->states[state].next;
    }
}

/* Whether a state of the wide automaton surely takes what one of the narrow gives. */
static bool takes(const struct automaton *wide, const struct state *w, const struct automaton *narrow,
                  const struct state *n)
{
    if (n->sign == SIGN_SLOT)
        return w->sign == SIGN_ANY || w->sign == SIGN_ANY_SLOT ||
               (w->sign == SIGN_SLOT && wide->flow == narrow->flow && strcmp(w->text, n->text) == 0);
    if (w->sign == SIGN_ANY || w->sign == SIGN_OTHER)
        return true;
    if (n->sign == SIGN_WORD)
        return (w->sign == SIGN_WORD || w->sign == SIGN_STEM) && strcmp(w->text, n->text) == 0;
    return n->sign == SIGN_STEM && w->sign == SIGN_STEM && strcmp(w->text, n->text) == 0;
}

struct pair {
    int narrow;
    struct set wide;
};

struct walk {
    const struct automaton *wide, *narrow;
    struct pair *pairs;
    size_t count;
    bool given_up;
};

static void meet(struct walk *w, int narrow, const struct set *wide)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->pairs[i].narrow == narrow && memcmp(&w->pairs[i].wide, wide, sizeof *wide) == 0)
            return;
    if (w->count == PAIRS_MAX) {
        w->given_up = true;
        return;
    }
    w->pairs[w->count++] = (struct pair){narrow, *wide};
}

/* Goes on from one pair. False: here the narrow pattern ends and the wide one does not. */
static bool go_on(struct walk *w, struct pair p)
{
    const struct state *n = &w->narrow->states[p.narrow];
    if (n->sign == SIGN_END)
        return has(&p.wide, 0); /* state 0 is the end */
    if (n->sign == SIGN_NONE) {
        meet(w, n->next, &p.wide);
        if (n->other >= 0)
            meet(w, n->other, &p.wide);
        return true;
    }
    struct set after = {0};
    for (int s = 0; s < w->wide->count; s++)
        if (has(&p.wide, s) && takes(w->wide, &w->wide->states[s], w->narrow, n))
            reach(w->wide, &after, w->wide->states[s].next);
    meet(w, n->next, &after);
    return true;
}

bool pattern_covers(const struct pattern_of *wide, const struct pattern_of *narrow)
{
    struct walk w = {.wide = make(wide, true), .narrow = make(narrow, false)};
    w.pairs = malloc(PAIRS_MAX * sizeof *w.pairs);
    bool covers = w.wide != NULL && w.narrow != NULL && w.pairs != NULL;
    if (covers) {
        struct set start = {0};
        reach(w.wide, &start, w.wide->start);
        meet(&w, w.narrow->start, &start);
    }
    for (size_t i = 0; covers && i < w.count && !w.given_up; i++)
        covers = go_on(&w, w.pairs[i]);
    covers = covers && !w.given_up;
    free(w.pairs);
    free((void *)w.narrow);
    free((void *)w.wide);
    return covers;
}

/* --- a quick look --------------------------------------------------------------------------- */

static uint64_t bits_of(const char *text)
{
    char folded[PATTERN_BYTES + 64];
    uint64_t bits = 0;
    ident_fold(text, folded, sizeof folded);
    for (char *word = folded, *end; *word != '\0'; word = end + (*end == ' ')) {
        end = word + strcspn(word, " ");
        bits |= (uint64_t)1 << (hash_bytes(word, (size_t)(end - word)) % 64);
    }
    return bits;
}

static void add_all(const struct pattern_node *n, uint64_t *all)
{
    for (; n != NULL; n = n->next) {
        if (n->kind == PATTERN_WORD || n->kind == PATTERN_STEM)
            *all |= bits_of(n->text);
        add_all(n->child, all);
    }
}

void pattern_words(const struct pattern_node *root, uint64_t *ret_needed, uint64_t *ret_all)
{
    *ret_needed = *ret_all = 0;
    for (const struct pattern_node *n = root->child; n != NULL; n = n->next)
        if (n->kind == PATTERN_WORD || n->kind == PATTERN_STEM)
            *ret_needed |= bits_of(n->text);
    add_all(root->child, ret_all);
}
