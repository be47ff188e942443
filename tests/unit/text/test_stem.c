/* Forms of a word have one stem, in every thread. */
#include "pthread.h"
#include "text/stem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void same(const char *lang, const char *a, const char *b)
{
    char x[64], y[64];
    stem_word(lang, a, strlen(a), x, sizeof x);
    stem_word(lang, b, strlen(b), y, sizeof y);
    assert_string_equal(x, y);
}

static void forms_meet(void **state)
{
    same("it", "spedizione", "spedizioni");
    same("it", "pagare", "pagato");
    same("en", "returns", "returned");
    (void)state;
}

static void an_unknown_language_keeps_the_word(void **state)
{
    char stem[64];
    assert_int_equal(stem_word("xx", "parole", 6, stem, sizeof stem), 6);
    assert_string_equal(stem, "parole");
    assert_int_equal(stem_word("a language with a long name", "parole", 6, stem, 4), 3);
    assert_string_equal(stem, "par");
    (void)state;
}

static void *stem_often(void *context)
{
    char stem[64], first[64];
    stem_word("it", "consegnato", 10, first, sizeof first);
    for (int i = 0; i < 2000; i++) {
        stem_word(i % 2 ? "it" : "en", "consegnato", 10, stem, sizeof stem);
        if (i % 2 && strcmp(stem, first) != 0)
            *(int *)context = 1;
    }
    return NULL;
}

static void threads_do_not_meet(void **state)
{
    pthread_t threads[4];
    int failed[4] = {0};
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, stem_often, &failed[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(failed[i], 0);
    }
    (void)state;
}

/* A thread remembers what it stemmed; more words than it remembers, words that differ in one letter and one
 * word in two languages are told apart all the same. */
static void what_is_remembered_is_the_word_itself(void **state)
{
    enum { WORDS = 3000 };
    static char first[WORDS][64];
    char word[32], long_word[64], stem[64];
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < WORDS; i++) {
            int size = snprintf(word, sizeof word, "spedi%dzioni", i);
            size_t length = stem_word(i % 2 ? "it" : "en", word, (size_t)size, stem, sizeof stem);
            assert_int_equal(length, strlen(stem));
            if (round == 0)
                memcpy(first[i], stem, sizeof stem);
            assert_string_equal(stem, first[i]);
            assert_memory_equal(stem, word, strlen(stem) - 1); /* of this word, and no other */
        }
    for (int round = 0; round < 2; round++) {
        assert_int_equal(stem_word("it", "consegnato", 10, stem, sizeof stem), 7);
        assert_string_equal(stem, "consegn");
        stem_word("en", "consegnato", 10, stem, sizeof stem);
        assert_string_equal(stem, "consegnato");
        assert_int_equal(stem_word("it", "consegnato", 10, stem, 4), 3);
        assert_string_equal(stem, "con");
        memset(long_word, 'a', sizeof long_word);
        assert_int_equal(stem_word("xx", long_word, 48, stem, sizeof stem), 48);
        assert_int_equal(stem_word("it", "", 0, stem, sizeof stem), 0);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_meet),
        cmocka_unit_test(an_unknown_language_keeps_the_word),
        cmocka_unit_test(threads_do_not_meet),
        cmocka_unit_test(what_is_remembered_is_the_word_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
