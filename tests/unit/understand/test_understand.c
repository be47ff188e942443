/* What the floors above see: candidates with confidence, in order, always in order. */
#include "understand/index.h"
#include "unit/understand/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct understand_options explained = {.explain = true};

static void exact_questions_are_sure(void **state)
{
    struct shop *s = shop_new();
    for (uint32_t e = 0; e < SHOP_ENTRIES; e++) {
        struct understanding u;
        assert_int_equal(understand(s->index, shop_phrasings[e][0], NULL, s->arena, &u), 0);
        assert_true(u.count > 0 && u.candidates[0].entry == e);
        assert_true(u.candidates[0].confidence >= 0.9f);
        assert_null(u.explanation);
    }
    shop_free(s);
    (void)state;
}

static void confidence_is_orderly(void **state)
{
    static const char *const texts[] = {"",
                                        "?",
                                        "chiavi",
                                        "la",
                                        "quanto costa",
                                        "Quanto costa la spedizione?",
                                        "xxxx yyyy",
                                        "spedizione garanzia fattura chiavi prodotto orari",
                                        "quanto quanto quanto quanto"};
    struct shop *s = shop_new();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct understanding u;
        double sum = 0;
        assert_int_equal(understand(s->index, texts[i], &explained, s->arena, &u), 0);
        assert_true(u.count <= UNDERSTOOD_MAX && u.in_scope >= 0 && u.in_scope <= 1 && u.known_words <= u.word_count);
        for (size_t k = 0; k < u.count; k++) {
            assert_true(u.candidates[k].confidence >= 0 && u.candidates[k].confidence <= u.in_scope + 1e-6);
            assert_true(k == 0 || u.candidates[k].confidence <= u.candidates[k - 1].confidence);
            sum += (double)u.candidates[k].confidence;
        }
        assert_true(sum <= 1 + 1e-5);
        assert_true(u.explanation != NULL && strlen(u.explanation) > 10);
    }
    shop_free(s);
    (void)state;
}

static void function_words_are_no_evidence(void **state)
{
    static const char *const texts[] = {"come posso", "quali sono", "che cosa è", "la", "e il", "in quanto"};
    struct shop *s = shop_new();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct understanding u;
        assert_int_equal(understand(s->index, texts[i], NULL, s->arena, &u), 0);
        if (u.count > 0 && u.candidates[0].confidence >= 0.5f)
            fail_msg("“%s” is answered at %.2f", texts[i], (double)u.candidates[0].confidence);
    }
    shop_free(s);
    (void)state;
}

static double scope_of(const struct shop *s, const char *text)
{
    struct understanding u;
    assert_int_equal(understand(s->index, text, NULL, s->arena, &u), 0);
    return u.in_scope;
}

/* Its stem is that of "auto", and no dictionary has it. */
static void a_short_strange_word_alone_is_a_guess(void **state)
{
    struct shop *s = shop_new();
    assert_true(scope_of(s, "auto") > 0.75);
    assert_true(scope_of(s, "auta") <= 0.65);
    assert_true(scope_of(s, "l’auta?") <= 0.65);
    assert_true(scope_of(s, "le chiavi dell’auta") > 0.75);
    shop_free(s);
    (void)state;
}

static void slips_and_accents_do_not_matter(void **state)
{
    struct shop *s = shop_new();
    struct understanding u;
    understand(s->index, "quanto dura la garnzia", NULL, s->arena, &u);
    assert_true(u.candidates[0].entry == 4 && u.candidates[0].confidence >= 0.7f);
    assert_string_equal(u.corrected, "quanto dura la garanzia");
    understand(s->index, "DUPLICATE LE CHIAVI DELL’AUTO", NULL, s->arena, &u);
    assert_true(u.candidates[0].entry == 8 && u.candidates[0].confidence >= 0.7f);
    shop_free(s);
    (void)state;
}

static void without_memory_it_says_so(void **state)
{
    struct shop *s = shop_new();
    struct arena *small = arena_new(2000);
    struct understanding u;
    assert_int_equal(understand(s->index, "quanto costa la spedizione", NULL, small, &u), -1);
    arena_free(small);
    shop_free(s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_questions_are_sure),        cmocka_unit_test(confidence_is_orderly),
        cmocka_unit_test(function_words_are_no_evidence),  cmocka_unit_test(a_short_strange_word_alone_is_a_guess),
        cmocka_unit_test(slips_and_accents_do_not_matter), cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
