/* Days and times: see dates.h. */
#include "content/dates.h"

#include <stddef.h>
#include <string.h>

/* Digits where the pattern has 0, the same sign elsewhere. */
static bool looks_like(const char *text, const char *pattern)
{
    for (; *pattern != '\0'; text++, pattern++)
        if (*pattern == '0' ? *text < '0' || *text > '9' : *text != *pattern)
            return false;
    return *text == '\0';
}

static int two_digits(const char *p)
{
    return (p[0] - '0') * 10 + p[1] - '0';
}

static int month_days(int month, bool leap)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month < 1 || month > 12 ? 0 : days[month - 1] + (month == 2 && leap);
}

bool dates_valid(const char *text)
{
    if (!looks_like(text, "0000-00-00"))
        return false;
    int year = two_digits(text) * 100 + two_digits(text + 2);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int day = two_digits(text + 8);
    return day >= 1 && day <= month_days(two_digits(text + 5), leap);
}

bool dates_valid_yearly(const char *text)
{
    if (!looks_like(text, "00-00"))
        return false;
    int day = two_digits(text + 3);
    return day >= 1 && day <= month_days(two_digits(text), true);
}

int dates_minutes(const char *text, int size)
{
    char copy[8] = "0";
    if (size != 4 && size != 5)
        return -1;
    memcpy(copy + (size == 4), text, (size_t)size);
    if (!looks_like(copy, "00:00"))
        return -1;
    int minutes = two_digits(copy) * 60 + two_digits(copy + 3);
    return two_digits(copy + 3) < 60 && minutes <= 1440 ? minutes : -1;
}
