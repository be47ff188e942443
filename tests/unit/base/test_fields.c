/* Texts one after another come back as they were. */
#include "base/fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void come_back_as_they_were(void **state)
{
    static const char *const texts[] = {"", "uno", "due\ntre", "\\", "\\n", "\n\\\n", "è\t", "fine\\"};
    struct arena *arena = arena_new(1 << 16);
    struct buf out;
    buf_init(&out, 1 << 10);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        fields_put(&out, texts[i]);
    const char *at = out.data;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(fields_next(&at, arena), texts[i]);
    assert_null(fields_next(&at, arena));
    assert_int_equal(*at, '\0');
    buf_free(&out);
    arena_free(arena);
    (void)state;
}

static void what_is_not_ended_is_no_field(void **state)
{
    struct arena *arena = arena_new(1 << 12);
    const char *at = "uno\ndue";
    assert_string_equal(fields_next(&at, arena), "uno");
    assert_null(fields_next(&at, arena));
    assert_string_equal(at, "due");
    at = "a\\\n";
    assert_string_equal(fields_next(&at, arena), "a\\");
    arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(come_back_as_they_were),
        cmocka_unit_test(what_is_not_ended_is_no_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
