/* What is kept of a conversation says neither who it was nor how to reach them. */
#include "conversation/kept.h"
#include "store/learn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void names_and_numbers_are_hidden(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    assert_string_equal(
        kept_text(a, "Buongiorno Màrio,\n\nscriva a mario@olmo.example o 049 123 4567.", "Mario De Rossi"),
        "Buongiorno …,\n\nscriva a …@… o ### ### ####.");
    assert_string_equal(kept_text(a, "signora ROSSI e de rossi", "Mario De Rossi"), "signora … e de …");
    assert_string_equal(kept_text(a, "il marione resta", "Mario"), "il marione resta");
    assert_string_equal(kept_line(a, "  affilate\n\tle   forbici? ", NULL), "affilate le forbici?");
    assert_string_equal(kept_line(a, "", ""), "");
    assert_string_equal(kept_fold(a, "Affilàte le forbici?"), "affilate le forbici");
    arena_free(a);
}

static void a_line_is_cut_at_a_whole_character(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    char text[LEARN_TEXT_BYTES + 3];
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "è", 3);
    memmove(text + 1, text, sizeof text - 2);
    text[0] = 'x';
    text[sizeof text - 1] = '\0';
    const char *line = kept_line(a, text, NULL);
    assert_int_equal(strlen(line), LEARN_TEXT_BYTES - 1);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_and_numbers_are_hidden),
                                       cmocka_unit_test(a_line_is_cut_at_a_whole_character)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
