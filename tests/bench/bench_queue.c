/* What the queue costs and whether it holds: a thousand agents who claim at the same moment, a thousand times; and the
 * desk's decisions with 200 agents and 5,000 who wait. In memory where there is a file system in memory, because
 * the disk's share is measured by bench_store (BENCH_DIR says otherwise). Ends badly if a ticket is given twice, given
 * to nobody while somebody asks, or a place is told that did not change. */
#include "desk/desk.h"

#include "bench/bench.h"

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    CLAIMERS = 1000,
    ROUNDS = 1000,
    CLAIMED = 100, /* tickets that wait in a round: one for every tenth who claims */
    HANDS = 8,     /* threads that submit at once */
    AGENTS = 200,
    WAITING = 5000,
    EVENTS = 300,
    LIMIT_US = 5000
};

static char folder[512];
static struct clock test_clock;
static struct store *store;
static int64_t users[CLAIMERS];

static void fail(const char *what)
{
    fprintf(stderr, "bench_queue: %s\n", what);
    exit(1);
}

static sem_t woken;

static void wake(void *context)
{
    (void)context;
    sem_post(&woken);
}

/* Hears what is answered; where nothing is, waits for it. */
static void pump_or_wait(void)
{
    if (store_pump(store) == 0)
        sem_wait(&woken);
}

static void submit(struct store_job *job)
{
    while (store_submit(store, job) != 0)
        sched_yield();
}

/* --- visitors ------------------------------------------------------------------------------------- */

static const char *const department_names[] = {"shop", "repairs", "courses", "invoices"};
static const char *const languages[] = {"it", "en"};
static size_t answered;
static int64_t last_conversation;

static void turn_answered(struct store_job *job)
{
    if (job->result != STORE_OK)
        fail("a turn was refused");
    last_conversation = ((struct store_turn *)job)->conversation;
    answered++;
    store_job_free(job);
}

static void ask(int visitor, const char *department, const char *lang)
{
    struct store_turn *t = store_job_new(&store_turn_kind, sizeof *t, turn_answered, NULL);
    struct ticket_new *ticket = arena_alloc(t->job.arena, sizeof *ticket);
    memcpy(t->token_hash, &visitor, sizeof visitor);
    t->token_hash[31] = 1;
    t->if_who = -1;
    t->who = STORE_WHO_WAITING;
    t->events = arena_array(t->job.arena, 1, sizeof *t->events);
    t->events[0] = (struct event){.from = FROM_VISITOR, .body = "{}", .body_size = 2};
    t->event_count = 1;
    *ticket = (struct ticket_new){.state = TICKET_WAITING, .department = department, .lang = lang};
    ticket->question = "Dov'è il mio ordine?";
    t->ticket = ticket;
    submit(&t->job);
}

static void wait_for_turns(size_t count)
{
    while (answered < count)
        pump_or_wait();
    answered = 0;
}

/* --- claims at once ---------------------------------------------------------------------------------- */

static pthread_barrier_t begins;
static size_t claims_answered, won, empty;
static long doubles;
static int64_t winner_of[CLAIMED + 1];
static int64_t first_ticket;

static void claimed(struct store_job *job)
{
    const struct store_assign *j = (const struct store_assign *)job;
    claims_answered++;
    if (job->result == STORE_MISSING) {
        empty++;
    } else if (job->result == STORE_OK) {
        size_t at = (size_t)(j->ticket.id - first_ticket);
        won++;
        if (at >= CLAIMED)
            fail("a ticket from nowhere was claimed");
        doubles += winner_of[at] != 0;
        winner_of[at] = j->user;
    } else {
        fail("a claim was refused");
    }
    store_job_free(job);
}

static void *claim_all(void *context)
{
    size_t hand = (size_t)context;
    for (int round = 0; round < ROUNDS; round++) {
        pthread_barrier_wait(&begins);
        for (size_t i = hand; i < CLAIMERS; i += HANDS) {
            struct store_assign *j = store_job_new(&store_assign_kind, sizeof *j, claimed, NULL);
            j->user = users[i];
            j->to = TICKET_CLAIMED;
            j->capacity = 1;
            j->who = STORE_WHO_AGENT;
            submit(&j->job);
        }
    }
    return NULL;
}

static size_t returned;

static void came_back(struct store_job *job)
{
    returned += job->result == STORE_OK;
    store_job_free(job);
}

/* All back to the queue, for the next round. */
static void give_back(void)
{
    returned = 0;
    for (int i = 0; i < CLAIMED; i++) {
        struct store_move *m = store_job_new(&store_move_kind, sizeof *m, came_back, NULL);
        m->ticket_id = first_ticket + i;
        m->from = 1u << TICKET_CLAIMED;
        m->to = TICKET_WAITING;
        m->owner_is = winner_of[i];
        m->who = -1;
        submit(&m->job);
    }
    while (returned < CLAIMED)
        pump_or_wait();
    memset(winner_of, 0, sizeof winner_of);
}

static void bench_claims(void)
{
    pthread_t hands[HANDS];
    for (int i = 0; i < CLAIMED; i++)
        ask(i, "shop", "it");
    wait_for_turns(CLAIMED);
    first_ticket = 1001;
    pthread_barrier_init(&begins, NULL, HANDS + 1);
    double start = bench_wall_us();
    for (size_t i = 0; i < HANDS; i++)
        pthread_create(&hands[i], NULL, claim_all, (void *)i);
    for (int round = 0; round < ROUNDS; round++) {
        claims_answered = 0;
        pthread_barrier_wait(&begins);
        while (claims_answered < CLAIMERS)
            pump_or_wait();
        give_back();
    }
    double took = bench_wall_us() - start;
    for (int i = 0; i < HANDS; i++)
        pthread_join(hands[i], NULL);
    bench_figure("claims at once", CLAIMERS, "agents", BENCH_NONE);
    bench_figure("rounds", ROUNDS, "", BENCH_NONE);
    bench_figure("tickets given", (double)won, "", BENCH_NONE);
    bench_figure("given twice", (double)doubles, "", BENCH_NONE);
    bench_figure("a claim, committed, with all others", took / CLAIMERS / ROUNDS, "µs", BENCH_NONE);
    if (doubles != 0 || won != (size_t)CLAIMED * ROUNDS || empty != (size_t)(CLAIMERS - CLAIMED) * ROUNDS)
        fail("each waiting ticket must be given once, and only once");
}

/* --- the desk's decisions --------------------------------------------------------------------------- */

struct told {
    int64_t position;
    int low, high;
};
static struct told told[WAITING * 2];
static size_t places_told, places_unchanged;
static int64_t last_ticket_offered[CLAIMERS];

static size_t no_words(void *c, enum desk_cause cause, const struct ticket *t, const char *lang, const char *name,
                       const char *remark, struct arena *a, struct event e[2])
{
    (void)c, (void)cause, (void)t, (void)lang, (void)name, (void)remark, (void)a, (void)e;
    return 0;
}

static void on_moved(void *c, enum desk_cause cause, enum ticket_state before, const struct ticket *t, int64_t seq,
                     const struct event *e, size_t n)
{
    (void)c, (void)cause, (void)before, (void)t, (void)seq, (void)e, (void)n;
}

static void on_offered(void *c, int64_t user, const struct ticket *t, int seconds)
{
    (void)c, (void)seconds;
    for (int i = 0; i < AGENTS; i++) {
        if (users[i] == user)
            last_ticket_offered[i] = t->id;
    }
}

static void on_position(void *c, const struct ticket *t, bool ranged, int low, int high)
{
    (void)c;
    struct told now = {t->position, ranged ? low / 60 : -1, ranged ? (high + 59) / 60 : -1};
    struct told *last = &told[(t->id - 1001) % (WAITING * 2)];
    places_told++;
    places_unchanged += memcmp(last, &now, sizeof now) == 0;
    *last = now;
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

static struct desk *desk;
static struct department departments[] = {{.id = "shop"}, {.id = "repairs"}, {.id = "courses"}, {.id = "invoices"}};
static struct settings settings = {.timezone = "Europe/Rome",
                                   .offer_seconds = 600,
                                   .lease_seconds = 3600,
                                   .grace_seconds = 3600,
                                   .offline_park_seconds = 3600,
                                   .silent_ask_seconds = 3600,
                                   .silent_park_seconds = 3600,
                                   .agent_capacity = 3,
                                   .departments = departments,
                                   .department_count = 4};

static size_t marks;

static void mark_answered(struct store_job *job)
{
    marks++;
    store_job_free(job);
}

/* CPU of this thread until nothing is under way any more: all that the loop does for one event. Looking in vain whether
 * the disk is ready is not counted, and the store's thread is another. Answers come in order: when a mark's is there,
 * so are those of all jobs before it; and what these led to is before the next mark. */
static double pump_cpu(void)
{
    double cpu = 0;
    for (int round = 0; round < 4; round++) {
        struct store_ticket *mark = store_job_new(&store_ticket_kind, sizeof *mark, mark_answered, NULL);
        mark->id = 1;
        marks = 0;
        submit(&mark->job);
        while (marks == 0) {
            double start = bench_cpu_us();
            if (store_pump(store) > 0)
                cpu += bench_cpu_us() - start;
            else
                sem_wait(&woken);
        }
    }
    return cpu;
}

static void comes(int i)
{
    desk_agent_in(
        desk, &(struct user){.id = users[i], .name = "a", .departments = i % 3 == 0 ? "" : department_names[i % 4]});
}

static void takes(int i)
{
    desk_take_next(desk, users[i % AGENTS]);
}

static void closes(int i)
{
    desk_close(desk, users[i % AGENTS], last_ticket_offered[i % AGENTS], "solved", NULL);
}

static void accepts(int i)
{
    desk_accept(desk, users[i % AGENTS], last_ticket_offered[i % AGENTS]);
}

static void declines(int i)
{
    desk_decline(desk, users[i % AGENTS], last_ticket_offered[i % AGENTS]);
}

static void visitor_asks(int i)
{
    ask(100000 + i, department_names[i % 4], languages[i % 2]);
    wait_for_turns(1);
}

static void newcomer(int i)
{
    (void)i;
    desk_enqueued(desk, last_conversation);
}

static void ticks(int i)
{
    (void)i;
    test_clock.manual_ms += 1000;
    desk_tick(desk);
}

/* `before`, if given, is not measured. */
static void measure(const char *what, void (*before)(int), void (*act)(int), int count)
{
    static double took[EVENTS];
    char name[80];
    for (int i = 0; i < count; i++) {
        if (before != NULL)
            before(i);
        double start = bench_cpu_us();
        act(i);
        took[i] = bench_cpu_us() - start + pump_cpu();
    }
    snprintf(name, sizeof name, "%s: median", what);
    bench_figure(name, bench_quantile(took, (size_t)count, 0.5), "µs", LIMIT_US);
    snprintf(name, sizeof name, "%s: p99", what);
    bench_figure(name, bench_quantile(took, (size_t)count, 0.99), "µs", LIMIT_US);
}

static void one_pass(bool push)
{
    settings.push = push;
    double start = bench_cpu_us();
    desk_settings(desk, &settings);
    bench_figure("offers to all 200 agents at once", bench_cpu_us() - start, "µs", LIMIT_US);
    pump_cpu();
}

static void bench_desk(void)
{
    const struct desk_words words = {.events = no_words};
    const struct desk_listener listener = {.moved = on_moved,
                                           .offered = on_offered,
                                           .position = on_position,
                                           .silent = on_ticket,
                                           .reach = on_reach,
                                           .agents = on_agents,
                                           .refused = on_refused};
    for (int i = CLAIMED; i < WAITING; i++)
        ask(i, department_names[i % 4], languages[i % 2]);
    wait_for_turns(WAITING - CLAIMED);
    desk = desk_new(store, &test_clock, &settings, &words, &listener);
    desk_load(desk);
    while (!desk_ready(desk))
        pump_or_wait();
    pump_cpu();
    measure("an agent comes", NULL, comes, AGENTS);
    ticks(0);
    pump_cpu();
    places_unchanged = 0;
    measure("takes the next", NULL, takes, EVENTS);
    measure("a tick in which places change", NULL, ticks, 1);
    size_t before = places_told;
    measure("a tick in which nothing happens", NULL, ticks, 50);
    bench_figure("places told in 50 quiet ticks", (double)(places_told - before), "", BENCH_NONE);
    if (places_told != before)
        fail("a place was told that did not change");
    one_pass(true);
    measure("accepts an offer", NULL, accepts, AGENTS);
    measure("closes, and is offered another", NULL, closes, AGENTS);
    measure("declines", NULL, declines, AGENTS);
    measure("a newcomer", visitor_asks, newcomer, EVENTS);
    measure("a tick after all that", NULL, ticks, 1);
    bench_figure("places told", (double)places_told, "", BENCH_NONE);
    bench_figure("of them unchanged", (double)places_unchanged, "", BENCH_NONE);
    if (places_unchanged > 0)
        fail("a place was told that did not change");
    desk_free(desk);
    pump_cpu();
}

int main(void)
{
    const char *base = getenv("BENCH_DIR"), *why = "";
    if (base == NULL)
        base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "build";
    snprintf(folder, sizeof folder, "%s/sportello-bench-XXXXXX", base);
    if (mkdtemp(folder) == NULL)
        fail("cannot make a folder");
    test_clock = clock_manual(INT64_C(1764583200000));
    store = store_open(folder, &test_clock, &why);
    if (store == NULL)
        fail(why);
    for (int i = 0; i < CLAIMERS; i++) {
        char name[16];
        snprintf(name, sizeof name, "agent%d", i);
        struct store_user_add *u = store_job_new(&store_user_add_kind, sizeof *u, NULL, NULL);
        u->user = (struct user){.name = name, .role = "agent", .password_hash = "x"};
        store_run(store, &u->job);
        users[i] = u->user.id;
        store_job_free(&u->job);
    }
    sem_init(&woken, 0, 0);
    if (store_start(store, wake, NULL) != 0)
        fail("cannot start the store");
    bench_yardstick();
    bench_claims();
    bench_desk();
    store_close(store);
    static const char *const names[] = {"sportello.db", "sportello.db-wal", "sportello.db-shm"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[600];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    return 0;
}
