/* Words come folded, with their place in the text. */
#include "text/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void words_know_their_place(void **state)
{
    const char *text = "L\xe2\x80\x99"
                       "È vero: città!";
    static const char *const wanted[] = {"l", "e", "vero", "citta"};
    struct token_reader r = token_reader(text, strlen(text));
    struct token t;
    size_t count = 0;
    for (; token_next(&r, &t); count++)
        assert_string_equal(t.word, wanted[count]);
    assert_int_equal(count, 4);
    r = token_reader(text, strlen(text));
    for (size_t i = 0; i < 4; i++)
        token_next(&r, &t);
    assert_memory_equal(text + t.at, "città", t.size);
    assert_int_equal(t.size, strlen("città"));
    (void)state;
}

static void a_long_word_is_cut_at_a_letter(void **state)
{
    char text[4000];
    for (size_t i = 0; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "\xd0\xbf", 2);
    struct token_reader r = token_reader(text, sizeof text);
    struct token t;
    assert_true(token_next(&r, &t));
    assert_int_equal(t.length, TOKEN_BYTES);
    assert_int_equal(t.size, sizeof text);
    assert_false(token_next(&r, &t));
    (void)state;
}

static void a_letter_and_its_hyphen_belong_to_the_word(void **state)
{
    static const struct {
        const char *text;
        const char *words[4];
    } rows[] = {
        {"la E-mail?", {"la", "email"}}, {"t-shirt", {"tshirt"}}, {"a-b e a-z", {"a", "b", "e", "a"}},
        {"log-in", {"log", "in"}},       {"1-uno", {"1", "uno"}}, {"e -mail", {"e", "mail"}},
        {"e- mail", {"e", "mail"}},      {"e-", {"e"}},           {"e--mail", {"e", "mail"}},
        {"a-b-cde", {"a", "bcde"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct token_reader r = token_reader(rows[i].text, strlen(rows[i].text));
        struct token t;
        for (size_t w = 0; w < 4 && rows[i].words[w] != NULL; w++) {
            assert_true(token_next(&r, &t));
            assert_string_equal(t.word, rows[i].words[w]);
        }
    }
    (void)state;
}

static void nothing_has_no_words(void **state)
{
    struct token_reader r = token_reader("?! \xe2\x80\x8b", 6);
    struct token t;
    assert_false(token_next(&r, &t));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_know_their_place),
        cmocka_unit_test(a_long_word_is_cut_at_a_letter),
        cmocka_unit_test(a_letter_and_its_hyphen_belong_to_the_word),
        cmocka_unit_test(nothing_has_no_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
