/* Bench: what the benchmarks in C share: chance that is the same every time, clocks, rows of figures.
 *
 * A row looks like those of measure.mjs. Limits are absolute durations; next to them stands what a fixed piece of
 * work takes at the moment, so that figures of two machines can be compared. Threads: one. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stddef.h>
#include <stdint.h>

/* The next number by chance; the row of numbers is the same in every run. */
uint64_t bench_chance(void);
/* A share, 0 ≤ share < 1. */
double bench_share(void);

/* CPU that this thread has had, and wall clock, in microseconds. */
double bench_cpu_us(void);
double bench_wall_us(void);

/* Sorts, and returns the value below which a share of them lies. */
double bench_quantile(double *values, size_t count, double share);

/* Prints a row. `limit`: the value that should not be passed; BENCH_NONE = there is none. */
#define BENCH_NONE 0.0
void bench_figure(const char *what, double value, const char *unit, double limit);
/* Prints what hashing 16 kB takes now, in microseconds: the yardstick of this machine. */
void bench_yardstick(void);

#endif
