/* Alike: texts that say the same are found among many, others are not. */
#include "understand/alike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static double likeness(const char *lang, const char *x, const char *y)
{
    struct alike *a = alike_new(lang);
    double result = 0;
    assert_non_null(a);
    assert_int_equal(alike_add(a, x, 7), 0);
    if (alike_find(a, y, 0, &result) == 0)
        result = 0;
    alike_free(a);
    return result;
}

static void the_same_in_other_words_forms_and_letters(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *x, *y;
        double least, most;
    } pairs[] = {
        {"it", "vendete zucche volanti", "Vendete zucche volanti?!", 0.999, 1.001},
        {"it", "vendete zucche volanti", "vendete le zucche volanti", 0.8, 1},
        {"it", "vendete zucche volanti", "vendete zuchce volanti", 0.65, 1},
        {"it", "vendete zucche volanti", "avete zucche che volano", 0.3, 0.7},
        {"it", "vendete zucche volanti", "a che ora aprite", 0, 0.2},
        {"it", "dove siete", "dove siete?", 0.999, 1.001},
        {"it", "dove siete", "dove posso parcheggiare", 0, 0.6},
        {"en", "do you sell pumpkins", "do you sell a pumpkin", 0.8, 1},
        {"en", "", "do you sell a pumpkin", 0, 0},
        {"en", "???", "!!!", 0, 0},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        double alike = likeness(pairs[i].lang, pairs[i].x, pairs[i].y);
        if (alike < pairs[i].least || alike > pairs[i].most)
            fail_msg("“%s” and “%s”: %.3f", pairs[i].x, pairs[i].y, alike);
    }
}

static void the_first_of_equals_is_found(void **state)
{
    (void)state;
    struct alike *a = alike_new("it");
    assert_int_equal(alike_find(a, "dove siete", 0.5, NULL), 0);
    assert_int_equal(alike_add(a, "dove siete", 11), 0);
    assert_int_equal(alike_add(a, "dove siete!", 12), 0);
    assert_int_equal(alike_find(a, "dove siete", 0.5, NULL), 11);
    assert_int_equal(alike_find(a, "dove siete", 0.5, NULL), 11);
    assert_int_equal(alike_find(a, "quanto costa", 0.5, NULL), 0);
    alike_free(a);
}

/* What the listing of a full store does: each is looked for and, being like none, added. */
static void many_take_no_more_than_moments_each(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    static const char *const parts[] = {"ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sta", "tre"};
    struct alike *a = alike_new("it");
    clock_t began = clock();
    uint64_t chance = 1;
    char text[200], kept[200] = "";
    for (int64_t i = 1; i <= MANY; i++) {
        size_t used = 0;
        for (int word = 0; word < 6; word++) {
            for (int part = 0; part < 3; part++) {
                chance = chance * 6364136223846793005u + 1442695040888963407u;
                used += (size_t)snprintf(text + used, sizeof text - used, "%s", parts[(chance >> 33) % 12]);
            }
            text[used++] = ' ';
            text[used] = '\0';
        }
        alike_find(a, text, 0.7, NULL);
        assert_int_equal(alike_add(a, text, i), 0);
        if (i == MANY / 2)
            memcpy(kept, text, sizeof kept);
    }
    double took = (double)(clock() - began) / CLOCKS_PER_SEC;
    print_message("%d texts in %.2f s\n", MANY, took);
    assert_int_equal(alike_find(a, kept, 0.99, NULL), MANY / 2);
    assert_true(took < 20);
    alike_free(a);
}

static void hostile_texts_are_orderly(void **state)
{
    (void)state;
    struct alike *a = alike_new("xx");
    char *text = malloc(100001);
    memset(text, 'a', 100000);
    text[100000] = '\0';
    assert_int_equal(alike_add(a, text, 1), 0);
    for (size_t i = 0; i < 100000; i += 2)
        text[i] = ' ';
    assert_int_equal(alike_add(a, text, 2), 0);
    memset(text, 0xC3, 100000);
    assert_int_equal(alike_add(a, text, 3), 0);
    assert_int_equal(alike_find(a, text, 0.9, NULL), 0);
    assert_int_equal(alike_find(a, "a a a", 0.9, NULL), 2);
    free(text);
    alike_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_in_other_words_forms_and_letters),
        cmocka_unit_test(the_first_of_equals_is_found),
        cmocka_unit_test(many_take_no_more_than_moments_each),
        cmocka_unit_test(hostile_texts_are_orderly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
