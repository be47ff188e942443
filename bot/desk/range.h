/* Range: how long a place in the queue may take, as a range and never as a promise.
 *
 *   slots = sum of the capacities of the compatible agents online, busy or free
 *   low   = position × mean handling time ÷ slots
 *   high  = low + 1.28 × mean × √position ÷ slots
 *
 * 1.28 is the 90th percentile of a normal deviation: about one in ten waits longer. */
#ifndef DESK_RANGE_H
#define DESK_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Fewer handled tickets than this are not enough data yet. */
enum { RANGE_SAMPLES_MIN = 10, RANGE_SECONDS_MAX = 7 * 24 * 3600 };

/* Seconds, low rounded down and high up. False = no range: nobody online, or not enough data. */
bool range_of(int64_t position, int slots, size_t samples, double mean_seconds, int *ret_low, int *ret_high);

#endif
