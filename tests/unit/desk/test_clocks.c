/* The clocks of tickets: offers run out, silent visitors are asked and parked, absent ones parked, the
 * night makes messages. */
#include "unit/desk/help.h"

static void an_offer_runs_out_after_thirty_seconds(void **state)
{
    (void)state;
    settings.push = true;
    int64_t ticket = enqueue(1);
    int64_t anna = agent_comes("anna", "", "");
    expect_told("offered 1001 to 1 for 30");
    expect_told("moved 1001 offered waiting>offered 1");
    pass_seconds_alive(29, anna);
    assert_int_equal(state_of(ticket), TICKET_OFFERED);
    journal_clear();
    pass_seconds_alive(1, anna);
    expect_told("moved 1001 declined offered>waiting 0");
    assert_int_equal(state_of(ticket), TICKET_WAITING);
    /* Others come first: this agent is asked again after a pause. */
    pass_seconds_alive(29, anna);
    assert_int_equal(state_of(ticket), TICKET_WAITING);
    pass_seconds_alive(1, anna);
    assert_int_equal(state_of(ticket), TICKET_OFFERED);
}

static void a_silent_visitor_is_asked_and_then_parked(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", "");
    assert_int_equal(take_next(anna), ticket);
    pass_seconds_alive(179, anna);
    expect_not_told("silent 1001");
    pass_seconds_alive(1, anna);
    expect_told("silent 1001");
    journal_clear();
    pass_seconds_alive(299, anna);
    expect_not_told("silent 1001");
    assert_int_equal(state_of(ticket), TICKET_CLAIMED);
    pass_seconds_alive(1, anna);
    expect_told("moved 1001 visitor_silent claimed>parked 0");
    assert_int_equal(who_of(1), STORE_WHO_WAITING);
    /* Being online is not a return: saying something is. */
    desk_visitor_online(desk, 1, false);
    desk_visitor_online(desk, 1, true);
    pump();
    assert_int_equal(state_of(ticket), TICKET_PARKED);
    desk_visitor_said(desk, 1);
    pump();
    expect_told("moved 1001 visitor_back parked>waiting 0");
}

static void a_visitor_who_waits_for_the_agents_answer_is_not_silent(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", "");
    take_next(anna);
    pass_seconds_alive(10, anna);
    desk_visitor_said(desk, 1);
    pass_seconds_alive(600, anna);
    assert_int_equal(state_of(ticket), TICKET_CLAIMED);
    expect_not_told("silent 1001");
    desk_agent_said(desk, 1);
    pass_seconds_alive(180, anna);
    expect_told("silent 1001");
    desk_visitor_said(desk, 1);
    pass_seconds_alive(1, anna);
    desk_agent_said(desk, 1);
    journal_clear();
    pass_seconds_alive(179, anna);
    expect_not_told("silent 1001");
}

static void an_absent_visitor_is_parked_and_comes_back_to_the_old_place(void **state)
{
    (void)state;
    int64_t first = enqueue(1), second = enqueue(2);
    desk_visitor_online(desk, 1, false);
    pass_seconds(119);
    assert_int_equal(state_of(first), TICKET_WAITING);
    pass_seconds(1);
    expect_told("moved 1001 visitor_gone waiting>parked 0");
    int64_t anna = agent_comes("anna", "", "");
    desk_visitor_online(desk, 1, true);
    pump();
    expect_told("moved 1001 visitor_back parked>waiting 0");
    assert_int_equal(take_next(anna), first);
    assert_int_equal(state_of(second), TICKET_WAITING);
}

static void a_parked_ticket_is_skipped(void **state)
{
    (void)state;
    int64_t first = enqueue(1), second = enqueue(2), anna = agent_comes("anna", "", "");
    desk_visitor_online(desk, 1, false);
    pass_seconds_alive(120, anna);
    assert_int_equal(state_of(first), TICKET_PARKED);
    assert_int_equal(take_next(anna), second);
}

static void a_return_during_the_parking_is_not_lost(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1);
    desk_visitor_online(desk, 1, false);
    pass_seconds(119);
    test_clock.manual_ms += 1000;
    desk_tick(desk); /* the parking is under way */
    desk_visitor_online(desk, 1, true);
    pump();
    assert_int_equal(state_of(ticket), TICKET_PARKED);
    pass_seconds(1);
    assert_int_equal(state_of(ticket), TICKET_WAITING);
}

static void a_claimed_chat_of_an_absent_visitor_frees_the_slot(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", "");
    take_next(anna);
    desk_visitor_online(desk, 1, false);
    pass_seconds_alive(120, anna);
    assert_int_equal(state_of(ticket), TICKET_PARKED);
    struct desk_agent agents[2];
    assert_int_equal(desk_agents(desk, agents, 2), 1);
    assert_int_equal(agents[0].chats, 0);
}

static void a_callback_is_not_parked(void **state)
{
    (void)state;
    int64_t ticket = enqueue_in(1, TICKET_CALLBACK, "shop", "it"), anna = agent_comes("anna", "", "");
    desk_visitor_online(desk, 1, false);
    pass_seconds_alive(200, anna);
    assert_int_equal(state_of(ticket), TICKET_CALLBACK);
    assert_int_equal(take_next(anna), ticket);
    pass_seconds_alive(600, anna);
    assert_int_equal(state_of(ticket), TICKET_CLAIMED);
    desk_close(desk, anna, ticket, "solved", "c");
    pump();
    expect_told("moved 1001 closed claimed>closed 1");
}

static void at_closing_time_a_parked_ticket_becomes_a_message(void **state)
{
    (void)state;
    static const struct opening hours[] = {{0, 9 * 60, 11 * 60 + 10}};
    departments[0].hours = hours;
    departments[0].hour_count = 1;
    int64_t ticket = enqueue(1);
    desk_visitor_online(desk, 1, false);
    pass_seconds(120);
    assert_int_equal(state_of(ticket), TICKET_PARKED);
    pass_seconds(7 * 60 + 59);
    assert_int_equal(state_of(ticket), TICKET_PARKED);
    pass_seconds(1);
    expect_told("moved 1001 night parked>message 0");
    assert_int_equal(who_of(1), STORE_WHO_BOT);
    /* Later the visitor asks again: a new ticket, a new place. */
    assert_int_equal(enqueue(1), 1002);
    assert_int_equal(state_of(ticket), TICKET_MESSAGE);
}

static void night_begins_at_midnight(void)
{
    int64_t ticket = enqueue(1);
    desk_visitor_online(desk, 1, false);
    pass_seconds(120);
    test_clock.manual_ms += INT64_C(13) * 3600 * 1000 - 130 * 1000; /* 23:59:50 */
    pass_seconds(1);
    assert_int_equal(state_of(ticket), TICKET_PARKED);
    pass_seconds(10);
    assert_int_equal(state_of(ticket), TICKET_MESSAGE);
}

static void without_hours_the_night_begins_at_midnight(void **state)
{
    (void)state;
    night_begins_at_midnight();
}

static void so_it_does_where_the_hours_never_end(void **state)
{
    (void)state;
    static struct opening always[7];
    for (int day = 0; day < 7; day++)
        always[day] = (struct opening){day, 0, 24 * 60};
    departments[0].hours = always;
    departments[0].hour_count = 7;
    night_begins_at_midnight();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_offer_runs_out_after_thirty_seconds),
        TEST(a_silent_visitor_is_asked_and_then_parked),
        TEST(a_visitor_who_waits_for_the_agents_answer_is_not_silent),
        TEST(an_absent_visitor_is_parked_and_comes_back_to_the_old_place),
        TEST(a_parked_ticket_is_skipped),
        TEST(a_return_during_the_parking_is_not_lost),
        TEST(a_claimed_chat_of_an_absent_visitor_frees_the_slot),
        TEST(a_callback_is_not_parked),
        TEST(at_closing_time_a_parked_ticket_becomes_a_message),
        TEST(without_hours_the_night_begins_at_midnight),
        TEST(so_it_does_where_the_hours_never_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
