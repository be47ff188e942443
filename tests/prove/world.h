/* World: a real desk on a real store, visitors and agents who do anything in any order, and the judge beside them.
 *
 * world_open makes the store (in memory where there is a file system in memory); world_run plays one run by its seed,
 * with a desk of its own, and ends with everybody reasonable, so that every ticket must come to its end. What happens
 * depends on the seed alone. What is done is in acts.h.
 * Found besides what the judge finds: somebody was free and somebody waited for them ("idle"), a ticket that came to no
 * end ("stuck"), a place that is told wrongly, a mirror that is not what the store says.
 * Threads: one. */
#ifndef TESTS_PROVE_WORLD_H
#define TESTS_PROVE_WORLD_H

#include "base/file.h"
#include "desk/desk.h"
#include "prove/judge.h"

#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    AGENTS = 5,
    VISITORS = 14,
    DEPARTMENTS = 3,
    STEPS = 70,
    OPEN_MAX = 40,
    OFFER_S = 30,
    LEASE_S = 15,
    GRACE_S = 120
};

/* What is done wrong on purpose, to see that it is found. */
enum sabotage { SABOTAGE_NONE, SABOTAGE_SECOND, SABOTAGE_TWICE, SABOTAGE_NOBODY };

struct person {
    int64_t id;
    const char *departments, *languages;
    int capacity; /* 0 = the setting's */
    int pages;
    bool answers; /* its pages answer pings */
    enum presence presence;
    int64_t paused_until; /* offered nothing, because an offer was declined or ran out */
};

static struct world {
    struct clock clock; /* first: what is passed is a clock */
    int64_t mono, wall;
    struct store *store;
    struct desk *desk;
    struct settings settings;
    struct department departments[DEPARTMENTS];
    char folder[64];
    sqlite3 *eye; /* a connection of its own, to see what is written down */
    sqlite3_stmt *rows;
    struct judge judge;
    struct person people[AGENTS];
    int64_t conversations[VISITORS];
    int visitor_base;
    uint64_t chance;
    bool full; /* the disk refuses */
    enum sabotage sabotage;
    bool sabotaged;
    long idle, stuck, misplaced, unlike, crashes, refusals, positions;
    char first[300];
} world;

static unsigned chance(unsigned below)
{
    world.chance = world.chance * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(world.chance >> 33) % below;
}

static void die(const char *what)
{
    fprintf(stderr, "prove: %s\n", what);
    exit(2);
}

static void __attribute__((format(printf, 2, 3))) fault(long *count, const char *format, ...)
{
    va_list values;
    ++*count;
    if (world.first[0] != '\0')
        return;
    va_start(values, format);
    vsnprintf(world.first, sizeof world.first, format, values);
    va_end(values);
}

static struct person *person_of(int64_t id)
{
    for (int i = 0; i < AGENTS; i++) {
        if (world.people[i].id == id)
            return &world.people[i];
    }
    return NULL;
}

static int capacity_of(const struct person *p)
{
    return p->capacity > 0 ? p->capacity : world.settings.agent_capacity;
}

/* --- what the desk tells ------------------------------------------------------------------------ */

static size_t words_events(void *c, enum desk_cause cause, const struct ticket *t, const char *lang, const char *name,
                           const char *note, struct arena *arena, struct event events[2])
{
    (void)c, (void)t, (void)lang, (void)name, (void)note, (void)arena;
    events[0] = (struct event){.kind = EVENT_STATE, .from = FROM_SYSTEM, .body = "{}", .body_size = 2};
    return cause == CAUSE_OFFERED || cause == CAUSE_DECLINED ? 0 : 1;
}

static void on_moved(void *c, enum desk_cause cause, enum ticket_state before, const struct ticket *t, int64_t seq,
                     const struct event *e, size_t n)
{
    (void)c, (void)cause, (void)before, (void)t, (void)seq, (void)e, (void)n;
}

static void on_offered(void *c, int64_t user, const struct ticket *t, int seconds)
{
    (void)c, (void)user, (void)t, (void)seconds;
}

static void on_position(void *c, const struct ticket *t, bool ranged, int low, int high)
{
    (void)c;
    world.positions++;
    if (t->position < 1 || (ranged && low > high))
        fault(&world.misplaced, "ticket %lld is told place %lld", (long long)t->id, (long long)t->position);
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

static const struct desk_words words = {.events = words_events};
static const struct desk_listener listener = {.moved = on_moved,
                                              .offered = on_offered,
                                              .position = on_position,
                                              .silent = on_ticket,
                                              .reach = on_reach,
                                              .agents = on_agents,
                                              .refused = on_refused,
                                              .queued = on_ticket};

/* --- the disk, the clocks, the judge --------------------------------------------------------------- */

/* The kernel refuses to write any file of this process, as a full disk does. */
static void disk_is_full(bool full)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = full ? 0 : limit.rlim_max;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        die("cannot limit the size of files");
    world.full = full;
}

static int64_t mono_ms(const struct clock *c)
{
    (void)c;
    return world.mono;
}

static int64_t wall_ms(const struct clock *c)
{
    (void)c;
    return world.wall;
}

/* Who declined, or let an offer run out, is offered nothing for a while. */
static void heard(void *context, const struct judge_row *r)
{
    (void)context;
    struct person *p = person_of(r->owner_before);
    if (p != NULL && strcmp(r->cause, "declined") == 0)
        p->paused_until = world.mono + (OFFER_S + 1) * 1000;
}

static void judge_now(void)
{
    struct judge *j = &world.judge;
    j->agent_count = AGENTS;
    for (int i = 0; i < AGENTS; i++)
        j->agents[i] = (struct judge_agent){world.people[i].id, world.people[i].departments, world.people[i].languages,
                                            capacity_of(&world.people[i])};
    judge_read(j, world.rows, heard, NULL);
}

static void pump(void)
{
    while (store_pump(world.store) > 0)
        continue;
    judge_now();
}

static void tick(int ms)
{
    world.mono += ms;
    world.wall += ms;
    for (int i = 0; i < AGENTS; i++) {
        if (world.people[i].pages > 0 && world.people[i].answers)
            desk_agent_alive(world.desk, world.people[i].id);
    }
    desk_tick(world.desk);
}

static void seconds(int count)
{
    for (; count > 0; count -= 9)
        tick((count < 9 ? count : 9) * 1000);
}

/* --- what must hold whenever nothing is under way --------------------------------------------------- */

static void check_mirror(void)
{
    const struct ticket *tickets[JUDGE_TICKETS];
    size_t count = desk_tickets(world.desk, tickets, JUDGE_TICKETS), open = 0;
    for (size_t i = 0; i < world.judge.count; i++)
        open += world.judge.tickets[i].state != J_CLOSED;
    if (open != count)
        fault(&world.unlike, "the desk knows %zu tickets, and %zu are open", count, open);
    for (size_t i = 0; i < count; i++) {
        const struct ticket *t = tickets[i];
        const struct judged *own = judge_ticket(&world.judge, t->id);
        if (own == NULL || strcmp(judge_states[own->state], ticket_state_name(t->state)) != 0 ||
            own->owner != t->owner || strcmp(own->department, t->department) != 0)
            fault(&world.unlike, "the desk takes ticket %lld for %s of %lld", (long long)t->id,
                  ticket_state_name(t->state), (long long)t->owner);
        else if (judge_place(&world.judge, own) != t->position)
            fault(&world.misplaced, "ticket %lld is at place %lld and told %lld", (long long)t->id,
                  (long long)judge_place(&world.judge, own), (long long)t->position);
    }
}

static bool pushes(const char *department)
{
    for (int i = 0; i < DEPARTMENTS; i++) {
        if (strcmp(world.departments[i].id, department) == 0)
            return settings_pushes(&world.settings, &world.departments[i]);
    }
    return false;
}

/* A chat that a colleague offers keeps a slot until it is answered. */
static bool has_room(const struct person *p)
{
    struct desk_handover h;
    int held = judge_load(&world.judge, p->id);
    for (size_t i = 0; i < world.judge.count; i++)
        held += desk_handover_of(world.desk, world.judge.tickets[i].id, &h) && h.to == p->id;
    return held < capacity_of(p);
}

static bool is_free(const struct person *p)
{
    return p->pages > 0 && p->answers && p->presence == PRESENCE_ONLINE && world.mono >= p->paused_until && has_room(p);
}

/* Where visitors are offered to agents, nobody waits for somebody who is free. */
static void check_idle(void)
{
    for (size_t i = 0; i < world.judge.count; i++) {
        const struct judged *t = &world.judge.tickets[i];
        if (!judge_in_line(t) || !pushes(t->department))
            continue;
        for (int k = 0; k < AGENTS; k++) {
            if (is_free(&world.people[k]) && judge_fits(&world.judge.agents[k], t))
                fault(&world.idle, "ticket %lld waits and %lld is free", (long long)t->id,
                      (long long)world.people[k].id);
        }
    }
}

/* Until nothing is under way, what was put off for a moment is done, and places are told, as they are once a tick. */
static void settle(void)
{
    int quiet = 0;
    if (world.full)
        disk_is_full(false);
    for (int i = 0; i < 12 && quiet < 3; i++) {
        int64_t last = world.judge.last_row;
        tick(1000);
        pump();
        quiet = world.judge.last_row == last ? quiet + 1 : 0;
    }
    if (quiet < 3)
        return;
    check_mirror();
    check_idle();
}

/* --- life ---------------------------------------------------------------------------------------------- */

static void open_desk(void)
{
    world.desk = desk_new(world.store, &world.clock, &world.settings, &words, &listener);
    if (world.desk == NULL || desk_load(world.desk) != 0)
        die("no desk");
    for (int i = 0; i < AGENTS; i++) {
        world.people[i].pages = 0;
        world.people[i].presence = PRESENCE_ONLINE;
    }
    for (int i = 0; i < 4 && !desk_ready(world.desk); i++)
        pump();
    if (!desk_ready(world.desk))
        die("the desk does not open");
}

static void nothing_done(struct store_job *job)
{
    store_job_free(job);
}

static int64_t add_user(int i)
{
    char name[24];
    snprintf(name, sizeof name, "agent%d", i);
    struct store_user_add *u = store_job_new(&store_user_add_kind, sizeof *u, nothing_done, NULL);
    u->user = (struct user){.name = name, .role = "agent", .password_hash = "x"};
    store_run(world.store, &u->job);
    int64_t id = u->job.result == STORE_OK ? u->user.id : 0;
    store_job_free(&u->job);
    return id;
}

static void world_open(void)
{
    const char *why = "";
    char path[100];
    signal(SIGXFSZ, SIG_IGN);
    world.clock = (struct clock){.mono_ms = mono_ms, .wall_ms = wall_ms};
    world.wall = INT64_C(1764583200000); /* Monday 2025-12-01, 11:00 in Rome */
    snprintf(world.folder, sizeof world.folder, "%s/sportello-prove-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (mkdtemp(world.folder) == NULL || (world.store = store_open(world.folder, &world.clock, &why)) == NULL)
        die(why);
    snprintf(path, sizeof path, "%s/sportello.db", world.folder);
    if (sqlite3_open_v2(path, &world.eye, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(world.eye, JUDGE_SQL, -1, &world.rows, NULL) != SQLITE_OK)
        die("cannot look into the store");
    for (int i = 0; i < AGENTS; i++)
        world.people[i].id = add_user(i);
    world.visitor_base = 0;
    world.judge.last_row = 0;
}

static void world_close(void)
{
    char **names, path[600];
    size_t count;
    sqlite3_finalize(world.rows);
    sqlite3_close(world.eye);
    store_close(world.store);
    if (file_list(world.folder, "", &names, &count) == 0) {
        for (size_t i = 0; i < count; i++) {
            snprintf(path, sizeof path, "%s/%s", world.folder, names[i]);
            unlink(path);
        }
        file_list_free(names, count);
    }
    rmdir(world.folder);
}

static long world_faults(void)
{
    return judge_faults(&world.judge.counts) + world.idle + world.stuck + world.misplaced + world.unlike;
}

static const char *world_first_fault(void)
{
    return world.judge.first[0] != '\0' ? world.judge.first : world.first;
}

#endif
