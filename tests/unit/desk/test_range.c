/* The waiting range is the formula, and is not given where it would be a guess. */
#include "desk/range.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void follows_the_formula(void **state)
{
    (void)state;
    int low = -1, high = -1;
    assert_true(range_of(4, 3, 10, 300.0, &low, &high));
    assert_int_equal(low, 400);
    assert_int_equal(high, 656); /* 400 + 1.28 × 300 × 2 ÷ 3 */
    assert_true(range_of(1, 1, 50, 0.5, &low, &high));
    assert_int_equal(low, 0);
    assert_int_equal(high, 2);
}

static void is_not_given_where_it_would_be_a_guess(void **state)
{
    (void)state;
    int low = -1, high = -1;
    assert_false(range_of(4, 3, 9, 300.0, &low, &high));
    assert_false(range_of(4, 0, 10, 300.0, &low, &high));
    assert_false(range_of(0, 3, 10, 300.0, &low, &high));
    assert_false(range_of(1, 3, 10, -1.0, &low, &high));
    assert_int_equal(low, -1);
    assert_int_equal(high, -1);
    assert_true(range_of(100000, 1, 10, 1e9, &low, &high));
    assert_int_equal(high, RANGE_SECONDS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_the_formula),
        cmocka_unit_test(is_not_given_where_it_would_be_a_guess),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
