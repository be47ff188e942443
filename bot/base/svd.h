/* Svd: what the rows of a large sparse square matrix are, brought down to SVD_SIZE numbers each:
 * the rows of U·S of its truncated singular value decomposition, largest singular values first.
 *
 * Good for: making tables, where seconds and some hundred megabytes do not matter. Not for:
 * answering a visitor. The method is randomised subspace iteration (Halko, Martinsson, Tropp
 * 2011) from a start that is always the same: the same matrix gives the same numbers on the same
 * machine. Columns beyond the matrix's rank are 0. Errors: without memory. Threads: any. */
#ifndef BASE_SVD_H
#define BASE_SVD_H

#include <stddef.h>
#include <stdint.h>

enum { SVD_SIZE = 128 };

/* Row r has values[starts[r] … starts[r + 1]) in those columns (< size). */
struct svd_matrix {
    size_t size;
    const size_t *starts; /* size + 1 of them */
    const uint32_t *columns;
    const float *values;
};

/* Fills ret[size][SVD_SIZE]. 3 or 4 iterations will do where singular values fall slowly.
 * -1 without memory. */
int svd_rows(const struct svd_matrix *, unsigned iterations, float *ret);

#endif
