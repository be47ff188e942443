/* Lines: what is text and where it stands. */
#include "content_test.h"

#include "content/lines.h"

static void finds_the_first_byte_that_is_no_text(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size, bad;
    } cases[] = {
        {"abc", 3, 3},
        {"perch\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80", 16, 16},
        {"abcdefgh\xFF", 9, 8},
        {"abcdefg\0hij", 11, 7},
        {"\xC0\x80", 2, 0},             /* overlong */
        {"a\xED\xA0\x80", 4, 1},        /* a surrogate */
        {"a\xF4\x90\x80\x80", 5, 1},    /* beyond Unicode */
        {"abcdefghij\xE2\x82", 12, 10}, /* cut short */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(lines_bad_byte(cases[i].bytes, cases[i].size), cases[i].bad);
}

static void walks_all_kinds_of_line_ends(void **state)
{
    (void)state;
    struct span rest = {"a\nb\r\nc\rd", 8}, line;
    for (const char *expected = "abcd"; *expected != '\0'; expected++) {
        assert_true(lines_next(&rest, &line));
        assert_int_equal(line.size, 1);
        assert_int_equal(line.text[0], *expected);
    }
    assert_false(lines_next(&rest, &line));
}

static void names_the_place_in_code_points(void **state)
{
    struct fixture *f = *state;
    struct span text;
    static const char bytes[] = "\xEF\xBB\xBF"
                                "uno\r\n\xC3\xA8\xC3\xA8\xFFx";
    assert_int_equal(lines_check("a.md", bytes, sizeof bytes - 1, f->problems, &text), -1);
    assert_string_equal(printed(f), "a.md:2:3: error: byte 0xFF is not UTF-8; save the file in UTF-8\n");
}

static void takes_a_byte_order_mark_away(void **state)
{
    struct fixture *f = *state;
    struct span text;
    assert_int_equal(lines_check("a.md", "\xEF\xBB\xBFx", 4, f->problems, &text), 0);
    assert_int_equal(text.size, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finds_the_first_byte_that_is_no_text),
        TEST(walks_all_kinds_of_line_ends),
        TEST(names_the_place_in_code_points),
        TEST(takes_a_byte_order_mark_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
