/* For the tests of desk/: a desk on a scratch store without a thread, a clock that stands still, and a
 * journal of what the listener was told, one line each. */
#ifndef TESTS_DESK_HELP_H
#define TESTS_DESK_HELP_H

#include "desk/desk.h"
#include "unit/store/help.h"

static struct store *store;
static struct desk *desk;
static char folder[64];
static struct department departments[2] = {{.id = "shop"}, {.id = "repairs"}};
static struct settings settings;

static char journal[1 << 16];
static size_t journal_size;

static void __attribute__((format(printf, 1, 2))) note(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int length = vsnprintf(journal + journal_size, sizeof journal - journal_size, format, values);
    va_end(values);
    journal_size += (size_t)length;
    assert_true(journal_size < sizeof journal);
}

static void journal_clear(void)
{
    journal_size = 0;
    journal[0] = '\0';
}

/* True if the line is there; the journal is kept. */
static UNUSED bool told(const char *line)
{
    char whole[200];
    snprintf(whole, sizeof whole, "%s\n", line);
    const char *at = strstr(journal, whole);
    return at != NULL && (at == journal || at[-1] == '\n');
}

#define expect_told(line)                                                                                              \
    do {                                                                                                               \
        if (!told(line))                                                                                               \
            print_error("told:\n%s", journal);                                                                         \
        assert_true(told(line));                                                                                       \
    } while (0)
#define expect_not_told(line) assert_false(told(line))

static size_t words_events(void *context, enum desk_cause cause, const struct ticket *before, const char *lang,
                           const char *agent_name, const char *remark, struct arena *arena, struct event events[2])
{
    (void)context;
    if (cause == CAUSE_OFFERED || cause == CAUSE_DECLINED)
        return 0;
    const char *body = arena_printf(arena, "%s %s %s %s %lld", desk_cause_name(cause), lang, agent_name,
                                    remark != NULL ? remark : "-", (long long)before->id);
    for (int i = 0; i < 2; i++)
        events[i] = (struct event){
            .kind = i == 0 ? EVENT_STATE : EVENT_MESSAGE, .from = FROM_SYSTEM, .body = body, .body_size = strlen(body)};
    return 2;
}

static void on_moved(void *context, enum desk_cause cause, enum ticket_state before, const struct ticket *t,
                     int64_t first_seq, const struct event *events, size_t count)
{
    (void)context;
    (void)events;
    assert_true(count == 0 || first_seq > 0);
    note("moved %lld %s %s>%s %lld\n", (long long)t->id, desk_cause_name(cause), ticket_state_name(before),
         ticket_state_name(t->state), (long long)t->owner);
}

static void on_offered(void *context, int64_t user, const struct ticket *t, int seconds)
{
    (void)context;
    note("offered %lld to %lld for %d\n", (long long)t->id, (long long)user, seconds);
}

static void on_position(void *context, const struct ticket *t, bool ranged, int low, int high)
{
    (void)context;
    note("position %lld %lld %d %d %d\n", (long long)t->id, (long long)t->position, ranged, low, high);
}

static void on_silent(void *context, const struct ticket *t)
{
    (void)context;
    note("silent %lld\n", (long long)t->id);
}

static void on_reach(void *context, const struct ticket *t, bool lost)
{
    (void)context;
    note("%s %lld\n", lost ? "lost" : "back", (long long)t->id);
}

static void on_agents(void *context)
{
    (void)context;
}

static void on_refused(void *context, int64_t user, int64_t ticket, const char *why, const char *cid)
{
    (void)context;
    note("refused %lld %lld %s %s\n", (long long)user, (long long)ticket, why, cid != NULL ? cid : "-");
}

static void on_queued(void *context, const struct ticket *t)
{
    (void)context;
    note("queued %lld %s\n", (long long)t->id, ticket_state_name(t->state));
}

static void on_transfer_offered(void *context, int64_t to, const struct ticket *t, const char *from, const char *remark,
                                int seconds)
{
    (void)context;
    note("transfer %lld to %lld from %s: %s for %d\n", (long long)t->id, (long long)to, from, remark, seconds);
}

static void on_transferred(void *context, int64_t from, int64_t to, const struct ticket *t, const char *to_name,
                           int value)
{
    (void)context;
    note("transferred %lld from %lld to %lld %s %d\n", (long long)t->id, (long long)from, (long long)to, to_name,
         value);
}

static const struct desk_words words = {.events = words_events};
static const struct desk_listener listener = {.moved = on_moved,
                                              .offered = on_offered,
                                              .position = on_position,
                                              .silent = on_silent,
                                              .reach = on_reach,
                                              .agents = on_agents,
                                              .refused = on_refused,
                                              .queued = on_queued,
                                              .transfer_offered = on_transfer_offered,
                                              .transferred = on_transferred};

static void pump(void)
{
    while (store_pump(store) > 0)
        continue;
}

/* Lets time pass, a second at a time. */
static UNUSED void pass_seconds(int seconds)
{
    for (int i = 0; i < seconds; i++) {
        test_clock.manual_ms += 1000;
        desk_tick(desk);
        pump();
    }
}

static UNUSED void desk_start(void)
{
    desk = desk_new(store, &test_clock, &settings, &words, &listener);
    assert_non_null(desk);
    assert_int_equal(desk_load(desk), 0);
    assert_false(desk_ready(desk));
    pump();
    assert_true(desk_ready(desk));
    journal_clear();
}

/* As after a crash: everything in memory is gone. */
static UNUSED void desk_restart(void)
{
    desk_free(desk);
    desk_start();
}

static UNUSED int desk_setup(void **state)
{
    (void)state;
    const char *languages[] = {"it", "en"};
    static const char *kept[2];
    memcpy(kept, languages, sizeof kept);
    memset(departments, 0, sizeof departments);
    departments[0].id = "shop";
    departments[1].id = "repairs";
    settings = (struct settings){.timezone = "Europe/Rome",
                                 .languages = {kept, 2},
                                 .offer_seconds = 30,
                                 .lease_seconds = 15,
                                 .grace_seconds = 120,
                                 .offline_park_seconds = 120,
                                 .silent_ask_seconds = 180,
                                 .silent_park_seconds = 480,
                                 .agent_capacity = 2,
                                 .departments = departments,
                                 .department_count = 2};
    test_clock = clock_manual(INT64_C(1764583200000)); /* Monday 2025-12-01, 11:00 in Rome */
    snprintf(folder, sizeof folder, "%s", scratch_folder());
    store = scratch_store(folder);
    desk_start();
    return 0;
}

static UNUSED int desk_teardown(void **state)
{
    (void)state;
    desk_free(desk);
    store_close(store);
    scratch_remove(folder);
    return 0;
}

/* The ticket's conversation: visitors of these tests are numbered like their conversations. */
static UNUSED int64_t enqueue_in(int visitor, enum ticket_state state, const char *department, const char *lang)
{
    struct store_turn *t = asked(visitor, state, department, lang);
    run_for(store, t, STORE_OK);
    int64_t ticket = t->ret_ticket;
    assert_int_equal(t->conversation, visitor);
    store_job_free(&t->job);
    desk_enqueued(desk, visitor);
    pump();
    return ticket;
}

static UNUSED int64_t enqueue(int visitor)
{
    return enqueue_in(visitor, TICKET_WAITING, "shop", "it");
}

static UNUSED int64_t agent_comes(const char *name, const char *in_departments, const char *in_languages)
{
    struct store_user_add *u = NEW_JOB(store_user_add);
    u->user = (struct user){
        .name = name, .role = "agent", .password_hash = "x", .departments = in_departments, .languages = in_languages};
    run_for(store, u, STORE_OK);
    int64_t id = u->user.id;
    desk_agent_in(desk, &u->user);
    store_job_free(&u->job);
    pump();
    return id;
}

static UNUSED void agent_returns(int64_t id)
{
    struct store_user_get *u = NEW_JOB(store_user_get);
    u->id = id;
    run_for(store, u, STORE_OK);
    desk_agent_in(desk, &u->user);
    store_job_free(&u->job);
    pump();
}

/* The same with the agent's page answering pings and the visitors online. */
static UNUSED void pass_seconds_alive(int seconds, int64_t agent)
{
    for (int i = 0; i < seconds; i++) {
        desk_agent_alive(desk, agent);
        pass_seconds(1);
    }
}

static UNUSED int64_t take_next(int64_t agent)
{
    desk_take_next(desk, agent);
    pump();
    const struct ticket *tickets[64];
    size_t count = desk_tickets(desk, tickets, 64);
    int64_t newest = 0, at = -1;
    for (size_t i = 0; i < count && i < 64; i++) {
        if (tickets[i]->owner == agent && tickets[i]->state == TICKET_CLAIMED && tickets[i]->claimed_ms >= at) {
            newest = tickets[i]->id;
            at = tickets[i]->claimed_ms;
        }
    }
    return newest;
}

static UNUSED enum ticket_state state_of(int64_t ticket)
{
    const struct ticket *t = desk_ticket(desk, ticket);
    return t != NULL ? t->state : TICKET_CLOSED;
}

/* Conversation's `who` in the store. */
static UNUSED int who_of(int64_t conversation)
{
    struct store_load *l = NEW_JOB(store_load);
    l->conversation = conversation;
    run_for(store, l, STORE_OK);
    int who = l->row.who;
    store_job_free(&l->job);
    return who;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

#endif
