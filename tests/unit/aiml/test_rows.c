/* Rows: lines and quoted strings of a table. */
#include "aiml/rows.h"

#include "aiml/aiml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static void plain_lines_are_one_field(void **state)
{
    (void)state;
    struct rows r;
    struct row row;
    const char *fault;
    static const char text[] = "\xef\xbb\xbf  one two \r\n\n three:four:five";
    rows_init(&r, text, sizeof text - 1);
    assert_true(rows_next(&r, &row, &fault));
    assert_int_equal(row.count, 1);
    assert_string_equal(row.field[0], "one two");
    assert_false(rows_part(&r, &row, ':'));
    assert_true(rows_next(&r, &row, &fault));
    assert_int_equal(r.line, 3);
    assert_true(rows_part(&r, &row, ':'));
    assert_string_equal(row.field[0], "three");
    assert_string_equal(row.field[1], "four:five");
    assert_false(rows_next(&r, &row, &fault));
    rows_free(&r);
}

static void quoted_strings_end_with_line_or_bracket(void **state)
{
    (void)state;
    static const char text[] = "[[\" a \", \"b\"],[\"c\\\"\\u00e8\\\\\"]]\n\"d\",\"e\"";
    struct rows r;
    struct row row;
    const char *fault;
    rows_init(&r, text, sizeof text - 1);
    assert_true(rows_next(&r, &row, &fault));
    assert_int_equal(row.count, 2);
    assert_string_equal(row.field[0], " a ");
    assert_true(rows_next(&r, &row, &fault));
    assert_int_equal(row.count, 1);
    assert_string_equal(row.field[0], "c\"è\\");
    assert_true(rows_next(&r, &row, &fault));
    assert_int_equal(r.line, 2);
    assert_true(rows_part(&r, &row, ':'));
    assert_string_equal(row.field[1], "e");
    rows_free(&r);
}

static void what_is_wrong_gives_no_fields(void **state)
{
    (void)state;
    static char huge[AIML_LINE_BYTES * 5];
    memset(huge, 'x', sizeof huge);
    const struct {
        const char *text;
        size_t size;
    } cases[] = {{"\"open", 5}, {"\xff", 1}, {"a\0b", 3}, {huge, sizeof huge}, {huge, AIML_LINE_BYTES + 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rows r;
        struct row row;
        const char *fault = NULL;
        rows_init(&r, cases[i].text, cases[i].size);
        assert_true(rows_next(&r, &row, &fault));
        assert_non_null(fault);
        assert_int_equal(row.count, 0);
        rows_free(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_lines_are_one_field),
        cmocka_unit_test(quoted_strings_end_with_line_or_bracket),
        cmocka_unit_test(what_is_wrong_gives_no_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
