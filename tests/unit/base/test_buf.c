/* A buffer grows up to its ceiling and says when it was not enough. */
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Formatted where there is room, and after growing where there is not: the same either way. */
static void formatted_pieces_of_any_length_follow_one_another(void **state)
{
    (void)state;
    for (int width = 0; width < 600; width++) {
        char expected[1300];
        struct buf b;
        buf_init(&b, 2000);
        assert_int_equal(buf_printf(&b, "<%*d>", width, 7), 0);
        assert_int_equal(buf_printf(&b, "%s%*d", "è", width, 8), 0);
        int size = snprintf(expected, sizeof expected, "<%*d>%s%*d", width, 7, "è", width, 8);
        assert_int_equal(b.size, size);
        assert_string_equal(b.data, expected);
        buf_free(&b);
    }
}

static void past_the_ceiling_nothing_is_changed(void **state)
{
    (void)state;
    for (size_t ceiling = 3; ceiling < 9; ceiling++) {
        struct buf b;
        buf_init(&b, ceiling);
        assert_int_equal(buf_puts(&b, "abc"), 0);
        int result = buf_printf(&b, "%d", 12345);
        assert_int_equal(result, ceiling < 8 ? -1 : 0);
        assert_string_equal(b.data, ceiling < 8 ? "abc" : "abc12345");
        assert_int_equal(b.failed, ceiling < 8);
        assert_int_equal(buf_printf(&b, "%d", 6), -1);
        assert_int_equal(b.size, strlen(b.data));
        buf_clear(&b);
        assert_int_equal(buf_printf(&b, "%d", 6), 0);
        assert_string_equal(b.data, "6");
        buf_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formatted_pieces_of_any_length_follow_one_another),
        cmocka_unit_test(past_the_ceiling_nothing_is_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
