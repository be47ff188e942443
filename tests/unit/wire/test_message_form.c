/* The log-in form is one flat object of strings; anything else is refused. */
#include "wire/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const names[] = {"name", "password"};
static const char *values[2];

static int reads(const char *json, struct arena *arena)
{
    return message_form(json, strlen(json), names, 2, arena, values);
}

static void strings_by_name(void **state)
{
    (void)state;
    struct arena *arena = arena_new(4096);
    assert_int_equal(reads("{\"password\":\"p\xc3\xa0 \\\"x\",\"name\":\"ada\",\"more\":1}", arena), 0);
    assert_string_equal(values[0], "ada");
    assert_string_equal(values[1], "p\xc3\xa0 \"x");
    assert_int_equal(reads("{\"name\":\"ada\"}", arena), 0);
    assert_null(values[1]);
    arena_free(arena);
}

static void refuses_other_shapes(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",        "[]", "{\"name\":1}", "{\"name\":{}}", "{\"name\":\"a\",\"name\":\"b\"}", "{\"name\":\"a\\u0000\"}",
        "name=ada"};
    struct arena *arena = arena_new(4096);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(reads(wrong[i], arena), -1);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_by_name),
        cmocka_unit_test(refuses_other_shapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
