/* Rates and numbers of connections have limits, guessing passwords is slow, and the guard forgets. */
#include "net/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct clock clock_;
static struct guard *guard;
static const struct settings settings = {.messages_per_minute = 20,
                                         .messages_burst = 6,
                                         .address_messages_per_minute = 60,
                                         .address_connections = 3,
                                         .visitor_connections = 2,
                                         .connections = 4,
                                         .logins_per_minute = 10};

static int set_up(void **state)
{
    (void)state;
    clock_ = clock_manual(1000000);
    guard = guard_new(&clock_, 100);
    guard_limits(guard, &settings);
    return guard == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    guard_free(guard);
    return 0;
}

static struct address address_of(const char *text)
{
    struct address a;
    assert_int_equal(address_read(text, strlen(text), &a), 0);
    return a;
}

static void a_visitor_has_a_burst_and_a_rate(void **state)
{
    (void)state;
    struct guard_entry *address = guard_hold(guard, GUARD_ADDRESS, "a", 1);
    struct guard_entry *visitor = guard_hold(guard, GUARD_VISITOR, "v", 1);
    for (int i = 0; i < 6; i++)
        assert_int_equal(guard_spend(guard, visitor, address, 1), 0);
    int wait = guard_spend(guard, visitor, address, 1);
    assert_in_range(wait, 2900, 3001);
    clock_.manual_ms += wait;
    assert_int_equal(guard_spend(guard, visitor, address, 1), 0);
    assert_true(guard_spend(guard, visitor, address, 1) > 0);
    clock_.manual_ms += 60000;
    for (int i = 0; i < 6; i++)
        assert_int_equal(guard_spend(guard, visitor, address, 1), 0);
    assert_true(guard_spend(guard, visitor, address, 1) > 0);
    guard_release(guard, visitor);
    guard_release(guard, address);
}

static void many_visitors_of_one_address_share_its_rate(void **state)
{
    (void)state;
    struct guard_entry *address = guard_hold(guard, GUARD_ADDRESS, "a", 1);
    int taken = 0;
    for (int v = 0; v < 20; v++) {
        char key[8];
        int size = snprintf(key, sizeof key, "v%d", v);
        struct guard_entry *visitor = guard_hold(guard, GUARD_VISITOR, key, (size_t)size);
        for (int i = 0; i < 6; i++)
            taken += guard_spend(guard, visitor, address, 1) == 0;
        guard_release(guard, visitor);
    }
    assert_int_equal(taken, 60);
    guard_release(guard, address);
}

static void connections_have_limits(void **state)
{
    (void)state;
    struct guard_entry *held[3];
    for (int i = 0; i < 3; i++)
        assert_non_null(held[i] = guard_hold(guard, GUARD_ADDRESS, "a", 1));
    assert_null(guard_hold(guard, GUARD_ADDRESS, "a", 1));
    assert_non_null(guard_hold(guard, GUARD_ADDRESS, "b", 1));
    guard_release(guard, held[0]);
    assert_non_null(guard_hold(guard, GUARD_ADDRESS, "a", 1));
    assert_non_null(guard_hold(guard, GUARD_VISITOR, "a", 1));
    assert_non_null(guard_hold(guard, GUARD_VISITOR, "a", 1));
    assert_null(guard_hold(guard, GUARD_VISITOR, "a", 1));
    for (int i = 0; i < 4; i++)
        assert_true(guard_enter(guard));
    assert_false(guard_enter(guard));
    guard_leave(guard);
    assert_true(guard_enter(guard));
}

static void guessing_is_slow_and_locks_nobody_else_out(void **state)
{
    (void)state;
    struct address thief = address_of("203.0.113.5"), owner = address_of("198.51.100.5");
    int wait = 0, tries = 0;
    for (int i = 0; i < 50; i++)
        tries += (wait = guard_login(guard, &thief, "ada")) == 0;
    assert_int_equal(tries, 5);
    assert_in_range(wait, 900, 1001);
    /* Ten minutes of patience: the pauses double. */
    for (int i = 0; i < 600; i++) {
        clock_.manual_ms += 1000;
        tries += guard_login(guard, &thief, "ada") == 0;
    }
    assert_in_range(tries, 6, 16);
    /* Other names from there are held by the address's own rate. */
    int others = 0;
    for (int i = 0; i < 50; i++) {
        char name[32];
        snprintf(name, sizeof name, "user%d", i);
        others += guard_login(guard, &thief, name) == 0;
    }
    assert_in_range(others, 1, 10);
    assert_int_equal(guard_login(guard, &owner, "ada"), 0);
    guard_login_good(guard, &owner, "ada");
    for (int i = 0; i < 100; i++) {
        assert_int_equal(guard_login(guard, &owner, "ada"), 0);
        guard_login_good(guard, &owner, "ada");
    }
}

static void forgets_and_has_a_ceiling(void **state)
{
    (void)state;
    for (int i = 0; i < 1000; i++) {
        char name[32];
        snprintf(name, sizeof name, "10.0.%d.%d", i / 250, i % 250);
        struct address a = address_of(name);
        guard_login(guard, &a, "ada");
    }
    assert_in_range(guard_entries(guard), 150, 200);
    clock_.manual_ms += 3600000;
    for (int i = 0; i < 60; i++)
        guard_tick(guard);
    assert_int_equal(guard_entries(guard), 0);
    struct guard_entry *held = guard_hold(guard, GUARD_ADDRESS, "a", 1);
    for (int i = 0; i < 60; i++)
        guard_tick(guard);
    assert_int_equal(guard_entries(guard), 1);
    guard_release(guard, held);
}

/* A flood from everywhere, and from the very address of the one it is against, leaves that one's own browser alone. */
static void a_browser_of_ones_own_is_not_held_up_by_a_flood(void **state)
{
    (void)state;
    enum { OWN_BROWSER = 7 };
    struct address office = address_of("198.51.100.5");
    for (int minute = 0; minute < 20; minute++) {
        for (int i = 0; i < 400; i++) {
            char from[32];
            snprintf(from, sizeof from, "10.%d.%d.%d", minute, i / 250, i % 250);
            struct address a = address_of(from);
            guard_login(guard, &a, "ada");
            guard_login(guard, &office, "ada");
        }
        clock_.manual_ms += 60000;
        assert_int_equal(guard_try(guard, GUARD_DEVICE, OWN_BROWSER), 0);
        guard_try_good(guard, GUARD_DEVICE, OWN_BROWSER);
    }
    /* But it is no way to guess either. */
    int tries = 0;
    for (int i = 0; i < 900; i++) {
        tries += guard_try(guard, GUARD_DEVICE, OWN_BROWSER) == 0;
        clock_.manual_ms += 1000;
    }
    assert_in_range(tries, 5, 16);
}

static void codes_of_one_user_are_counted_wherever_they_come_from(void **state)
{
    (void)state;
    int tries = 0;
    for (int i = 0; i < 100; i++)
        tries += guard_try(guard, GUARD_CODE, 1) == 0;
    assert_int_equal(tries, 5);
    assert_int_equal(guard_try(guard, GUARD_CODE, 2), 0);
    assert_int_equal(guard_try(guard, GUARD_DEVICE_CODE, 1), 0);
    clock_.manual_ms += 16 * 60000;
    assert_int_equal(guard_try(guard, GUARD_CODE, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_visitor_has_a_burst_and_a_rate, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_visitors_of_one_address_share_its_rate, set_up, tear_down),
        cmocka_unit_test_setup_teardown(connections_have_limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(guessing_is_slow_and_locks_nobody_else_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_browser_of_ones_own_is_not_held_up_by_a_flood, set_up, tear_down),
        cmocka_unit_test_setup_teardown(codes_of_one_user_are_counted_wherever_they_come_from, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forgets_and_has_a_ceiling, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
