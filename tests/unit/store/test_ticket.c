/* Tickets are read with their positions, counted in their own lane. */
#include "unit/store/fixture.h"

static void positions_are_counted_in_the_lane(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna");
    const char *const lanes[][2] = {{"shop", "it"}, {"shop", "en"}, {"shop", "it"}, {"repairs", "it"}, {"shop", "it"}};
    const int64_t expected[] = {1, 1, 2, 1, 3};
    for (int i = 0; i < 5; i++)
        asked_now(store, i + 1, i == 2 ? TICKET_CALLBACK : TICKET_WAITING, lanes[i][0], lanes[i][1]);
    struct store_assign *a = NEW_JOB(store_assign);
    a->user = anna;
    a->to = TICKET_OFFERED;
    a->capacity = 1;
    run_for(store, a, STORE_OK); /* keeps its place */
    store_job_free(&a->job);
    asked_now(store, 6, TICKET_MESSAGE, "shop", "it");
    struct store_queue *q = NEW_JOB(store_queue);
    q->limit = 100;
    run_for(store, q, STORE_OK);
    assert_int_equal(q->count, 6);
    struct store_positions *p = NEW_JOB(store_positions);
    run_for(store, p, STORE_OK);
    assert_int_equal(p->count, 5);
    for (int i = 0; i < 5; i++) {
        struct store_ticket *t = NEW_JOB(store_ticket);
        t->conversation = i + 1;
        run_for(store, t, STORE_OK);
        assert_int_equal(t->count, 1);
        assert_int_equal(t->tickets[0].position, expected[i]);
        assert_int_equal(q->tickets[i].position, expected[i]);
        assert_int_equal(p->rows[i].position, expected[i]);
        assert_int_equal(p->rows[i].ticket, q->tickets[i].id);
        store_job_free(&t->job);
    }
    assert_int_equal(q->tickets[5].position, 0);
    store_job_free(&q->job);
    store_job_free(&p->job);
}

static void handling_is_claimed_to_closed_of_the_last_ones(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna");
    for (int i = 1; i <= 6; i++) {
        int64_t ticket = asked_now(store, i, TICKET_WAITING, "shop", "it");
        struct store_assign *a = NEW_JOB(store_assign);
        a->user = anna;
        a->to = TICKET_CLAIMED;
        a->capacity = 1;
        a->who = -1;
        run_for(store, a, STORE_OK);
        store_job_free(&a->job);
        test_clock.manual_ms += i * 10000;
        struct store_move *m = NEW_JOB(store_move);
        m->ticket_id = ticket;
        m->from = 1u << TICKET_CLAIMED;
        m->to = TICKET_CLOSED;
        m->owner = -1;
        m->who = -1;
        run_for(store, m, STORE_OK);
        store_job_free(&m->job);
    }
    struct store_handling *h = NEW_JOB(store_handling);
    h->department = "shop";
    h->limit = 4;
    run_for(store, h, STORE_OK);
    assert_int_equal(h->ret_samples, 4);
    assert_true(h->ret_mean_seconds == 45.0);
    h->department = "repairs";
    run_for(store, h, STORE_OK);
    assert_int_equal(h->ret_samples, 0);
    store_job_free(&h->job);
}

static void states_are_named(void **state)
{
    (void)state;
    assert_string_equal(ticket_state_name(TICKET_WAITING), "waiting");
    assert_string_equal(ticket_state_name(TICKET_CLOSED), "closed");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(positions_are_counted_in_the_lane),
        TEST(handling_is_claimed_to_closed_of_the_last_ones),
        TEST(states_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
