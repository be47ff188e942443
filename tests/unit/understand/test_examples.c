/* Examples are of unit length, each column once, the rarer the heavier. */
#include "understand/examples.h"
#include "unit/understand/shop.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* All phrasings of the shop, closed. */
static void fill(struct examples *e, const struct shop *s)
{
    assert_int_equal(examples_init(e, s->index), 0);
    for (uint32_t d = 0; d < s->index->head->docs; d++)
        examples_add_doc(e, d);
    assert_int_equal(examples_count(e), s->index->head->docs);
    assert_int_equal(examples_close(e), 0);
}

static void add_text(struct examples *e, const struct shop *s, const char *text)
{
    const struct reading_options plain = {0};
    struct reading r;
    assert_int_equal(reading_of(s->index, text, &plain, s->arena, &r), 0);
    examples_add(e, &r);
    assert_false(e->failed);
}

/* Of an example's frame, or of all its other columns. */
static double length_of(const struct examples *e, size_t example, bool frame)
{
    double squares = 0;
    for (uint32_t i = e->at.items[example]; i < e->at.items[example + 1]; i++)
        if ((e->columns[e->cols.items[i]].kind == SIGNAL_FRAME) == frame)
            squares += (double)e->values[i] * (double)e->values[i];
    return sqrt(squares);
}

static const struct column *word_column(const struct examples *e, const char *word, bool stop)
{
    struct signal signals[SIGNALS_OF_WORD];
    signals_of_word("it", NULL, word, strlen(word), stop, signals);
    uint32_t column = examples_column(e, signals[0].key);
    assert_int_not_equal(column, IMAGE_NONE);
    return &e->columns[column];
}

static void each_is_of_unit_length_with_each_column_once(void **state)
{
    struct shop *s = shop_new();
    struct examples e;
    fill(&e, s);
    for (size_t d = 0; d < examples_count(&e); d++) {
        assert_true(fabs(length_of(&e, d, false) - 1) < 1e-5);
        assert_true(fabs(length_of(&e, d, true) - sqrt((double)signals_frame_share)) < 1e-5);
        for (uint32_t i = e.at.items[d]; i < e.at.items[d + 1]; i++) {
            assert_true(e.cols.items[i] < e.column_count && e.values[i] > 0);
            for (uint32_t k = e.at.items[d]; k < i; k++)
                assert_int_not_equal(e.cols.items[k], e.cols.items[i]);
        }
    }
    examples_free(&e);
    shop_free(s);
    (void)state;
}

/* What everybody says is worth less than what one alone says. */
static void the_rarer_the_heavier(void **state)
{
    struct shop *s = shop_new();
    struct examples e;
    fill(&e, s);
    for (uint32_t a = 0; a < e.column_count; a++) {
        assert_true(isfinite(e.columns[a].rarity) && e.columns[a].rarity > 0);
        assert_in_range(e.columns[a].df, 1, examples_count(&e));
        for (uint32_t b = 0; b < e.column_count; b++)
            if (e.columns[a].kind == SIGNAL_PAIR && e.columns[b].kind == SIGNAL_PAIR &&
                e.columns[a].df < e.columns[b].df)
                assert_true(e.columns[a].rarity > e.columns[b].rarity);
    }
    assert_true(word_column(&e, "garanzia", false)->rarity > word_column(&e, "quanto", true)->rarity);
    examples_free(&e);
    shop_free(s);
    (void)state;
}

static void columns_are_found_by_their_signals(void **state)
{
    struct shop *s = shop_new();
    struct examples e;
    fill(&e, s);
    for (uint32_t c = 0; c < e.column_count; c++)
        assert_int_equal(examples_column(&e, e.columns[c].key), c);
    assert_int_equal(word_column(&e, "garanzia", false)->df, 1);
    assert_int_equal(word_column(&e, "duplicate", false)->df, 2);
    uint32_t strange = 1;
    for (uint32_t c = 0; c < e.column_count; c++)
        if (e.columns[c].key == strange)
            strange++, c = UINT32_MAX; /* from the start again */
    assert_int_equal(examples_column(&e, strange), IMAGE_NONE);
    examples_free(&e);
    shop_free(s);
    (void)state;
}

/* A phrasing that a visitor types is the phrasing itself. */
static void a_text_is_read_as_its_phrasing_is(void **state)
{
    struct shop *s = shop_new();
    struct examples e;
    fill(&e, s);
    for (uint32_t d = 0; d < s->index->head->docs; d++) {
        const struct image_doc *doc = &s->index->docs[d];
        add_text(&e, s, shop_phrasings[doc->entry][doc->phrasing]);
        uint32_t own = e.at.items[d], again = e.at.items[e.at.count - 2], size = e.at.items[d + 1] - own;
        assert_int_equal(e.cols.count - again, size);
        assert_memory_equal(e.cols.items + own, e.cols.items + again, size * sizeof *e.cols.items);
        for (uint32_t i = 0; i < size; i++)
            assert_true(fabsf(e.values[own + i] - e.values[again + i]) < 1e-5f);
        examples_drop_last(&e);
    }
    examples_free(&e);
    shop_free(s);
    (void)state;
}

static void closed_it_learns_no_new_columns(void **state)
{
    struct shop *s = shop_new();
    struct examples e;
    fill(&e, s);
    uint32_t columns = e.column_count;
    size_t count = examples_count(&e), cols = e.cols.count;
    add_text(&e, s, "quanto costa un ippopotamo zebrato");
    assert_int_equal(e.column_count, columns);
    assert_int_equal(examples_count(&e), count + 1);
    assert_true(fabs(length_of(&e, count, false) - 1) < 1e-5);
    examples_drop_last(&e);
    assert_int_equal(examples_count(&e), count);
    assert_int_equal(e.cols.count, cols);
    /* Of a text without anything known its frame alone is left, of one without words nothing. */
    add_text(&e, s, "ξψ");
    assert_true(length_of(&e, count, false) == 0);
    size_t after = e.cols.count;
    add_text(&e, s, "");
    assert_int_equal(examples_count(&e), count + 2);
    assert_int_equal(e.cols.count, after);
    examples_free(&e);
    shop_free(s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_of_unit_length_with_each_column_once),
        cmocka_unit_test(the_rarer_the_heavier),
        cmocka_unit_test(columns_are_found_by_their_signals),
        cmocka_unit_test(a_text_is_read_as_its_phrasing_is),
        cmocka_unit_test(closed_it_learns_no_new_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
