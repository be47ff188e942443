/* Sums by ordinal: bounded, and the best of them in order. */
#include "base/hash.h"
#include "understand/accum.h"

#include <math.h>

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

/* As many slots as keys, fewer than keys, and a ceiling that all of them reach. */
static void sums_are_right_however_many_keys_there_are(void **state)
{
    enum { KEYS = 5000, ADDED = 20000 };
    static const struct {
        size_t ceiling, keys;
        uint32_t step;
    } rows[] = {{KEYS, KEYS, 1}, {KEYS, 64 * KEYS, 64}, {KEYS, UINT32_MAX, 4096}, {KEYS, UINT32_MAX, 65537}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        static float sums[KEYS];
        struct arena *arena = arena_new(1 << 20);
        struct accum a;
        uint64_t chance = 5;
        memset(sums, 0, sizeof sums);
        assert_int_equal(accum_init(&a, rows[r].ceiling, rows[r].keys, arena), 0);
        for (size_t i = 0; i < ADDED; i++) {
            chance = hash_mix(chance + 1);
            size_t key = chance % KEYS;
            sums[key] += (float)(chance >> 50);
            accum_add(&a, (uint32_t)key * rows[r].step, (float)(chance >> 50));
        }
        for (size_t key = 0; key < KEYS; key++)
            assert_true(accum_get(&a, (uint32_t)key * rows[r].step) == sums[key]);
        assert_true(accum_get(&a, UINT32_MAX) == 0);
        arena_free(arena);
    }
    (void)state;
}

static void without_room_there_is_nothing(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    struct accum a;
    struct accum_sum best[3];
    assert_int_equal(accum_init(&a, 0, 0, arena), 0);
    accum_add(&a, 7, 1);
    assert_true(accum_get(&a, 7) == 0);
    assert_int_equal(accum_best(&a, 0.5f, best, 3), 0);
    arena_free(arena);
    (void)state;
}

/* What a damaged image may bring. */
static void what_is_no_sum_is_not_among_the_best(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    struct accum a;
    struct accum_sum best[8];
    accum_init(&a, 8, 8, arena);
    accum_add(&a, 0, NAN);
    accum_add(&a, 1, -3);
    accum_add(&a, 2, -0.0f);
    accum_add(&a, 3, 2);
    accum_add(&a, 4, INFINITY);
    assert_int_equal(accum_best(&a, 0, best, 8), 0); /* no share of what is endless */
    accum_init(&a, 8, 8, arena);
    accum_add(&a, 0, NAN);
    accum_add(&a, 1, -3);
    accum_add(&a, 2, -0.0f);
    accum_add(&a, 3, 2);
    assert_int_equal(accum_best(&a, 0, best, 8), 2);
    assert_true(best[0].key == 3 && best[1].key == 2);
    assert_int_equal(accum_best(&a, 0, best, 0), 0);
    arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_come_first),
        cmocka_unit_test(equals_are_ordered_by_key),
        cmocka_unit_test(past_the_ceiling_new_ones_are_dropped),
        cmocka_unit_test(sums_are_right_however_many_keys_there_are),
        cmocka_unit_test(without_room_there_is_nothing),
        cmocka_unit_test(what_is_no_sum_is_not_among_the_best),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
