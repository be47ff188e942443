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
        examples[i] = (struct confidence_example){.inputs = {1, x, 0.5}, .weight = 10, .holds = x > 0.5};
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
    struct confidence c = confidence_of(&confidence_prior, &q, &r);
    assert_true(c.in_scope == 0 && c.first == 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_examples_the_prior_stands),
        cmocka_unit_test(examples_move_it),
        cmocka_unit_test(nothing_found_is_no_confidence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
