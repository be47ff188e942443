/* Phonemes have shapes, and a track tells when each begins. */
#include "text/viseme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void check_track(const char *events, int length, const char *expected)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    int result = viseme_track(events, strlen(events), length, &out);
    if (expected == NULL)
        assert_int_equal(result, -1);
    else {
        assert_int_equal(result, 0);
        assert_string_equal(out.data, expected);
    }
    buf_free(&out);
}

static void phonemes_have_shapes(void **state)
{
    unsigned char shapes[2] = {99, 99};
    assert_int_equal(viseme_of("p", 1, shapes), 1);
    assert_int_equal(shapes[0], 1);
    assert_int_equal(viseme_of("aI", 2, shapes), 2);
    assert_int_equal(shapes[0], 10);
    assert_int_equal(shapes[1], 12);
    assert_int_equal(viseme_of("tS:", 3, shapes), 1);
    assert_int_equal(shapes[0], 6);
    assert_int_equal(viseme_of("'a", 2, shapes), 1);
    assert_int_equal(viseme_of(";", 1, shapes), 0);
    assert_int_equal(viseme_of("nothing-like-it", 15, shapes), 0);
    assert_int_equal(viseme_of("", 0, shapes), 0);
    (void)state;
}

static void a_track_is_two_characters_a_shape(void **state)
{
    check_track("0 w 0 4\n50 p tS\n110 p a\n240 p o\n310 p _\n", 320, "a5g6kdn7a1");
    check_track("0 p a\n", 90, "k9");
    check_track("", 0, "");
    check_track("", 100, "aa");
    (void)state;
}

static void begins_are_rounded_and_do_not_drift(void **state)
{
    /* 16 ms each: rounded one by one they would be 20 ms each. */
    check_track("0 p a\n16 p e\n32 p a\n48 p e\n64 p a\n80 p e\n", 96, "k2l1k2l1k2l2");
    (void)state;
}

static void what_lasts_long_stands_twice_and_what_stays_once(void **state)
{
    check_track("0 p _\n800 p a\n900 p a\n", 1000, "azazaakk");
    /* Too short to be seen. */
    check_track("0 p a\n100 p p\n102 p e\n", 200, "kala");
    (void)state;
}

static void a_diphthong_parts_its_time(void **state)
{
    check_track("0 p aI\n", 200, "kama");
    (void)state;
}

static void what_is_no_event_is_refused(void **state)
{
    const char *const bad[] = {"x\n",   "1 p a", "p a\n", "1pa\n", "-1 p a\n", "99999999999 p a\n",
                               "1 p\n", "\n",    "5 pa\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_track(bad[i], 100, NULL);
    check_track("0 p a\n", -1, NULL);
    check_track("0 p a\n", VISEME_MS_MOST + 1, NULL);
    (void)state;
}

static void times_that_go_back_do_no_harm(void **state)
{
    check_track("500 p a\n100 p e\n", 300, "azaf");
    (void)state;
}

static void a_track_has_a_ceiling(void **state)
{
    struct buf events, out;
    buf_init(&events, 1 << 20);
    buf_init(&out, 1 << 20);
    for (int i = 0; i < 10000; i++)
        buf_printf(&events, "%d p %c\n", i * 20, i % 2 ? 'a' : 'p');
    assert_int_equal(viseme_track(events.data, events.size, 200000, &out), 0);
    assert_int_equal(out.size, VISEME_TRACK_BYTES);
    buf_free(&events);
    buf_free(&out);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phonemes_have_shapes),
        cmocka_unit_test(a_track_is_two_characters_a_shape),
        cmocka_unit_test(begins_are_rounded_and_do_not_drift),
        cmocka_unit_test(what_lasts_long_stands_twice_and_what_stays_once),
        cmocka_unit_test(a_diphthong_parts_its_time),
        cmocka_unit_test(what_is_no_event_is_refused),
        cmocka_unit_test(times_that_go_back_do_no_harm),
        cmocka_unit_test(a_track_has_a_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
