/* Days as numbers: there and back, over month ends and leap years. */
#include "entity/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void days_go_there_and_back(void **state)
{
    (void)state;
    int y = 1890, m = 1, d = 1, year, month, day;
    for (long at = calendar_days(y, m, d); y < 2210; at++) {
        calendar_civil(at, &year, &month, &day);
        assert_true(year == y && month == m && day == d && calendar_exists(y, m, d));
        if (++d > calendar_month_days(y, m)) {
            d = 1;
            y += m == 12;
            m = m % 12 + 1;
        }
    }
}

static void what_is_known_is_so(void **state)
{
    (void)state;
    assert_int_equal(calendar_days(1970, 1, 1), 0);
    assert_int_equal(calendar_weekday(0), 4);
    assert_int_equal(calendar_weekday(calendar_days(2026, 11, 22)), 7);
    assert_int_equal(calendar_weekday(calendar_days(1969, 12, 29)), 1);
    assert_int_equal(calendar_days(2026, 13, 1), calendar_days(2027, 1, 1));
    assert_int_equal(calendar_days(2026, 0, 1), calendar_days(2025, 12, 1));
    assert_int_equal(calendar_days(2026, 3, 0), calendar_days(2026, 2, 28));
    assert_int_equal(calendar_month_days(2028, 2), 29);
    assert_int_equal(calendar_month_days(2100, 2), 28);
    assert_false(calendar_exists(2027, 2, 29));
    assert_false(calendar_exists(2027, 13, 1));
    assert_false(calendar_exists(2027, 1, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(days_go_there_and_back), cmocka_unit_test(what_is_known_is_so)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
