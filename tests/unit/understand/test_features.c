/* Words that are alike share features; function words and numbers have a stem alone. */
#include "understand/features.h"
#include "understand/image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static size_t shared(const char *a, const char *b)
{
    uint32_t x[FEATURES_MAX], y[FEATURES_MAX];
    size_t xs = features_of("it", a, strlen(a), false, x), ys = features_of("it", b, strlen(b), false, y), both = 0;
    for (size_t i = 0; i < xs; i++)
        for (size_t k = 0; k < ys; k++)
            both += x[i] == y[k];
    return both;
}

static void alike_words_share(void **state)
{
    assert_true(shared("spedizione", "spedizzione") >= 8);
    assert_int_equal(shared("spedizione", "parcheggio"), 0);
    (void)state;
}

static void some_have_a_stem_alone(void **state)
{
    uint32_t f[FEATURES_MAX];
    assert_int_equal(features_of("it", "della", 5, true, f), 1);
    assert_int_equal(features_of("it", "2027", 4, false, f), 1);
    assert_int_equal(features_of("it", "a", 1, false, f), 2);
    assert_int_equal(features_of("it", "casa", 4, false, f), 1 + 4 + 3 + 2);
    (void)state;
}

static void the_longest_word_fits(void **state)
{
    uint32_t f[FEATURES_MAX];
    char word[400];
    memset(word, 'x', sizeof word);
    assert_in_range(features_of("it", word, sizeof word, false, f), 2, FEATURES_MAX);
    (void)state;
}

static void rare_weighs_more(void **state)
{
    assert_true(features_idf(100, 1) > features_idf(100, 50));
    assert_true(features_idf(100, 100) > 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alike_words_share),
        cmocka_unit_test(some_have_a_stem_alone),
        cmocka_unit_test(the_longest_word_fits),
        cmocka_unit_test(rare_weighs_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
