/* Local days as moments: see days.h. */
#include "net/days.h"

#include <stdio.h>
#include <string.h>

enum { DAY_SECONDS = 86400 };

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t day_of(const struct zone *zone, int64_t wall_ms)
{
    int64_t utc = floor_div(wall_ms, 1000);
    return floor_div(utc + zone_offset(zone, utc), DAY_SECONDS);
}

/* The offset is the one at the moment itself, which is looked for: twice is enough, as it changes by hours at most. */
int64_t day_begins(const struct zone *zone, int64_t day)
{
    int64_t local = day * DAY_SECONDS, utc = local - zone_offset(zone, local);
    utc = local - zone_offset(zone, utc);
    return utc * 1000;
}

/* Years begin in March here, so that a leap day is the last one: then a month's begin is a straight line. */
static int64_t from_date(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = floor_div(year, 400), of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void day_text(int64_t day, char ret[DAY_TEXT_BYTES])
{
    int64_t shifted = day + 719468, era = floor_div(shifted, 146097), left = shifted - era * 146097;
    int64_t of_era = (left - left / 1460 + left / 36524 - left / 146096) / 365;
    int64_t of_year = left - (365 * of_era + of_era / 4 - of_era / 100), month = (5 * of_year + 2) / 153;
    int number = (int)(of_year - (153 * month + 2) / 5 + 1);
    month += month < 10 ? 3 : -9;
    int64_t year = of_era + era * 400 + (month <= 2);
    char text[64];
    snprintf(text, sizeof text, "%04d-%02d-%02d", (int)year, (int)month, number);
    text[DAY_TEXT_BYTES - 1] = '\0';
    memcpy(ret, text, DAY_TEXT_BYTES);
}

bool day_read(const char *text, int64_t *ret_day)
{
    char again[DAY_TEXT_BYTES];
    int year, month, day;
    if (strlen(text) != DAY_TEXT_BYTES - 1 || sscanf(text, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 ||
        month > 12 || year < 1)
        return false;
    int64_t number = from_date(year, month, day);
    day_text(number, again);
    if (strcmp(again, text) != 0) /* 2026-02-30 */
        return false;
    *ret_day = number;
    return true;
}
