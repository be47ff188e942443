/* Clock: time as a value that is passed in, so that tests own it.
 *
 * `mono_ms` drives every timer and never jumps; `wall_ms` (milliseconds since 1970 UTC) is
 * only stored and shown. Threads: the system clock from any; a manual one from its test. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

struct clock {
    int64_t (*mono_ms)(const struct clock *);
    int64_t (*wall_ms)(const struct clock *);
    int64_t manual_ms; /* of clock_manual only: set it to move time */
};

/* The machine's clocks. */
struct clock clock_system(void);
/* Stands still at `ms` on both until manual_ms is changed. */
struct clock clock_manual(int64_t ms);

int64_t clock_mono_ms(const struct clock *);
int64_t clock_wall_ms(const struct clock *);

#endif
