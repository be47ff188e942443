/* Blind: texts that are the same but for case, accents and blanks. */
#include "content_test.h"

#include "content/blind.h"

static void case_accents_and_blanks_do_not_count(void **state)
{
    (void)state;
    assert_int_equal(blind_compare("Città", "CITTA"), 0);
    assert_int_equal(blind_compare("  due   parole ", "Due parole"), 0);
    assert_int_equal(blind_compare("Straße", "STRASSE"), 0);
    assert_int_equal(blind_compare("e\xcc\x80", "è"), 0);
    assert_int_equal(blind_compare("", "  "), 0);
    assert_true(blind_compare("AB-1234", "AB 1234") != 0);
    assert_true(blind_compare("a", "b") < 0);
    assert_true(blind_compare("b", "a") > 0);
    assert_true(blind_compare("a", "a b") < 0);
    assert_true(blind_compare("\xff\xfe", "\xff") > 0);
}

static void a_part_is_found(void **state)
{
    (void)state;
    assert_true(blind_contains("Perché È così", "e cosi"));
    assert_true(blind_contains("x", ""));
    assert_false(blind_contains("x", "xy"));
    char longer[BLIND_BYTES * 2];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_false(blind_contains(longer, "b"));
}

static void letters_are_counted(void **state)
{
    (void)state;
    assert_int_equal(blind_length("così"), 4);
    assert_int_equal(blind_length("e\xcc\x80"), 1);
    assert_int_equal(blind_length(""), 0);
    assert_int_equal(blind_length("\xff\xff"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(case_accents_and_blanks_do_not_count),
                                       cmocka_unit_test(a_part_is_found), cmocka_unit_test(letters_are_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
