/* How common a feature is: as it was counted, to within three percent, and nothing of a damaged table. */
#include "text/background.h"

#include "base/hash.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { DOCUMENTS = 100000 };

static struct buf table;
static struct background *background;

static void count(uint32_t (*df)[BACKGROUND_BUCKETS], uint32_t feature, uint32_t documents)
{
    for (int row = 0; row < BACKGROUND_ROWS; row++)
        df[row][background_bucket(feature, row)] += documents;
}

static int make(void **state)
{
    uint32_t(*df)[BACKGROUND_BUCKETS] = calloc(BACKGROUND_ROWS, sizeof *df);
    buf_init(&table, 1 << 20);
    count(df, 0, 1);
    count(df, 11, 10);
    count(df, 12, 4321);
    count(df, UINT32_MAX, DOCUMENTS);
    int result = table.failed ? -1 : background_write(&table, "it", DOCUMENTS, df);
    free(df);
    background = background_open(table.data, table.size, "it");
    (void)state;
    return result;
}

static int drop(void **state)
{
    background_free(background);
    buf_free(&table);
    (void)state;
    return 0;
}

static void tells_what_was_counted(void **state)
{
    assert_non_null(background);
    assert_int_equal(background_documents(background), DOCUMENTS);
    assert_true(background_df(background, 0) == 1);
    assert_true(fabs(background_df(background, 11) / 10 - 1) < 0.035);
    assert_true(fabs(background_df(background, 12) / 4321 - 1) < 0.035);
    assert_true(background_df(background, 13) == 0);
    (void)state;
}

static void idf_falls_from_the_unknown_to_what_all_have(void **state)
{
    double unknown = background_idf(background, 13), rare = background_idf(background, 11),
           common = background_idf(background, 12), all = background_idf(background, UINT32_MAX);
    assert_true(fabs(unknown - log(1.0 + DOCUMENTS)) < 1e-4);
    assert_true(unknown > rare && rare > common && common > all);
    assert_true(fabs(rare - log((1.0 + DOCUMENTS) / 11)) < 0.035);
    assert_true(all >= 0 && all < 0.035);
    (void)state;
}

/* A full bucket of one row does not make a feature common. */
static void the_lower_row_is_believed(void **state)
{
    uint32_t(*df)[BACKGROUND_BUCKETS] = calloc(BACKGROUND_ROWS, sizeof *df);
    count(df, 5, 2);
    df[0][background_bucket(5, 0)] += 1000;
    struct buf out;
    buf_init(&out, 1 << 20);
    assert_int_equal(background_write(&out, "it", DOCUMENTS, df), 0);
    struct background *b = background_open(out.data, out.size, "it");
    assert_true(fabs(background_df(b, 5) - 2) < 0.1);
    background_free(b);
    buf_free(&out);
    free(df);
    (void)state;
}

static void without_a_table_nothing_is_known(void **state)
{
    assert_true(background_idf(NULL, 1) == 0 && background_df(NULL, 1) == 0 && background_documents(NULL) == 0);
    assert_null(background_of("xx"));
    assert_null(background_open(table.data, table.size, "en"));
    assert_null(background_open(table.data, table.size - 1, "it"));
    (void)state;
}

/* The one that make has made, where it is. */
static void the_language_has_common_words(void **state)
{
    const struct background *it = background_of("it");
    if (it == NULL)
        skip(); /* without the packages there is no table */
    double common = background_idf(it, (uint32_t)hash_bytes("di", 2)), rare = background_idf(it, 0x12345678);
    assert_true(common > 0 && common < 3 && rare > 8);
    assert_ptr_equal(background_of("it"), it);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_what_was_counted),        cmocka_unit_test(idf_falls_from_the_unknown_to_what_all_have),
        cmocka_unit_test(the_lower_row_is_believed),     cmocka_unit_test(without_a_table_nothing_is_known),
        cmocka_unit_test(the_language_has_common_words),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
