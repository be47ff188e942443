/* The desk's life: loading what the store has, new settings, and looking at it. */
#include "unit/desk/help.h"

static void a_restart_finds_every_ticket_in_order(void **state)
{
    (void)state;
    int64_t anna = agent_comes("anna", "", "");
    enqueue(1);
    enqueue_in(2, TICKET_CALLBACK, "repairs", "en");
    enqueue_in(3, TICKET_MESSAGE, "shop", "it");
    enqueue(4);
    take_next(anna);
    desk_restart();
    const struct ticket *tickets[2];
    assert_int_equal(desk_tickets(desk, tickets, 2), 4);
    assert_int_equal(tickets[0]->id, 1001);
    assert_int_equal(tickets[1]->id, 1002);
    assert_int_equal(state_of(1001), TICKET_CLAIMED);
    assert_int_equal(desk_ticket(desk, 1001)->owner, anna);
    assert_string_equal(desk_ticket(desk, 1001)->owner_name, "anna");
    assert_int_equal(state_of(1002), TICKET_CALLBACK);
    assert_int_equal(state_of(1003), TICKET_MESSAGE);
    assert_int_equal(desk_ticket(desk, 1004)->position, 1);
    assert_int_equal(desk_ticket_of(desk, 4)->id, 1004);
    assert_null(desk_ticket(desk, 1005));
    assert_null(desk_ticket_of(desk, 5));
}

static void visitors_who_do_not_come_back_after_a_restart_are_parked(void **state)
{
    (void)state;
    enqueue(1);
    enqueue(2);
    desk_restart();
    desk_visitor_online(desk, 2, true);
    pass_seconds(120);
    assert_int_equal(state_of(1001), TICKET_PARKED);
    assert_int_equal(state_of(1002), TICKET_WAITING);
    desk_restart();
    desk_visitor_online(desk, 1, true);
    pump();
    assert_int_equal(state_of(1001), TICKET_WAITING);
}

static void nothing_is_given_out_before_it_is_loaded(void **state)
{
    (void)state;
    settings.push = true;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", "");
    desk_decline(desk, anna, ticket);
    pump();
    desk_free(desk);
    desk = desk_new(store, &test_clock, &settings, &words, &listener);
    journal_clear();
    agent_returns(anna); /* pumps nothing of the desk's, which has not asked yet */
    desk_take_next(desk, anna);
    assert_int_equal(desk_tickets(desk, NULL, 0), 0);
    assert_int_equal(journal_size, 0);
    desk_tick(desk); /* a desk that is not loaded loads itself */
    pump();
    assert_true(desk_ready(desk));
    expect_told("moved 1001 taken waiting>claimed 1");
}

static void new_settings_hold_at_once(void **state)
{
    (void)state;
    struct settings wider = settings;
    settings.agent_capacity = 1;
    settings.push = wider.push = true;
    wider.agent_capacity = 3;
    wider.timezone = "America/New_York";
    agent_comes("anna", "", "");
    for (int visitor = 1; visitor <= 4; visitor++)
        enqueue(visitor);
    assert_int_equal(state_of(1001), TICKET_OFFERED);
    assert_int_equal(state_of(1002), TICKET_WAITING);
    desk_settings(desk, &wider);
    pump();
    assert_int_equal(state_of(1003), TICKET_OFFERED);
    assert_int_equal(state_of(1004), TICKET_WAITING);
    static const struct opening mornings[] = {{0, 4 * 60, 6 * 60}}; /* it is 5:00 in New York */
    departments[0].hours = mornings;
    departments[0].hour_count = 1;
    assert_true(desk_help(desk, "shop", "it").open);
}

static void help_counts_who_fits_and_is_open(void **state)
{
    (void)state;
    agent_comes("anna", "shop", "it");
    agent_comes("bruno", "", "en");
    assert_int_equal(desk_help(desk, "", "it").online, 1);
    assert_int_equal(desk_help(desk, "shop", "en").online, 1);
    assert_int_equal(desk_help(desk, "repairs", "it").online, 0);
    assert_true(desk_help(desk, "shop", "it").open);
    static const struct opening afternoons[] = {{0, 14 * 60, 18 * 60}};
    departments[0].hours = afternoons;
    departments[0].hour_count = 1;
    assert_false(desk_help(desk, "shop", "it").open);
    assert_true(desk_help(desk, "repairs", "it").open);
    const char *holidays[] = {"12-01"};
    departments[1].holidays = (struct string_list){holidays, 1};
    assert_false(desk_help(desk, "repairs", "it").open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_restart_finds_every_ticket_in_order),    TEST(visitors_who_do_not_come_back_after_a_restart_are_parked),
        TEST(nothing_is_given_out_before_it_is_loaded), TEST(new_settings_hold_at_once),
        TEST(help_counts_who_fits_and_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
