/* What visitors' turns do to tickets reaches the desk. */
#include "unit/desk/help.h"

static void a_new_ticket_is_told_with_its_place(void **state)
{
    (void)state;
    enqueue(1);
    enqueue(2);
    expect_told("queued 1001 waiting");
    expect_told("position 1001 1 0 0 0");
    expect_told("position 1002 2 0 0 0");
}

/* The store knows; the desk is not told yet. */
static void says_goodbye(int visitor)
{
    struct store_turn *t = said(visitor, "bye", "");
    t->close_ticket = true;
    t->who = STORE_WHO_CLOSED;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
}

static void a_visitor_who_leaves_takes_the_ticket_along(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", "");
    take_next(anna);
    says_goodbye(1);
    desk_left(desk, 1);
    pump();
    expect_told("moved 1001 left claimed>closed 1");
    assert_null(desk_ticket(desk, ticket));
    struct desk_agent agents[1];
    desk_agents(desk, agents, 1);
    assert_int_equal(agents[0].chats, 0);
}

/* The agent's move meets a ticket that the visitor has just closed. */
static void a_move_that_comes_too_late_finds_the_visitor_gone(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", "");
    take_next(anna);
    says_goodbye(1);
    desk_close(desk, anna, ticket, "solved", "c1");
    pump();
    expect_told("refused 1 1001 not_yours c1");
    expect_told("moved 1001 left claimed>closed 1");
    journal_clear();
    desk_left(desk, 1);
    pump();
    assert_int_equal(journal_size, 0);
}

static void who_is_offline_before_the_answer_counts_from_then(void **state)
{
    (void)state;
    struct store_turn *t = asked(1, TICKET_WAITING, "shop", "it");
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    desk_enqueued(desk, 1);
    desk_visitor_online(desk, 1, false);
    pump();
    pass_seconds(120);
    assert_int_equal(state_of(1001), TICKET_PARKED);
}

static void a_message_in_place_of_waiting_leaves_the_queue(void **state)
{
    (void)state;
    enqueue(1);
    enqueue(2);
    journal_clear();
    enqueue_in(1, TICKET_MESSAGE, "shop", "it");
    expect_told("queued 1001 message");
    pass_seconds(1);
    expect_told("position 1002 1 0 0 0");
}

static void asking_again_brings_a_parked_ticket_back(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1);
    desk_visitor_online(desk, 1, false);
    pass_seconds(120);
    assert_int_equal(state_of(ticket), TICKET_PARKED);
    assert_int_equal(enqueue(1), ticket);
    assert_int_equal(state_of(ticket), TICKET_WAITING);
}

static void jobs_under_way_outlive_the_desk(void **state)
{
    (void)state;
    enqueue(1);
    int64_t anna = agent_comes("anna", "", "");
    desk_take_next(desk, anna);
    desk_enqueued(desk, 1);
    desk_free(desk);
    pump();
    desk_start();
    assert_int_equal(state_of(1001), TICKET_CLAIMED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_ticket_is_told_with_its_place),
        TEST(a_visitor_who_leaves_takes_the_ticket_along),
        TEST(a_move_that_comes_too_late_finds_the_visitor_gone),
        TEST(who_is_offline_before_the_answer_counts_from_then),
        TEST(a_message_in_place_of_waiting_leaves_the_queue),
        TEST(asking_again_brings_a_parked_ticket_back),
        TEST(jobs_under_way_outlive_the_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
