/* What may stand in the fields of a person. */
#include "net/person.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void names_are_words_of_any_language(void **state)
{
    static const char *const good[] = {"Anna", "Niccol\xc3\xb2 D'Al\xc3\xac", "a.b_c-9", "x"};
    static const char *const bad[] = {"", " Anna", "Anna ", "a\nb", "<b>", "a\"b", "a,b"};
    char longest[PERSON_NAME_MOST + 2];
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(person_name(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(person_name(bad[i]));
    memset(longest, 'x', sizeof longest - 1);
    longest[PERSON_NAME_MOST + 1] = '\0';
    assert_false(person_name(longest));
    longest[PERSON_NAME_MOST] = '\0';
    assert_true(person_name(longest));
}

static void lists_name_each_once(void **state)
{
    static const char *const good[] = {"", "garden", "garden,tools", "a-b,a_b,9"};
    static const char *const bad[] = {",",      "garden,", ",garden",     "garden,,tools", "garden, tools",
                                      "Garden", "a,b,a",   "caff\xc3\xa8"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(person_ids(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(person_ids(bad[i]));
    assert_true(person_languages("it,en"));
    assert_true(person_languages(""));
    assert_false(person_languages("ita"));
    assert_false(person_languages("i"));
    assert_false(person_languages("it,it"));
    assert_true(person_ids("ab,a"));
}

static void an_address_cannot_break_a_header(void **state)
{
    static const char *const good[] = {"", "a@b", "anna.rossi+desk@shop.example"};
    static const char *const bad[] = {"a",     "@b",    "a@",      "a@b@c", "a b@c", "a@b\r\nBcc: x",
                                      "a@b,c", "<a@b>", "\"a\"@b", "a@b.",  "a@.b"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(person_email(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(person_email(bad[i]));
}

static void a_capacity_is_a_small_number(void **state)
{
    int number = -1;
    (void)state;
    assert_true(person_capacity("0", &number) && number == 0);
    assert_true(person_capacity("20", &number) && number == 20);
    assert_false(person_capacity("21", &number));
    assert_false(person_capacity("", &number));
    assert_false(person_capacity("-1", &number));
    assert_false(person_capacity("2x", &number));
    assert_int_equal(number, 20);
    assert_true(person_role("agent") && person_role("editor") && person_role("admin"));
    assert_false(person_role("Admin") || person_role(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_words_of_any_language),
        cmocka_unit_test(lists_name_each_once),
        cmocka_unit_test(an_address_cannot_break_a_header),
        cmocka_unit_test(a_capacity_is_a_small_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
