/* Matching by trying out, from left to right: see match.h. */
#include "dialogue/match.h"

#include "text/stem.h"
#include "text/token.h"

#include <string.h>

struct match_word {
    size_t at, size;
    char word[TOKEN_BYTES + 1], stem[TOKEN_BYTES + 1]; /* stem: "" until it is asked for */
};

int match_text(const char *lang, const char *text, struct arena *arena, struct match_text *ret)
{
    struct token_reader reader = token_reader(text, strlen(text));
    *ret = (struct match_text){.text = text, .lang = lang, .steps = MATCH_STEPS_ALL};
    ret->words = arena_alloc_raw(arena, MATCH_WORDS * sizeof *ret->words);
    if (ret->words == NULL)
        return -1;
    for (struct token t; token_next(&reader, &t);) {
        if (ret->count == MATCH_WORDS) {
            ret->too_long = true;
            break;
        }
        struct match_word *w = &ret->words[ret->count++];
        w->at = t.at;
        w->size = t.size;
        memcpy(w->word, t.word, t.length + 1);
        w->stem[0] = '\0';
        ret->bits |= need_bit(w->word, t.length);
    }
    return 0;
}

void match_text_in(struct match_text *text, const char *lang)
{
    text->lang = lang;
    text->steps = MATCH_STEPS_ALL;
    for (size_t i = 0; i < text->count; i++)
        text->words[i].stem[0] = '\0';
}

/* What is still to be matched when a group has been: nodes, then those behind the group around it. */
struct rest {
    const struct pattern_node *node;
    const struct rest *outer;
};

struct trial {
    const struct match_text *text;
    const struct match_values *values; /* NULL = any words will do for a slot */
    struct match *match;
    int steps; /* left */
};

static bool try_nodes(struct trial *, const struct pattern_node *, size_t word, const struct rest *);

static bool try_behind(struct trial *t, size_t word, const struct rest *rest)
{
    return rest == NULL ? word == t->text->count : try_nodes(t, rest->node, word, rest->outer);
}

/* Most are written as they are compared: then nothing need be folded. */
static bool is_plain(const char *text)
{
    size_t size = 0;
    while (text[size] >= 'a' && text[size] <= 'z')
        size++;
    return text[size] == '\0' && size <= TOKEN_BYTES;
}

/* The words of a node, which folding may have made several of ("dov'è"). */
static bool try_word(struct trial *t, const struct pattern_node *n, size_t word, const struct rest *rest)
{
    if (n->kind == PATTERN_WORD && is_plain(n->text))
        return word < t->text->count && strcmp(t->text->words[word].word, n->text) == 0 &&
               try_nodes(t, n->next, word + 1, rest);
    struct token_reader reader = token_reader(n->text, strlen(n->text));
    for (struct token token; token_next(&reader, &token); word++) {
        if (word == t->text->count)
            return false;
        struct match_word *w = &t->text->words[word];
        if (n->kind == PATTERN_WORD) {
            if (strcmp(w->word, token.word) != 0)
                return false;
            continue;
        }
        char stem[TOKEN_BYTES + 1];
        stem_word(t->text->lang, token.word, token.length, stem, sizeof stem);
        if (w->stem[0] == '\0')
            stem_word(t->text->lang, w->word, strlen(w->word), w->stem, sizeof w->stem);
        if (strcmp(w->stem, stem) != 0)
            return false;
    }
    return try_nodes(t, n->next, word, rest);
}

static bool try_any(struct trial *t, const struct pattern_node *n, size_t word, const struct rest *rest)
{
    for (size_t end = word; end <= t->text->count; end++)
        if (try_nodes(t, n->next, end, rest))
            return true;
    return false;
}

/* Reading a value costs as much as many steps. */
static bool is_value(struct trial *t, const struct match_capture *c)
{
    enum { VALUE_STEPS = 50 };
    if (t->values == NULL)
        return true;
    t->steps -= VALUE_STEPS;
    return t->steps > 0 && t->values->fits(t->values->context, t->text->text, c);
}

static bool try_slot(struct trial *t, const struct pattern_node *n, size_t word, const struct rest *rest)
{
    struct match *m = t->match;
    size_t most = t->text->count - word < PATTERN_SLOT_WORDS ? t->text->count - word : PATTERN_SLOT_WORDS;
    if (m->count == MATCH_SLOTS)
        return false;
    for (size_t words = most; words > 0; words--) {
        const struct match_word *first = &t->text->words[word], *last = &t->text->words[word + words - 1];
        size_t mine = m->count++;
        m->captures[mine] = (struct match_capture){n->text, first->at, last->at + last->size - first->at};
        /* Reading a value is dear: only where all the rest fits. */
        if (try_nodes(t, n->next, word + words, rest) && is_value(t, &m->captures[mine]))
            return true;
        m->count = mine;
    }
    return false;
}

static bool try_one_of(struct trial *t, const struct pattern_node *n, size_t word, const struct rest *rest)
{
    struct rest behind = {n->next, rest};
    size_t captured = t->match->count;
    for (const struct pattern_node *c = n->child; c != NULL; c = c->next) {
        if (try_nodes(t, c->child, word, &behind))
            return true;
        t->match->count = captured;
    }
    return false;
}

static bool try_optional(struct trial *t, const struct pattern_node *n, size_t word, const struct rest *rest)
{
    return try_one_of(t, n, word, rest) || try_nodes(t, n->next, word, rest);
}

static bool try_sequence(struct trial *t, const struct pattern_node *n, size_t word, const struct rest *rest)
{
    struct rest behind = {n->next, rest};
    return try_nodes(t, n->child, word, &behind);
}

static bool (*const tries[])(struct trial *, const struct pattern_node *, size_t, const struct rest *) = {
    [PATTERN_WORD] = try_word,         [PATTERN_STEM] = try_word,     [PATTERN_ANY] = try_any,
    [PATTERN_SLOT] = try_slot,         [PATTERN_ONE_OF] = try_one_of, [PATTERN_OPTIONAL] = try_optional,
    [PATTERN_SEQUENCE] = try_sequence,
};

static bool try_nodes(struct trial *t, const struct pattern_node *n, size_t word, const struct rest *rest)
{
    if (t->steps-- <= 0)
        return false;
    return n == NULL ? try_behind(t, word, rest) : tries[n->kind](t, n, word, rest);
}

bool match_pattern(const struct pattern_node *pattern, struct match_text *text, const struct match_values *values,
                   struct match *ret)
{
    int most = text->steps < MATCH_STEPS ? text->steps : MATCH_STEPS;
    struct trial t = {text, values, ret, most};
    ret->count = 0;
    bool fits = !text->too_long && text->count > 0 && try_nodes(&t, pattern, 0, NULL);
    text->steps -= most - (t.steps > 0 ? t.steps : 0);
    return fits;
}
