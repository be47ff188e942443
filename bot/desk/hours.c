/* Opening hours: see hours.h. Local time is seconds since 1970 as if the zone were UTC. */
#include "desk/hours.h"

#include <stdio.h>
#include <string.h>

enum { DAY = 86400, DAYS_AHEAD = 8 };

/* Day count since 1970 to a date, by shifting the year to begin in March so that the leap day is its last. */
static void date_of(int64_t day, int *ret_year, int *ret_month, int *ret_day)
{
    int64_t shifted = day + 719468; /* 0000-03-01 */
    int64_t era = shifted / 146097, of_era = shifted % 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    *ret_day = (int)(of_year - (153 * month + 2) / 5 + 1);
    *ret_month = (int)(month < 10 ? month + 3 : month - 9);
    *ret_year = (int)(year + era * 400 + (*ret_month <= 2));
}

static bool is_holiday(const struct department *d, int64_t day)
{
    if (d->holidays.count == 0)
        return false;
    int year, month, of_month;
    date_of(day, &year, &month, &of_month);
    char full[48];
    snprintf(full, sizeof full, "%04d-%02d-%02d", year, month, of_month);
    for (size_t i = 0; i < d->holidays.count; i++) {
        const char *holiday = d->holidays.items[i];
        if (strcmp(holiday, full) == 0 || strcmp(holiday, full + strlen(full) - 5) == 0)
            return true;
    }
    return false;
}

static int64_t local_of(const struct zone *z, int64_t wall_ms)
{
    int64_t utc = wall_ms / 1000;
    return utc + zone_offset(z, utc);
}

/* The first moment, not before `from` (UTC seconds), at which the clock on the wall shows `local` or more. Where summer
 * time ends it may show it twice; where it begins, the hour that is left out ends at once. */
static int64_t utc_of(const struct zone *z, int64_t local, int64_t from)
{
    int a = zone_offset(z, local - DAY), b = zone_offset(z, local + DAY);
    int64_t first = local - (a > b ? a : b), last = local - (a > b ? b : a);
    if (first >= from && first + zone_offset(z, first) >= local)
        return first;
    if (first < from)
        first = from;
    while (first < last) {
        int64_t middle = first + (last - first) / 2;
        if (middle + zone_offset(z, middle) >= local)
            last = middle;
        else
            first = middle + 1;
    }
    return last;
}

static int64_t wall_of(const struct zone *z, int64_t local, int64_t from_ms)
{
    return utc_of(z, local, from_ms / 1000) * 1000;
}

/* Local end of the opening that covers `local`, or `local` where none does. */
static int64_t end_of_opening(const struct department *d, int64_t local)
{
    int64_t day = local / DAY, end = local;
    if (is_holiday(d, day))
        return local;
    if (d->hour_count == 0)
        return (day + 1) * DAY;
    int weekday = (int)((day + 3) % 7); /* 1970-01-01 was a Thursday */
    for (size_t i = 0; i < d->hour_count; i++) {
        const struct opening *o = &d->hours[i];
        int64_t from = day * DAY + o->from * 60, to = day * DAY + o->to * 60;
        if (o->weekday == weekday && from <= local && local < to && to > end)
            end = to;
    }
    return end;
}

bool hours_open(const struct department *d, const struct zone *z, int64_t wall_ms)
{
    int64_t local = local_of(z, wall_ms);
    return end_of_opening(d, local) > local;
}

int64_t hours_closing(const struct department *d, const struct zone *z, int64_t wall_ms)
{
    int64_t local = local_of(z, wall_ms), at = local, end;
    /* An opening that begins where another ends goes on. */
    while ((end = end_of_opening(d, at)) > at) {
        at = end;
        if (at > local + DAYS_AHEAD * DAY)
            return INT64_MAX;
    }
    return at == local ? wall_ms : wall_of(z, at, wall_ms);
}

int64_t hours_midnight(const struct zone *z, int64_t wall_ms)
{
    return wall_of(z, (local_of(z, wall_ms) / DAY + 1) * DAY, wall_ms);
}
