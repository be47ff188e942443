/* Local days as moments, over leap years and changes of the clock. */
#include "net/days.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void a_date_is_read_and_written_as_it_was(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t day;
    } days[] = {{"1970-01-01", 0},     {"1969-12-31", -1},    {"2000-02-29", 11016},
                {"2026-11-22", 20779}, {"2100-03-01", 47541}, {"9999-12-31", 2932896}};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        char text[DAY_TEXT_BYTES];
        int64_t day = 7;
        assert_true(day_read(days[i].text, &day));
        assert_int_equal(day, days[i].day);
        day_text(day, text);
        assert_string_equal(text, days[i].text);
    }
}

static void what_is_no_date_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",           "2026-02-29",  "2026-13-01", "2026-00-01",
                                        "2026-1-1",   "2026-11-22 ", "0000-01-01", "x026-11-22",
                                        "2026-11-+2", "2026-11- 2",  "-026-11-22"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t day = 7;
        assert_false(day_read(texts[i], &day));
        assert_int_equal(day, 7);
    }
}

static void a_day_begins_at_local_midnight_also_when_the_clock_changes(void **state)
{
    (void)state;
    struct zone *rome = zone_new("Europe/Rome");
    int64_t spring, autumn;
    assert_true(day_read("2026-03-29", &spring));
    assert_true(day_read("2026-10-25", &autumn));
    /* From 23:00 UTC of the day before, in summer time from 22:00. */
    assert_int_equal(day_begins(rome, spring), INT64_C(1774738800000));
    assert_int_equal(day_begins(rome, spring + 1) - day_begins(rome, spring), 23 * 3600000);
    assert_int_equal(day_begins(rome, autumn + 1) - day_begins(rome, autumn), 25 * 3600000);
    for (int64_t day = spring - 2; day < autumn + 3; day++) {
        assert_int_equal(day_of(rome, day_begins(rome, day)), day);
        assert_int_equal(day_of(rome, day_begins(rome, day) - 1), day - 1);
    }
    zone_free(rome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_is_read_and_written_as_it_was),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(a_day_begins_at_local_midnight_also_when_the_clock_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
