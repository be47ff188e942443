/* Nobody jumps the queue: who gets which ticket. By chance it is tried in test_fairness.c. */
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
