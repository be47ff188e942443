/* A server that keeps failing is left alone for a while, then tried once. */
#include "hooks/breaker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct breaker opened(void)
{
    struct breaker b = {.most = 5, .pause_ms = 30000};
    for (int i = 0; i < 4; i++)
        assert_int_equal(breaker_note(&b, 1000, false), BREAKER_SAME);
    assert_true(breaker_allows(&b, 1000));
    assert_int_equal(breaker_note(&b, 1000, false), BREAKER_OPENED);
    return b;
}

static void failures_in_a_row_open_it(void **state)
{
    (void)state;
    struct breaker b = opened();
    assert_int_equal(b.opened, 1);
    assert_false(breaker_allows(&b, 1000));
    assert_false(breaker_allows(&b, 30999));
}

static void a_success_between_counts_anew(void **state)
{
    (void)state;
    struct breaker b = {.most = 2, .pause_ms = 10};
    for (int i = 0; i < 10; i++) {
        assert_int_equal(breaker_note(&b, i, false), BREAKER_SAME);
        assert_int_equal(breaker_note(&b, i, true), BREAKER_SAME);
    }
    assert_true(breaker_allows(&b, 99));
}

static void after_the_pause_one_may_try(void **state)
{
    (void)state;
    struct breaker b = opened();
    assert_true(breaker_allows(&b, 31000));
    assert_false(breaker_allows(&b, 31000));
    /* It fails again: another pause, of which nobody is told. */
    assert_int_equal(breaker_note(&b, 32000, false), BREAKER_SAME);
    assert_false(breaker_allows(&b, 61999));
    assert_true(breaker_allows(&b, 62000));
    assert_int_equal(breaker_note(&b, 62000, true), BREAKER_CLOSED);
    assert_true(breaker_allows(&b, 62000));
    assert_true(breaker_allows(&b, 62000));
    assert_int_equal(b.opened, 1);
}

static void stragglers_do_not_make_the_pause_longer(void **state)
{
    (void)state;
    struct breaker b = opened();
    assert_int_equal(breaker_note(&b, 20000, false), BREAKER_SAME);
    assert_true(breaker_allows(&b, 31000));
}

static void a_try_without_an_outcome_gives_way_to_another(void **state)
{
    (void)state;
    struct breaker b = opened();
    assert_true(breaker_allows(&b, 31000));
    breaker_forget(&b);
    assert_true(breaker_allows(&b, 31000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failures_in_a_row_open_it),
        cmocka_unit_test(a_success_between_counts_anew),
        cmocka_unit_test(after_the_pause_one_may_try),
        cmocka_unit_test(stragglers_do_not_make_the_pause_longer),
        cmocka_unit_test(a_try_without_an_outcome_gives_way_to_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
