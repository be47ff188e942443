/* Lists of ordinals grow, and are turned over. */
#include "understand/numbers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void turns_lists_over(void **state)
{
    const uint32_t at[] = {0, 2, 2, 5}, items[] = {3, 1, 0, 1, 3};
    struct numbers ends = {0}, owners = {0};
    assert_int_equal(numbers_invert(at, items, 3, 4, SIZE_MAX, &ends, &owners), 0);
    const uint32_t wanted_ends[] = {0, 1, 3, 3, 5}, wanted[] = {2, 0, 2, 0, 2};
    assert_memory_equal(ends.items, wanted_ends, sizeof wanted_ends);
    assert_memory_equal(owners.items, wanted, sizeof wanted);
    numbers_free(&ends);
    numbers_free(&owners);
    (void)state;
}

static void cuts_long_lists(void **state)
{
    const uint32_t at[] = {0, 1, 2, 3}, items[] = {0, 0, 0};
    struct numbers ends = {0}, owners = {0};
    assert_int_equal(numbers_invert(at, items, 3, 1, 2, &ends, &owners), 0);
    assert_int_equal(owners.count, 2);
    assert_int_equal(owners.items[1], 1);
    numbers_free(&ends);
    numbers_free(&owners);
    (void)state;
}

static void grows(void **state)
{
    struct numbers n = {0};
    for (uint32_t i = 0; i < 10000; i++)
        numbers_push(&n, i);
    assert_int_equal(n.count, 10000);
    assert_int_equal(n.items[9999], 9999);
    assert_false(n.failed);
    numbers_free(&n);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_lists_over),
        cmocka_unit_test(cuts_long_lists),
        cmocka_unit_test(grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
