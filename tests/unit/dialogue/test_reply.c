/* Options are named as picks send them back; what was shown is remembered, within bounds. */
#include "dialogue/reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void options_are_named(void **state)
{
    struct arena *arena = arena_new(1 << 16);
    assert_string_equal(reply_option_id(arena, OPTION_ENTRY, "a"), "entry:a");
    assert_string_equal(reply_option_id(arena, OPTION_INTENT, "b"), "intent:b");
    assert_string_equal(reply_option_id(arena, OPTION_AGENT, ""), "agent:");
    assert_string_equal(reply_option_id(arena, OPTION_URL, "https://x.example/"), "url:https://x.example/");
    arena_free(arena);
    (void)state;
}

static void what_was_shown_is_remembered_once(void **state)
{
    struct dialogue_memory m = {0};
    reply_remember_shown(&m, "entry:a");
    reply_remember_shown(&m, "entry:a");
    assert_int_equal(m.shown_count, 1);
    for (int i = 0; i < 100; i++) {
        char id[300];
        snprintf(id, sizeof id, "entry:%d-%0200d", i, i);
        reply_remember_shown(&m, id);
    }
    assert_int_equal(m.shown_count, DIALOGUE_SHOWN_MAX);
    assert_int_equal(strlen(m.shown[5]), DIALOGUE_ID_BYTES - 1);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_are_named),
        cmocka_unit_test(what_was_shown_is_remembered_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
