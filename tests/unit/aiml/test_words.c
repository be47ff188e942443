/* Words: texts and patterns are parted alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "aiml/words.h"

#include <string.h>

static void part(const char *text, const char *expected)
{
    char key[200];
    words_key(text, strlen(text), key, sizeof key);
    assert_string_equal(key, expected);
}

static void case_accents_and_marks_do_not_count(void **state)
{
    (void)state;
    part("Hello, WORLD!", "hello world");
    part("Perché? È così…", "perche e cosi");
    part("dov'è l’ordine", "dov e l ordine");
    part("e-mail -5 a-5", "e mail -5 a 5");
    part("喂", "喂");
    part("  ", "");
}

static void symbols_that_are_words_stay(void **state)
{
    (void)state;
    part("C# and C++", "c# and c++");
    part("XLOOP [ X ]", "xloop [ x ]");
    part("test.org. 3.5 end.", "test.org 3.5 end");
    part("_STOP_", "_stop_");
}

static void a_word_that_is_too_long_is_cut(void **state)
{
    (void)state;
    char text[1000];
    struct word w;
    memset(text, 'a', sizeof text);
    struct words_reader r = {text, sizeof text, 0};
    assert_true(words_next(&r, &w));
    assert_int_equal(w.length, WORD_BYTES);
    assert_int_equal(w.size, sizeof text);
    assert_false(words_next(&r, &w));
}

static void the_place_in_the_text_is_told(void **state)
{
    (void)state;
    struct word w;
    struct words_reader r = {"a (big) dog", 11, 0};
    assert_true(words_next(&r, &w) && words_next(&r, &w));
    assert_int_equal(w.at, 3);
    assert_int_equal(w.size, 3);
}

static void sentences_end_at_marks_with_space_behind(void **state)
{
    (void)state;
    const char *text = "Go to test.org now! Really? yes\nno";
    size_t size = strlen(text), at = words_sentence(text, size, 0);
    assert_int_equal(at, 19);
    at = words_sentence(text, size, at);
    assert_int_equal(at, 27);
    at = words_sentence(text, size, at);
    assert_int_equal(at, 32);
    assert_int_equal(words_sentence(text, size, at), size);
    assert_int_equal(words_sentence("你好。喂", 12, 0), 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_accents_and_marks_do_not_count),      cmocka_unit_test(symbols_that_are_words_stay),
        cmocka_unit_test(a_word_that_is_too_long_is_cut),           cmocka_unit_test(the_place_in_the_text_is_told),
        cmocka_unit_test(sentences_end_at_marks_with_space_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
