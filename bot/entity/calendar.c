/* Days as numbers: see calendar.h. The two conversions are Howard Hinnant's (days_from_civil). */
#include "entity/calendar.h"

static long floor_div(long a, long b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

long calendar_days(int year, int month, int day)
{
    long months = (long)year * 12 + month - 1;
    long y = floor_div(months, 12), m = months - y * 12 + 1;
    y -= m <= 2;
    long era = floor_div(y, 400), of_era = y - era * 400;
    long of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468 + day - 1;
}

void calendar_civil(long days, int *ret_year, int *ret_month, int *ret_day)
{
    days += 719468;
    long era = floor_div(days, 146097), of_era = days - era * 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    *ret_day = (int)(of_year - (153 * month + 2) / 5 + 1);
    *ret_month = (int)(month < 10 ? month + 3 : month - 9);
    *ret_year = (int)(year + era * 400 + (*ret_month <= 2));
}

int calendar_weekday(long days)
{
    return (int)(((days + 3) % 7 + 7) % 7) + 1;
}

int calendar_month_days(int year, int month)
{
    return (int)(calendar_days(year, month + 1, 1) - calendar_days(year, month, 1));
}

bool calendar_exists(int year, int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= calendar_month_days(year, month);
}
