/* The system's clocks and the tests' one: see clock.h. */
#include "base/clock.h"

#include <time.h>

static int64_t read_ms(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t system_mono(const struct clock *c)
{
    (void)c;
    return read_ms(CLOCK_MONOTONIC);
}

static int64_t system_wall(const struct clock *c)
{
    (void)c;
    return read_ms(CLOCK_REALTIME);
}

static int64_t manual(const struct clock *c)
{
    return c->manual_ms;
}

struct clock clock_system(void)
{
    return (struct clock){.mono_ms = system_mono, .wall_ms = system_wall};
}

struct clock clock_manual(int64_t ms)
{
    return (struct clock){.mono_ms = manual, .wall_ms = manual, .manual_ms = ms};
}

int64_t clock_mono_ms(const struct clock *c)
{
    return c->mono_ms(c);
}

int64_t clock_wall_ms(const struct clock *c)
{
    return c->wall_ms(c);
}
