/* What a conversation holds goes into a text and comes back; what does not fit is refused when it is set. */
#include "dialogue/talk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
    *state = arena_new(8 << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static struct talk filled(struct arena *arena)
{
    struct talk t = {.arena = arena,
                     .waiting = TALK_SLOT,
                     .intent = "corso",
                     .lang = "it",
                     .hash = UINT64_MAX - 3,
                     .step = 4,
                     .slot = "giorno",
                     .tries = 2,
                     .since = 1803895200};
    assert_int_equal(talk_set(&t, TALK_SLOT_PREFIX "nome", "riga uno\nriga due \\ tre"), 0);
    assert_int_equal(talk_set(&t, "o.stato", ""), 0);
    assert_int_equal(talk_set(&t, "o.righe.1", "viti"), 0);
    assert_int_equal(talk_set(&t, "oggi", "sì"), 0);
    return t;
}

static void comes_back_the_same(void **state)
{
    char text[DIALOGUE_TALK_BYTES];
    struct talk t = filled(*state), back;
    assert_int_equal(talk_write(&t, text, sizeof text), 0);
    assert_int_equal(talk_read(text, *state, &back), 0);
    assert_int_equal(back.waiting, TALK_SLOT);
    assert_string_equal(back.intent, "corso");
    assert_string_equal(back.lang, "it");
    assert_true(back.hash == t.hash);
    assert_int_equal(back.step, 4);
    assert_string_equal(back.slot, "giorno");
    assert_int_equal(back.tries, 2);
    assert_true(back.since == t.since);
    assert_int_equal(back.variable_count, 4);
    assert_string_equal(talk_get(&back, TALK_SLOT_PREFIX "nome"), "riga uno\nriga due \\ tre");
    assert_string_equal(talk_get(&back, "o.stato"), "");
    assert_null(talk_get(&back, "nome"));
}

static void an_empty_talk_is_no_text(void **state)
{
    char text[DIALOGUE_TALK_BYTES] = "x";
    struct talk t;
    assert_int_equal(talk_read("", *state, &t), 0);
    assert_int_equal(talk_write(&t, text, sizeof text), 0);
    assert_string_equal(text, "");
}

static void ending_keeps_variables_and_leaving_keeps_slots_too(void **state)
{
    char text[DIALOGUE_TALK_BYTES];
    struct talk t = filled(*state), back;
    talk_leave(&t);
    assert_int_equal(t.waiting, TALK_NOTHING);
    assert_int_equal(talk_write(&t, text, sizeof text), 0);
    assert_int_equal(talk_read(text, *state, &back), 0);
    assert_string_equal(back.intent, "corso");
    assert_non_null(talk_get(&back, TALK_SLOT_PREFIX "nome"));
    talk_end(&back);
    assert_null(back.intent);
    assert_null(talk_get(&back, TALK_SLOT_PREFIX "nome"));
    assert_string_equal(talk_get(&back, "oggi"), "sì");
}

static void what_lies_below_a_name_is_unset(void **state)
{
    struct talk t = filled(*state);
    talk_unset_below(&t, "o");
    assert_null(talk_get(&t, "o.stato"));
    assert_null(talk_get(&t, "o.righe.1"));
    assert_non_null(talk_get(&t, "oggi"));
    assert_int_equal(talk_set(&t, "oggi", NULL), 0);
    assert_null(talk_get(&t, "oggi"));
    assert_int_equal(talk_set(&t, "nessuno", NULL), 0);
    assert_int_equal(t.variable_count, 1);
}

/* Whatever can be set can be written: also where each sign takes up two. */
static void what_fits_can_be_written(void **state)
{
    static const char *const pieces[] = {"x", "\n", "\\", "a\n"};
    char text[DIALOGUE_TALK_BYTES], value[1001], name[32];
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        struct talk t = filled(*state);
        size_t size = strlen(pieces[p]), set = 0;
        for (size_t i = 0; i < 1000; i++)
            value[i] = pieces[p][i % size];
        value[1000] = '\0';
        for (snprintf(name, sizeof name, "v0"); talk_set(&t, name, value) == 0;
             snprintf(name, sizeof name, "v%zu", set))
            set++;
        assert_true(set >= 2 && set <= 7);
        for (value[1] = '\0'; talk_set(&t, name, value) == 0 && set < 2 * TALK_VARIABLES_MAX;
             snprintf(name, sizeof name, "v%zu", ++set))
            ;
        assert_true(t.variable_count <= TALK_VARIABLES_MAX);
        assert_int_equal(talk_write(&t, text, sizeof text), 0);
        struct talk back;
        assert_int_equal(talk_read(text, *state, &back), 0);
        assert_int_equal(back.variable_count, t.variable_count);
    }
}

static void a_refused_value_leaves_the_one_before(void **state)
{
    static char large[TALK_VALUE_BYTES + 2];
    struct talk t = filled(*state);
    memset(large, 'x', sizeof large - 1);
    assert_int_equal(talk_set(&t, "oggi", large), -1);
    assert_string_equal(talk_get(&t, "oggi"), "sì");
    large[TALK_VALUE_BYTES] = '\0';
    assert_int_equal(talk_set(&t, "oggi", large), 0);
    assert_int_equal(talk_set(&t, "domani", large), -1);
    assert_null(talk_get(&t, "domani"));
}

static void broken_text_is_an_empty_talk(void **state)
{
    static const char *const broken[] = {"x",
                                         "1",
                                         "1\n",
                                         "2\n1\na\nit\n0\n0\ns\n1\n0\n",
                                         "1\n9\na\nit\n0\n0\ns\n1\n0\n",
                                         "1\n1\na\nit\nzz\n0\ns\n1\n0\n",
                                         "1\n1\na\nit\n0\n-1\ns\n1\n0\n",
                                         "1\n1\na\nit\n0\n0\ns\n1\n",
                                         "1\n1\na\nit\n0\n99999999999\ns\n1\n0\n"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct talk t;
        assert_int_equal(talk_read(broken[i], *state, &t), 0);
        assert_int_equal(t.waiting, TALK_NOTHING);
        assert_int_equal(t.variable_count, 0);
        assert_null(t.intent);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(comes_back_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_talk_is_no_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ending_keeps_variables_and_leaving_keeps_slots_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_lies_below_a_name_is_unset, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_fits_can_be_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_refused_value_leaves_the_one_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(broken_text_is_an_empty_talk, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
