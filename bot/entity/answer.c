/* What a visitor's words are to a question: see answer.h. */
#include "entity/answer.h"

#include "base/arena.h"
#include "entity/entity.h"
#include "entity/grammar.h"

#include <string.h>

/* Answers are short: of a longer text only what the pieces below take up is looked at. */
enum { ANSWER_BYTES = 1000, ANSWER_ARENA = 1 << 18, REPEATS_MOST = 8, ORDINAL_MOST = 99 };

/* The sections of the grammar, of equally long matches the first counts; what counts only where nothing else was said.
 */
static const struct {
    enum grammar_section section;
    enum answer_kind kind;
    bool whole;
} signals[] = {
    {RULES_CORRECTION, ANSWER_CORRECTION, false},
    {RULES_CANCEL, ANSWER_CANCEL, false},
    {RULES_NONE_OF, ANSWER_NONE_OF, true},
    {RULES_SKIP, ANSWER_SKIP, true},
    {RULES_BACK, ANSWER_BACK, true},
    {RULES_REPEAT, ANSWER_REPEAT, true},
    {RULES_ORDINAL, ANSWER_ORDINAL, true},
    {RULES_NO, ANSWER_NO, false},
    {RULES_YES, ANSWER_YES, false},
};

enum { SIGNALS = sizeof signals / sizeof *signals };

struct listener {
    const struct grammar *grammar;
    struct pieces p;
    size_t length; /* of the whole text */
};

struct signal {
    size_t row;
    struct grammar_match match;
    size_t end; /* the piece behind it and politeness */
};

/* Signs that say nothing by themselves. */
static bool is_quiet(const struct piece *p)
{
    return p->kind == PIECE_SIGN && p->sign < 128 && p->sign != '?' && p->sign != '#' && p->sign != '+';
}

/* Skips politeness, signs and skin colours of emoji. */
static size_t skip_polite(const struct listener *l, size_t i)
{
    struct grammar_match m;
    while (i < l->p.count) {
        bool quiet = is_quiet(&l->p.all[i]) || (l->p.all[i].sign >= 0x1f3fb && l->p.all[i].sign <= 0x1f3ff);
        if (!quiet && !grammar_match(l->grammar, RULES_POLITE, &l->p, i, false, &m))
            break;
        i += quiet ? 1 : m.used;
    }
    return i;
}

/* Skips the same answer said again ("sì sì certo", "??"). */
static size_t skip_again(const struct listener *l, size_t row, size_t i)
{
    struct grammar_match m;
    i = skip_polite(l, i);
    bool again =
        signals[row].kind == ANSWER_YES || signals[row].kind == ANSWER_NO || signals[row].kind == ANSWER_CANCEL;
    for (int k = 0; again && k < REPEATS_MOST && grammar_match(l->grammar, signals[row].section, &l->p, i, false, &m);
         k++)
        i = skip_polite(l, i + m.used);
    return i;
}

/* The longest signal that begins at piece i. */
static bool signal_at(const struct listener *l, size_t i, struct signal *ret)
{
    bool found = false;
    for (size_t row = 0; row < SIGNALS; row++) {
        struct grammar_match m;
        if (!grammar_match(l->grammar, signals[row].section, &l->p, i, false, &m) ||
            (found && m.used <= ret->match.used))
            continue;
        size_t end = skip_again(l, row, i + m.used);
        if (signals[row].kind == ANSWER_CORRECTION && m.op == OP_PLAIN && end >= l->p.count)
            continue; /* "that's wrong" and nothing more is a no */
        if (signals[row].whole && end < l->p.count)
            continue;
        *ret = (struct signal){row, m, end};
        found = true;
    }
    return found;
}

/* "si può pagare?" is no yes, though it begins like one: what goes on without a pause must have been an accented sì. */
static bool is_glued_yes(const struct listener *l, size_t i, const struct signal *s)
{
    const struct piece *first = &l->p.all[i];
    size_t behind = i + s->match.used;
    bool accented = first->size > first->length;
    return signals[s->row].kind == ANSWER_YES && behind < l->p.count && s->end == behind &&
           l->p.all[behind].kind == PIECE_WORD && !accented;
}

static struct answer answer_of(const struct listener *l, size_t i, const struct signal *s)
{
    struct answer a = {.kind = signals[s->row].kind, .whole = s->end >= l->p.count};
    size_t behind = i + s->match.rest;
    if (a.kind != ANSWER_CORRECTION)
        behind = s->end;
    a.rest = behind < l->p.count ? l->p.all[behind].at : l->length;
    if (a.kind == ANSWER_ORDINAL)
        a.ordinal = s->match.op == OP_FROM_END ? -s->match.argument : (int)s->match.c.n;
    return a;
}

static const struct answer nothing = {.kind = ANSWER_OTHER};

/* "cancel", "correction" in the middle of a text: only where the rule says so. */
static struct answer find_inside(const struct listener *l, size_t from)
{
    for (size_t i = from; i < l->p.count; i++)
        for (size_t row = 0; row < SIGNALS; row++) {
            struct signal s = {.row = row};
            if (!grammar_inside(l->grammar, signals[row].section) ||
                !grammar_match(l->grammar, signals[row].section, &l->p, i, false, &s.match) ||
                s.match.op != OP_ANYWHERE)
                continue;
            s.end = skip_again(l, row, i + s.match.used);
            struct answer a = answer_of(l, i, &s);
            a.whole = false;
            return a;
        }
    return nothing;
}

/* The signal at the beginning, where what follows it is a signal of its own that says more ("no, lascia stare"). */
static struct answer hear(const struct listener *l, size_t from, int depth)
{
    struct signal s = {0};
    size_t i = skip_polite(l, from);
    if (i >= l->p.count || !signal_at(l, i, &s) || is_glued_yes(l, i, &s))
        return nothing;
    struct answer a = answer_of(l, i, &s);
    if (a.kind == ANSWER_ORDINAL && (a.ordinal == 0 || a.ordinal > ORDINAL_MOST))
        return nothing;
    if (a.whole || depth == 0 || a.kind == ANSWER_CANCEL)
        return a;
    struct answer more = hear(l, a.kind == ANSWER_CORRECTION ? i + s.match.rest : s.end, depth - 1);
    bool says_more =
        more.kind != ANSWER_OTHER && (more.whole || more.kind == ANSWER_CORRECTION || more.kind == ANSWER_CANCEL);
    /* "no, il numero 2": the rest may be a value, which only the caller knows. */
    bool keeps = a.kind == ANSWER_CORRECTION && more.kind == ANSWER_ORDINAL;
    return says_more && !keeps ? more : a;
}

struct answer answer_signal(const char *lang, const char *text)
{
    struct listener l = {.grammar = grammar_of(lang), .length = strlen(text)};
    struct arena *arena = arena_new(ANSWER_ARENA);
    struct answer a = nothing;
    size_t size = l.length < ANSWER_BYTES ? l.length : ANSWER_BYTES;
    while (size < l.length && size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
        size--;
    if (arena != NULL && l.grammar != NULL && pieces_cut(text, size, arena, &l.p) == 0) {
        a = hear(&l, 0, 2);
        if (a.kind == ANSWER_OTHER || ((a.kind == ANSWER_YES || a.kind == ANSWER_NO) && !a.whole)) {
            struct answer inside = find_inside(&l, 0);
            a = inside.kind != ANSWER_OTHER ? inside : a;
        }
        a.whole = a.whole && size == l.length;
    }
    arena_free(arena);
    if (a.kind == ANSWER_OTHER)
        a.rest = 0;
    return a;
}
