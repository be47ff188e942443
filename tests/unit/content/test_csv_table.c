/* Csv_table: rows, however the table was saved. */
#include "content_test.h"

#include "content/csv_table.h"

static int read(struct fixture *f, const char *bytes, size_t size, struct csv_table *ret)
{
    return csv_table_read(f->arena, "a.csv", bytes, size, f->problems, ret);
}

static void finds_separators_and_encodings(void **state)
{
    struct fixture *f = *state;
    static const char *const tables[] = {
        "a;b;c\n1;perch\xC3\xA9, s\xC3\xAC;\xE2\x82\xAC\n",
        "a,b,c\r\n1,\"perch\xC3\xA9, s\xC3\xAC\",\xE2\x82\xAC\r\n",
        "a\tb\tc\n1\tperch\xC3\xA9, s\xC3\xAC\t\xE2\x82\xAC",
        "\xEF\xBB\xBF"
        "a;b;c\n1;perch\xC3\xA9, s\xC3\xAC;\xE2\x82\xAC\n",
        "a;b;c\n1;perch\xE9, s\xEC;\x80\n",
        "sep=;\na;b;c\n1;perch\xE9, s\xEC;\x80\n",
        "\"a\";\"b\";\"c\"\n\n;;\n  1 ; perch\xC3\xA9, s\xC3\xAC ;\"\xE2\x82\xAC \"\n",
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct csv_table t;
        assert_int_equal(read(f, tables[i], strlen(tables[i]), &t), 0);
        assert_int_equal(t.count, 2);
        assert_int_equal(t.rows[0].count, 3);
        assert_string_equal(t.rows[0].cells[0], "a");
        assert_string_equal(t.rows[1].cells[0], "1");
        assert_string_equal(t.rows[1].cells[1], "perché, sì");
        assert_string_equal(t.rows[1].cells[2], "€");
    }
}

static void keeps_line_breaks_in_quotes_and_counts_lines(void **state)
{
    struct fixture *f = *state;
    static const char text[] = "a;b\r\n1;\"uno\r\n\"\"due\"\";\r\ntre\"\r\n2;x\r\n";
    struct csv_table t;
    assert_int_equal(read(f, text, sizeof text - 1, &t), 0);
    assert_int_equal(t.count, 3);
    assert_string_equal(t.rows[1].cells[1], "uno\n\"due\";\ntre");
    assert_int_equal(t.rows[1].line, 2);
    assert_int_equal(t.rows[2].line, 5);
}

static void other_control_signs_become_spaces(void **state)
{
    struct fixture *f = *state;
    struct csv_table t;
    assert_int_equal(read(f, "a;b\nx\f;\"\vy\002z\"\n", 14, &t), 0);
    assert_string_equal(t.rows[1].cells[0], "x");
    assert_string_equal(t.rows[1].cells[1], "y z");
}

static void refuses_with_a_place(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *bytes;
        size_t size;
        const char *told;
    } cases[] = {
        {"a;b\n1;\"x\" y\n", 12, "a.csv:2: error: a quotation mark in the wrong place"},
        {"a;b\n1;x\n2;\"never\n", 17, "a.csv:3: error: the quotes of this row are never closed"},
        {"\xFF\xFE"
         "a\0;\0",
         6, "a.csv:1:1: error: UTF-16"},
        {"a;\0b", 4, "a.csv:1:1: error: a NUL byte"},
        {"a;b\n1;\x81\n", 8, "a.csv:2: error: neither UTF-8 nor Windows-1252"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct csv_table t;
        assert_int_equal(read(f, cases[i].bytes, cases[i].size, &t), -1);
        if (strstr(printed(f), cases[i].told) == NULL)
            fail_msg("%s in\n%s", cases[i].told, printed(f));
    }
}

static void has_a_ceiling_of_cells(void **state)
{
    struct fixture *f = *state;
    char text[300];
    memset(text, ';', sizeof text);
    text[0] = 'a';
    struct csv_table t;
    assert_int_equal(read(f, text, sizeof text, &t), -1);
    assert_non_null(strstr(printed(f), "more than 100 cells"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finds_separators_and_encodings),
        TEST(keeps_line_breaks_in_quotes_and_counts_lines),
        TEST(other_control_signs_become_spaces),
        TEST(refuses_with_a_place),
        TEST(has_a_ceiling_of_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
