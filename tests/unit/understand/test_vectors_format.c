/* A word's names: as it is written, in lower case; and folded. */
#include "understand/vectors_format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct vectors_keys keys_of(const char *word)
{
    struct vectors_keys keys;
    if (!vectors_keys(word, strlen(word), &keys))
        fail_msg("%s", word);
    return keys;
}

static void case_and_composition_do_not_matter(void **state)
{
    assert_int_equal(keys_of("Roma").written, keys_of("roma").written);
    assert_int_equal(keys_of("PERCH\xc3\x89").written, keys_of("perch\xc3\xa9").written);
    assert_int_equal(keys_of("perche\xcc\x81").written, keys_of("perch\xc3\xa9").written);
    assert_true(keys_of("roma").lower);
    assert_false(keys_of("Roma").lower);
    assert_true(keys_of("perch\xc3\xa9").lower);
    assert_false(keys_of("Perch\xc3\xa9").lower);
    (void)state;
}

static void an_accent_matters_as_written_but_not_folded(void **state)
{
    assert_int_not_equal(keys_of("perch\xc3\xa9").written, keys_of("perche").written);
    assert_int_equal(keys_of("perch\xc3\xa9").folded, keys_of("perche").folded);
    assert_int_equal(keys_of("perch\xc3\xa8").folded, keys_of("perche").folded);
    assert_int_not_equal(keys_of("perche").folded, keys_of("perche").written);
    (void)state;
}

static void what_no_text_holds_as_a_word_has_none(void **state)
{
    static const char *const none[] = {"", ",", "</s>", "buon-giorno", "l'", "a b", "\xcc\x81", "\xff\xfe", "\xc2\xa0"};
    struct vectors_keys keys;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (vectors_keys(none[i], strlen(none[i]), &keys))
            fail_msg("%zu", i);
    char longest[VECTORS_WORD_BYTES + 1];
    memset(longest, 'a', sizeof longest);
    assert_true(vectors_keys(longest, VECTORS_WORD_BYTES, &keys));
    assert_false(vectors_keys(longest, VECTORS_WORD_BYTES + 1, &keys));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_and_composition_do_not_matter),
        cmocka_unit_test(an_accent_matters_as_written_but_not_folded),
        cmocka_unit_test(what_no_text_holds_as_a_word_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
