/* What the store costs: durable rows one by one and in groups, on the disk of the build folder (or of BENCH_DIR). */
#include "store/store.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SINGLE_ROWS = 300, GROUPED_ROWS = 40000, GROUP = 200 };

static char folder[512];
static struct clock system_clock;
static struct store *store;
static size_t answered;

static double now_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fail(const char *what)
{
    fprintf(stderr, "bench_store: %s\n", what);
    exit(1);
}

static void count(struct store_job *job)
{
    if (job->result != STORE_OK)
        fail("a job was refused");
    answered++;
    store_job_free(job);
}

static struct store_turn *turn(int visitor)
{
    static const char text[] = "In quanto tempo arriva il pacco se ordino oggi pomeriggio?";
    struct store_turn *t = store_job_new(&store_turn_kind, sizeof *t, count, NULL);
    if (t == NULL)
        fail("no memory");
    memcpy(t->token_hash, &visitor, sizeof visitor);
    t->token_hash[31] = 1;
    t->who = t->if_who = -1;
    t->events = arena_array(t->job.arena, 1, sizeof *t->events);
    t->events[0] = (struct event){.from = FROM_VISITOR, .body = text, .body_size = sizeof text - 1};
    t->event_count = 1;
    return t;
}

static void submit(struct store_job *job)
{
    while (store_submit(store, job) != 0)
        store_pump(store);
}

static void wait_for(size_t target)
{
    while (answered < target) {
        if (store_pump(store) == 0)
            sched_yield();
    }
}

static void bench_rows(void)
{
    answered = 0;
    double start = now_seconds();
    for (size_t i = 0; i < SINGLE_ROWS; i++) {
        submit(&turn((int)(i % 50))->job);
        wait_for(i + 1);
    }
    double single = SINGLE_ROWS / (now_seconds() - start);
    answered = 0;
    start = now_seconds();
    for (size_t i = 0; i < GROUPED_ROWS; i++) {
        submit(&turn((int)(i % 50))->job);
        if (i % GROUP == GROUP - 1)
            wait_for(i + 1 - GROUP); /* one group runs while the next is made */
    }
    wait_for(GROUPED_ROWS);
    double grouped = GROUPED_ROWS / (now_seconds() - start);
    printf("durable rows one by one      %10.0f a second\n", single);
    printf("durable rows in groups (%d)  %10.0f a second (%.0f times)\n", GROUP, grouped, grouped / single);
}

int main(void)
{
    const char *base = getenv("BENCH_DIR"), *why = "";
    snprintf(folder, sizeof folder, "%s/sportello-bench-XXXXXX", base != NULL ? base : "build");
    if (mkdtemp(folder) == NULL)
        fail("cannot make a folder in build/");
    system_clock = clock_system();
    store = store_open(folder, &system_clock, &why);
    if (store == NULL)
        fail(why);
    if (store_start(store, NULL, NULL) != 0)
        fail("cannot start the store");
    bench_rows();
    store_close(store);
    static const char *const names[] = {"sportello.db", "sportello.db-wal", "sportello.db-shm", ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[600];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        if (*names[i] != '\0')
            unlink(path);
    }
    rmdir(folder);
    return 0;
}
