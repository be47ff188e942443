/* Chance, clocks and rows: see bench.h. */
#include "bench/bench.h"

#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WIDTH = 66, HASHED_BYTES = 16384, YARDSTICKS = 51 };

static uint64_t seed = 42;

uint64_t bench_chance(void)
{
    return seed = hash_mix(seed + 0x9e3779b97f4a7c15u);
}

double bench_share(void)
{
    return (double)(bench_chance() >> 11) / (double)(1ull << 53);
}

static double clock_us(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

double bench_cpu_us(void)
{
    return clock_us(CLOCK_THREAD_CPUTIME_ID);
}

double bench_wall_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

double bench_quantile(double *values, size_t count, double share)
{
    qsort(values, count, sizeof *values, by_number);
    return count > 0 ? values[(size_t)((double)(count - 1) * share)] : 0;
}

/* Columns a text takes: UTF-8 letters, not bytes. */
static int columns(const char *text)
{
    int count = 0;
    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

void bench_figure(const char *what, double value, const char *unit, double limit)
{
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2, pad = WIDTH - columns(what);
    printf("%s%*s %9.*f %s", what, pad > 0 ? pad : 0, "", decimals, value, unit);
    if (limit > 0)
        printf("%*s limit %g: %s", 11 - columns(unit), "", limit, value <= limit ? "ok" : "OVER");
    putchar('\n');
    fflush(stdout);
}

void bench_yardstick(void)
{
    static char bytes[HASHED_BYTES];
    double took[YARDSTICKS];
    uint64_t sink = 0;
    for (size_t i = 0; i < YARDSTICKS; i++) {
        double start = bench_cpu_us();
        sink += hash_bytes(bytes, sizeof bytes);
        took[i] = bench_cpu_us() - start;
        bytes[i] = (char)sink;
    }
    bench_figure("yardstick: hashing 16 kB", bench_quantile(took, YARDSTICKS, 0.5), "µs", BENCH_NONE);
}
