/* Words are kept once; features are numbered with the stems first. */
#include "understand/vocabulary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void words_are_kept_once(void **state)
{
    struct vocabulary v;
    vocabulary_init(&v, "it");
    uint32_t first = vocabulary_word(&v, "spedizione", 10);
    for (int i = 0; i < 5000; i++) {
        char word[24];
        snprintf(word, sizeof word, "parola%d", i);
        vocabulary_word(&v, word, strlen(word));
    }
    assert_int_equal(vocabulary_word(&v, "spedizione", 10), first);
    assert_int_equal(v.word_count, 5001);
    assert_true(v.words[vocabulary_word(&v, "della", 5)].flags & WORD_STOP);
    assert_false(v.failed);
    vocabulary_free(&v);
    (void)state;
}

static void stems_come_first(void **state)
{
    struct vocabulary v;
    vocabulary_init(&v, "it");
    uint32_t a = vocabulary_word(&v, "spedizione", 10), b = vocabulary_word(&v, "spedizioni", 10);
    uint32_t c = vocabulary_word(&v, "pacco", 5);
    assert_int_equal(vocabulary_number(&v), 0);
    const uint32_t *at = v.features_at.items, *items = v.features.items;
    assert_int_equal(items[at[a]], items[at[b]]);
    assert_int_not_equal(items[at[a]], items[at[c]]);
    assert_int_equal(v.stem_count, 2);
    for (uint32_t i = at[a] + 1; i < at[a + 1]; i++)
        assert_in_range(items[i], v.stem_count, v.feature_count - 1);
    vocabulary_free(&v);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_kept_once),
        cmocka_unit_test(stems_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
