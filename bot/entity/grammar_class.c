/* Numbers, days, years, hours and dates in digits: see grammar_class.h. */
#include "entity/grammar_class.h"

#include "entity/grammar_file.h"

enum { COUNT_MOST = 999, YEAR_FIRST = 1900, YEAR_LAST = 2199, SUFFIX_LETTERS = 2 };

bool grammar_begins(const struct grammar *g, enum grammar_class class, const struct piece *piece)
{
    size_t i = piece->hash % GRAMMAR_SLOTS;
    while (g->starts[i].hash != 0 && g->starts[i].hash != piece->hash)
        i = (i + 1) % GRAMMAR_SLOTS;
    return g->starts[i].classes >> class & 1;
}

size_t grammar_list_class(const struct grammar *g, enum grammar_class class, const struct pieces *p, size_t i,
                          struct capture *c)
{
    int value;
    size_t used = grammar_class_at(g, class, p, i, &value);
    if (used == 0)
        return 0;
    switch (class) {
    case CLASS_ORDINAL:
    case CLASS_NUMBER:
        c->n = value;
        c->numbers++;
        break;
    case CLASS_WEEKDAY:
        c->weekday = value;
        break;
    case CLASS_MONTH:
        c->month = value;
        break;
    case CLASS_UNIT:
        c->unit = value;
        break;
    case CLASS_PART:
        c->part = value;
        break;
    case CLASS_CURRENCY:
        c->currency = value;
        break;
    default:
        break;
    }
    return used;
}

/* --- what stands around digits ----------------------------------------------------------------- */

static bool is_digits(const struct pieces *p, size_t i)
{
    return i < p->count && p->all[i].kind == PIECE_DIGITS;
}

/* A sign that parts the digits of a date, an hour or a number. */
static bool is_joint(const struct pieces *p, size_t i)
{
    return pieces_sign(p, i, '.') || pieces_sign(p, i, ',') || pieces_sign(p, i, ':') || pieces_sign(p, i, '/') ||
           pieces_sign(p, i, '-');
}

/* Digits at pieces `first` … `end` are part of more: 24.12 of 24.12.2026, the 12 of AB-12. */
static bool goes_on(const struct pieces *p, size_t first, size_t end)
{
    bool before = first > 1 && p->all[first].glued && p->all[first - 1].glued && is_joint(p, first - 1) &&
                  !pieces_sign(p, first - 1, ',') && p->all[first - 2].kind != PIECE_SIGN;
    bool behind =
        end + 1 < p->count && p->all[end].glued && is_joint(p, end) && p->all[end + 1].glued && is_digits(p, end + 1);
    return before || behind;
}

static bool is_priced(const struct grammar *g, const struct pieces *p, size_t first, size_t end)
{
    int value;
    return pieces_sign(p, end, '%') || grammar_class_at(g, CLASS_CURRENCY, p, end, &value) > 0 ||
           (first > 0 && p->all[first - 1].kind == PIECE_SIGN &&
            grammar_class_at(g, CLASS_CURRENCY, p, first - 1, &value) > 0);
}

/* Letters glued behind digits that are more than a suffix ("24cm" is no day, "3pm" an hour). */
static bool is_measure(const struct pieces *p, size_t end, size_t letters)
{
    return end < p->count && p->all[end].glued && p->all[end].kind == PIECE_WORD && p->all[end].length > letters;
}

/* --- days and years ---------------------------------------------------------------------------- */

static size_t read_day(const struct grammar *g, const struct pieces *p, size_t i, struct capture *c)
{
    int value = pieces_digits(p, i, 1, 2), ordinal, suffix;
    size_t used = 1;
    if (value >= 0) {
        if (i + 1 < p->count && p->all[i + 1].glued)
            used += grammar_class_at(g, CLASS_SUFFIX, p, i + 1, &suffix);
        if (goes_on(p, i, i + used) || is_measure(p, i + used, 0) || is_priced(g, p, i, i + used))
            return 0;
    } else {
        struct numeral n = {0};
        if (is_digits(p, i))
            return 0;
        size_t tens = grammar_numeral(g, p, i, &n);
        used = grammar_class_at(g, CLASS_ORDINAL, p, i, &ordinal);
        value = used > 0 ? ordinal : (int)n.value;
        if (used == 0 && tens > 0 && (value == 20 || value == 30)) { /* twenty-fourth */
            size_t unit = i + tens + pieces_sign(p, i + tens, '-');
            size_t more = grammar_class_at(g, CLASS_ORDINAL, p, unit, &ordinal);
            value += more > 0 && ordinal < 10 ? ordinal : 0;
            used = more > 0 && ordinal < 10 ? unit + more - i : tens;
        } else if (used == 0) {
            used = tens;
        }
        if (used == 0 || value > 31)
            return 0;
    }
    c->impossible = c->impossible || value < 1 || value > 31;
    c->day = value;
    return used;
}

static size_t read_year(const struct pieces *p, size_t i, struct capture *c)
{
    int value = pieces_digits(p, i, 4, 4);
    if (value < 0 && p->all[i].at > 0 && !p->all[i].glued) {
        char before = p->text[p->all[i].at - 1];
        value = before == '\'' || before == '\x99' ? pieces_digits(p, i, 2, 2) : -1;
    }
    bool fits = value >= 0 && (value < 100 || (value >= YEAR_FIRST && value <= YEAR_LAST));
    if (!fits || goes_on(p, i, i + 1) || is_measure(p, i + 1, 0))
        return 0;
    c->year = value < 100 ? value + 100 * (value == 0) : value;
    return 1;
}

/* D/M, D/M/Y and Y-M-D with one sign throughout: the pieces, 0 = none. */
static size_t read_numeric_date(const struct pieces *p, size_t i, struct capture *c)
{
    if (!is_digits(p, i) || i + 2 >= p->count)
        return 0;
    bool spaced = !p->all[i + 1].glued || !p->all[i + 2].glued; /* 24 / 12 / 2026 */
    uint32_t sign = p->all[i + 1].kind == PIECE_SIGN ? p->all[i + 1].sign : 0;
    int second = pieces_digits(p, i + 2, 1, 2), third = -1;
    if ((sign != '/' && sign != '.' && sign != '-') || second < 0)
        return 0;
    size_t used = 3;
    if (pieces_sign(p, i + 3, sign) && i + 4 < p->count && (spaced || (p->all[i + 3].glued && p->all[i + 4].glued))) {
        third = pieces_digits(p, i + 4, 2, 4);
        used = third >= 0 && p->all[i + 4].size != 3 ? 5 : 3;
    }
    if (goes_on(p, i, i + used) || is_measure(p, i + used, 1) || (spaced && pieces_digits(p, i + 4, 4, 4) < 0))
        return 0;
    int first = pieces_digits(p, i, 1, 4);
    bool iso = p->all[i].size == 4 && used == 5 && p->all[i + 4].size <= 2;
    if (first < 0 || (!iso && p->all[i].size > 2))
        return 0;
    c->day = iso ? third : first;
    c->month = second;
    c->year = iso ? first : used == 5 ? third + 100 * (third == 0) : 0;
    if (!iso && c->month > 12 && c->day <= 12) { /* month first, as it cannot be otherwise */
        c->day = second;
        c->month = first;
    }
    c->impossible = c->impossible || c->month < 1 || c->month > 12 || c->day < 1 || c->day > 31 ||
                    (c->year > 100 && (c->year < YEAR_FIRST || c->year > YEAR_LAST));
    return used;
}

/* --- hours --------------------------------------------------------------------------------------- */

static void set_hour(struct capture *c, int hour, int minute, bool late)
{
    c->hour = hour;
    c->minute = minute;
    c->late = late || hour == 0 || hour > 12;
    c->impossible = c->impossible || hour > 24 || minute > 59 || (hour == 24 && minute > 0);
}

static size_t read_hour(const struct grammar *g, const struct pieces *p, size_t i, struct capture *c)
{
    int value = pieces_digits(p, i, 1, 2);
    size_t used = 1;
    if (value < 0) {
        struct numeral n = {0};
        used = is_digits(p, i) ? 0 : grammar_numeral(g, p, i, &n);
        if (used == 0 || n.value > 24)
            return 0;
        value = (int)n.value;
    } else if (goes_on(p, i, i + 1) || is_measure(p, i + 1, SUFFIX_LETTERS) || is_priced(g, p, i, i + 1)) {
        return 0;
    }
    set_hour(c, value, c->minute > 0 ? c->minute : 0, p->all[i].word[0] == '0');
    return used;
}

static size_t read_minute(const struct grammar *g, const struct pieces *p, size_t i, struct capture *c)
{
    int value = pieces_digits(p, i, 2, 2);
    size_t used = 1;
    if (value < 0) {
        struct numeral n = {0};
        used = grammar_numeral(g, p, i, &n);
        value = used > 0 && n.value < 60 && n.decimals == 0 ? (int)n.value : 60;
        int hour; /* "alle 15 due persone": a small number right behind the hour is something else */
        bool behind_number = i > 0 && (is_digits(p, i - 1) || grammar_class_at(g, CLASS_NUMBER, p, i - 1, &hour) > 0);
        value = value < 10 && behind_number ? 60 : value;
    }
    if (used == 0 || value > 59 || (is_digits(p, i) && goes_on(p, i, i + 1)))
        return 0;
    c->minute = value;
    return used;
}

/* Hours and minutes in digits with one of two signs (or the letter h) between. */
static size_t read_clock(const struct pieces *p, size_t i, bool point, struct capture *c)
{
    int hour = pieces_digits(p, i, 1, 2), minute = pieces_digits(p, i + 2, 2, 2);
    if (hour < 0 || minute < 0 || !p->all[i + 1].glued || !p->all[i + 2].glued || is_measure(p, i + 3, SUFFIX_LETTERS))
        return 0;
    bool h = p->all[i + 1].kind == PIECE_WORD && p->all[i + 1].length == 1 && *p->all[i + 1].word == 'h';
    bool fits = point ? pieces_sign(p, i + 1, '.') || pieces_sign(p, i + 1, ',') : pieces_sign(p, i + 1, ':') || h;
    size_t used = 3;
    if (fits && !point && pieces_sign(p, i + 3, ':') && pieces_digits(p, i + 4, 2, 2) >= 0)
        used = 5; /* seconds */
    if (!fits || goes_on(p, i, i + used))
        return 0;
    set_hour(c, hour, minute, p->all[i].word[0] == '0');
    return used;
}

static size_t read_number(const struct grammar *g, const struct pieces *p, size_t i, bool count, struct capture *c)
{
    struct numeral n = {0};
    size_t used = grammar_numeral(g, p, i, &n);
    if (used == 0 || (count && (n.decimals > 0 || n.value > COUNT_MOST)))
        return 0;
    c->n = c->numbers == 0 ? n.value : c->n;
    c->m = c->numbers == 0 ? c->m : n.value;
    c->decimals = c->numbers == 0 ? n.decimals : c->decimals;
    c->numbers++;
    return used;
}

size_t grammar_read_class(const struct grammar *g, enum grammar_class class, const struct pieces *p, size_t i,
                          struct capture *c)
{
    switch (class) {
    case CLASS_N:
    case CLASS_COUNT:
        return read_number(g, p, i, class == CLASS_COUNT, c);
    case CLASS_DAY:
        return read_day(g, p, i, c);
    case CLASS_YEAR:
        return read_year(p, i, c);
    case CLASS_HOUR:
        return read_hour(g, p, i, c);
    case CLASS_MINUTE:
        return read_minute(g, p, i, c);
    case CLASS_CLOCK:
    case CLASS_POINT:
        return read_clock(p, i, class == CLASS_POINT, c);
    case CLASS_DATE:
    case CLASS_DAY_MONTH: {
        struct capture tried = *c;
        size_t used = read_numeric_date(p, i, &tried);
        bool sure = used == 5 || (used == 3 && pieces_sign(p, i + 1, '/'));
        if (used == 0 || sure != (class == CLASS_DATE))
            return 0;
        *c = tried;
        return used;
    }
    default:
        return 0;
    }
}
