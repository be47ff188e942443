/* The bytes of a frame are refused before parsing where they are no UTF-8, hold a NUL or nest too deep. */
#include "wire/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void refuses_what_is_no_utf8(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "\x80",             /* a continuation alone */
        "\xc0\xaf",         /* an overlong slash */
        "\xe0\x80\xaf",     /* the same in three bytes */
        "\xf0\x80\x80\xaf", /* and in four */
        "\xc1\x81",         /* an overlong letter */
        "\xed\xa0\x80",     /* a surrogate */
        "\xf4\x90\x80\x80", /* past U+10FFFF */
        "\xf8\x88\x80\x80\x80",
        "\xfe",
        "\xc3",         /* cut */
        "\xe2\x82",     /* cut */
        "\xf0\x9f\x98", /* cut */
        "\xc3(",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_string_equal(scan_frame(wrong[i], strlen(wrong[i]), 8), "not valid UTF-8");
}

static void takes_every_length_of_utf8(void **state)
{
    (void)state;
    static const char right[] = "{\"a\":\"perch\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80 \xed\x9f\xbf \xee\x80\x80\"}";
    assert_null(scan_frame(right, sizeof right - 1, 8));
}

static void refuses_nul_in_both_forms(void **state)
{
    (void)state;
    assert_non_null(scan_frame("{\"a\":\"\0\"}", 9, 8));
    static const char escaped[] = "{\"a\":\"\\u0000\"}";
    assert_non_null(scan_frame(escaped, sizeof escaped - 1, 8));
    /* A backslash that is itself escaped begins nothing. */
    static const char harmless[] = "{\"a\":\"\\\\u0000\"}";
    assert_null(scan_frame(harmless, sizeof harmless - 1, 8));
}

static void counts_depth_outside_strings_only(void **state)
{
    (void)state;
    static const char eight[] = "[[[[[[[[]]]]]]]]", nine[] = "[[[[[[[[[]]]]]]]]]";
    static const char said[] = "{\"a\":\"[[[[[[[[[[\\\"[[[[[[\"}", many[] = "[[],[],[],[],[],[],[],[],[],[]]";
    assert_null(scan_frame(eight, sizeof eight - 1, 8));
    assert_string_equal(scan_frame(nine, sizeof nine - 1, 8), "nested too deep");
    assert_null(scan_frame(said, sizeof said - 1, 8));
    assert_null(scan_frame(many, sizeof many - 1, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_is_no_utf8),
        cmocka_unit_test(takes_every_length_of_utf8),
        cmocka_unit_test(refuses_nul_in_both_forms),
        cmocka_unit_test(counts_depth_outside_strings_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
