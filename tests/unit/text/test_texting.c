/* Hurried spellings lead to words, in each language its own. */
#include "text/texting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void means(const char *lang, const char *word, const char *wanted)
{
    size_t size = 0;
    const char *meant = texting_meant(texting_of(lang), word, strlen(word), &size);
    if (wanted == NULL ? meant != NULL : meant == NULL || size != strlen(wanted) || memcmp(meant, wanted, size) != 0)
        fail_msg("%s: %s", lang, word);
}

static void words_are_known(void **state)
{
    means("it", "nn", "non");
    means("it", "cmq", "comunque");
    means("it", "xke", "perché");
    means("it", "x", "per");
    means("it", "xfavore", "per favore");
    means("en", "u", "you");
    means("en", "pls", "please");
    means("en", "thx", "thanks");
    means("en", "tmrw", "tomorrow");
    means("it", "tmrw", NULL);
    means("it", "casa", NULL);
    means("it", "", NULL);
    means("xx", "nn", NULL);
    (void)state;
}

static void letters_stand_for_others(void **state)
{
    char word[TEXTING_WORD_BYTES];
    const struct texting *it = texting_of("it");
    assert_int_equal(texting_letters(it, "kiave", 5, 0, word), 6);
    assert_memory_equal(word, "chiave", 6);
    assert_int_equal(texting_letters(it, "kiave", 5, 1, word), 5);
    assert_memory_equal(word, "ciave", 5);
    assert_int_equal(texting_letters(it, "kiave", 5, 2, word), 0);
    assert_int_equal(texting_letters(it, "chiave", 6, 0, word), 0);
    assert_int_equal(texting_letters(NULL, "kiave", 5, 0, word), 0);
    (void)state;
}

static void room_is_kept(void **state)
{
    char word[TEXTING_WORD_BYTES], ks[TEXTING_WORD_BYTES];
    memset(ks, 'k', sizeof ks);
    assert_int_equal(texting_letters(texting_of("it"), ks, 48, 0, word), 48); /* as c: as ch there is no room */
    (void)state;
}

static void accents_are_found_at_the_end(void **state)
{
    char word[TEXTING_WORD_BYTES];
    const struct texting *it = texting_of("it");
    assert_int_equal(texting_accent(it, "citta", 5, 0, word), 6);
    assert_memory_equal(word, "città", 6);
    assert_int_equal(texting_accent(it, "citta", 5, 1, word), 0);
    assert_int_equal(texting_accent(it, "caffe", 5, 1, word), 6);
    assert_memory_equal(word, "caffè", 6);
    assert_int_equal(texting_accent(it, "a", 1, 0, word), 0);
    assert_int_equal(texting_accent(it, "", 0, 0, word), 0);
    assert_int_equal(texting_accent(NULL, "citta", 5, 0, word), 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_known),
        cmocka_unit_test(letters_stand_for_others),
        cmocka_unit_test(room_is_kept),
        cmocka_unit_test(accents_are_found_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
