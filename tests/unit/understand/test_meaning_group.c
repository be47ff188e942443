/* Few entries have no groups; of many, those that are alike come into one. */
#include "understand/meaning_format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void groups_are_for_many(void **state)
{
    assert_int_equal(meaning_group_count(0), 0);
    assert_int_equal(meaning_group_count(MEANING_SCANNED), 0);
    assert_int_equal(meaning_group_count(MEANING_SCANNED + 1), 128);
    assert_int_equal(meaning_group_count(1000000), 1000);
    assert_int_equal(meaning_group_count(100000000), 1024);
    (void)state;
}

static void the_alike_come_together(void **state)
{
    enum { COUNT = 4000, GROUPS = 4, STRIDE = 16 };
    static int8_t rows[COUNT * STRIDE];
    static float scales[COUNT], middles[GROUPS * STRIDE];
    static uint32_t group[COUNT];
    for (size_t i = 0; i < COUNT; i++) { /* four axes, with a little of another */
        float v[STRIDE] = {0};
        v[i * GROUPS / COUNT] = 1;
        v[4 + i % 12] = 0.3f;
        scales[i] = meaning_steps8(v, STRIDE, STRIDE, rows + i * STRIDE);
    }
    assert_int_equal(meaning_group(rows, scales, COUNT, STRIDE, STRIDE, GROUPS, group, middles), 0);
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(group[i], group[i / (COUNT / GROUPS) * (COUNT / GROUPS)]);
    assert_true(group[0] != group[1000] && group[1000] != group[2000] && group[2000] != group[3000]);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_are_for_many),
        cmocka_unit_test(the_alike_come_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
