/* Hours: when a department is open, in its local time, and when it closes.
 *
 * A department without hours is always open, except on its holidays (the whole day). Times are wall
 * clock milliseconds. Threads: any. */
#ifndef DESK_HOURS_H
#define DESK_HOURS_H

#include "content/settings.h"
#include "desk/zone.h"

#include <stdbool.h>
#include <stdint.h>

bool hours_open(const struct department *, const struct zone *, int64_t wall_ms);
/* The first moment from wall_ms on at which it is not open: wall_ms itself where it is closed,
 * INT64_MAX where it does not close within eight days. */
int64_t hours_closing(const struct department *, const struct zone *, int64_t wall_ms);
/* The next local midnight. */
int64_t hours_midnight(const struct zone *, int64_t wall_ms);

#endif
