/* What the store and the desk cost: durable rows one by one and in groups, on the disk of the build
 * folder (or of BENCH_DIR), and a decision of the desk with 200 agents and 5,000 who wait. */
#include "desk/desk.h"
#include "store/store.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SINGLE_ROWS = 300, GROUPED_ROWS = 40000, GROUP = 200, AGENTS = 200, WAITING = 5000, DECISIONS = 200 };

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

/* Of this thread, so that the neighbours on the machine do not count. */
static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
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

/* --- the desk ----------------------------------------------------------------------------------- */

static size_t no_words(void *c, enum desk_cause cause, const struct ticket *t, const char *lang, const char *name,
                       const char *remark, struct arena *a, struct event e[2])
{
    (void)c, (void)cause, (void)t, (void)lang, (void)name, (void)remark, (void)a, (void)e;
    return 0;
}

static size_t moves, offers;

static void on_moved(void *c, enum desk_cause cause, enum ticket_state before, const struct ticket *t, int64_t seq,
                     const struct event *e, size_t n)
{
    (void)c, (void)cause, (void)before, (void)t, (void)seq, (void)e, (void)n;
    moves++;
}

static void on_offered(void *c, int64_t user, const struct ticket *t, int seconds)
{
    (void)c, (void)user, (void)t, (void)seconds;
    offers++;
}

static void on_position(void *c, const struct ticket *t, bool ranged, int low, int high)
{
    (void)c, (void)t, (void)ranged, (void)low, (void)high;
}

static void on_ticket(void *c, const struct ticket *t)
{
    (void)c, (void)t;
}

static void on_reach(void *c, const struct ticket *t, bool lost)
{
    (void)c, (void)t, (void)lost;
}

static void on_agents(void *c)
{
    (void)c;
}

static void on_refused(void *c, int64_t user, int64_t ticket, const char *why, const char *cid)
{
    (void)c, (void)user, (void)ticket, (void)why, (void)cid;
}

static const char *const department_names[] = {"shop", "repairs", "courses", "invoices"};
static const char *const languages[] = {"it", "en"};

static void enqueue_all(void)
{
    for (int i = 0; i < WAITING; i++) {
        struct store_turn *t = turn(1000 + i);
        struct ticket_new *ticket = arena_alloc(t->job.arena, sizeof *ticket);
        ticket->state = TICKET_WAITING;
        ticket->department = department_names[i % 4];
        ticket->lang = languages[i % 2];
        ticket->question = "Dov'è il mio ordine?";
        t->ticket = ticket;
        submit(&t->job);
    }
    answered = 0;
    wait_for(WAITING);
}

static int64_t add_user(int i)
{
    char name[16];
    snprintf(name, sizeof name, "agent%d", i);
    struct store_user_add *u = store_job_new(&store_user_add_kind, sizeof *u, NULL, NULL);
    u->user = (struct user){.name = name, .role = "agent", .password_hash = "x"};
    store_run(store, &u->job);
    int64_t id = u->user.id;
    store_job_free(&u->job);
    return id;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* A decision = everything the loop does for one event: here an agent who comes and takes the next. */
static void bench_desk(const int64_t *users)
{
    static double took[DECISIONS];
    struct department departments[] = {{.id = "shop"}, {.id = "repairs"}, {.id = "courses"}, {.id = "invoices"}};
    struct settings settings = {.timezone = "Europe/Rome",
                                .offer_seconds = 30,
                                .lease_seconds = 3600,
                                .grace_seconds = 3600,
                                .offline_park_seconds = 3600,
                                .silent_ask_seconds = 3600,
                                .silent_park_seconds = 3600,
                                .agent_capacity = 3,
                                .departments = departments,
                                .department_count = 4};
    struct desk_words words = {.events = no_words};
    struct desk_listener listener = {.moved = on_moved,
                                     .offered = on_offered,
                                     .position = on_position,
                                     .silent = on_ticket,
                                     .reach = on_reach,
                                     .agents = on_agents,
                                     .refused = on_refused};
    struct desk *desk = desk_new(store, &system_clock, &settings, &words, &listener);
    desk_load(desk);
    while (!desk_ready(desk))
        store_pump(store);
    for (int i = 0; i < AGENTS; i++)
        desk_agent_in(desk, &(struct user){.id = users[i], .name = "a", .departments = department_names[i % 4]});
    for (int i = 0; i < DECISIONS; i++) {
        double start = cpu_seconds();
        desk_take_next(desk, users[i % AGENTS]);
        took[i] = cpu_seconds() - start;
        while (moves < (size_t)i + 1)
            store_pump(store);
    }
    qsort(took, DECISIONS, sizeof *took, by_value);
    printf("take the next: decision      %10.3f ms of CPU median, %.3f at most (5,000 wait, 200 agents)\n",
           took[DECISIONS / 2] * 1e3, took[DECISIONS - 1] * 1e3);
    settings.push = true;
    double start = cpu_seconds();
    desk_settings(desk, &settings); /* everybody with room is offered something at once */
    printf("offers to all free agents    %10.3f ms of CPU for one decision\n", (cpu_seconds() - start) * 1e3);
    start = now_seconds();
    while (offers < AGENTS * 2)
        store_pump(store);
    printf("the same, committed          %10.3f ms for %zu offers\n", (now_seconds() - start) * 1e3, offers);
    start = cpu_seconds();
    desk_tick(desk);
    printf("a tick                       %10.3f ms of CPU\n", (cpu_seconds() - start) * 1e3);
    desk_free(desk);
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
    int64_t users[AGENTS];
    for (int i = 0; i < AGENTS; i++)
        users[i] = add_user(i);
    if (store_start(store, NULL, NULL) != 0)
        fail("cannot start the store");
    bench_rows();
    enqueue_all();
    bench_desk(users);
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
