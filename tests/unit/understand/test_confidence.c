/* Fitting finds what parts the examples, and the prior holds where there are none. */
#include "base/hash.h"
#include "understand/confidence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void without_examples_the_prior_stands(void **state)
{
    struct confidence_model m = confidence_prior;
    confidence_fit(m.scope, CONFIDENCE_SCOPE_SIZE, NULL, 0);
    for (size_t i = 0; i < CONFIDENCE_SCOPE_SIZE; i++)
        assert_true(m.scope[i] > confidence_prior.scope[i] - 1e-9 && m.scope[i] < confidence_prior.scope[i] + 1e-9);
    (void)state;
}

static void examples_move_it(void **state)
{
    static struct confidence_example examples[2000];
    double weights[3] = {0, 0, 0};
    uint64_t chance = 1;
    for (size_t i = 0; i < 2000; i++) {
        chance = hash_mix(chance + 1);
        double x = (double)(chance % 1000) / 1000;
        examples[i] = (struct confidence_example){.inputs = {1, x, 0.5}, .weight = 1, .holds = x > 0.5};
    }
    confidence_fit(weights, 3, examples, 2000);
    assert_true(weights[1] > 3);
    assert_true(weights[0] + weights[1] * 0.9 + weights[2] * 0.5 > 0);
    assert_true(weights[0] + weights[1] * 0.1 + weights[2] * 0.5 < 0);
    (void)state;
}

static void nothing_found_is_no_confidence(void **state)
{
    const struct question q = {0};
    static const struct ranking r;
    const struct confidence_model models[CONFIDENCE_MODELS] = {confidence_prior};
    struct confidence c = confidence_of(models, &q, &r);
    assert_true(c.in_scope == 0 && c.first == 0);
    (void)state;
}

/* A question that hardly shares a word: near by meaning makes it sure, and only where there is a meaning. */
static void a_meaning_adds_to_it(void **state)
{
    const struct question q = {.content = 4, .unknown = 4, .content_count = 2, .word_count = 4};
    struct ranking r = {.count = 2, .usual_claim = 0.4f, .none_claim = 0.8f, .rival = 1};
    struct confidence_model models[CONFIDENCE_MODELS];
    for (unsigned kinds = 0; kinds < CONFIDENCE_MODELS; kinds++) {
        models[kinds] = confidence_prior_meant(&confidence_prior, kinds);
        assert_true((models[kinds].share > 0) == (kinds != 0));
    }
    assert_memory_equal(&models[0], &confidence_prior, sizeof models[0]);
    for (unsigned kinds = 1; kinds < CONFIDENCE_MODELS; kinds++) {
        r.kinds = kinds;
        r.all[0].near = r.best_near = 0;
        r.all[0].score = 0.1;
        struct confidence far = confidence_of(models, &q, &r);
        r.all[0].near = r.best_near = 1.2f;
        r.all[0].score = 0.8;
        struct confidence near = confidence_of(models, &q, &r);
        assert_true(far.in_scope < 0.05 && near.in_scope > 0.7 && near.first > far.first && near.first > 0.7);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_examples_the_prior_stands),
        cmocka_unit_test(examples_move_it),
        cmocka_unit_test(nothing_found_is_no_confidence),
        cmocka_unit_test(a_meaning_adds_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
