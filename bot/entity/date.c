/* Days: what the rules of a language mean on a given day. */
#include "entity/calendar.h"
#include "entity/kinds.h"

enum { YEAR_FIRST = 1900, YEAR_LAST = 2199, DAYS_FAR = 366 * 50, WEEK = 7, YEARS_SEARCHED = 9, MONTHS_SEARCHED = 12 };

static long today_of(const struct reading *r)
{
    return calendar_days(r->now->year, r->now->month, r->now->day);
}

/* A year of two digits lies within the last 80 and the coming 20. */
static int full_year(const struct reading *r, int year)
{
    if (year > 100)
        return year;
    int full = r->now->year / 100 * 100 + year % 100;
    if (full > r->now->year + 20)
        full -= 100;
    return full <= r->now->year - 80 ? full + 100 : full;
}

/* Of two candidates around today, which the spec points to. */
static long pointed(const struct reading *r, long before, long after)
{
    long today = today_of(r);
    if (before == today || after == today)
        return today;
    if (r->spec->future)
        return after;
    if (r->spec->past)
        return before;
    return today - before < after - today ? before : after;
}

/* A day and month without a year: the nearest year before and after that have it. */
static bool day_of_year(const struct reading *r, int month, int day, long *ret)
{
    long today = today_of(r), before = 0, after = 0;
    bool has_before = false, has_after = false;
    for (int k = 0; k < YEARS_SEARCHED; k++) {
        int past = r->now->year - k, coming = r->now->year + k;
        if (!has_before && calendar_exists(past, month, day) && calendar_days(past, month, day) <= today) {
            before = calendar_days(past, month, day);
            has_before = true;
        }
        if (!has_after && calendar_exists(coming, month, day) && calendar_days(coming, month, day) >= today) {
            after = calendar_days(coming, month, day);
            has_after = true;
        }
    }
    if (!has_before || !has_after)
        return false;
    *ret = pointed(r, before, after);
    return true;
}

/* A day of a month that is not named, on a given weekday where one is (0 = any): months are searched in the direction
 * the spec points to, by itself forwards. */
static bool day_of_month(const struct reading *r, int day, int weekday, long *ret)
{
    long today = today_of(r);
    int step = r->spec->past ? -1 : 1;
    for (int k = 0; k <= MONTHS_SEARCHED; k++) {
        int year, month, first;
        calendar_civil(calendar_days(r->now->year, r->now->month + k * step, 1), &year, &month, &first);
        if (!calendar_exists(year, month, day))
            continue;
        long at = calendar_days(year, month, day);
        if ((at - today) * step >= 0 && (weekday == 0 || calendar_weekday(at) == weekday)) {
            *ret = at;
            return true;
        }
    }
    return false;
}

/* Returns NULL with the day, or a reason. */
static const char *read_on(const struct reading *r, const struct capture *c, struct day_hit *ret)
{
    int year = c->year != 0 ? full_year(r, c->year) : 0;
    ret->certainty = c->month != 0 ? 1 : 0.8;
    ret->bare = c->month == 0 && c->weekday == 0;
    if (c->impossible)
        return "impossible";
    if (c->month == 0) {
        if (day_of_month(r, c->day, c->weekday, &ret->day))
            return NULL;
        ret->certainty = 0.6; /* Thursday 24, but no 24th near is one: the number counts */
        return day_of_month(r, c->day, 0, &ret->day) ? NULL : "impossible";
    }
    if (year == 0 && !day_of_year(r, c->month, c->day, &ret->day))
        return "impossible";
    if (year != 0 && (year < YEAR_FIRST || year > YEAR_LAST || !calendar_exists(year, c->month, c->day)))
        return "impossible";
    if (year != 0)
        ret->day = calendar_days(year, c->month, c->day);
    if (c->weekday != 0 && calendar_weekday(ret->day) != c->weekday)
        ret->certainty = 0.6;
    return NULL;
}

/* `count` units from now, as a day. False for hours and minutes. */
static bool read_span(const struct reading *r, const struct grammar_match *m, int sign, long *ret)
{
    long count = (long)(m->c.numbers > 0 ? m->c.n : 1), today = today_of(r);
    if (m->argument > 0 && m->c.unit == UNIT_NONE) { /* a fortnight: so many weeks */
        *ret = today + (long)m->argument * WEEK;
        return true;
    }
    if (m->c.decimals > 0 || (m->c.numbers == 0 && m->c.unit > UNIT_YEAR))
        return false;
    switch (m->c.unit) {
    case UNIT_DAY:
        *ret = today + sign * count;
        return true;
    case UNIT_WEEK:
        *ret = today + sign * count * WEEK;
        return true;
    case UNIT_MONTH:
    case UNIT_YEAR: {
        int year, month, first, months = (int)(sign * count) * (m->c.unit == UNIT_YEAR ? 12 : 1);
        calendar_civil(calendar_days(r->now->year, r->now->month + months, 1), &year, &month, &first);
        int last = calendar_month_days(year, month); /* a month after 31 January is the end of February */
        *ret = calendar_days(year, month, r->now->day < last ? r->now->day : last);
        return true;
    }
    default:
        return false;
    }
}

static long read_weekday(const struct reading *r, const struct grammar_match *m)
{
    long today = today_of(r);
    int now = calendar_weekday(today), ahead = (m->c.weekday - now + WEEK) % WEEK;
    if (m->op == OP_WEEKDAY_THIS)
        return today + ahead;
    if (m->op == OP_WEEKDAY_NEXT)
        return today - now + 1 + WEEK + m->c.weekday - 1;
    long coming = today + (ahead == 0 ? WEEK : ahead);
    bool last = m->op == OP_WEEKDAY_LAST || (r->spec->past && m->op == OP_WEEKDAY);
    return last ? today - (now - m->c.weekday + WEEK - 1) % WEEK - 1 : coming;
}

bool date_read(const struct reading *r, size_t i, bool weak, struct day_hit *ret)
{
    struct grammar_match m;
    if (!grammar_match(r->grammar, RULES_DATE, &r->pieces, i, weak, &m))
        return false;
    *ret = (struct day_hit){.used = m.used, .part = m.c.part, .certainty = 1};
    switch (m.op) {
    case OP_OFFSET:
        ret->day = today_of(r) + m.argument;
        if (ret->part == PART_NONE) /* "stasera" is a day and a part of it */
            grammar_class_at(r->grammar, CLASS_PART, &r->pieces, i, &ret->part);
        break;
    case OP_AHEAD:
    case OP_AGO:
        if (!read_span(r, &m, m.op == OP_AGO ? -1 : 1, &ret->day))
            return false;
        break;
    case OP_MONTH_END:
        ret->day = calendar_days(r->now->year, r->now->month + 1, 0);
        break;
    case OP_ON:
        ret->why = read_on(r, &m.c, ret);
        break;
    default:
        ret->day = read_weekday(r, &m);
        ret->certainty = 0.9;
        break;
    }
    long far = ret->day - today_of(r);
    if (m.op != OP_ON && (far > DAYS_FAR || far < -DAYS_FAR))
        ret->why = "impossible";
    if (m.weak)
        ret->certainty = 0.6;
    return !m.weak || ((kind_alone(r, i, m.used) || !ret->bare) && !kind_covered(r, RULES_TIME, i));
}

const char *date_refusal(const struct reading *r, long day)
{
    long today = today_of(r);
    if (r->spec->future && day < today)
        return "past";
    if (r->spec->past && day > today)
        return "future";
    return r->spec->clock ? NULL : kind_bounds(r->spec, (double)(day - today));
}

bool date_at(const struct reading *r, size_t i, struct hit *ret)
{
    struct day_hit d;
    int year, month, day;
    if (!date_read(r, i, r->asked, &d))
        return false;
    calendar_civil(d.day, &year, &month, &day);
    *ret = (struct hit){.used = d.used, .certainty = d.certainty};
    ret->why = d.why != NULL ? d.why : date_refusal(r, d.day);
    ret->value = d.why != NULL ? "" : arena_printf(r->arena, "%04d-%02d-%02d", year, month, day);
    return ret->value != NULL;
}
