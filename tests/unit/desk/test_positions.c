/* Places fall one by one, ranges are honest, and nothing is told twice. */
#include "unit/desk/help.h"

/* Ten chats of five minutes each. */
static void handle_ten(int64_t agent)
{
    for (int i = 0; i < 10; i++) {
        int64_t ticket = enqueue(100 + i - 99);
        assert_int_equal(take_next(agent), ticket);
        for (int minute = 0; minute < 5; minute++) {
            desk_visitor_said(desk, i + 1);
            pass_seconds_alive(60, agent);
        }
        desk_close(desk, agent, ticket, "solved", NULL);
        pump();
        if (i < 9)
            assert_false(desk_help(desk, "shop", "it").ranged);
    }
}

static void under_ten_chats_there_is_no_range_and_then_there_is(void **state)
{
    (void)state;
    int64_t anna = agent_comes("anna", "", "");
    handle_ten(anna);
    struct desk_help help = desk_help(desk, "", "it");
    assert_true(help.open);
    assert_int_equal(help.online, 1);
    assert_true(help.ranged);
    assert_int_equal(help.wait_low, 150); /* 1 × 300 s ÷ 2 slots */
    assert_int_equal(help.wait_high, 342);
    assert_false(desk_help(desk, "repairs", "it").ranged);
    desk_agent_out(desk, anna);
    help = desk_help(desk, "", "it");
    assert_int_equal(help.online, 0);
    assert_false(help.ranged);
}

static void a_wait_beyond_closing_gives_no_range_and_no_hope(void **state)
{
    (void)state;
    static struct opening hours[1] = {{0, 9 * 60, 24 * 60}};
    int64_t anna = agent_comes("anna", "", "");
    handle_ten(anna); /* it is 11:50 */
    departments[0].hours = hours;
    departments[0].hour_count = 1;
    assert_true(desk_help(desk, "", "it").ranged);
    hours[0].to = 11 * 60 + 54; /* after the low end, before the high one */
    assert_false(desk_help(desk, "", "it").ranged);
    assert_true(desk_help(desk, "", "it").open);
    assert_true(desk_help(desk, "", "it").beyond);
    hours[0].to = 11 * 60 + 51;
    assert_false(desk_help(desk, "", "it").open);
    assert_true(desk_help(desk, "", "it").beyond);
    hours[0].to = 11 * 60;
    assert_false(desk_help(desk, "", "it").open);
    assert_false(desk_help(desk, "", "it").beyond);
}

/* Nobody moves, but closing time comes nearer. */
static void a_range_is_taken_back_when_closing_time_is_near(void **state)
{
    (void)state;
    static struct opening hours[1] = {{0, 9 * 60, 12 * 60}};
    int64_t anna = agent_comes("anna", "", "");
    handle_ten(anna); /* it is 11:50 */
    departments[0].hours = hours;
    departments[0].hour_count = 1;
    enqueue(11);
    enqueue(12);
    take_next(anna);
    int64_t ticket = desk_ticket_of(desk, 12)->id;
    pass_seconds_alive(2, anna);
    char line[64];
    snprintf(line, sizeof line, "position %lld 1 1 150 342", (long long)ticket);
    expect_told(line);
    for (int i = 0; i < 7; i++) {
        desk_visitor_said(desk, 11);
        pass_seconds_alive(60, anna);
    }
    snprintf(line, sizeof line, "position %lld 1 0 0 0", (long long)ticket);
    expect_told(line);
    journal_clear();
    pass_seconds_alive(5, anna);
    expect_not_told(line);
}

static void places_are_told_only_when_they_change(void **state)
{
    (void)state;
    int64_t anna = agent_comes("anna", "", "");
    enqueue(1);
    enqueue(2);
    enqueue_in(3, TICKET_WAITING, "shop", "en");
    expect_told("position 1003 1 0 0 0");
    pass_seconds_alive(1, anna);
    journal_clear();
    pass_seconds_alive(100, anna);
    assert_int_equal(journal_size, 0);
    take_next(anna);
    pass_seconds_alive(1, anna);
    expect_told("position 1002 1 0 0 0");
    expect_not_told("position 1003 1 0 0 0");
    assert_int_equal(desk_ticket(desk, 1001)->position, 0);
}

static void a_declined_offer_moves_nobody_back(void **state)
{
    (void)state;
    settings.push = true;
    settings.agent_capacity = 1;
    int64_t anna = agent_comes("anna", "", "");
    enqueue(1);
    enqueue(2);
    pass_seconds_alive(1, anna);
    assert_int_equal(state_of(1001), TICKET_OFFERED);
    assert_int_equal(desk_ticket(desk, 1002)->position, 2);
    desk_decline(desk, anna, 1001);
    journal_clear();
    pass_seconds_alive(2, anna);
    assert_int_equal(desk_ticket(desk, 1002)->position, 2);
    expect_not_told("position 1002 2 0 0 0");
}

static void strangers_words_make_no_lanes(void **state)
{
    (void)state;
    for (int i = 0; i < 6000; i++) {
        char lang[16];
        snprintf(lang, sizeof lang, "x%d", i);
        desk_help(desk, "nowhere", lang);
    }
    assert_int_equal(state_of(enqueue(1)), TICKET_WAITING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(under_ten_chats_there_is_no_range_and_then_there_is),
        TEST(a_wait_beyond_closing_gives_no_range_and_no_hope),
        TEST(a_range_is_taken_back_when_closing_time_is_near),
        TEST(places_are_told_only_when_they_change),
        TEST(a_declined_offer_moves_nobody_back),
        TEST(strangers_words_make_no_lanes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
