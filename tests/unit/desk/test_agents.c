/* Agents come, go, fall silent and come back: presence, lease, grace. */
#include "unit/desk/help.h"

static void a_lost_lease_is_told_and_the_chats_are_kept_for_the_grace(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", "");
    take_next(anna);
    pass_seconds(14);
    expect_not_told("lost 1001");
    pass_seconds(1);
    expect_told("lost 1001");
    struct desk_agent agents[2];
    assert_int_equal(desk_agents(desk, agents, 2), 0);
    pass_seconds(119);
    assert_int_equal(state_of(ticket), TICKET_CLAIMED);
    desk_agent_alive(desk, anna);
    pump();
    expect_told("back 1001");
    assert_int_equal(state_of(ticket), TICKET_CLAIMED);
    assert_int_equal(desk_agents(desk, agents, 2), 1);
    assert_int_equal(agents[0].chats, 1);
}

/* A browser that is killed sends no farewell. Wherever between two ticks its last sign was, the visitor is told within
 * the lease and a tick: 16 seconds, well within the 20 that are promised. */
static void a_killed_browser_is_noticed_within_twenty_seconds(void **state)
{
    (void)state;
    enqueue(1);
    int64_t anna = agent_comes("anna", "", "");
    take_next(anna);
    for (int64_t phase = 0; phase < 1000; phase += 37) {
        int64_t begin = test_clock.manual_ms;
        test_clock.manual_ms = begin + phase;
        desk_agent_alive(desk, anna);
        test_clock.manual_ms = begin;
        journal_clear();
        int64_t told_ms = 0;
        for (int i = 1; i <= 20 && told_ms == 0; i++) {
            pass_seconds(1);
            if (told("lost 1001"))
                told_ms = test_clock.manual_ms - (begin + phase);
        }
        assert_in_range(told_ms, 15000, 16000);
        desk_agent_alive(desk, anna);
        desk_visitor_said(desk, 1);
        expect_told("back 1001");
    }
}

static void after_the_grace_the_ticket_returns_to_its_own_place(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", "");
    take_next(anna);
    enqueue(2);
    pass_seconds(15 + 120);
    expect_told("moved 1001 lease_lost claimed>waiting 0");
    assert_int_equal(who_of(1), STORE_WHO_WAITING);
    int64_t bruno = agent_comes("bruno", "", "");
    assert_int_equal(take_next(bruno), ticket);
}

static void a_reload_within_the_lease_is_not_noticed(void **state)
{
    (void)state;
    enqueue(1);
    int64_t anna = agent_comes("anna", "", "");
    take_next(anna);
    journal_clear();
    desk_agent_out(desk, anna);
    pass_seconds(5);
    agent_returns(anna);
    pass_seconds_alive(30, anna);
    expect_not_told("lost 1001");
    expect_not_told("back 1001");
}

static void two_pages_are_one_agent(void **state)
{
    (void)state;
    int64_t anna = agent_comes("anna", "", "");
    agent_returns(anna);
    desk_agent_out(desk, anna);
    struct desk_agent agents[2];
    assert_int_equal(desk_agents(desk, agents, 2), 1);
    desk_agent_out(desk, anna);
    assert_int_equal(desk_agents(desk, agents, 2), 0);
    assert_int_equal(desk_agent_presence(desk, anna, PRESENCE_ONLINE), -1);
    assert_int_equal(desk_agent_presence(desk, 99, PRESENCE_ONLINE), -1);
}

static void after_a_restart_claimed_tickets_wait_for_their_agents(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", "");
    take_next(anna);
    desk_restart();
    assert_int_equal(state_of(ticket), TICKET_CLAIMED);
    pass_seconds(100);
    assert_int_equal(state_of(ticket), TICKET_CLAIMED);
    desk_visitor_online(desk, 1, true);
    agent_returns(anna);
    pass_seconds_alive(60, anna);
    assert_int_equal(state_of(ticket), TICKET_CLAIMED);
    desk_restart();
    desk_visitor_online(desk, 1, true);
    pass_seconds(15 + 119);
    assert_int_equal(state_of(ticket), TICKET_CLAIMED);
    pass_seconds(1);
    expect_told("moved 1001 lease_lost claimed>waiting 0");
}

static void who_takes_no_more_is_offered_nothing_and_counts_for_nobody(void **state)
{
    (void)state;
    settings.push = true;
    int64_t anna = agent_comes("anna", "", "");
    assert_int_equal(desk_help(desk, "", "it").online, 1);
    assert_int_equal(desk_agent_presence(desk, anna, PRESENCE_NO_MORE), 0);
    int64_t ticket = enqueue(1);
    assert_int_equal(state_of(ticket), TICKET_WAITING);
    assert_int_equal(desk_help(desk, "", "it").online, 0);
    assert_int_equal(desk_agent_presence(desk, anna, PRESENCE_ONLINE), 0);
    pump();
    assert_int_equal(state_of(ticket), TICKET_OFFERED);
    desk_agent_presence(desk, anna, PRESENCE_AWAY);
    pump();
    assert_int_equal(state_of(ticket), TICKET_WAITING);
}

static void an_open_offer_is_told_again_to_a_page_that_returns(void **state)
{
    (void)state;
    settings.push = true;
    int64_t anna = agent_comes("anna", "", "");
    enqueue(1);
    desk_agent_out(desk, anna);
    pass_seconds(10);
    journal_clear();
    agent_returns(anna);
    expect_told("offered 1001 to 1 for 20");
}

static void a_lost_agent_s_offers_return_at_once(void **state)
{
    (void)state;
    settings.push = true;
    agent_comes("anna", "", "");
    enqueue(1);
    pass_seconds(15);
    expect_told("moved 1001 declined offered>waiting 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_lost_lease_is_told_and_the_chats_are_kept_for_the_grace),
        TEST(a_killed_browser_is_noticed_within_twenty_seconds),
        TEST(after_the_grace_the_ticket_returns_to_its_own_place),
        TEST(a_reload_within_the_lease_is_not_noticed),
        TEST(two_pages_are_one_agent),
        TEST(after_a_restart_claimed_tickets_wait_for_their_agents),
        TEST(who_takes_no_more_is_offered_nothing_and_counts_for_nobody),
        TEST(an_open_offer_is_told_again_to_a_page_that_returns),
        TEST(a_lost_agent_s_offers_return_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
