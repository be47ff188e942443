/* TZif files: a table of moments at which the offset changed, and behind it, for all later time, a
 * rule in the notation of POSIX TZ ("CET-1CEST,M3.5.0,M10.5.0/3"). See zone.h. */
#include "desk/zone.h"

#include "base/file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES = 1 << 20, NAME_BYTES = 128, HEADER_BYTES = 44, CHANGES_MAX = 20000, RULE_BYTES = 128, DAY = 86400 };

static const char folder[] = "/usr/share/zoneinfo";

/* When summer time begins or ends in a year. */
struct rule_date {
    enum { MONTH_WEEK_DAY, JULIAN_1, JULIAN_0 } kind; /* M5.4.0, J60 (no leap day), 59 */
    int month, week, day;
    int at; /* seconds after local midnight */
};

struct rule {
    bool known, has_summer;
    int standard, summer; /* seconds east */
    struct rule_date begin, end;
};

struct change {
    int64_t at;
    int offset;
};

struct zone {
    struct change *changes;
    size_t count;
    int first; /* offset before the first change */
    struct rule rule;
};

/* --- the rule ------------------------------------------------------------------------------ */

/* Days from 1970-01-01 to the 1st of January of a year. */
static int64_t days_before(int64_t year)
{
    int64_t y = year - 1;
    return 365 * (year - 1970) + (y / 4 - y / 100 + y / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400);
}

static bool leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Day of the year, from 0, of the rule's date. */
static int day_of(const struct rule_date *d, int64_t year)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    if (d->kind == JULIAN_0)
        return d->day;
    if (d->kind == JULIAN_1)
        return d->day - 1 + (leap(year) && d->day >= 60);
    int first = before[d->month - 1] + (leap(year) && d->month > 2);
    int length = before[d->month] - before[d->month - 1] + (leap(year) && d->month == 2);
    int weekday = (int)((days_before(year) + first + 4) % 7); /* 1970-01-01 was a Thursday; 0 = Sunday */
    int day = (d->day - weekday + 7) % 7 + (d->week - 1) * 7;
    while (day >= length)
        day -= 7;
    return first + day;
}

static int64_t year_of(int64_t seconds)
{
    int64_t day = seconds / DAY;
    int64_t year = 1970 + day / 366;
    while (days_before(year + 1) <= day)
        year++;
    return year;
}

static int rule_offset(const struct rule *r, int64_t utc)
{
    if (!r->has_summer)
        return r->standard;
    int64_t year = year_of(utc + r->standard);
    int64_t begin = (days_before(year) + day_of(&r->begin, year)) * DAY + r->begin.at - r->standard;
    int64_t end = (days_before(year) + day_of(&r->end, year)) * DAY + r->end.at - r->summer;
    bool summer = begin < end ? utc >= begin && utc < end : utc >= begin || utc < end;
    return summer ? r->summer : r->standard;
}

/* Each reader moves *at on; false where the text is not what it should be. */
static bool read_number(const char **at, int low, int high, int *ret)
{
    int number = 0, digits = 0;
    while (isdigit((unsigned char)**at) && digits++ < 4)
        number = number * 10 + *(*at)++ - '0';
    if (digits == 0 || number < low || number > high)
        return false;
    *ret = number;
    return true;
}

/* [+-]h[:m[:s]], in seconds. */
static bool read_time(const char **at, int *ret)
{
    int sign = **at == '-' ? -1 : 1, hours, rest[2] = {0, 0};
    if (**at == '-' || **at == '+')
        ++*at;
    if (!read_number(at, 0, 167, &hours))
        return false;
    for (int i = 0; i < 2 && **at == ':'; i++) {
        ++*at;
        if (!read_number(at, 0, 59, &rest[i]))
            return false;
    }
    *ret = sign * (hours * 3600 + rest[0] * 60 + rest[1]);
    return true;
}

static bool skip_name(const char **at)
{
    const char *start = *at;
    if (**at == '<') {
        while (**at != '\0' && **at != '>')
            ++*at;
        return *(*at)++ == '>';
    }
    while (isalpha((unsigned char)**at))
        ++*at;
    return *at > start;
}

static bool read_date(const char **at, struct rule_date *d)
{
    if (*(*at)++ != ',')
        return false;
    bool ok;
    if (**at == 'M') {
        ++*at;
        d->kind = MONTH_WEEK_DAY;
        ok = read_number(at, 1, 12, &d->month) && *(*at)++ == '.' && read_number(at, 1, 5, &d->week) &&
             *(*at)++ == '.' && read_number(at, 0, 6, &d->day);
    } else {
        d->kind = **at == 'J' ? JULIAN_1 : JULIAN_0;
        *at += **at == 'J';
        ok = read_number(at, d->kind == JULIAN_1, 365, &d->day);
    }
    d->at = 2 * 3600;
    if (ok && **at == '/') {
        ++*at;
        ok = read_time(at, &d->at);
    }
    return ok;
}

/* POSIX counts offsets westwards. */
static void read_rule(const char *text, struct rule *r)
{
    const char *at = text;
    struct rule read = {.known = true};
    if (!skip_name(&at) || !read_time(&at, &read.standard))
        return;
    read.standard = -read.standard;
    if (*at != '\0') {
        read.has_summer = true;
        read.summer = read.standard + 3600;
        if (!skip_name(&at))
            return;
        if (*at != ',') {
            if (!read_time(&at, &read.summer))
                return;
            read.summer = -read.summer;
        }
        if (!read_date(&at, &read.begin) || !read_date(&at, &read.end) || *at != '\0')
            return;
    }
    *r = read;
}

/* --- the file ------------------------------------------------------------------------------ */

static int64_t big_endian(const unsigned char *bytes, int size)
{
    uint64_t number = bytes[0] & 0x80 ? UINT64_MAX : 0;
    for (int i = 0; i < size; i++)
        number = number << 8 | bytes[i];
    return (int64_t)number;
}

/* The six counts of a header, in its order. */
enum { UT_FLAGS, STANDARD_FLAGS, LEAPS, CHANGES, TYPES, CHARACTERS, COUNTS };

static bool read_header(const unsigned char *bytes, size_t size, int64_t counts[COUNTS])
{
    if (size < HEADER_BYTES || memcmp(bytes, "TZif", 4) != 0)
        return false;
    for (int i = 0; i < COUNTS; i++) {
        counts[i] = big_endian(bytes + 20 + 4 * i, 4);
        if (counts[i] < 0 || counts[i] > CHANGES_MAX)
            return false;
    }
    return true;
}

static size_t body_size(const int64_t counts[COUNTS], int time_size)
{
    return (size_t)(counts[CHANGES] * (time_size + 1) + counts[TYPES] * 6 + counts[CHARACTERS] +
                    counts[LEAPS] * (time_size + 4) + counts[STANDARD_FLAGS] + counts[UT_FLAGS]);
}

static bool read_changes(struct zone *z, const unsigned char *body, const int64_t counts[COUNTS])
{
    const unsigned char *indices = body + counts[CHANGES] * 8, *types = indices + counts[CHANGES];
    if (counts[TYPES] < 1)
        return false;
    z->first = (int)big_endian(types, 4);
    z->count = (size_t)counts[CHANGES];
    z->changes = calloc(z->count + 1, sizeof *z->changes);
    if (z->changes == NULL)
        return false;
    for (size_t i = 0; i < z->count; i++) {
        if (indices[i] >= counts[TYPES])
            return false;
        z->changes[i].at = big_endian(body + i * 8, 8);
        z->changes[i].offset = (int)big_endian(types + indices[i] * 6, 4);
    }
    return true;
}

/* Behind the body stands the rule between two line feeds. */
static void read_footer(struct zone *z, const unsigned char *at, size_t size)
{
    char text[RULE_BYTES];
    const unsigned char *end = size > 1 && at[0] == '\n' ? memchr(at + 1, '\n', size - 1) : NULL;
    size_t length = end != NULL ? (size_t)(end - at - 1) : 0;
    if (length == 0 || length >= sizeof text)
        return;
    memcpy(text, at + 1, length);
    text[length] = '\0';
    read_rule(text, &z->rule);
}

struct zone *zone_read(const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    int64_t counts[COUNTS];
    /* The first block has 32-bit times; from version 2 on a second one has 64-bit times. */
    if (!read_header(at, size, counts) || at[4] < '2' || HEADER_BYTES + body_size(counts, 4) > size)
        return NULL;
    size -= HEADER_BYTES + body_size(counts, 4);
    at += HEADER_BYTES + body_size(counts, 4);
    if (!read_header(at, size, counts) || HEADER_BYTES + body_size(counts, 8) > size)
        return NULL;
    struct zone *z = calloc(1, sizeof *z);
    if (z == NULL || !read_changes(z, at + HEADER_BYTES, counts)) {
        zone_free(z);
        return NULL;
    }
    size_t behind = HEADER_BYTES + body_size(counts, 8);
    read_footer(z, at + behind, size - behind);
    return z;
}

/* A name, not a path: letters, digits and + - _ / without a leading or double dot or slash. */
static bool is_name(const char *name)
{
    if (strlen(name) >= NAME_BYTES || name[0] == '/')
        return false;
    for (const char *c = name; *c != '\0'; c++) {
        if (!isalnum((unsigned char)*c) && strchr("+-_/", *c) == NULL)
            return false;
    }
    return name[0] != '\0';
}

struct zone *zone_new(const char *name)
{
    struct zone *z = NULL;
    if (name != NULL && is_name(name)) {
        char path[sizeof folder + NAME_BYTES + 1];
        snprintf(path, sizeof path, "%s/%s", folder, name);
        size_t size;
        char *bytes = file_read(path, FILE_BYTES, &size);
        if (bytes != NULL)
            z = zone_read(bytes, size);
        free(bytes);
    }
    return z != NULL ? z : calloc(1, sizeof *z);
}

void zone_free(struct zone *z)
{
    if (z == NULL)
        return;
    free(z->changes);
    free(z);
}

int zone_offset(const struct zone *z, int64_t utc)
{
    if (z->rule.known && (z->count == 0 || utc >= z->changes[z->count - 1].at))
        return rule_offset(&z->rule, utc);
    size_t low = 0, high = z->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (z->changes[middle].at <= utc)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? z->first : z->changes[low - 1].offset;
}
