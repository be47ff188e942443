/* The measures of understanding, against values worked out by hand. */
#include "cli/scores.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const double tiny = 1e-9;

static struct scores scores(const struct score_line *lines, size_t count)
{
    struct scores s;
    assert_int_equal(scores_of(lines, count, &s), 0);
    return s;
}

static void nothing_is_defined_of_nothing(void **state)
{
    (void)state;
    struct scores s = scores(NULL, 0);
    assert_true(isnan(s.accuracy) && isnan(s.top3) && isnan(s.auroc) && isnan(s.oos_recall_95));
    assert_true(isnan(s.coverage_95) && isnan(s.ece));
    assert_true(isnan(scores_quantile(NULL, 0, 0.5)));
}

static void accuracy_counts_what_is_in_scope(void **state)
{
    (void)state;
    const struct score_line lines[] = {{.right = true, .among_three = true},
                                       {.among_three = true},
                                       {.confidence = 0},
                                       {.right = true, .among_three = true},
                                       {.out_of_scope = true},
                                       {.out_of_scope = true, .right = true, .among_three = true}};
    struct scores s = scores(lines, COUNT(lines));
    assert_float_equal(s.accuracy, 0.5, tiny);
    assert_float_equal(s.top3, 0.75, tiny);
}

static void without_one_of_both_kinds_scope_is_undefined(void **state)
{
    (void)state;
    const struct score_line in[] = {{.in_scope = 0.9, .right = true}, {.in_scope = 0.1}};
    struct scores s = scores(in, COUNT(in));
    assert_true(isnan(s.auroc) && isnan(s.oos_recall_95));
    assert_float_equal(s.accuracy, 0.5, tiny);
    const struct score_line out[] = {{.in_scope = 0.9, .out_of_scope = true}, {.in_scope = 0.1, .out_of_scope = true}};
    s = scores(out, COUNT(out));
    assert_true(isnan(s.auroc) && isnan(s.oos_recall_95) && isnan(s.accuracy));
    assert_float_equal(s.coverage_95, 0, tiny);
}

/* In scope .9 .8 .5 .5, out of scope .7 .5 .1: of twelve pairs 3 + 3 + (0 + ½ + 1) · 2 = 9 are right. */
static void auroc_counts_pairs_and_ties_by_half(void **state)
{
    (void)state;
    const struct score_line lines[] = {{.in_scope = 0.5}, {.in_scope = 0.1, .out_of_scope = true},
                                       {.in_scope = 0.9}, {.in_scope = 0.7, .out_of_scope = true},
                                       {.in_scope = 0.5}, {.in_scope = 0.5, .out_of_scope = true},
                                       {.in_scope = 0.8}};
    assert_float_equal(scores(lines, COUNT(lines)).auroc, 9.0 / 12, tiny);
}

static void auroc_of_a_constant_is_chance(void **state)
{
    (void)state;
    const struct score_line lines[] = {
        {.in_scope = 0.4}, {.in_scope = 0.4, .out_of_scope = true}, {.in_scope = 0.4, .out_of_scope = true}};
    struct scores s = scores(lines, COUNT(lines));
    assert_float_equal(s.auroc, 0.5, tiny);
    assert_float_equal(s.oos_recall_95, 0, tiny); /* to accept any is to accept all */
}

/* Twenty in scope from 0.80 to 0.99: 19 of them are accepted from 0.81 on, which refuses 0.80 and 0.10
 * but not 0.81 and 0.95. */
static void recall_is_taken_where_19_of_20_are_accepted(void **state)
{
    (void)state;
    struct score_line lines[24] = {{0}};
    for (int i = 0; i < 20; i++)
        lines[i].in_scope = (80 + i) / 100.0;
    const double out[] = {0.95, 0.81, 0.80, 0.10};
    for (int i = 0; i < 4; i++)
        lines[20 + i] = (struct score_line){.in_scope = out[i], .out_of_scope = true};
    assert_float_equal(scores(lines, COUNT(lines)).oos_recall_95, 0.5, tiny);
}

/* 0.9: 19 right and one wrong, 95 % of 20; one more wrong at 0.8 breaks it; 30 lines in all. */
static void coverage_is_the_longest_run_that_is_95_percent_right(void **state)
{
    (void)state;
    struct score_line lines[30] = {{0}};
    for (int i = 0; i < 20; i++)
        lines[i] = (struct score_line){.confidence = 0.9, .right = i != 7};
    lines[20].confidence = 0.8;
    for (int i = 21; i < 30; i++)
        lines[i] = (struct score_line){.confidence = 0.1, .right = true, .out_of_scope = true};
    assert_float_equal(scores(lines, COUNT(lines)).coverage_95, 20.0 / 30, tiny);
}

/* It may dip below 95 % on the way: first one wrong, then 19 right. */
static void coverage_may_dip_on_the_way(void **state)
{
    (void)state;
    struct score_line lines[20] = {{.confidence = 0.99}};
    for (int i = 1; i < 20; i++)
        lines[i] = (struct score_line){.confidence = 0.5, .right = true};
    assert_float_equal(scores(lines, COUNT(lines)).coverage_95, 1, tiny);
}

/* Equal confidences stand or fall together: 19 right and 2 wrong at the same value are too few. */
static void coverage_does_not_part_equals(void **state)
{
    (void)state;
    struct score_line lines[21] = {{0}};
    for (int i = 0; i < 21; i++)
        lines[i] = (struct score_line){.confidence = 0.7, .right = i < 19};
    assert_float_equal(scores(lines, COUNT(lines)).coverage_95, 0, tiny);
}

/* Bins of 1/15: 0.95 and 1.0 in the last (mean 0.975, half right: 0.475 off), 0.30 in the fifth (out of
 * scope: wrong, 0.30 off), 0.0 in the first (right: 1 off). (2 · 0.475 + 0.30 + 1) / 4. */
static void ece_weighs_bins_by_their_lines(void **state)
{
    (void)state;
    const struct score_line lines[] = {{.confidence = 0.95, .right = true},
                                       {.confidence = 1.0},
                                       {.confidence = 0.30, .right = true, .out_of_scope = true},
                                       {.confidence = 0.0, .right = true}};
    assert_float_equal(scores(lines, COUNT(lines)).ece, (0.95 + 0.30 + 1) / 4, tiny);
}

/* 0.06 and 0.07 lie on two sides of 1/15 = 0.0667: together they would be 0.065 off, apart 0.06 and 0.93. */
static void ece_has_fifteen_bins(void **state)
{
    (void)state;
    const struct score_line lines[] = {{.confidence = 0.06}, {.confidence = 0.07, .right = true}};
    assert_float_equal(scores(lines, COUNT(lines)).ece, (0.06 + 0.93) / 2, tiny);
    const struct score_line one_bin[] = {{.confidence = 0.068}, {.confidence = 0.13, .right = true}};
    assert_float_equal(scores(one_bin, COUNT(one_bin)).ece, fabs(0.198 - 1) / 2, tiny);
}

static void quantiles_are_values_that_occurred(void **state)
{
    (void)state;
    double values[] = {5, 1, 4, 2, 3};
    assert_float_equal(scores_quantile(values, 5, 0.5), 3, tiny);
    assert_float_equal(scores_quantile(values, 5, 0.99), 5, tiny);
    assert_float_equal(scores_quantile(values, 5, 0), 1, tiny);
    double even[] = {4, 3, 2, 1};
    assert_float_equal(scores_quantile(even, 4, 0.5), 2, tiny);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_defined_of_nothing),
        cmocka_unit_test(accuracy_counts_what_is_in_scope),
        cmocka_unit_test(without_one_of_both_kinds_scope_is_undefined),
        cmocka_unit_test(auroc_counts_pairs_and_ties_by_half),
        cmocka_unit_test(auroc_of_a_constant_is_chance),
        cmocka_unit_test(recall_is_taken_where_19_of_20_are_accepted),
        cmocka_unit_test(coverage_is_the_longest_run_that_is_95_percent_right),
        cmocka_unit_test(coverage_may_dip_on_the_way),
        cmocka_unit_test(coverage_does_not_part_equals),
        cmocka_unit_test(ece_weighs_bins_by_their_lines),
        cmocka_unit_test(ece_has_fifteen_bins),
        cmocka_unit_test(quantiles_are_values_that_occurred),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
