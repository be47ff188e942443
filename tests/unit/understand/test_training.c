/* Folds leave out what they say, a run claims its own phrasings, and the same texts give the same bytes. */
#include "text/negatives.h"
#include "understand/training.h"
#include "unit/understand/training_test.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint32_t phrasings_of(const struct fair *f, uint32_t doc)
{
    return (uint32_t)f->entries[f->index->docs[doc].entry].phrasing_count;
}

/* Where an entry stays, it loses one of a few phrasings, every fifth of many, and never its only one. */
static void a_fold_leaves_out_a_part_of_each_entry(void **state)
{
    struct fair *f = fair_new();
    struct training *t = training_new(f->index, &fair_options);
    for (uint32_t fold = 0; fold < TRAINING_FOLDS; fold++) {
        uint32_t out[FAIR_ENTRIES] = {0}, whole[FAIR_ENTRIES] = {0}, entries_out = 0;
        assert_int_equal(training_run_fold(t, fold), 0);
        for (uint32_t d = 0; d < f->index->head->docs; d++) {
            enum training_aside aside = training_doc_aside(t, d);
            out[f->index->docs[d].entry] += aside == TRAINING_PHRASING_OUT;
            whole[f->index->docs[d].entry] += aside == TRAINING_ENTRY_OUT;
        }
        for (uint32_t e = 0; e < FAIR_ENTRIES; e++) {
            uint32_t all = (uint32_t)f->entries[e].phrasing_count;
            entries_out += whole[e] > 0;
            if (whole[e] > 0)
                assert_true(whole[e] == all && out[e] == 0);
            else if (all == 1)
                assert_int_equal(out[e], 0);
            else
                assert_in_range(out[e], all < TRAINING_FOLDS ? 1 : all / TRAINING_FOLDS,
                                (all + TRAINING_FOLDS - 1) / TRAINING_FOLDS);
        }
        assert_in_range(entries_out, 1, FAIR_ENTRIES / 2); /* about an eighth */
    }
    training_free(t);
    fair_free(f);
    (void)state;
}

static void over_the_folds_each_phrasing_is_left_out(void **state)
{
    struct fair *f = fair_new();
    struct training *t = training_new(f->index, &fair_options);
    uint32_t *times = calloc(f->index->head->docs, sizeof *times);
    bool *whole = calloc(f->index->head->docs, sizeof *whole);
    assert_int_equal(training_folds(t), TRAINING_FOLDS);
    for (uint32_t fold = 0; fold < TRAINING_FOLDS; fold++) {
        training_run_fold(t, fold);
        for (uint32_t d = 0; d < f->index->head->docs; d++) {
            times[d] += training_doc_aside(t, d) != TRAINING_IN;
            whole[d] = whole[d] || training_doc_aside(t, d) == TRAINING_ENTRY_OUT;
        }
    }
    for (uint32_t d = 0; d < f->index->head->docs; d++) {
        uint32_t all = phrasings_of(f, d);
        if (all == 1 && !whole[d])
            assert_int_equal(times[d], 0);
        else if (all >= TRAINING_FOLDS && !whole[d])
            assert_int_equal(times[d], 1);
        else
            assert_in_range(times[d], 1, TRAINING_FOLDS);
    }
    free(times);
    free(whole);
    training_free(t);
    fair_free(f);
    (void)state;
}

static void what_is_out_of_scope_is_left_out_once(void **state)
{
    struct fair *f = fair_new();
    struct training *t = training_new(f->index, &fair_options);
    const char *const *texts;
    size_t count = training_outside(t, &texts), everyday;
    (void)negatives_of("it", &everyday);
    assert_true(count >= fair_options.out_of_scope_count && count <= fair_options.out_of_scope_count + everyday);
    for (size_t i = 0; i < fair_options.out_of_scope_count; i++)
        assert_string_equal(texts[i], fair_options.out_of_scope[i]);
    uint32_t *times = calloc(count, sizeof *times);
    for (uint32_t fold = 0; fold < TRAINING_FOLDS; fold++) {
        training_run_fold(t, fold);
        for (size_t i = 0; i < count; i++)
            times[i] += training_outside_aside(t, i);
    }
    for (size_t i = 0; i < count; i++)
        assert_int_equal(times[i], 1);
    /* A run on everything leaves nothing out. */
    training_run(t, NULL, NULL);
    for (size_t i = 0; i < count; i++)
        assert_false(training_outside_aside(t, i));
    for (uint32_t d = 0; d < f->index->head->docs; d++)
        assert_int_equal(training_doc_aside(t, d), TRAINING_IN);
    free(times);
    training_free(t);
    fair_free(f);
    (void)state;
}

static void its_own_phrasings_are_claimed(void **state)
{
    struct fair *f = fair_new();
    struct training *t = training_new(f->index, &fair_options);
    double sum = 0;
    assert_int_equal(training_run(t, NULL, NULL), 0);
    for (uint32_t d = 0; d < f->index->head->docs; d++) {
        const struct image_doc *doc = &f->index->docs[d];
        float claims[FAIR_ENTRIES + 1];
        fair_claims(f, t, f->entries[doc->entry].phrasings[doc->phrasing], claims);
        for (uint32_t e = 0; e <= FAIR_ENTRIES; e++) {
            assert_true(claims[e] >= 0 && claims[e] <= 2);
            assert_true(e == doc->entry || claims[e] < claims[doc->entry]);
        }
        sum += (double)claims[doc->entry];
    }
    /* 1 is how entries claim their own phrasings, in the mean. */
    assert_true(fabs(sum / f->index->head->docs - 1) < 0.1);
    training_free(t);
    fair_free(f);
    (void)state;
}

/* What was left out is claimed less than when it was seen; an entry that was left out claims nothing. */
static void what_is_left_out_was_not_seen(void **state)
{
    struct fair *f = fair_new();
    struct training *all = training_new(f->index, &fair_options), *t = training_new(f->index, &fair_options);
    size_t less = 0, none = 0;
    double lost = 0;
    assert_int_equal(training_run(all, NULL, NULL), 0);
    for (uint32_t fold = 0; fold < TRAINING_FOLDS; fold++) {
        training_run_fold(t, fold);
        for (uint32_t d = 0; d < f->index->head->docs; d++) {
            const struct image_doc *doc = &f->index->docs[d];
            enum training_aside aside = training_doc_aside(t, d);
            const char *text = f->entries[doc->entry].phrasings[doc->phrasing];
            float seen[FAIR_ENTRIES + 1], unseen[FAIR_ENTRIES + 1];
            if (aside == TRAINING_IN)
                continue;
            fair_claims(f, all, text, seen);
            fair_claims(f, t, text, unseen);
            /* Each training has a scale of its own: a phrasing that its fellows say as well may claim as much without.
             */
            assert_true(unseen[doc->entry] < seen[doc->entry] + 0.05f);
            lost += (double)(seen[doc->entry] - unseen[doc->entry]);
            less += aside == TRAINING_PHRASING_OUT;
            none += aside == TRAINING_ENTRY_OUT;
            if (aside == TRAINING_ENTRY_OUT)
                assert_true(unseen[doc->entry] < 0.1f);
        }
    }
    assert_true(less > 20 && none > 0);
    assert_true(lost / (double)(less + none) > 0.2);
    training_free(all);
    training_free(t);
    fair_free(f);
    (void)state;
}

/* Examples out of scope of one's own are not claimed by the entry that they resemble. */
static void an_example_out_of_scope_is_claimed_by_none(void **state)
{
    struct fair *f = fair_new();
    struct training *with = training_new(f->index, &fair_options), *without = training_new(f->index, NULL);
    assert_int_equal(training_run(with, NULL, NULL), 0);
    assert_int_equal(training_run(without, NULL, NULL), 0);
    for (size_t i = 0; i < fair_options.out_of_scope_count; i++) {
        float a[FAIR_ENTRIES + 1], b[FAIR_ENTRIES + 1];
        fair_claims(f, with, fair_options.out_of_scope[i], a);
        fair_claims(f, without, fair_options.out_of_scope[i], b);
        if (a[FAIR_ENTRIES] <= b[FAIR_ENTRIES] && a[FAIR_ENTRIES] < 1) /* 1 = as surely as one may */
            fail_msg("“%s”: %.3f with it, %.3f without", fair_options.out_of_scope[i], (double)a[FAIR_ENTRIES],
                     (double)b[FAIR_ENTRIES]);
        for (uint32_t e = 0; e < FAIR_ENTRIES; e++)
            assert_true(a[e] < a[FAIR_ENTRIES]);
    }
    training_free(with);
    training_free(without);
    fair_free(f);
    (void)state;
}

static void the_same_gives_the_same_bytes_whatever_ran_before(void **state)
{
    struct fair *f = fair_new();
    struct buf first, second;
    buf_init(&first, 1 << 24);
    buf_init(&second, 1 << 24);
    struct training *t = training_new(f->index, &fair_options);
    training_run(t, NULL, NULL);
    assert_int_equal(training_write(t, &first), 0);
    training_run_fold(t, 3);
    training_run(t, NULL, NULL);
    assert_int_equal(training_write(t, &second), 0);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    /* … and is what index_build wrote. */
    assert_int_equal(f->index->head->sections[SECTION_CLASSIFIER].count, first.size);
    assert_memory_equal(f->image.data + f->index->head->sections[SECTION_CLASSIFIER].at, first.data, first.size);
    struct buf small;
    buf_init(&small, 100);
    assert_int_equal(training_write(t, &small), -1);
    buf_free(&small);
    buf_free(&first);
    buf_free(&second);
    training_free(t);
    fair_free(f);
    (void)state;
}

static void heard(void *context, double share)
{
    double *last = context;
    assert_true(share >= *last && share <= 1);
    *last = share;
}

static void progress_rises(void **state)
{
    struct fair *f = fair_new();
    struct training *t = training_new(f->index, &fair_options);
    double last = 0;
    assert_int_equal(training_run(t, heard, &last), 0);
    training_free(t);
    training_free(NULL);
    fair_free(f);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fold_leaves_out_a_part_of_each_entry),
        cmocka_unit_test(over_the_folds_each_phrasing_is_left_out),
        cmocka_unit_test(what_is_out_of_scope_is_left_out_once),
        cmocka_unit_test(its_own_phrasings_are_claimed),
        cmocka_unit_test(what_is_left_out_was_not_seen),
        cmocka_unit_test(an_example_out_of_scope_is_claimed_by_none),
        cmocka_unit_test(the_same_gives_the_same_bytes_whatever_ran_before),
        cmocka_unit_test(progress_rises),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
