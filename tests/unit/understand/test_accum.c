/* Sums by ordinal: bounded, and the best of them in order. */
#include "understand/accum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void the_best_come_first(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    struct accum a;
    struct accum_sum best[10];
    assert_int_equal(accum_init(&a, 100, UINT32_MAX, arena), 0);
    for (uint32_t i = 0; i < 100; i++)
        accum_add(&a, i * 1000003u, (float)(i * 37 % 100));
    accum_add(&a, 0, 200);
    assert_true(accum_get(&a, 0) == 200);
    assert_true(accum_get(&a, 7) == 0);
    assert_int_equal(accum_best(&a, 0, best, 10), 10);
    for (size_t i = 1; i < 10; i++)
        assert_true(best[i].value == (float)(100 - i));
    assert_int_equal(best[0].key, 0);
    assert_int_equal(accum_best(&a, 0.495f, best, 10), 2);
    arena_free(arena);
    (void)state;
}

static void equals_are_ordered_by_key(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    struct accum a;
    struct accum_sum best[3];
    accum_init(&a, 8, 9, arena);
    for (uint32_t i = 8; i > 0; i--)
        accum_add(&a, i, 1);
    assert_int_equal(accum_best(&a, 0, best, 3), 3);
    assert_int_equal(best[0].key, 1);
    assert_int_equal(best[2].key, 3);
    arena_free(arena);
    (void)state;
}

static void past_the_ceiling_new_ones_are_dropped(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    struct accum a;
    accum_init(&a, 2, 50, arena);
    for (uint32_t i = 0; i < 50; i++)
        accum_add(&a, i, 1);
    accum_add(&a, 1, 1);
    assert_int_equal(a.count, 2);
    assert_true(accum_get(&a, 1) == 2 && accum_get(&a, 30) == 0);
    arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_come_first),
        cmocka_unit_test(equals_are_ordered_by_key),
        cmocka_unit_test(past_the_ceiling_new_ones_are_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
