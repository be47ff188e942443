/* What is rare weighs more; phrasings are numbered by rising norm; postings tell their fields apart. */
#include "understand/features.h"
#include "understand/image.h"
#include "unit/understand/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint32_t stem_of(const struct index *x, const char *word)
{
    uint32_t id = image_find_word(x, word, strlen(word));
    assert_true(id != IMAGE_NONE);
    return x->word_features.items[x->word_features.at[id]];
}

static void the_rare_weighs_more(void **state)
{
    struct shop *s = shop_new();
    assert_true(s->index->stem_idf[stem_of(s->index, "fattura")] > s->index->stem_idf[stem_of(s->index, "chiavi")]);
    assert_true(s->index->stem_idf[stem_of(s->index, "chiavi")] > s->index->stem_idf[stem_of(s->index, "negozio")]);
    uint32_t la = stem_of(s->index, "la");
    assert_true(s->index->weights[la] <= s->index->stem_idf[la] * features_stop_share + 1e-6f);
    shop_free(s);
    (void)state;
}

static void docs_rise_by_norm(void **state)
{
    struct shop *s = shop_new();
    for (uint32_t d = 1; d < s->index->head->docs; d++)
        assert_true(s->index->docs[d - 1].norm <= s->index->docs[d].norm);
    shop_free(s);
    (void)state;
}

/* "domenica" stands in a wording and in the answer of the opening hours, "corriere" in an answer. */
static void a_question_weighs_more_than_an_answer(void **state)
{
    struct shop *s = shop_new();
    uint32_t asked = s->index->stem_entries.at[stem_of(s->index, "domenica")];
    uint32_t told = s->index->stem_entries.at[stem_of(s->index, "corriere")];
    assert_int_equal(s->index->stem_entries.items[asked], 2);
    assert_int_equal(s->index->stem_entries.items[told], 0);
    assert_true(s->index->stem_impacts[asked] > s->index->stem_impacts[told]);
    shop_free(s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rare_weighs_more),
        cmocka_unit_test(docs_rise_by_norm),
        cmocka_unit_test(a_question_weighs_more_than_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
