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
    assert_true(spell_has("it", "roma", 4));
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

static bool suggests(const char *lang, const char *word, const char *wanted)
{
    struct spell_suggestions s;
    spell_suggest(lang, word, strlen(word), &s);
    for (size_t i = 0; i < s.count; i++)
        if (strcmp(s.words[i], wanted) == 0)
            return true;
    return false;
}

static void misspelt_words_get_suggestions(void **state)
{
    if (!spell_knows("it") || !spell_knows("en"))
        skip();
    assert_true(suggests("it", "spedizzione", "spedizione"));
    assert_true(suggests("it", "spedizzione", "spedizione")); /* remembered */
    assert_true(suggests("it", "citta", "città"));
    assert_true(suggests("en", "delivry", "delivery"));
    struct spell_suggestions s;
    spell_suggest("it", "casa", 4, &s);
    assert_int_equal(s.count, 0);
    (void)state;
}

static void suggesting_has_limits(void **state)
{
    char word[SPELL_SUGGEST_BYTES + 1];
    struct spell_suggestions s = {.count = 9};
    memset(word, 'a', sizeof word);
    spell_suggest("it", word, sizeof word, &s);
    assert_int_equal(s.count, 0);
    spell_suggest("it", word, SPELL_SUGGEST_BYTES, &s);
    assert_in_range(s.count, 0, SPELL_SUGGESTED_MAX);
    spell_suggest("it", "", 0, &s);
    spell_suggest("xx", "spedizzione", 11, &s);
    assert_int_equal(s.count, 0);
    assert_false(spell_knows("xx"));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_written_words),
        cmocka_unit_test(knows_english),
        cmocka_unit_test(strange_questions_are_answered_no),
        cmocka_unit_test(misspelt_words_get_suggestions),
        cmocka_unit_test(suggesting_has_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
