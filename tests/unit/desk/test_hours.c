/* Open and closed, in the department's local time: days, breaks, holidays, summer time. */
#include "desk/hours.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct zone *rome;
static const int64_t minute = 60 * 1000, hour = 60 * 60 * 1000, day = 24 * 60 * 60 * 1000;
static const int64_t monday = INT64_C(1764543600000); /* 2025-12-01 00:00 in Rome */

static int setup(void **state)
{
    (void)state;
    rome = zone_new("Europe/Rome");
    return rome != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    zone_free(rome);
    return 0;
}

static const struct opening week[] = {{0, 9 * 60, 13 * 60}, {0, 15 * 60, 19 * 60}, {6, 22 * 60, 24 * 60}, {0, 0, 60}};

static void opens_and_closes_by_the_local_clock(void **state)
{
    (void)state;
    struct department d = {.hours = week, .hour_count = 4};
    assert_false(hours_open(&d, rome, monday + 9 * hour - 1));
    assert_true(hours_open(&d, rome, monday + 9 * hour));
    assert_true(hours_open(&d, rome, monday + 13 * hour - 1));
    assert_false(hours_open(&d, rome, monday + 13 * hour));
    assert_false(hours_open(&d, rome, monday + day + 10 * hour));
    assert_int_equal(hours_closing(&d, rome, monday + 10 * hour), monday + 13 * hour);
    assert_int_equal(hours_closing(&d, rome, monday + 14 * hour), monday + 14 * hour);
}

static void an_opening_goes_on_over_midnight(void **state)
{
    (void)state;
    struct department d = {.hours = week, .hour_count = 4};
    assert_int_equal(hours_closing(&d, rome, monday - 30 * minute), monday + hour);
}

static void without_hours_it_never_closes_but_on_holidays(void **state)
{
    (void)state;
    const char *holidays[] = {"2025-12-02", "12-25"};
    struct department d = {.holidays = {holidays, 2}};
    assert_true(hours_open(&d, rome, monday));
    assert_int_equal(hours_closing(&d, rome, monday + hour), monday + day);
    assert_false(hours_open(&d, rome, monday + day + hour));
    assert_false(hours_open(&d, rome, monday + 24 * day + hour));
    assert_true(hours_open(&d, rome, monday + 25 * day));
    assert_false(hours_open(&d, rome, monday + (365 + 24) * day)); /* Christmas of the next year */
    assert_true(hours_open(&d, rome, monday + (365 + 1) * day));   /* 2026-12-02 */
    d.holidays.count = 0;
    assert_int_equal(hours_closing(&d, rome, monday), INT64_MAX);
}

static void summer_time_takes_an_hour(void **state)
{
    (void)state;
    static const struct opening sunday[] = {{6, 0, 18 * 60}};
    struct department d = {.hours = sunday, .hour_count = 1};
    int64_t start = INT64_C(1774738800000); /* 2026-03-29 00:00 in Rome, when clocks go forward */
    assert_true(hours_open(&d, rome, start));
    assert_int_equal(hours_closing(&d, rome, start), start + 17 * hour);
    assert_int_equal(hours_midnight(rome, start), start + 23 * hour);
    assert_int_equal(hours_midnight(rome, monday + 1), monday + day);
}

/* 2026-10-25: at 03:00 the clock shows 02:00 again. */
static void winter_time_adds_an_hour(void **state)
{
    (void)state;
    static const struct opening sunday[] = {{6, 0, 150}, {6, 4 * 60, 5 * 60}}; /* to 02:30 */
    struct department d = {.hours = sunday, .hour_count = 2};
    int64_t start = INT64_C(1792879200000);
    assert_int_equal(hours_midnight(rome, start), start + 25 * hour);
    assert_int_equal(hours_closing(&d, rome, start), start + 150 * minute);
    assert_false(hours_open(&d, rome, start + 170 * minute)); /* 02:50, the first time */
    assert_true(hours_open(&d, rome, start + 190 * minute));  /* 02:10, the second time */
    assert_int_equal(hours_closing(&d, rome, start + 190 * minute), start + 210 * minute);
    assert_int_equal(hours_closing(&d, rome, start + 310 * minute), start + 6 * hour); /* 04:10 */
}

/* 2026-03-29: at 02:00 the clock goes to 03:00, so half past two never comes. */
static void an_hour_that_is_left_out_closes_at_once(void **state)
{
    (void)state;
    static const struct opening sunday[] = {{6, 0, 150}};
    struct department d = {.hours = sunday, .hour_count = 1};
    int64_t start = INT64_C(1774738800000);
    assert_int_equal(hours_closing(&d, rome, start + hour), start + 2 * hour);
    assert_true(hours_open(&d, rome, start + 2 * hour - 1));
    assert_false(hours_open(&d, rome, start + 2 * hour));
}

/* Whatever the zone and the moment: it is open until the closing time and not at it. */
static void the_closing_time_is_the_first_moment_that_is_not_open(void **state)
{
    (void)state;
    static const char *const names[] = {"Europe/Rome",
                                        "America/St_Johns",
                                        "Australia/Lord_Howe",
                                        "Asia/Kathmandu",
                                        "America/Sao_Paulo",
                                        "Pacific/Chatham",
                                        "UTC"};
    static const struct opening some[] = {{0, 0, 150}, {1, 540, 780}, {1, 840, 1080}, {2, 1380, 1440},
                                          {3, 0, 60},  {5, 60, 120},  {6, 90, 165},   {6, 600, 1440}};
    const char *holidays[] = {"12-25", "2026-03-28"};
    struct department d = {.hours = some, .hour_count = 8, .holidays = {holidays, 2}};
    uint64_t chance = 7;
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        struct zone *z = zone_new(names[n]);
        for (int i = 0; i < 3000; i++) {
            chance = chance * 6364136223846793005u + 1442695040888963407u;
            int64_t now = INT64_C(1764543600000) + (int64_t)(chance >> 33) % (3 * 365 * 24 * 60) * minute;
            int64_t closing = hours_closing(&d, z, now);
            assert_false(hours_open(&d, z, closing));
            assert_true(closing == now ? !hours_open(&d, z, now) : hours_open(&d, z, closing - 1));
            for (int64_t at = now; at < closing; at += 10 * minute)
                assert_true(hours_open(&d, z, at));
        }
        zone_free(z);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(opens_and_closes_by_the_local_clock),
        TEST(an_opening_goes_on_over_midnight),
        TEST(without_hours_it_never_closes_but_on_holidays),
        TEST(summer_time_takes_an_hour),
        TEST(winter_time_adds_an_hour),
        TEST(an_hour_that_is_left_out_closes_at_once),
        TEST(the_closing_time_is_the_first_moment_that_is_not_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
