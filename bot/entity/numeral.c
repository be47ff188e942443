/* Numbers in digits and in words: grammar_numeral of grammar.h.
 *
 * Digits: the language says which of '.' and ',' parts thousands, and where that makes no sense (12.5 in Italian) the
 * other meaning is taken. Words: "trentadue", "twenty-one", "two thousand and five", put together from the
 * language's list by the rules that all such languages share. */
#include "entity/grammar_file.h"

#include "base/hash.h"

enum { GROUPS_MAX = 8, INTEGER_DIGITS = 15, WORDS_MAX = 12, COMPOUND_LEAST = 5, PARTS_MAX = 8 };

/* --- digits ---------------------------------------------------------------------------------- */

/* Groups of digits with single signs glued between: 1.234,50. */
struct groups {
    size_t count, first[GROUPS_MAX]; /* pieces */
    uint32_t sign[GROUPS_MAX];       /* before the group */
};

static size_t digits_of(const struct pieces *p, size_t i)
{
    return i < p->count && p->all[i].kind == PIECE_DIGITS ? p->all[i].size : 0;
}

static bool read_groups(const struct pieces *p, size_t i, struct groups *g)
{
    g->count = 0;
    g->sign[0] = 0;
    g->first[g->count++] = i;
    while (i + 2 < p->count && p->all[i + 1].glued && (pieces_sign(p, i + 1, '.') || pieces_sign(p, i + 1, ',')) &&
           p->all[i + 2].glued && digits_of(p, i + 2) > 0) {
        if (g->count == GROUPS_MAX)
            return false;
        g->sign[g->count] = p->all[i + 1].sign;
        g->first[g->count++] = i + 2;
        i += 2;
    }
    return true;
}

/* How many groups make the integer part; 0 where the groups make no number (24.12.2026). */
static size_t integer_groups(const struct pieces *p, const struct groups *g, char decimal)
{
    size_t whole = g->count;
    uint32_t last = g->sign[g->count - 1];
    if (g->count == 2) {
        bool thousands = last != (uint32_t)decimal && digits_of(p, g->first[1]) == 3 &&
                         digits_of(p, g->first[0]) <= 3 && *p->all[g->first[0]].word != '0';
        return thousands ? 2 : 1;
    }
    if (g->count > 2 && last != g->sign[1])
        whole--;
    for (size_t k = 1; k < whole; k++)
        if (digits_of(p, g->first[k]) != 3 || g->sign[k] != g->sign[1])
            return 0;
    return g->count > 1 && digits_of(p, g->first[0]) > 3 ? 0 : whole;
}

/* "10 000": the pieces, or 1 where no thousands follow. */
static size_t spaced_groups(const struct pieces *p, size_t i)
{
    size_t used = 1;
    if (digits_of(p, i) > 3 || (i > 0 && digits_of(p, i - 1) > 0))
        return 1;
    while (used < GROUPS_MAX && digits_of(p, i + used) == 3 && p->all[i + used].at == pieces_end(p, i, used) + 1)
        used++;
    return digits_of(p, i + used) > 0 || used > 5 ? 1 : used;
}

static void append(const struct pieces *p, size_t i, double *value, size_t *digits)
{
    for (size_t d = 0; d < p->all[i].size && *digits <= INTEGER_DIGITS; d++, ++*digits)
        *value = *value * 10 + (p->all[i].word[d] - '0');
}

static size_t read_digits(const struct grammar *g, const struct pieces *p, size_t i, struct numeral *ret)
{
    struct groups all;
    size_t digits = 0, used = spaced_groups(p, i);
    if (digits_of(p, i) > INTEGER_DIGITS || !read_groups(p, i, &all))
        return 0;
    *ret = (struct numeral){.digits = true};
    if (used > 1 && all.count == 1) {
        for (size_t k = 0; k < used; k++)
            append(p, i + k, &ret->value, &digits);
        return digits <= INTEGER_DIGITS ? used : 0;
    }
    size_t whole = integer_groups(p, &all, g->decimal);
    for (size_t k = 0; k < whole; k++)
        append(p, all.first[k], &ret->value, &digits);
    if (whole == 0 || digits > INTEGER_DIGITS)
        return 0;
    double unit = 0.1;
    for (size_t d = 0; whole < all.count && d < digits_of(p, all.first[whole]) && d < 6; d++, unit /= 10) {
        ret->value += unit * (p->all[all.first[whole]].word[d] - '0');
        ret->decimals++;
    }
    return 2 * all.count - 1;
}

/* --- words ----------------------------------------------------------------------------------- */

/* A number that grows word by word: finished thousands, the group that is being read, the last scale. */
struct sum {
    double total, group, scale;
    bool begun;
};

/* Adds a number word, or false where it cannot follow (three thirty are two numbers). */
static bool sum_add(struct sum *s, double v)
{
    bool fits;
    double tens = s->group - 100 * (double)(long)(s->group / 100);
    if (v >= 1000) {
        fits = (s->scale == 0 || v < s->scale) && (!s->begun || s->group > 0);
        s->total += fits ? (s->begun ? s->group : 1) * v : 0;
        s->group = fits ? 0 : s->group;
        s->scale = fits ? v : s->scale;
    } else if (v == 100) {
        fits = s->group < 100 && (s->group > 0 || !s->begun || s->scale > 0);
        s->group = !fits ? s->group : s->group > 0 ? s->group * 100 : 100;
    } else if (v >= 10) {
        fits = tens == 0 && (s->group > 0 || !s->begun || s->scale > 0);
        s->group += fits ? v : 0;
    } else {
        fits = v == 0 ? !s->begun
                      : (tens == 0 && (s->group > 0 || !s->begun || s->scale > 0)) ||
                            (tens >= 20 && tens / 10 == (double)(long)(tens / 10));
        s->group += fits ? v : 0;
    }
    s->begun = s->begun || fits;
    return fits;
}

/* A word made of several numbers ("trentadue") from its letter `at` on. */
static bool add_compound(const struct grammar *g, struct sum *s, const struct piece *w, size_t at, int depth)
{
    if (at == w->length)
        return true;
    if (depth == PARTS_MAX)
        return false;
    for (size_t size = w->length - at; size >= 2; size--) {
        uint64_t hash = hash_bytes(w->word + at, size);
        const struct grammar_phrase *part = grammar_phrase_of(g, CLASS_NUMBER, hash);
        if (part == NULL && at + size < w->length)
            part = grammar_phrase_of(g, CLASS_ELIDED, hash);
        struct sum tried = *s;
        if (part != NULL && sum_add(&tried, part->value) && add_compound(g, &tried, w, at + size, depth + 1)) {
            *s = tried;
            return true;
        }
    }
    return false;
}

static bool add_word(const struct grammar *g, struct sum *s, const struct piece *w)
{
    const struct grammar_phrase *known = grammar_phrase_of(g, CLASS_NUMBER, w->hash);
    if (known != NULL)
        return sum_add(s, known->value);
    unsigned first = w->length > 1 ? (unsigned)(w->word[0] - 'a') : 26, second = (unsigned)(w->word[1] - 'a');
    if (w->length < COMPOUND_LEAST || first >= 26 || second >= 26 || !(g->number_letters[first] >> second & 1))
        return false;
    struct sum tried = *s;
    if (!add_compound(g, &tried, w, 0, 0))
        return false;
    *s = tried;
    return true;
}

static size_t read_words(const struct grammar *g, const struct pieces *p, size_t i, struct numeral *ret)
{
    struct sum s = {0};
    size_t used = 0;
    for (size_t at = i; at < p->count && used < WORDS_MAX;) {
        /* "twenty-one", "two hundred and five" */
        bool joint = used > 0 && ((pieces_sign(p, at, '-') && p->all[at].glued) ||
                                  (p->all[at].hash == g->and &&((long)s.group % 100 == 0)));
        size_t word = at + (joint ? 1 : 0);
        if (word >= p->count || p->all[word].kind != PIECE_WORD || !add_word(g, &s, &p->all[word]))
            break;
        at = word + 1;
        used = at - i;
    }
    *ret = (struct numeral){.value = s.total + s.group};
    return used;
}

size_t grammar_numeral(const struct grammar *g, const struct pieces *p, size_t i, struct numeral *ret)
{
    if (i >= p->count || p->all[i].kind == PIECE_SIGN)
        return 0;
    if (p->all[i].kind == PIECE_WORD)
        return read_words(g, p, i, ret);
    size_t used = read_digits(g, p, i, ret);
    int scale;
    size_t more = used > 0 ? grammar_class_at(g, CLASS_SCALE, p, i + used, &scale) : 0;
    if (more > 0) {
        ret->value *= scale;
        ret->decimals = ret->value == (double)(long long)ret->value ? 0 : ret->decimals;
    }
    return used + more;
}
