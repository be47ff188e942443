/* Dictionaries veto; without one nothing is known. */
#include "text/spell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void knows_written_words(void **state)
{
    if (!spell_has("it", "casa", 4))
        skip();
    assert_true(spell_has("it", "perché", strlen("perché")));
    assert_true(spell_has("it", "Roma", 4));
    assert_false(spell_has("it", "spedizzione", 11));
    (void)state;
}

static void knows_english(void **state)
{
    if (!spell_has("en", "house", 5))
        skip();
    assert_true(spell_has("en", "delivery", 8));
    assert_false(spell_has("en", "delivry", 7));
    (void)state;
}

static void strange_questions_are_answered_no(void **state)
{
    char word[300];
    memset(word, 'a', sizeof word);
    assert_false(spell_has("it", word, sizeof word));
    assert_false(spell_has("it", "", 0));
    assert_false(spell_has("xx", "casa", 4));
    assert_false(spell_has("../../etc", "casa", 4));
    assert_false(spell_has("*", "casa", 4));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_written_words),
        cmocka_unit_test(knows_english),
        cmocka_unit_test(strange_questions_are_answered_no),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
