/* Value: what texts count as, and how they are written. */
#include "content_test.h"

#include "content/value.h"

static void texts_are_known_by_their_shape(void **state)
{
    static const struct {
        const char *text;
        enum value_kind kind;
        double number;
    } rows[] = {
        {"", VALUE_EMPTY, 0},
        {NULL, VALUE_EMPTY, 0},
        {"12", VALUE_NUMBER, 12},
        {"-3.25", VALUE_NUMBER, -3.25},
        {"12.50 EUR", VALUE_NUMBER, 12.5},
        {"12.50 eur", VALUE_TEXT, 0},
        {"12.", VALUE_TEXT, 0},
        {".5", VALUE_TEXT, 0},
        {"1e5", VALUE_TEXT, 0},
        {"+390612345678", VALUE_TEXT, 0},
        {"0000000000000000000000000000001", VALUE_TEXT, 0},
        {"2026-12-24", VALUE_DAY, 20261224.0 * 1440},
        {"2026-12-24T01:30", VALUE_MOMENT, 20261224.0 * 1440 + 90},
        {"2026-12-24 01:30", VALUE_TEXT, 0},
        {"9:05", VALUE_TIME, 545},
        {"25:00", VALUE_TEXT, 0},
        {"true", VALUE_TRUTH, 1},
        {"false", VALUE_TRUTH, 0},
        {"True", VALUE_TEXT, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct value v = value_of_text(rows[i].text);
        if (v.kind != rows[i].kind || (v.kind != VALUE_TEXT && v.number != rows[i].number))
            fail_msg("%s: %d, %f", rows[i].text, v.kind, v.number);
    }
}

static void numbers_are_written_plainly(void **state)
{
    static const struct {
        double number;
        const char *text;
    } rows[] = {{1, "1"},           {100, "100"},          {0.5, "0.5"},
                {-2.125, "-2.125"}, {1.0 / 3, "0.333333"}, {1e15, "1000000000000000"},
                {-1e-9, "0"}};
    char room[VALUE_ROOM];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct value v = value_of_number(rows[i].number);
        assert_string_equal(value_text(&v, room), rows[i].text);
    }
    assert_int_equal(value_of_number(1.0 / 0.0).kind, VALUE_EMPTY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_are_known_by_their_shape),
                                       cmocka_unit_test(numbers_are_written_plainly)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
