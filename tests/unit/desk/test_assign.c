/* Nobody jumps the queue: who gets which ticket, by hand and by chance. The property test lets
 * visitors, agents, time and restarts happen in any order, and keeps its own account of the queue
 * from the answers, which come in the order of the commits. */
#include "unit/desk/help.h"

static void the_first_in_line_is_taken_first(void **state)
{
    (void)state;
    int64_t first = enqueue(1), second = enqueue(2);
    enqueue(3);
    int64_t anna = agent_comes("anna", "", "");
    assert_int_equal(take_next(anna), first);
    expect_told("moved 1001 taken waiting>claimed 1");
    assert_int_equal(who_of(1), STORE_WHO_AGENT);
    test_clock.manual_ms++;
    assert_int_equal(take_next(anna), second);
    desk_take_next(desk, anna);
    pump();
    expect_told("refused 1 0 no_room -");
}

static void an_agent_gets_only_what_fits(void **state)
{
    (void)state;
    enqueue_in(1, TICKET_WAITING, "shop", "it");
    enqueue_in(2, TICKET_WAITING, "repairs", "en");
    int64_t third = enqueue_in(3, TICKET_WAITING, "repairs", "it");
    int64_t bruno = agent_comes("bruno", "repairs", "it, de");
    assert_int_equal(take_next(bruno), third);
    desk_take_next(desk, bruno);
    pump();
    expect_told("refused 1 0 nothing_waits -");
}

static void two_who_ask_at_once_get_two_tickets_in_order(void **state)
{
    (void)state;
    enqueue(1);
    enqueue(2);
    int64_t anna = agent_comes("anna", "", ""), bruno = agent_comes("bruno", "", "");
    desk_take_next(desk, bruno);
    desk_take_next(desk, anna);
    pump();
    expect_told("moved 1001 taken waiting>claimed 2");
    expect_told("moved 1002 taken waiting>claimed 1");
}

static void tickets_are_offered_to_the_lightest_load_and_specialists_first(void **state)
{
    (void)state;
    settings.push = true;
    agent_comes("anna", "", "");
    agent_comes("bruno", "shop", "it");
    enqueue(1);
    expect_told("offered 1001 to 2 for 30");
    enqueue(2);
    expect_told("offered 1002 to 1 for 30");
    desk_decline(desk, 2, 1001);
    pump();
    expect_told("moved 1001 declined offered>waiting 0");
    expect_told("offered 1001 to 1 for 30");
    desk_accept(desk, 1, 1001);
    pump();
    expect_told("moved 1001 accepted offered>claimed 1");
}

/* Bruno serves both departments: of the one that pulls nobody is offered, but for fairness. */
static void a_department_may_push_where_the_other_pulls(void **state)
{
    (void)state;
    departments[1].assign = "push";
    int64_t bruno = agent_comes("bruno", "", "");
    int64_t first = enqueue_in(1, TICKET_WAITING, "shop", "it"), second = enqueue_in(2, TICKET_WAITING, "shop", "it");
    assert_int_equal(state_of(first), TICKET_WAITING);
    int64_t carla = agent_comes("carla", "repairs", "");
    int64_t third = enqueue_in(3, TICKET_WAITING, "repairs", "it");
    expect_told("offered 1003 to 2 for 30");
    assert_int_equal(state_of(first), TICKET_WAITING);
    desk_agent_presence(desk, carla, PRESENCE_AWAY);
    pump();
    /* Now Bruno must take it, and those who came before are his to take as well. */
    expect_told("offered 1001 to 1 for 30");
    expect_told("offered 1002 to 1 for 30");
    assert_int_equal(state_of(third), TICKET_WAITING);
    desk_close(desk, bruno, first, "solved", NULL); /* not his yet */
    desk_accept(desk, bruno, first);
    pump();
    desk_close(desk, bruno, first, "solved", NULL);
    pump();
    expect_told("offered 1003 to 1 for 30");
    assert_int_equal(state_of(second), TICKET_OFFERED);
}

/* The turn is committed, but the desk has not been told of it. */
static void a_ticket_the_desk_does_not_know_yet_keeps_its_turn(void **state)
{
    (void)state;
    struct store_turn *t = asked(1, TICKET_WAITING, "shop", "it");
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    enqueue(2);
    int64_t anna = agent_comes("anna", "", "");
    assert_int_equal(take_next(anna), 1001);
    assert_int_equal(state_of(1002), TICKET_WAITING);
}

/* The turn that closed the first ticket is committed, but the desk has not been told of it. */
static void a_ticket_that_is_gone_holds_nobody_up(void **state)
{
    (void)state;
    enqueue(1);
    enqueue(2);
    int64_t anna = agent_comes("anna", "", "");
    struct store_turn *t = said(1, NULL, "bye");
    t->close_ticket = true;
    t->who = STORE_WHO_CLOSED;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    assert_int_equal(take_next(anna), 1002);
    expect_told("moved 1001 left waiting>closed 0");
    assert_null(desk_ticket(desk, 1001));
}

static void a_declined_callback_waits_as_a_callback_again(void **state)
{
    (void)state;
    settings.push = true;
    agent_comes("anna", "", "");
    int64_t ticket = enqueue_in(1, TICKET_CALLBACK, "shop", "it");
    assert_int_equal(state_of(ticket), TICKET_OFFERED);
    desk_decline(desk, 1, ticket);
    pump();
    assert_int_equal(state_of(ticket), TICKET_CALLBACK);
}

/* --- by chance ---------------------------------------------------------------------------------- */

enum { RUNS = 2000, SANITISED_RUNS = 300, STEPS = 60, AGENTS = 4, VISITORS = 24, TICKETS = VISITORS * 4 };

static struct {
    const char *name, *departments, *languages;
    int64_t id;
} people[AGENTS] = {
    {"all", "", "", 0}, {"shop", "shop", "", 0}, {"italian", "", "it", 0}, {"repairs", "repairs", "en,it", 0}};

/* The test's own account of a ticket, by the order of the answers. */
struct account {
    int64_t id, seq, conversation;
    enum ticket_state state;
    bool callback;
    const char *department, *lang;
    int64_t owner;
};

static struct account accounts[TICKETS];
static size_t account_count;
static int64_t conversations[VISITORS];
static bool in[AGENTS], online[VISITORS];
static uint64_t chance_state;
static long inversions, doubles, overloads, bad_positions, assignments;
static long states_seen[TICKET_STATES], causes_seen[CAUSE_COUNT];
static int visitor_base;

static unsigned chance(unsigned below)
{
    chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(chance_state >> 33) % below;
}

static struct account *account_of(int64_t id)
{
    for (size_t i = 0; i < account_count; i++) {
        if (accounts[i].id == id)
            return &accounts[i];
    }
    return NULL;
}

static const char *constant(const char *const names[2], const char *name)
{
    return strcmp(names[0], name) == 0 ? names[0] : names[1];
}

static const char *const department_names[2] = {"shop", "repairs"}, *const language_names[2] = {"it", "en"};

static void account_for(const struct ticket *t)
{
    struct account *a = account_of(t->id);
    if (a == NULL) {
        assert_true(account_count < TICKETS);
        a = &accounts[account_count++];
    }
    *a = (struct account){t->id,
                          t->enqueue_seq,
                          t->conversation,
                          t->state,
                          t->callback,
                          constant(department_names, t->department),
                          constant(language_names, t->lang),
                          t->owner};
    states_seen[t->state]++;
}

static bool serves(int64_t user, const struct account *a)
{
    for (int i = 0; i < AGENTS; i++) {
        if (people[i].id == user)
            return (*people[i].departments == '\0' || strstr(people[i].departments, a->department) != NULL) &&
                   (*people[i].languages == '\0' || strstr(people[i].languages, a->lang) != NULL);
    }
    fail_msg("a ticket went to a stranger");
    return false;
}

static bool waits(const struct account *a)
{
    return a->state == TICKET_WAITING || a->state == TICKET_CALLBACK;
}

static void check_assignment(const struct ticket *t)
{
    const struct account *now = account_of(t->id);
    int load = 0;
    assignments++;
    if (now == NULL || !waits(now))
        doubles++;
    for (size_t i = 0; i < account_count; i++) {
        const struct account *a = &accounts[i];
        if (waits(a) && a->seq < t->enqueue_seq && serves(t->owner, a))
            inversions++;
        load += a->owner == t->owner && (a->state == TICKET_OFFERED || a->state == TICKET_CLAIMED);
    }
    if (load >= settings.agent_capacity)
        overloads++;
}

static void watch_moved(void *context, enum desk_cause cause, enum ticket_state before, const struct ticket *t,
                        int64_t first_seq, const struct event *events, size_t count)
{
    (void)context;
    (void)before;
    (void)first_seq;
    (void)events;
    (void)count;
    causes_seen[cause]++;
    if (cause == CAUSE_OFFERED || cause == CAUSE_TAKEN)
        check_assignment(t);
    if (cause != CAUSE_LEFT)
        account_for(t);
}

static void ignore_offered(void *context, int64_t user, const struct ticket *t, int seconds)
{
    (void)context;
    (void)user;
    (void)seconds;
    assert_non_null(t);
}

static void ignore_position(void *context, const struct ticket *t, bool ranged, int low, int high)
{
    (void)context;
    assert_true(t->position > 0);
    assert_true(!ranged || low <= high);
}

static void ignore_ticket(void *context, const struct ticket *t)
{
    (void)context;
    (void)t;
}

static void ignore_reach(void *context, const struct ticket *t, bool lost)
{
    (void)context;
    (void)lost;
    assert_int_equal(t->state, TICKET_CLAIMED);
}

static void ignore_refused(void *context, int64_t user, int64_t ticket, const char *why, const char *cid)
{
    (void)context;
    (void)user;
    (void)ticket;
    (void)cid;
    assert_non_null(why);
}

static const struct desk_listener watcher = {.moved = watch_moved,
                                             .offered = ignore_offered,
                                             .position = ignore_position,
                                             .silent = ignore_ticket,
                                             .reach = ignore_reach,
                                             .agents = on_agents,
                                             .refused = ignore_refused,
                                             .queued = ignore_ticket};

/* A turn's answer: the account first, then the desk. */
static void turn_answered(struct store_job *job)
{
    struct store_turn *t = (struct store_turn *)job;
    assert_true(job->result == STORE_OK || job->result == STORE_REFUSED);
    if (job->result == STORE_OK) {
        conversations[job->tag] = t->conversation;
        struct account *a = account_of(t->ret_ticket);
        if (t->close_ticket && a != NULL)
            a->state = TICKET_CLOSED;
        if (t->ticket != NULL && a == NULL) {
            a = &accounts[account_count++];
            assert_true(account_count <= TICKETS);
            *a = (struct account){t->ret_ticket,
                                  INT64_MAX,
                                  t->conversation,
                                  t->ticket->state,
                                  t->ticket->state == TICKET_CALLBACK,
                                  t->ticket->department,
                                  t->ticket->lang,
                                  0};
            a->seq = t->ret_ticket - 1000; /* nothing else takes a place here */
        } else if (t->ticket != NULL && (a->state == TICKET_WAITING || a->state == TICKET_PARKED) &&
                   t->ticket->state != TICKET_WAITING) {
            a->state = t->ticket->state;
        }
        if (a != NULL)
            states_seen[a->state]++;
        if (t->close_ticket)
            conversations[job->tag] = 0;
        if (desk != NULL)
            desk_enqueued(desk, t->conversation);
    }
    store_job_free(job);
}

static void submit_turn(struct store_turn *t, unsigned visitor)
{
    t->job.done = turn_answered;
    t->job.tag = visitor;
    assert_int_equal(store_submit(store, &t->job), 0);
}

static void visitor_asks(unsigned visitor)
{
    static const enum ticket_state states[] = {TICKET_WAITING, TICKET_WAITING, TICKET_WAITING, TICKET_CALLBACK,
                                               TICKET_MESSAGE};
    online[visitor] = true;
    submit_turn(
        asked(visitor_base + (int)visitor, states[chance(5)], department_names[chance(2)], language_names[chance(2)]),
        visitor);
}

static void visitor_leaves(unsigned visitor)
{
    struct store_turn *t = said(visitor_base + (int)visitor, NULL, "bye");
    t->close_ticket = true;
    t->who = STORE_WHO_CLOSED;
    submit_turn(t, visitor);
}

static void visitor_acts(void)
{
    unsigned visitor = chance(VISITORS);
    switch (chance(10)) {
    case 0:
        if (conversations[visitor] != 0)
            visitor_leaves(visitor);
        break;
    case 1:
    case 2:
    case 3:
        online[visitor] = !online[visitor];
        desk_visitor_online(desk, conversations[visitor], online[visitor]);
        break;
    case 4:
        desk_visitor_said(desk, conversations[visitor]);
        break;
    case 5:
        desk_agent_said(desk, conversations[visitor]);
        break;
    default:
        if (account_count < TICKETS - 10)
            visitor_asks(visitor);
    }
}

static void person_comes(int i)
{
    if (!in[i])
        desk_agent_in(desk, &(struct user){.id = people[i].id,
                                           .name = people[i].name,
                                           .role = "agent",
                                           .departments = people[i].departments,
                                           .languages = people[i].languages});
    in[i] = true;
}

static void agent_acts(void)
{
    int i = (int)chance(AGENTS);
    int64_t user = people[i].id;
    const struct ticket *tickets[TICKETS];
    size_t count = desk_tickets(desk, tickets, TICKETS);
    int64_t ticket = count > 0 && count <= TICKETS ? tickets[chance((unsigned)count)]->id : 0;
    switch (chance(10)) {
    case 0:
        person_comes(i);
        break;
    case 1:
        if (in[i] && chance(3) == 0) {
            desk_agent_out(desk, user);
            in[i] = false;
        }
        break;
    case 2:
        desk_agent_presence(desk, user, chance(4) == 0 ? (enum presence)(2 + chance(2)) : PRESENCE_ONLINE);
        break;
    case 3:
        desk_accept(desk, user, ticket);
        break;
    case 4:
        desk_decline(desk, user, ticket);
        break;
    case 5:
        desk_close(desk, user, ticket, "solved", NULL);
        break;
    case 6:
        desk_hand_back(desk, user, ticket, "note", NULL);
        break;
    default:
        desk_take_next(desk, user);
    }
}

static void time_passes(int seconds, bool alive)
{
    for (int i = 0; alive && i < AGENTS; i++) {
        if (in[i])
            desk_agent_alive(desk, people[i].id);
    }
    test_clock.manual_ms += seconds * INT64_C(1000);
    for (int i = 0; alive && i < AGENTS; i++) {
        if (in[i])
            desk_agent_alive(desk, people[i].id);
    }
    desk_tick(desk);
}

static void check_positions(void)
{
    const struct ticket *tickets[TICKETS];
    size_t count = desk_tickets(desk, tickets, TICKETS);
    for (size_t i = 0; i < count; i++) {
        const struct ticket *t = tickets[i];
        const struct account *own = account_of(t->id);
        if (own == NULL || own->state != t->state || own->owner != t->owner)
            fail_msg("ticket %lld: the desk does not know its state", (long long)t->id);
        int64_t place = 0;
        bool queued = waits(own) || own->state == TICKET_OFFERED;
        for (size_t k = 0; queued && k < account_count; k++) {
            const struct account *a = &accounts[k];
            place += (waits(a) || a->state == TICKET_OFFERED) && a->department == own->department &&
                     a->lang == own->lang && a->seq <= own->seq;
        }
        if (place != t->position)
            bad_positions++;
    }
}

static void settle(void)
{
    pump();
    time_passes(0, true);
    pump();
    check_positions();
}

static void open_desk(void)
{
    desk = desk_new(store, &test_clock, &settings, &words, &watcher);
    desk_load(desk);
    pump();
    memset(in, 0, sizeof in);
}

/* What was under way is committed or not; the account is then what the store says. */
static void desk_dies(void)
{
    desk_free(desk);
    desk = NULL;
    while (store_pump(store) > 0)
        continue;
    struct store_queue *q = NEW_JOB(store_queue);
    q->limit = 1000;
    run_for(store, q, STORE_OK);
    account_count = 0;
    for (size_t i = 0; i < q->count; i++)
        account_for(&q->tickets[i]);
    store_job_free(&q->job);
    open_desk();
}

/* Everybody becomes reasonable: then every ticket comes to its end. */
static void finish(void)
{
    for (int i = 1; i < AGENTS; i++) {
        if (in[i])
            desk_agent_out(desk, people[i].id);
        in[i] = false;
    }
    person_comes(0);
    desk_agent_presence(desk, people[0].id, PRESENCE_ONLINE);
    for (int round = 0; round < 400; round++) {
        const struct ticket *tickets[TICKETS];
        pump();
        size_t count = desk_tickets(desk, tickets, TICKETS);
        if (count == 0)
            return;
        for (size_t i = 0; i < count; i++) {
            desk_visitor_online(desk, tickets[i]->conversation, true);
            desk_visitor_said(desk, tickets[i]->conversation);
            desk_accept(desk, people[0].id, tickets[i]->id);
            desk_close(desk, people[0].id, tickets[i]->id, "solved", NULL);
        }
        pump();
        desk_take_next(desk, people[0].id);
        time_passes(round < 30 ? 10 : 60, true);
    }
    fail_msg("a ticket is stuck");
}

static void run_once(uint64_t seed)
{
    static const struct opening hours[] = {{0, 9 * 60, 13 * 60}, {0, 14 * 60, 18 * 60}};
    chance_state = seed * 0x9E3779B97F4A7C15u + 1;
    settings.push = chance(2) == 0;
    settings.agent_capacity = 1 + (int)chance(3);
    departments[0].hours = hours;
    departments[0].hour_count = chance(2) == 0 ? 2 : 0;
    test_clock.manual_ms = INT64_C(1764583200000) + chance(10 * 3600) * INT64_C(1000);
    account_count = 0;
    memset(conversations, 0, sizeof conversations);
    memset(online, 0, sizeof online);
    visitor_base += VISITORS;
    open_desk();
    for (int step = 0; step < STEPS; step++) {
        unsigned what = chance(20);
        if (what < 7)
            visitor_acts();
        else if (what < 14)
            agent_acts();
        else if (what < 16)
            time_passes((int)chance(chance(4) == 0 ? 700 : 70), chance(5) > 0);
        else if (what < 18)
            pump();
        else if (what == 18)
            settle();
        else if (chance(8) == 0)
            desk_dies();
    }
    settle();
    finish();
    desk_free(desk);
    desk = NULL;
    pump();
}

#if defined(__SANITIZE_ADDRESS__)
#define SANITISED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITISED 1
#endif
#endif
#ifndef SANITISED
#define SANITISED 0
#endif

static void whatever_happens_nobody_jumps_the_queue(void **state)
{
    (void)state;
    desk_free(desk);
    for (int i = 0; i < AGENTS; i++)
        people[i].id = user_now(store, people[i].name);
    int runs = SANITISED ? SANITISED_RUNS : RUNS;
    for (int seed = 1; seed <= runs; seed++) {
        run_once((uint64_t)seed);
        if (inversions + doubles + overloads + bad_positions > 0)
            fail_msg("seed %d: %ld inversions, %ld assigned twice, %ld over capacity, %ld wrong positions", seed,
                     inversions, doubles, overloads, bad_positions);
    }
    for (int s = 0; s < TICKET_STATES; s++)
        assert_true(states_seen[s] > 0);
    for (int c = 0; c < CAUSE_TRANSFERRED; c++)
        assert_true(causes_seen[c] > 0);
    assert_true(assignments > runs);
    print_message("%d runs, %ld assignments\n", runs, assignments);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_in_line_is_taken_first),
        TEST(an_agent_gets_only_what_fits),
        TEST(two_who_ask_at_once_get_two_tickets_in_order),
        TEST(tickets_are_offered_to_the_lightest_load_and_specialists_first),
        TEST(a_department_may_push_where_the_other_pulls),
        TEST(a_ticket_the_desk_does_not_know_yet_keeps_its_turn),
        TEST(a_ticket_that_is_gone_holds_nobody_up),
        TEST(a_declined_callback_waits_as_a_callback_again),
        TEST(whatever_happens_nobody_jumps_the_queue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
