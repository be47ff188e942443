/* The optimum's own conditions hold, and what is left out or numbered otherwise changes nothing. */
#include "base/hash.h"
#include "understand/svm.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { POINTS = 60, AXES = 30, CLASSES = 3 };

/* The solver's own tolerance, and what sums of floats add to it. */
static const float within = 0.05f + 0.01f;

/* How values of the kernel are kept in a byte. */
static const float one = 120, below = 0.25f;

struct toy {
    uint8_t kernel[POINTS * POINTS];
    uint32_t labels[POINTS];
    float costs[POINTS];
    uint32_t order[POINTS];
    struct svm_problem problem;
};

/* Points of unit length, like texts: few axes each, one of them common to the class. Some are of
 * another class than the one they look like. */
static struct toy *toy_new(bool mistaken)
{
    struct toy *t = calloc(1, sizeof *t);
    double points[POINTS][AXES];
    uint64_t chance = 42;
    for (size_t i = 0; i < POINTS; i++) {
        double squares = 0;
        t->labels[i] = (uint32_t)(i % CLASSES);
        t->order[i] = (uint32_t)(i * 37 % POINTS);
        t->costs[i] = (i % 4 == 0 ? 0.5f : 1) / (mistaken ? 4 : 1); /* or it takes hundreds of rounds */
        for (size_t a = 0; a < AXES; a++) {
            chance = hash_mix(chance + 1);
            points[i][a] = (chance % 5 == 0 ? (double)(chance / 5 % 1000) / 1000 : 0) + (a == t->labels[i] ? 1 : 0);
            squares += points[i][a] * points[i][a];
        }
        for (size_t a = 0; a < AXES; a++)
            points[i][a] /= sqrt(squares);
        if (mistaken && i % 13 == 5)
            t->labels[i] = (t->labels[i] + 1) % CLASSES;
    }
    for (size_t i = 0; i < POINTS; i++)
        for (size_t k = 0; k < POINTS; k++) {
            double product = 0;
            for (size_t a = 0; a < AXES; a++)
                product += points[i][a] * points[k][a];
            t->kernel[i * POINTS + k] = (uint8_t)lrint((product + (double)below) * (double)one);
        }
    t->problem = (struct svm_problem){.count = POINTS,
                                      .kernel = t->kernel,
                                      .one = one,
                                      .below = below,
                                      .labels = t->labels,
                                      .costs = t->costs,
                                      .order = t->order};
    return t;
}

static void solve(const struct toy *t, uint32_t label, float ret[POINTS])
{
    float scratch[POINTS];
    uint32_t active[POINTS];
    svm_solve(&t->problem, label, scratch, active, ret);
}

static double function_at(const struct toy *t, const float *alphas, size_t point)
{
    double f = 0;
    for (size_t i = 0; i < POINTS; i++)
        f += (double)alphas[i] * ((double)t->kernel[i * POINTS + point] / (double)one - (double)below + 1);
    return f;
}

/* Karush, Kuhn, Tucker: no variable could be moved to make things better. */
static void check_optimum(const struct toy *t, uint32_t label, const float *alphas)
{
    for (size_t i = 0; i < POINTS; i++) {
        if (t->labels[i] == SVM_LEFT_OUT)
            continue;
        double y = t->labels[i] == label ? 1 : -1, alpha = (double)alphas[i] * y;
        double gradient = y * function_at(t, alphas, i) - 1 + alpha / (2 * (double)t->costs[i]);
        assert_true(alpha >= 0);
        if (gradient < -(double)within || (alpha > 0 && gradient > (double)within))
            fail_msg("class %u, example %zu: alpha %.4f, gradient %.4f", label, i, alpha, gradient);
    }
}

static void what_can_be_parted_is_parted_by_its_margin(void **state)
{
    struct toy *t = toy_new(false);
    for (uint32_t label = 0; label < CLASSES; label++) {
        float alphas[POINTS];
        size_t support = 0;
        solve(t, label, alphas);
        check_optimum(t, label, alphas);
        for (size_t i = 0; i < POINTS; i++) {
            double y = t->labels[i] == label ? 1 : -1, f = y * function_at(t, alphas, i);
            assert_true(f > 0);
            assert_true(f >= 1 - fabs((double)alphas[i]) / (2 * (double)t->costs[i]) - (double)within);
            support += alphas[i] != 0;
        }
        assert_in_range(support, 2, POINTS - 1); /* those far behind the margin bear nothing */
    }
    free(t);
    (void)state;
}

static void what_cannot_be_parted_is_an_optimum_too(void **state)
{
    struct toy *t = toy_new(true);
    size_t misplaced = 0;
    for (uint32_t label = 0; label < CLASSES; label++) {
        float alphas[POINTS];
        solve(t, label, alphas);
        check_optimum(t, label, alphas);
        for (size_t i = 0; i < POINTS; i++)
            misplaced += (function_at(t, alphas, i) > 0) != (t->labels[i] == label);
    }
    assert_true(misplaced > 0); /* or it would have been the problem above */
    free(t);
    (void)state;
}

/* An error that costs less is borne sooner. */
static void a_cheaper_example_has_a_smaller_margin(void **state)
{
    struct toy *t = toy_new(false);
    float dear[POINTS], cheap[POINTS];
    solve(t, 0, dear);
    size_t most = 0;
    for (size_t i = 0; i < POINTS; i += CLASSES)
        most = dear[i] > dear[most] ? i : most;
    t->costs[most] /= 100;
    solve(t, 0, cheap);
    check_optimum(t, 0, cheap);
    assert_true(cheap[most] < dear[most]);
    assert_true(function_at(t, cheap, most) < function_at(t, dear, most));
    free(t);
    (void)state;
}

/* … as if they were not there: the others' variables are those of a problem without them. */
static void what_is_left_out_takes_no_part(void **state)
{
    struct toy *t = toy_new(true), *less = toy_new(true);
    float alphas[POINTS], without[POINTS], scratch[POINTS];
    uint32_t active[POINTS];
    size_t kept[POINTS], count = 0;
    for (size_t i = 0; i < POINTS; i++) {
        if (i % 5 == 2)
            t->labels[i] = SVM_LEFT_OUT;
        else
            kept[count++] = i;
    }
    for (size_t i = 0; i < count; i++) {
        less->order[i] = (uint32_t)i;
        less->labels[i] = t->labels[kept[i]];
        less->costs[i] = t->costs[kept[i]];
        for (size_t k = 0; k < count; k++)
            less->kernel[i * count + k] = t->kernel[kept[i] * POINTS + kept[k]];
    }
    less->problem.count = count;
    for (uint32_t label = 0; label < CLASSES; label++) {
        solve(t, label, alphas);
        check_optimum(t, label, alphas);
        svm_solve(&less->problem, label, scratch, active, without);
        for (size_t i = 0; i < POINTS; i++)
            assert_true(t->labels[i] != SVM_LEFT_OUT || alphas[i] == 0);
        /* The order of the steps differs, so the variables agree as far as the tolerance goes. */
        double greatest = 0;
        for (size_t i = 0; i < count; i++)
            greatest = fmax(greatest, fabs((double)alphas[kept[i]] - (double)without[i]));
        if (greatest > 4 * (double)within)
            fail_msg("class %u: a variable differs by %.4f", label, greatest);
    }
    free(t);
    free(less);
    (void)state;
}

static void numbering_the_classes_otherwise_changes_nothing(void **state)
{
    static const uint32_t others[CLASSES] = {2, 0, 1};
    struct toy *t = toy_new(true), *permuted = toy_new(true);
    for (size_t i = 0; i < POINTS; i++)
        permuted->labels[i] = others[t->labels[i]];
    for (uint32_t label = 0; label < CLASSES; label++) {
        float alphas[POINTS], same[POINTS];
        solve(t, label, alphas);
        solve(permuted, others[label], same);
        assert_memory_equal(alphas, same, sizeof alphas);
    }
    free(t);
    free(permuted);
    (void)state;
}

static void a_class_of_nobody_claims_nothing(void **state)
{
    struct toy *t = toy_new(false);
    float alphas[POINTS];
    solve(t, CLASSES, alphas);
    check_optimum(t, CLASSES, alphas);
    for (size_t i = 0; i < POINTS; i++)
        assert_true(alphas[i] <= 0 && function_at(t, alphas, i) < 0);
    t->problem.count = 0; /* nothing to be solved is no harm */
    solve(t, 0, alphas);
    free(t);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_can_be_parted_is_parted_by_its_margin),
        cmocka_unit_test(what_cannot_be_parted_is_an_optimum_too),
        cmocka_unit_test(a_cheaper_example_has_a_smaller_margin),
        cmocka_unit_test(what_is_left_out_takes_no_part),
        cmocka_unit_test(numbering_the_classes_otherwise_changes_nothing),
        cmocka_unit_test(a_class_of_nobody_claims_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
