/* Calendar: dates written and read, and what lies between two. */
#include "aiml/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>
#include <time.h>

static const char *written(struct aiml_clock c, const char *format, bool italian)
{
    static char text[400];
    struct buf out;
    buf_init(&out, sizeof text - 1);
    calendar_write(c, format, italian, &out);
    memcpy(text, out.data, out.size + 1);
    buf_free(&out);
    return text;
}

static void every_letter_agrees_with_strftime(void **state)
{
    (void)state;
    static const char *const formats[] = {"%A %a", "%B %b %h",    "%C %d %e", "%H %I", "%j",    "%k %l",    "%M %m %S",
                                          "%p",    "%U %W %u %w", "%Y %y %%", "%c",    "%D %F", "%R %r %T", "%x %X"};
    for (int day = 0; day < 800; day += 3) {
        time_t at = 1700000000 + (time_t)day * 86400 + day * 977;
        struct tm tm;
        char expected[400];
        gmtime_r(&at, &tm);
        struct aiml_clock c = {tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec};
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
            strftime(expected, sizeof expected, formats[i], &tm);
            assert_string_equal(written(c, formats[i], false), expected);
        }
        assert_int_equal(calendar_seconds(c) - calendar_seconds((struct aiml_clock){1970, 1, 1, 0, 0, 0}), at);
    }
}

static void italian_has_its_own_names(void **state)
{
    (void)state;
    struct aiml_clock c = {2026, 12, 8, 9, 5, 0};
    assert_string_equal(written(c, "%A %-d %B, %a %b", true), "martedì 8 dicembre, mar dic");
    assert_string_equal(written(c, "%", true), "%");
    assert_string_equal(written((struct aiml_clock){2026, 13, 1, 0, 0, 0}, "%A", false), "");
}

static void what_was_written_can_be_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *format;
        struct aiml_clock c;
        bool good;
    } cases[] = {
        {"25 December 2026", "%d %B %Y", {2026, 12, 25, 0, 0, 0}, true},
        {"dec 25", "%b %d", {2026, 12, 25, 0, 0, 0}, true},
        {"1 gennaio 99", "%d %B %y", {1999, 1, 1, 0, 0, 0}, true},
        {"12:30 AM", "%I:%M %p", {2026, 11, 22, 0, 30, 0}, true},
        {"29/02/2025", "%d/%m/%Y", {0}, false},
        {"29/02/2024", "%d/%m/%Y", {2024, 2, 29, 0, 0, 0}, true},
        {"today", "%d", {0}, false},
        {"1 2", "%d", {0}, false},
        {"", "%Y", {0}, false},
        {"5", "%", {0}, false},
    };
    struct aiml_clock now = {2026, 11, 22, 15, 4, 5};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct aiml_clock c = {0};
        assert_int_equal(calendar_read(cases[i].text, cases[i].format, now, &c), cases[i].good);
        if (cases[i].good)
            assert_memory_equal(&c, &cases[i].c, sizeof c);
    }
}

static void months_are_whole(void **state)
{
    (void)state;
    struct aiml_clock a = {2024, 1, 31, 12, 0, 0}, b = {2024, 3, 30, 0, 0, 0};
    assert_int_equal(calendar_months(a, b), 1);
    assert_int_equal(calendar_months(b, a), -1);
    b.day = 31;
    b.hour = 12;
    assert_int_equal(calendar_months(a, b), 2);
}

static void patterns_of_java_are_turned(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 200);
    calendar_write_java((struct aiml_clock){2026, 3, 5, 17, 7, 9}, "EEEE d MMMM yy 'alle ore' HH:mm:ss, h a", false,
                        &out);
    assert_string_equal(out.data, "Thursday 5 March 26 alle ore 17:07:09, 5 PM");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_letter_agrees_with_strftime), cmocka_unit_test(italian_has_its_own_names),
        cmocka_unit_test(what_was_written_can_be_read),      cmocka_unit_test(months_are_whole),
        cmocka_unit_test(patterns_of_java_are_turned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
