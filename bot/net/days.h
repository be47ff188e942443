/* Days: local days of the site as moments, for reports. A day is 23 to 25 hours long.
 * Private to net/. Threads: any. */
#ifndef NET_DAYS_H
#define NET_DAYS_H

#include "desk/zone.h"

#include <stdbool.h>
#include <stdint.h>

enum { DAY_TEXT_BYTES = 11 };

/* The number of the day (since 1970-01-01) that a moment falls on. */
int64_t day_of(const struct zone *, int64_t wall_ms);
/* The moment it begins. */
int64_t day_begins(const struct zone *, int64_t day);
/* "2026-11-22", of years 1 to 9999. */
void day_text(int64_t day, char ret[DAY_TEXT_BYTES]);
bool day_read(const char *text, int64_t *ret_day);

#endif
