/* The waiting range: see range.h. */
#include "desk/range.h"

#include <math.h>

static int bounded(double seconds)
{
    return seconds < RANGE_SECONDS_MAX ? (int)seconds : RANGE_SECONDS_MAX;
}

bool range_of(int64_t position, int slots, size_t samples, double mean_seconds, int *ret_low, int *ret_high)
{
    if (position < 1 || slots < 1 || samples < RANGE_SAMPLES_MIN || !(mean_seconds >= 0))
        return false;
    double low = (double)position * mean_seconds / slots;
    double high = low + 1.28 * mean_seconds * sqrt((double)position) / slots;
    *ret_low = bounded(floor(low));
    *ret_high = bounded(ceil(high));
    return true;
}
