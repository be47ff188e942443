/* Turns and moves: what the conditions of the two UPDATEs let through. */
#include "unit/store/fixture.h"

static int64_t anna, bruno;

static struct store_assign *assign(int64_t user, enum store_result expected, const char *const *departments,
                                   size_t department_count, int capacity, int64_t expect)
{
    struct store_assign *a = NEW_JOB(store_assign);
    a->user = user;
    a->to = TICKET_OFFERED;
    a->departments = departments;
    a->department_count = department_count;
    a->capacity = capacity;
    a->expect = expect;
    run_for(store, a, expected);
    return a;
}

static void gives_the_lowest_seq_that_fits(void **state)
{
    (void)state;
    anna = user_now(store, "anna");
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    asked_now(store, 2, TICKET_CALLBACK, "repairs", "it");
    asked_now(store, 3, TICKET_WAITING, "repairs", "it");
    const char *const repairs[] = {"spares", "repairs"};
    struct store_assign *a = assign(anna, STORE_OK, repairs, 2, 9, 0);
    assert_int_equal(a->ticket.id, 1002);
    assert_int_equal(a->ticket.owner, anna);
    assert_string_equal(a->ticket.owner_name, "anna");
    assert_int_equal(a->ticket.state, TICKET_OFFERED);
    assert_true(a->ticket.callback);
    store_job_free(&a->job);
    const char *const none[] = {"rep", "air"};
    store_job_free(&assign(anna, STORE_MISSING, none, 2, 9, 0)->job);
    a = assign(anna, STORE_REFUSED, NULL, 0, 1, 0);
    assert_int_equal(a->ret_other, 0);
    store_job_free(&a->job);
    a = assign(anna, STORE_REFUSED, NULL, 0, 9, 1003);
    assert_int_equal(a->ret_other, 1001);
    store_job_free(&a->job);
    store_job_free(&assign(anna, STORE_OK, NULL, 0, 9, 1001)->job);
}

static struct store_move *move(int64_t ticket, unsigned from, enum ticket_state to, int64_t owner_is, int64_t owner,
                               enum store_result expected)
{
    struct store_move *m = NEW_JOB(store_move);
    m->ticket_id = ticket;
    m->from = from;
    m->to = to;
    m->owner_is = owner_is;
    m->owner = owner;
    m->who = STORE_WHO_WAITING;
    run_for(store, m, expected);
    return m;
}

static void moves_only_from_where_it_is_and_for_its_owner(void **state)
{
    (void)state;
    anna = user_now(store, "anna");
    bruno = user_now(store, "bruno");
    asked_now(store, 1, TICKET_CALLBACK, "shop", "it");
    store_job_free(&assign(anna, STORE_OK, NULL, 0, 9, 0)->job);
    const unsigned offered = 1u << TICKET_OFFERED;
    struct store_move *m = move(1001, 1u << TICKET_WAITING, TICKET_PARKED, 0, 0, STORE_REFUSED);
    assert_int_equal(m->ticket.state, TICKET_OFFERED);
    store_job_free(&m->job);
    store_job_free(&move(1001, offered, TICKET_CLAIMED, bruno, -1, STORE_REFUSED)->job);
    store_job_free(&move(999, offered, TICKET_CLAIMED, 0, -1, STORE_MISSING)->job);
    m = move(1001, offered, TICKET_WAITING, anna, 0, STORE_OK);
    assert_int_equal(m->ticket.state, TICKET_CALLBACK);
    assert_int_equal(m->ticket.owner, 0);
    assert_int_equal(m->ticket.enqueue_seq, 1);
    store_job_free(&m->job);
    /* An owned state without an owner cannot be stored. */
    store_job_free(&move(1001, 1u << TICKET_CALLBACK, TICKET_CLAIMED, 0, -1, STORE_REFUSED)->job);
    store_job_free(&move(1001, 1u << TICKET_CALLBACK, TICKET_CLAIMED, 0, 4711, STORE_REFUSED)->job);
}

static void a_refused_move_leaves_no_event(void **state)
{
    (void)state;
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    struct event events[1] = {{.kind = EVENT_STATE, .from = FROM_SYSTEM, .body = "x", .body_size = 1}};
    for (int round = 0; round < 2; round++) {
        struct store_move *m = NEW_JOB(store_move);
        m->ticket_id = 1001;
        m->from = round == 0 ? 1u << TICKET_CLAIMED : 1u << TICKET_WAITING;
        m->to = TICKET_PARKED;
        m->who = -1;
        m->events = events;
        m->event_count = 1;
        run_for(store, m, round == 0 ? STORE_REFUSED : STORE_OK);
        assert_int_equal(m->ticket.last_seq, 1 + round);
        assert_int_equal(m->ret_first_seq, round == 0 ? 0 : 2);
        store_job_free(&m->job);
    }
}

/* Each move brings an event, and each event the next number: none is left out. */
static void the_numbers_of_a_moved_ticket_s_events_have_no_gap(void **state)
{
    (void)state;
    asked_now(store, 1, TICKET_WAITING, "shop", "it"); /* event 1 */
    for (int64_t round = 0; round < 40; round++) {
        struct event events[2] = {{.kind = EVENT_STATE, .from = FROM_SYSTEM, .body = "x", .body_size = 1},
                                  {.kind = EVENT_MESSAGE, .from = FROM_SYSTEM, .body = "y", .body_size = 1}};
        struct store_move *m = NEW_JOB(store_move);
        m->ticket_id = 1001;
        m->from = round % 2 == 0 ? 1u << TICKET_WAITING : 1u << TICKET_PARKED;
        m->to = round % 2 == 0 ? TICKET_PARKED : TICKET_WAITING;
        m->who = -1;
        m->events = events;
        m->event_count = 2;
        run_for(store, m, STORE_OK);
        assert_int_equal(m->ret_first_seq, 2 + 2 * round);
        assert_int_equal(m->ticket.last_seq, 3 + 2 * round);
        store_job_free(&m->job);
        struct store_load *l = NEW_JOB(store_load);
        l->conversation = 1;
        run_for(store, l, STORE_OK);
        assert_int_equal(l->row.last_seq, 3 + 2 * round);
        store_job_free(&l->job);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(gives_the_lowest_seq_that_fits),
        TEST(moves_only_from_where_it_is_and_for_its_owner),
        TEST(a_refused_move_leaves_no_event),
        TEST(the_numbers_of_a_moved_ticket_s_events_have_no_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
