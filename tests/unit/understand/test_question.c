/* A text is read into known, mended and unknown words. */
#include "understand/question.h"
#include "unit/understand/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct question read(struct shop *s, const char *text, const struct question_mask *mask)
{
    struct question q;
    assert_int_equal(question_read(s->index, text, mask, s->arena, &q), 0);
    return q;
}

static void words_are_told_apart(void **state)
{
    struct shop *s = shop_new();
    struct question q = read(s, "Quanto costa la spedizzione xyzwk?", NULL);
    assert_int_equal(q.word_count, 5);
    assert_int_equal(q.content_count, 3);
    assert_true(q.words[0].stop && q.reading.words[3].mended && q.words[3].known && !q.words[4].known);
    assert_true(q.unknown > 0 && q.unknown < q.content);
    assert_string_equal(reading_corrected(&q.reading, s->arena), "Quanto costa la spedizione xyzwk?");
    q = read(s, "Quanto costa la spedizione?", NULL);
    assert_ptr_equal(reading_corrected(&q.reading, s->arena), q.reading.text);
    shop_free(s);
    (void)state;
}

static void another_form_is_known_by_its_stem(void **state)
{
    struct shop *s = shop_new();
    struct question q = read(s, "spedizioni", NULL);
    assert_true(q.words[0].known);
    assert_true(q.unknown == 0);
    shop_free(s);
    (void)state;
}

static void good_words_are_left_alone(void **state)
{
    struct shop *s = shop_new();
    struct question q = read(s, "pasta pacca", NULL);
    assert_false(q.reading.words[0].mended);
    shop_free(s);
    (void)state;
}

static void a_hidden_entry_takes_its_words_along(void **state)
{
    struct shop *s = shop_new();
    const struct question_mask mask = {.entry = 4, .doc = IMAGE_NONE};
    struct question q = read(s, "quanto dura la garanzia", &mask);
    assert_true(q.words[3].id == IMAGE_NONE);
    q = read(s, "quanto dura la garanzia", NULL);
    assert_true(q.words[3].id != IMAGE_NONE);
    shop_free(s);
    (void)state;
}

static void endless_text_is_cut(void **state)
{
    struct shop *s = shop_new();
    char *text = malloc(100001);
    for (int i = 0; i < 100000; i++)
        text[i] = "abcdefgh "[i % 9];
    text[100000] = '\0';
    assert_int_equal(read(s, text, NULL).word_count, QUESTION_WORDS_MAX);
    free(text);
    assert_int_equal(read(s, "", NULL).word_count, 0);
    shop_free(s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_told_apart),      cmocka_unit_test(another_form_is_known_by_its_stem),
        cmocka_unit_test(good_words_are_left_alone), cmocka_unit_test(a_hidden_entry_takes_its_words_along),
        cmocka_unit_test(endless_text_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
