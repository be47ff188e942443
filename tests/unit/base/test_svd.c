/* Matrices whose decomposition is known come out as it. */
#include "base/svd.h"

#include "base/hash.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { LARGE = 400 };

/* A whole matrix as a sparse one, decomposed; the rows are the caller's to free. */
static float *rows_of(const float *whole, size_t size)
{
    size_t *starts = calloc(size + 1, sizeof *starts), count = 0;
    uint32_t *columns = calloc(size * size, sizeof *columns);
    float *values = calloc(size * size, sizeof *values), *ret = calloc(size, SVD_SIZE * sizeof *ret);
    assert_true(starts != NULL && columns != NULL && values != NULL && ret != NULL);
    for (size_t r = 0; r < size; r++) {
        for (size_t c = 0; c < size; c++)
            if (whole[r * size + c] != 0) {
                columns[count] = (uint32_t)c;
                values[count++] = whole[r * size + c];
            }
        starts[r + 1] = count;
    }
    assert_int_equal(svd_rows(&(struct svd_matrix){size, starts, columns, values}, 4, ret), 0);
    free(starts);
    free(columns);
    free(values);
    return ret;
}

static double product(const float *a, const float *b, size_t step, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)a[i * step] * (double)b[i * step];
    return sum;
}

/* Its singular values are 3√5 and √5, its left vectors (1, 3)/√10 and (3, -1)/√10. */
static void decomposes_a_small_one(void **state)
{
    float *rows = rows_of((const float[]){3, 0, 4, 5}, 2);
    double turned = rows[0] < 0 ? -1 : 1, other = rows[1] < 0 ? -1 : 1;
    assert_true(fabs(turned * rows[0] - sqrt(4.5)) < 1e-5);
    assert_true(fabs(turned * rows[SVD_SIZE] - sqrt(40.5)) < 1e-5);
    assert_true(fabs(other * rows[1] - sqrt(4.5)) < 1e-5);
    assert_true(fabs(other * rows[SVD_SIZE + 1] + sqrt(0.5)) < 1e-5);
    for (size_t i = 2; i < SVD_SIZE; i++)
        assert_true(fabsf(rows[i]) < 1e-5f && fabsf(rows[SVD_SIZE + i]) < 1e-5f); /* beyond its rank */
    free(rows);
    (void)state;
}

/* The sum of σₖ hₖ gₖᵀ with σₖ = 200 - 10k, where h and g are orthogonal cosines: of more rows
 * than there are columns in the result, and with noise that the decomposition leaves aside. */
static void finds_the_singular_values_of_a_large_one(void **state)
{
    enum { RANK = 12 };
    float *whole = calloc(LARGE * LARGE, sizeof *whole);
    assert_non_null(whole);
    for (size_t r = 0; r < LARGE; r++)
        for (size_t c = 0; c < LARGE; c++) {
            double sum = ((double)(hash_mix(r * LARGE + c) >> 40) / (1 << 24) - 0.5) * 0.01;
            for (size_t k = 0; k < RANK; k++)
                sum += (200.0 - 10.0 * (double)k) * 2 / LARGE *
                       cos(M_PI * (double)(k + 1) * ((double)r + 0.5) / LARGE) *
                       cos(M_PI * (double)(2 * k + 1) * ((double)c + 0.5) / LARGE);
            whole[r * LARGE + c] = (float)sum;
        }
    float *rows = rows_of(whole, LARGE);
    for (size_t k = 0; k < RANK; k++) {
        assert_true(fabs(sqrt(product(rows + k, rows + k, SVD_SIZE, LARGE)) - (200.0 - 10.0 * (double)k)) < 0.05);
        for (size_t other = 0; other < k; other++)
            assert_true(fabs(product(rows + k, rows + other, SVD_SIZE, LARGE)) < 1);
    }
    assert_true(product(rows + RANK, rows + RANK, SVD_SIZE, LARGE) < 1);
    /* Rows are as near each other as the matrix's own. */
    double near = product(rows, rows + 7 * SVD_SIZE, 1, SVD_SIZE), own = product(whole, whole + 7 * LARGE, 1, LARGE);
    assert_true(fabs(near - own) < 0.01 * own);
    free(rows);
    free(whole);
    (void)state;
}

static void gives_nothing_for_nothing(void **state)
{
    float *rows = rows_of((const float[9]){0}, 3);
    for (size_t i = 0; i < 3 * SVD_SIZE; i++)
        assert_true(rows[i] == 0);
    free(rows);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decomposes_a_small_one),
        cmocka_unit_test(finds_the_singular_values_of_a_large_one),
        cmocka_unit_test(gives_nothing_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
