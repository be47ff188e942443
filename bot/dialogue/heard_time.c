/* Local time in its parts: see dialogue.h. */
#include "dialogue/dialogue.h"

#include <time.h>

struct heard_time heard_time_at(int64_t utc_seconds, int offset_seconds)
{
    time_t local = (time_t)(utc_seconds + offset_seconds);
    struct tm parts = {.tm_year = 70, .tm_mday = 1};
    gmtime_r(&local, &parts);
    return (struct heard_time){.seconds = utc_seconds,
                               .year = parts.tm_year + 1900,
                               .month = parts.tm_mon + 1,
                               .day = parts.tm_mday,
                               .hour = parts.tm_hour,
                               .minute = parts.tm_min,
                               .weekday = (parts.tm_wday + 6) % 7};
}
