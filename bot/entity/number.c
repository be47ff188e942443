/* Numbers and amounts of money. */
#include "entity/kinds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CENTS_LEAST = 10, CENTS_MOST = 99 };

/* Above this a double no longer holds cents. */
static const double most = 1e13;

const char *kind_bounds(const struct entity_spec *spec, double value)
{
    if (spec->has_low && value < spec->low)
        return "low";
    return spec->has_high && value > spec->high ? "high" : NULL;
}

const char *kind_number(struct arena *arena, double value)
{
    char *text = arena_printf(arena, "%.6f", value == 0 ? 0.0 : value);
    if (text == NULL)
        return NULL;
    size_t size = strlen(text);
    while (text[size - 1] == '0')
        size--;
    text[text[size - 1] == '.' ? size - 1 : size] = '\0';
    return text;
}

static double whole_of(double value)
{
    return floor(value * 1e6 + 0.5) / 1e6;
}

/* Digits that are part of a date, an hour, a code or a longer run of signs: no number of their own. */
static bool is_part(const struct pieces *p, size_t i, size_t used)
{
    const struct piece *first = &p->all[i];
    size_t end = i + used;
    if (first->kind != PIECE_DIGITS)
        return false;
    bool before = i > 0 && first->glued && p->all[i - 1].kind != PIECE_SIGN;
    if (i > 1 && first->glued && p->all[i - 1].glued && p->all[i - 2].kind != PIECE_SIGN)
        before = before || pieces_sign(p, i - 1, '-') || pieces_sign(p, i - 1, '/') || pieces_sign(p, i - 1, ':') ||
                 pieces_sign(p, i - 1, '.') || pieces_sign(p, i - 1, ',') || pieces_sign(p, i - 1, '_');
    bool behind = end + 1 < p->count && p->all[end].glued && p->all[end + 1].glued &&
                  p->all[end + 1].kind == PIECE_DIGITS && !pieces_sign(p, end, 'x') && !pieces_sign(p, end, '*');
    return before || behind;
}

static bool negative_at(const struct pieces *p, size_t i)
{
    return pieces_sign(p, i, '-') && i + 1 < p->count && p->all[i + 1].glued && p->all[i + 1].kind == PIECE_DIGITS &&
           (i == 0 || !p->all[i].glued);
}

static double value_of(const struct grammar_match *m)
{
    double n = m->c.numbers > 0 ? m->c.n : 0;
    switch (m->op) {
    case OP_TIMES:
        return (m->c.numbers > 0 ? n : 1) * m->argument;
    case OP_PLUS:
        return n + m->argument / 100.0;
    case OP_MINUS:
        return -n;
    default:
        return n;
    }
}

bool number_at(const struct reading *r, size_t i, struct hit *ret)
{
    struct grammar_match m;
    int doubt;
    size_t sign = negative_at(&r->pieces, i) ? 1 : 0;
    if (!grammar_match(r->grammar, RULES_NUMBER, &r->pieces, i + sign, r->asked, &m)) {
        struct numeral n = {0}; /* of a language without words */
        m = (struct grammar_match){.used = grammar_numeral(r->grammar, &r->pieces, i + sign, &n)};
        if (m.used == 0)
            return false;
        m.c.n = n.value;
        m.c.numbers = 1;
    }
    if (is_part(&r->pieces, i + sign, m.used))
        return false;
    size_t used = m.used + sign;
    bool doubtful = m.used == grammar_class_at(r->grammar, CLASS_DOUBT, &r->pieces, i, &doubt);
    if ((doubtful || m.weak) && (!r->asked || !kind_alone(r, i, used)))
        return false;
    double value = whole_of(sign ? -value_of(&m) : value_of(&m));
    *ret =
        (struct hit){.used = used, .certainty = doubtful || m.weak ? 0.6 : 0.9, .value = kind_number(r->arena, value)};
    ret->certainty += kind_alone(r, i, used) && !doubtful ? 0.1 : 0;
    ret->why = fabs(value) > most                                    ? "high"
               : r->spec->whole && value != (double)(long long)value ? "decimals"
                                                                     : kind_bounds(r->spec, value);
    return ret->value != NULL;
}

/* --- money ------------------------------------------------------------------------------------- */

/* "12 euro e 50": what is behind the mark must look like cents, else the amount ends before it. */
static void settle_cents(const struct reading *r, size_t i, struct grammar_match *m)
{
    const struct piece *last = &r->pieces.all[i + m->used - 1];
    if (m->rest == m->used)
        return;
    bool cents =
        m->c.m >= CENTS_LEAST && m->c.m <= CENTS_MOST && m->c.m == floor(m->c.m) && (m->argument == 0 || last->glued);
    if (!cents) {
        m->used = m->rest;
        m->c.numbers = 1;
    }
}

bool money_at(const struct reading *r, size_t i, struct hit *ret)
{
    struct grammar_match m;
    char code[4];
    if (!grammar_match(r->grammar, RULES_MONEY, &r->pieces, i, r->asked, &m) || is_part(&r->pieces, i, m.used) ||
        (m.weak && !kind_alone(r, i, m.used)))
        return false;
    settle_cents(r, i, &m);
    double value = m.op == OP_CENTS ? m.c.n / 100 : m.c.n + (m.c.numbers > 1 ? m.c.m / 100 : 0);
    value = whole_of(value + (m.op == OP_PLUS ? m.argument / 100.0 : 0));
    if (m.c.currency != 0)
        grammar_unpack(m.c.currency, code);
    else
        memcpy(code, r->spec->currency, sizeof code);
    double cents = floor(value * 100 + 0.5);
    *ret = (struct hit){.used = m.used, .certainty = m.weak ? 0.7 : 1};
    ret->value = arena_printf(r->arena, "%.2f %s", cents / 100, code);
    ret->why = value > most ? "high" : kind_bounds(r->spec, cents / 100);
    return ret->value != NULL;
}
