/* Chats change hands: to a colleague who is asked, to another department; messages and callbacks have owners. */
#include "unit/desk/help.h"

static int64_t anna, bruno;

/* Anna has the first ticket, Bruno is there. */
static int64_t annas_chat(void)
{
    enqueue(1);
    anna = agent_comes("anna", "", "");
    int64_t ticket = take_next(anna);
    bruno = agent_comes("bruno", "", "");
    return ticket;
}

static int64_t owner_of(int64_t ticket)
{
    return desk_ticket(desk, ticket)->owner;
}

static void both_alive(int seconds)
{
    for (int i = 0; i < seconds; i++) {
        desk_agent_alive(desk, anna);
        desk_agent_alive(desk, bruno);
        pass_seconds(1);
    }
}

static void answer(int64_t ticket, bool yes)
{
    desk_transfer_answer(desk, bruno, ticket, yes, "c");
    pump();
}

static void a_colleague_who_accepts_has_the_chat(void **state)
{
    (void)state;
    int64_t ticket = annas_chat(), claimed = desk_ticket(desk, ticket)->claimed_ms;
    desk_transfer(desk, anna, ticket, bruno, "knows drills", "c");
    expect_told("transfer 1001 to 2 from anna: knows drills for 30");
    assert_int_equal(owner_of(ticket), anna);
    struct desk_handover h;
    assert_true(desk_handover_of(desk, ticket, &h));
    assert_true(h.from == anna && h.to == bruno && h.until_ms == test_clock.manual_ms + 30000);
    both_alive(10);
    answer(ticket, true);
    expect_told("moved 1001 transferred claimed>claimed 2");
    expect_told("transferred 1001 from 1 to 2 bruno 1");
    assert_int_equal(owner_of(ticket), bruno);
    assert_int_equal(desk_ticket(desk, ticket)->claimed_ms, claimed);
    assert_int_equal(who_of(1), STORE_WHO_AGENT);
    assert_false(desk_handover_of(desk, ticket, &h));
    struct desk_agent agents[2];
    desk_agents(desk, agents, 2);
    assert_true(agents[0].chats == 0 && agents[1].chats == 1);
    /* The old owner owns it no more. */
    desk_close(desk, anna, ticket, "solved", "d");
    pump();
    expect_told("refused 1 1001 not_yours d");
}

static void declined_it_stays(void **state)
{
    (void)state;
    int64_t ticket = annas_chat();
    desk_transfer(desk, anna, ticket, bruno, NULL, "c");
    answer(ticket, false);
    expect_told("transferred 1001 from 1 to 2 bruno -1");
    assert_int_equal(owner_of(ticket), anna);
    answer(ticket, true);
    expect_told("refused 2 1001 not_yours c");
    assert_int_equal(owner_of(ticket), anna);
}

static void an_offer_runs_out(void **state)
{
    (void)state;
    int64_t ticket = annas_chat();
    desk_visitor_online(desk, 1, true);
    desk_transfer(desk, anna, ticket, bruno, NULL, "c");
    both_alive(29);
    expect_not_told("transferred 1001 from 1 to 2 bruno -1");
    both_alive(1);
    expect_told("transferred 1001 from 1 to 2 bruno -1");
    assert_int_equal(owner_of(ticket), anna);
}

static void it_ends_when_one_of_them_goes_away_or_the_ticket_changes(void **state)
{
    (void)state;
    int64_t ticket = annas_chat();
    desk_transfer(desk, anna, ticket, bruno, NULL, "c");
    desk_agent_presence(desk, bruno, PRESENCE_AWAY);
    expect_told("transferred 1001 from 1 to 2 bruno -1");
    desk_agent_presence(desk, bruno, PRESENCE_ONLINE);
    journal_clear();
    desk_transfer(desk, anna, ticket, bruno, NULL, "c");
    desk_agent_out(desk, anna);
    for (int i = 0; i < 15; i++) {
        desk_agent_alive(desk, bruno);
        pass_seconds(1);
    }
    expect_told("lost 1001");
    expect_told("transferred 1001 from 1 to 2 bruno 0");
    agent_returns(anna);
    journal_clear();
    desk_transfer(desk, anna, ticket, bruno, NULL, "c");
    desk_close(desk, anna, ticket, "solved", NULL);
    pump();
    expect_told("transferred 1001 from 1 to 2 bruno 0");
    answer(ticket, true);
    expect_told("refused 2 1001 not_yours c");
}

static void closed_while_the_acceptance_was_under_way(void **state)
{
    (void)state;
    int64_t ticket = annas_chat();
    desk_transfer(desk, anna, ticket, bruno, NULL, "c");
    desk_close(desk, anna, ticket, "solved", NULL);
    desk_transfer_answer(desk, bruno, ticket, true, "c");
    pump();
    expect_told("moved 1001 closed claimed>closed 1");
    expect_told("refused 2 1001 not_yours c");
}

static void who_is_away_full_or_serves_others_is_not_asked(void **state)
{
    (void)state;
    int64_t ticket = annas_chat();
    int64_t carla = agent_comes("carla", "repairs", "");
    desk_transfer(desk, anna, ticket, carla, NULL, "c");
    expect_told("refused 1 1001 they_do_not_serve c");
    desk_transfer(desk, anna, ticket, 99, NULL, "c");
    expect_told("refused 1 1001 they_are_away c");
    desk_agent_presence(desk, bruno, PRESENCE_NO_MORE);
    journal_clear();
    desk_transfer(desk, anna, ticket, bruno, NULL, "c");
    expect_told("refused 1 1001 they_are_away c");
    desk_agent_presence(desk, bruno, PRESENCE_ONLINE);
    enqueue(2);
    enqueue(3);
    take_next(bruno);
    take_next(bruno);
    desk_transfer(desk, anna, ticket, bruno, NULL, "d");
    expect_told("refused 1 1001 they_are_full d");
    desk_transfer(desk, bruno, ticket, anna, NULL, "e");
    expect_told("refused 2 1001 not_yours e");
}

static void an_offer_keeps_a_slot_free(void **state)
{
    (void)state;
    settings.agent_capacity = 1;
    int64_t ticket = annas_chat();
    desk_transfer(desk, anna, ticket, bruno, NULL, "c");
    enqueue(2);
    desk_take_next(desk, bruno);
    pump();
    expect_told("refused 2 0 no_room -");
    settings.push = true;
    desk_settings(desk, &settings);
    pump();
    assert_int_equal(state_of(1002), TICKET_WAITING);
    answer(ticket, false);
    assert_int_equal(state_of(1002), TICKET_OFFERED);
}

static void a_page_that_comes_back_is_told_the_offer_again(void **state)
{
    (void)state;
    int64_t ticket = annas_chat();
    desk_transfer(desk, anna, ticket, bruno, "n", "c");
    both_alive(5);
    journal_clear();
    agent_returns(bruno);
    expect_told("transfer 1001 to 2 from anna: n for 25");
}

static void a_visitor_who_spoke_last_is_not_silent_after_a_transfer(void **state)
{
    (void)state;
    int64_t ticket = annas_chat();
    both_alive(1);
    desk_visitor_said(desk, 1);
    desk_transfer(desk, anna, ticket, bruno, NULL, "c");
    answer(ticket, true);
    both_alive(500);
    assert_int_equal(state_of(ticket), TICKET_CLAIMED);
    expect_not_told("silent 1001");
}

static void rerouted_it_waits_there_at_its_own_place(void **state)
{
    (void)state;
    int64_t ticket = annas_chat();
    enqueue_in(2, TICKET_WAITING, "repairs", "it");
    desk_reroute(desk, anna, ticket, "repairs", "a saw", "c");
    pump();
    expect_told("moved 1001 rerouted claimed>waiting 0");
    assert_string_equal(desk_ticket(desk, ticket)->department, "repairs");
    assert_int_equal(desk_ticket(desk, ticket)->position, 1);
    pass_seconds(1);
    assert_int_equal(desk_ticket(desk, 1002)->position, 2);
    assert_int_equal(who_of(1), STORE_WHO_WAITING);
    int64_t carla = agent_comes("carla", "repairs", "");
    assert_int_equal(take_next(carla), ticket);
    desk_reroute(desk, carla, ticket, "repairs", NULL, "d");
    expect_told("refused 3 1001 no_department d");
    desk_reroute(desk, carla, ticket, "garden", NULL, "e");
    expect_told("refused 3 1001 no_department e");
    desk_reroute(desk, anna, ticket, "shop", NULL, "f");
    expect_told("refused 1 1001 not_yours f");
}

static void a_message_becomes_somebodys_once(void **state)
{
    (void)state;
    anna = agent_comes("anna", "", "");
    bruno = agent_comes("bruno", "", "");
    int64_t carla = agent_comes("carla", "repairs", "");
    int64_t ticket = enqueue_in(1, TICKET_MESSAGE, "shop", "it");
    desk_own(desk, carla, ticket, "c");
    expect_told("refused 3 1001 not_yours c");
    desk_own(desk, anna, ticket, "c");
    desk_own(desk, bruno, ticket, "c");
    pump();
    expect_told("moved 1001 owned message>message 1");
    expect_told("refused 2 1001 not_yours c");
    desk_own(desk, bruno, ticket, "d");
    pump();
    expect_told("refused 2 1001 not_yours d");
    desk_close(desk, bruno, ticket, "solved", "e");
    pump();
    expect_told("refused 2 1001 not_yours e");
    desk_release(desk, anna, ticket, "f");
    pump();
    expect_told("moved 1001 released message>message 0");
    desk_own(desk, bruno, ticket, "g");
    pump();
    expect_told("moved 1001 owned message>message 2");
    /* A colleague who is not in holds nothing up. */
    desk_agent_out(desk, bruno);
    desk_own(desk, anna, ticket, "h");
    pump();
    assert_int_equal(owner_of(ticket), anna);
    desk_close(desk, anna, ticket, "solved", "i");
    pump();
    expect_told("moved 1001 closed message>closed 1");
}

static void an_owned_callback_stands_in_no_line(void **state)
{
    (void)state;
    settings.push = true;
    int64_t ticket = enqueue_in(1, TICKET_CALLBACK, "shop", "it");
    settings.push = false;
    anna = agent_comes("anna", "", "");
    bruno = agent_comes("bruno", "", "");
    int64_t second = enqueue(2);
    desk_own(desk, anna, ticket, "c");
    pump();
    expect_told("moved 1001 owned callback>callback 1");
    assert_int_equal(desk_ticket(desk, ticket)->position, 0);
    pass_seconds(1);
    assert_int_equal(desk_ticket(desk, second)->position, 1);
    assert_int_equal(take_next(bruno), second);
    desk_take_next(desk, bruno);
    pump();
    expect_told("refused 2 0 nothing_waits -");
    desk_restart();
    agent_returns(anna);
    agent_returns(bruno);
    assert_int_equal(owner_of(ticket), anna);
    desk_release(desk, anna, ticket, "d");
    pump();
    assert_int_equal(desk_ticket(desk, ticket)->position, 1);
    test_clock.manual_ms++;
    assert_int_equal(take_next(bruno), ticket);
}

static void each_has_as_many_as_they_can_hold(void **state)
{
    (void)state;
    for (int visitor = 1; visitor <= 4; visitor++)
        enqueue(visitor);
    anna = agent_comes("anna", "", "");
    struct user one = {.id = anna, .name = "anna", .capacity = 1};
    desk_agent_changed(desk, &one);
    assert_int_equal(take_next(anna), 1001);
    desk_take_next(desk, anna);
    pump();
    expect_told("refused 1 0 no_room -");
    one.capacity = 3;
    desk_agent_changed(desk, &one);
    test_clock.manual_ms++;
    assert_int_equal(take_next(anna), 1002);
    struct desk_agent agents[1];
    desk_agents(desk, agents, 1);
    assert_int_equal(agents[0].capacity, 3);
    assert_int_equal(desk_help(desk, "", "it").online, 1);
    one.departments = "repairs";
    desk_agent_changed(desk, &one);
    desk_take_next(desk, anna);
    pump();
    expect_told("refused 1 0 nothing_waits -");
}

static void a_slot_that_is_gone_is_not_filled(void **state)
{
    (void)state;
    int64_t ticket = annas_chat();
    enqueue(2);
    assert_int_equal(take_next(bruno), 1002);
    desk_transfer(desk, anna, ticket, bruno, NULL, "c");
    expect_told("transfer 1001 to 2 from anna:  for 30");
    desk_agent_changed(desk, &(struct user){.id = bruno, .name = "bruno", .capacity = 1});
    answer(ticket, true);
    expect_told("transferred 1001 from 1 to 2 bruno -1");
    expect_told("refused 2 1001 no_room c");
    assert_int_equal(owner_of(ticket), anna);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_colleague_who_accepts_has_the_chat),
        TEST(declined_it_stays),
        TEST(an_offer_runs_out),
        TEST(it_ends_when_one_of_them_goes_away_or_the_ticket_changes),
        TEST(closed_while_the_acceptance_was_under_way),
        TEST(who_is_away_full_or_serves_others_is_not_asked),
        TEST(an_offer_keeps_a_slot_free),
        TEST(a_page_that_comes_back_is_told_the_offer_again),
        TEST(a_visitor_who_spoke_last_is_not_silent_after_a_transfer),
        TEST(rerouted_it_waits_there_at_its_own_place),
        TEST(a_message_becomes_somebodys_once),
        TEST(an_owned_callback_stands_in_no_line),
        TEST(each_has_as_many_as_they_can_hold),
        TEST(a_slot_that_is_gone_is_not_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
