/* Hours of the day, and moments, which are a day with an hour. */
#include "entity/calendar.h"
#include "entity/kinds.h"

enum {
    HOUR = 60,
    HALF_DAY = 12 * HOUR,
    DAY = 24 * HOUR,
    SHOP_OPENS = 7 * HOUR, /* "alle 3" is in the afternoon, "alle 8" in the morning */
    AHEAD_MOST = 366 * DAY,
    BETWEEN_MOST = 3 /* words between a day and its hour */
};

/* What a part of the day means by itself, and where its hours lie. */
static const struct {
    int alone, from, until; /* minutes; an open hour within from … until is half a day later */
} parts[] = {
    [PART_NONE] = {0, 0, 0},
    [PART_MORNING] = {9 * HOUR, 0, 0},
    [PART_NOON] = {12 * HOUR, 0, 4 * HOUR},
    [PART_AFTERNOON] = {15 * HOUR, 0, 12 * HOUR},
    [PART_EVENING] = {19 * HOUR, 4 * HOUR, 12 * HOUR},
    [PART_NIGHT] = {22 * HOUR, 8 * HOUR, 12 * HOUR},
};

static bool fits_bounds(const struct reading *r, long minutes)
{
    bool bound = r->spec->type == ENTITY_TIME || r->spec->clock;
    return !bound || kind_bounds(r->spec, (double)minutes) == NULL;
}

long time_settle(const struct reading *r, const struct hour_hit *h, int part)
{
    long early = h->minutes % HALF_DAY; /* twelve is midnight or noon */
    if (!h->open)
        return h->minutes;
    if (part == PART_MORNING || part == PART_NIGHT) {
        bool night = part == PART_NIGHT && early >= parts[PART_NIGHT].from;
        return night ? early + HALF_DAY : early;
    }
    if (part != PART_NONE)
        return early >= parts[part].from && early < parts[part].until ? early + HALF_DAY : early;
    long usual = early < SHOP_OPENS ? early + HALF_DAY : early, other = (usual + HALF_DAY) % DAY;
    return !fits_bounds(r, usual) && fits_bounds(r, other) ? other : usual;
}

static long now_minutes(const struct reading *r)
{
    return (long)r->now->hour * HOUR + r->now->minute;
}

/* "fra due ore", "fra mezz'ora", "adesso". False for days and weeks. */
static bool read_ahead(const struct reading *r, const struct grammar_match *m, struct hour_hit *ret)
{
    double ahead = m->argument;
    if (m->c.unit != UNIT_NONE && m->c.unit != UNIT_HOUR && m->c.unit != UNIT_MINUTE)
        return false;
    if (m->c.unit != UNIT_NONE)
        ahead = m->c.n * (m->c.unit == UNIT_HOUR ? HOUR : 1);
    ret->minutes = now_minutes(r) + (long)ahead;
    ret->relative = true;
    return ahead <= AHEAD_MOST;
}

static void read_hour(const struct grammar_match *m, struct hour_hit *ret)
{
    long minute = m->c.minute > 0 ? m->c.minute : 0;
    ret->minutes = (long)m->c.hour * HOUR;
    ret->minutes += m->op == OP_TO ? -minute : minute + m->argument;
    ret->open = !m->c.late;
    if (ret->minutes < 0)
        ret->minutes += DAY;
    ret->why = m->c.impossible ? "impossible" : NULL;
    ret->minutes %= DAY;
}

bool time_read(const struct reading *r, size_t i, bool weak, struct hour_hit *ret)
{
    struct grammar_match m;
    if (!grammar_match(r->grammar, RULES_TIME, &r->pieces, i, weak, &m) ||
        (m.weak && (!kind_alone(r, i, m.used) || kind_covered(r, RULES_DATE, i))))
        return false;
    *ret = (struct hour_hit){.used = m.used, .part = m.c.part, .certainty = 1};
    switch (m.op) {
    case OP_AHEAD:
        if (!read_ahead(r, &m, ret))
            return false;
        break;
    case OP_CLOCK:
        ret->minutes = m.argument;
        break;
    case OP_PART:
        ret->part = m.c.part != PART_NONE ? m.c.part : PART_EVENING;
        ret->minutes = parts[ret->part].alone;
        ret->part_alone = true;
        break;
    default:
        read_hour(&m, ret);
        break;
    }
    ret->certainty = m.weak ? (m.op == OP_PART ? 0.4 : 0.6) : ret->open && ret->part == PART_NONE ? 0.8 : 1;
    return true;
}

bool time_at(const struct reading *r, size_t i, struct hit *ret)
{
    struct hour_hit h;
    if (!time_read(r, i, r->asked, &h))
        return false;
    long minutes = time_settle(r, &h, h.part) % DAY;
    *ret = (struct hit){.used = h.used, .certainty = h.certainty};
    ret->why = h.why != NULL ? h.why : kind_bounds(r->spec, (double)minutes);
    ret->value = h.why != NULL ? "" : arena_printf(r->arena, "%02ld:%02ld", minutes / HOUR, minutes % HOUR);
    return ret->value != NULL;
}

/* --- moments ------------------------------------------------------------------------------------- */

/* A day, and an hour that belongs to it. */
struct moment {
    struct day_hit day;
    struct hour_hit hour;
    size_t used;
};

/* The pieces between a day and its hour at i: a comma, "alle", the T of ISO 8601. Returns where the hour is. */
static bool hour_behind(const struct reading *r, size_t i, struct hour_hit *ret, size_t *ret_at)
{
    const struct pieces *p = &r->pieces;
    for (size_t k = 0; k <= BETWEEN_MOST && i + k < p->count; k++) {
        struct grammar_match m;
        *ret_at = i + k;
        if (time_read(r, i + k, false, ret))
            return true;
        /* Right behind a day "15.30" and "15" need no "alle". */
        if (r->asked && grammar_match(r->grammar, RULES_TIME, p, i + k, true, &m) && m.op == OP_HOUR) {
            *ret = (struct hour_hit){.used = m.used, .part = m.c.part, .certainty = 0.7};
            read_hour(&m, ret);
            return true;
        }
        int filler;
        bool skip = p->all[i + k].kind == PIECE_SIGN || (p->all[i + k].length == 1 && *p->all[i + k].word == 't') ||
                    grammar_class_at(r->grammar, CLASS_FILLER, p, i + k, &filler) > 0;
        if (!skip)
            return false;
    }
    return false;
}

/* A day at i with an hour behind it ("domani alle 15") or before it ("alle 15 di domani"). */
static bool read_pair(const struct reading *r, size_t i, struct moment *ret)
{
    size_t at;
    int filler;
    if (date_read(r, i, false, &ret->day) && hour_behind(r, i + ret->day.used, &ret->hour, &at)) {
        ret->used = at + ret->hour.used - i;
        return !ret->hour.relative;
    }
    if (!time_read(r, i, false, &ret->hour))
        return false;
    ret->used = ret->hour.used;
    if (ret->hour.relative) {
        ret->day = (struct day_hit){.day = calendar_days(r->now->year, r->now->month, r->now->day), .certainty = 1};
        return true;
    }
    for (at = i + ret->hour.used; at < r->pieces.count && at <= i + ret->hour.used + BETWEEN_MOST; at++) {
        if (date_read(r, at, false, &ret->day)) {
            ret->used = at + ret->day.used - i;
            return true;
        }
        if (r->pieces.all[at].kind != PIECE_SIGN &&
            grammar_class_at(r->grammar, CLASS_FILLER, &r->pieces, at, &filler) == 0)
            return false;
    }
    return false;
}

/* A day with only a part of it named ("domani pomeriggio"), where a moment was asked for. */
static bool read_vague(const struct reading *r, size_t i, struct moment *ret)
{
    if (!r->asked || !date_read(r, i, false, &ret->day) || ret->day.part == PART_NONE)
        return false;
    ret->hour = (struct hour_hit){.minutes = parts[ret->day.part].alone, .certainty = 0.4};
    ret->used = ret->day.used;
    return true;
}

static const char *moment_refusal(const struct reading *r, long day, long minutes)
{
    const char *why = date_refusal(r, day);
    long today = calendar_days(r->now->year, r->now->month, r->now->day);
    if (why == NULL && r->spec->future && day == today && minutes < now_minutes(r))
        why = "past";
    if (why == NULL && r->spec->past && day == today && minutes > now_minutes(r))
        why = "future";
    return why == NULL && r->spec->clock ? kind_bounds(r->spec, (double)minutes) : why;
}

bool moment_at(const struct reading *r, size_t i, struct hit *ret)
{
    struct moment m;
    int year, month, day;
    if (!read_pair(r, i, &m) && !read_vague(r, i, &m))
        return false;
    int part = m.hour.part != PART_NONE ? m.hour.part : m.day.part;
    long minutes = time_settle(r, &m.hour, part), on = m.day.day + minutes / DAY;
    minutes %= DAY;
    calendar_civil(on, &year, &month, &day);
    *ret = (struct hit){.used = m.used};
    ret->certainty = m.day.certainty < m.hour.certainty ? m.day.certainty : m.hour.certainty;
    ret->why = m.day.why != NULL ? m.day.why : m.hour.why != NULL ? m.hour.why : moment_refusal(r, on, minutes);
    if (m.day.why != NULL || m.hour.why != NULL) {
        ret->value = "";
        return true;
    }
    ret->value = arena_printf(r->arena, "%04d-%02d-%02dT%02ld:%02ld", year, month, day, minutes / HOUR, minutes % HOUR);
    return ret->value != NULL;
}
