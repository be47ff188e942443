/* How often agents are told: what is news, and how many times a minute. */
#include "hooks/push_pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { MINUTE = 60000 };

static int setup(void **state)
{
    *state = push_pace_new();
    return *state != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    push_pace_free(*state);
    return 0;
}

static void a_ticket_that_waits_is_news_once_each_time_it_comes_to_the_queue(void **state)
{
    struct ticket t = {.id = 7};
    assert_true(push_pace_news(*state, PUSH_WAITING, &t, 1000));
    assert_false(push_pace_news(*state, PUSH_WAITING, &t, 1000 + 60 * MINUTE));
    t.claimed_ms = 5000;
    assert_true(push_pace_news(*state, PUSH_WAITING, &t, 1000 + 61 * MINUTE));
    t.id = 8;
    assert_true(push_pace_news(*state, PUSH_WAITING, &t, 1000 + 61 * MINUTE));
}

static void a_message_is_news_again_after_a_while(void **state)
{
    const struct ticket t = {.id = 7};
    assert_true(push_pace_news(*state, PUSH_SAID, &t, 1000));
    assert_false(push_pace_news(*state, PUSH_SAID, &t, 1000 + PUSHER_AGAIN_MS - 1));
    assert_true(push_pace_news(*state, PUSH_SAID, &t, 1000 + PUSHER_AGAIN_MS));
}

static void nobody_is_told_more_often_a_minute_than_is_set(void **state)
{
    assert_true(push_pace_spend(*state, 3, 2, 1000));
    assert_true(push_pace_spend(*state, 3, 2, 2000));
    assert_false(push_pace_spend(*state, 3, 2, 1000 + MINUTE - 1));
    assert_true(push_pace_spend(*state, 4, 2, 3000));
    assert_true(push_pace_spend(*state, 3, 2, 1000 + MINUTE));
}

static void who_is_beyond_those_counted_is_not_told_until_a_place_is_free(void **state)
{
    for (int64_t user = 1; user <= PUSHER_USERS_MAX; user++)
        assert_true(push_pace_spend(*state, user, 1, 1000));
    assert_false(push_pace_spend(*state, PUSHER_USERS_MAX + 1, 1, 1000));
    assert_true(push_pace_spend(*state, PUSHER_USERS_MAX + 1, 1, 1000 + MINUTE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_ticket_that_waits_is_news_once_each_time_it_comes_to_the_queue, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_message_is_news_again_after_a_while, setup, teardown),
        cmocka_unit_test_setup_teardown(nobody_is_told_more_often_a_minute_than_is_set, setup, teardown),
        cmocka_unit_test_setup_teardown(who_is_beyond_those_counted_is_not_told_until_a_place_is_free, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
