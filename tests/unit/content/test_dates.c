/* Dates: days that exist, times of a day. */
#include "content_test.h"

#include "content/dates.h"

static void knows_days_that_exist(void **state)
{
    (void)state;
    assert_true(dates_valid("2027-03-31"));
    assert_true(dates_valid("2028-02-29"));
    assert_true(dates_valid("2000-02-29"));
    static const char *const bad[] = {"2027-02-29", "1900-02-29",  "2027-13-01", "2027-00-10", "2027-1-1",
                                      "2027-04-31", "2027-03-31x", "",           "27-03-31"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(dates_valid(bad[i]));
    assert_true(dates_valid_yearly("12-25"));
    assert_true(dates_valid_yearly("02-29"));
    assert_false(dates_valid_yearly("02-30"));
}

static void reads_times(void **state)
{
    (void)state;
    assert_int_equal(dates_minutes("09:30", 5), 570);
    assert_int_equal(dates_minutes("9:30", 4), 570);
    assert_int_equal(dates_minutes("24:00", 5), 1440);
    assert_int_equal(dates_minutes("24:01", 5), -1);
    assert_int_equal(dates_minutes("10:60", 5), -1);
    assert_int_equal(dates_minutes("10.30", 5), -1);
    assert_int_equal(dates_minutes("", 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(knows_days_that_exist), TEST(reads_times)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
