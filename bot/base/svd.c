/* Truncated singular value decomposition: see svd.h. The wide loops run over a fixed number of
 * columns, which compilers turn into vector instructions. */
#include "base/svd.h"

#include "base/hash.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A few columns more than wanted make the last wanted ones good; rows are summed up in float a
 * few at a time, then in double. SWEEPS_MOST is far more than Jacobi's method needs. */
enum { WIDTH = SVD_SIZE + 12, ROWS_AT_ONCE = 64, SWEEPS_MOST = 40 };

typedef float wide[WIDTH];
typedef double square[WIDTH][WIDTH];

/* Symmetric `a` becomes diagonal; `vectors` gets what it was turned by, a column each. */
struct eigen {
    square a, vectors;
    double values[WIDTH]; /* falling */
    float basis[WIDTH][WIDTH];
};

static double uniform(uint64_t n)
{
    return ((double)(hash_mix(n) >> 11) + 1) / 9007199254740993.0; /* 2^53 + 1 */
}

/* Box and Muller's normal numbers. */
static void fill_normal(wide *y, size_t rows)
{
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < WIDTH; i++) {
            uint64_t n = 2 * (r * WIDTH + i);
            y[r][i] = (float)(sqrt(-2 * log(uniform(n))) * cos(6.283185307179586 * uniform(n + 1)));
        }
}

static inline void add_row(float *restrict to, const float *restrict from, float times)
{
    for (size_t i = 0; i < WIDTH; i++)
        to[i] += times * from[i];
}

static void multiply(const struct svd_matrix *m, const wide *x, wide *y)
{
    for (size_t r = 0; r < m->size; r++) {
        wide sum = {0};
        for (size_t at = m->starts[r]; at < m->starts[r + 1]; at++)
            add_row(sum, x[m->columns[at]], m->values[at]);
        memcpy(y[r], sum, sizeof sum);
    }
}

static void multiply_transposed(const struct svd_matrix *m, const wide *x, wide *y)
{
    memset(y, 0, m->size * sizeof *y);
    for (size_t r = 0; r < m->size; r++)
        for (size_t at = m->starts[r]; at < m->starts[r + 1]; at++)
            add_row(y[m->columns[at]], x[r], m->values[at]);
}

/* Products of each two columns. */
static void gram(const wide *y, size_t rows, square ret)
{
    memset(ret, 0, sizeof(square));
    for (size_t first = 0; first < rows; first += ROWS_AT_ONCE) {
        size_t last = first + ROWS_AT_ONCE < rows ? first + ROWS_AT_ONCE : rows;
        for (size_t i = 0; i < WIDTH; i++) {
            wide sum = {0};
            for (size_t r = first; r < last; r++)
                add_row(sum, y[r], y[r][i]);
            for (size_t j = 0; j < WIDTH; j++)
                ret[i][j] += (double)sum[j];
        }
    }
    for (size_t i = 0; i < WIDTH; i++)
        for (size_t j = 0; j < i; j++)
            ret[i][j] = ret[j][i] = (ret[i][j] + ret[j][i]) / 2;
}

/* Turns rows (or, with step WIDTH, columns) p and q by an angle. */
static void turn(double *p, double *q, size_t step, double c, double s)
{
    for (size_t k = 0; k < WIDTH; k++) {
        double x = p[k * step], y = q[k * step];
        p[k * step] = c * x - s * y;
        q[k * step] = s * x + c * y;
    }
}

/* One of Jacobi's rotations, which makes a[p][q] 0. */
static void rotate(struct eigen *e, size_t p, size_t q)
{
    double theta = (e->a[q][q] - e->a[p][p]) / (2 * e->a[p][q]);
    double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1));
    double c = 1 / sqrt(t * t + 1), s = t * c;
    turn(e->a[p], e->a[q], 1, c, s);
    turn(&e->a[0][p], &e->a[0][q], WIDTH, c, s);
    turn(e->vectors[p], e->vectors[q], 1, c, s); /* kept as rows while turning */
}

static void diagonalise(struct eigen *e)
{
    double all = 0;
    memset(e->vectors, 0, sizeof e->vectors);
    for (size_t i = 0; i < WIDTH; i++) {
        e->vectors[i][i] = 1;
        for (size_t j = 0; j < WIDTH; j++)
            all += e->a[i][j] * e->a[i][j];
    }
    double small = sqrt(all) * 1e-14 / WIDTH;
    for (unsigned sweep = 0, turned = 1; sweep < SWEEPS_MOST && turned > 0; sweep++) {
        turned = 0;
        for (size_t p = 0; p < WIDTH; p++)
            for (size_t q = p + 1; q < WIDTH; q++)
                if (fabs(e->a[p][q]) > small) {
                    rotate(e, p, q);
                    turned++;
                }
    }
}

/* The eigenvectors by falling eigenvalue, as columns of `basis`, each multiplied by
 * eigenvalue^power; those that are 0 within the precision of float are 0. */
static void solve(struct eigen *e, double power)
{
    size_t order[WIDTH];
    diagonalise(e);
    for (size_t i = 0; i < WIDTH; i++) {
        size_t at = i;
        for (; at > 0 && e->a[order[at - 1]][order[at - 1]] < e->a[i][i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    for (size_t i = 0; i < WIDTH; i++) {
        double value = e->values[i] = e->a[order[i]][order[i]];
        double times = value > 1e-12 * e->values[0] && value > 0 ? pow(value, power) : 0;
        for (size_t k = 0; k < WIDTH; k++)
            e->basis[k][i] = (float)(e->vectors[order[i]][k] * times);
    }
}

static void change_basis(wide *y, size_t rows, const struct eigen *e)
{
    for (size_t r = 0; r < rows; r++) {
        wide sum = {0};
        for (size_t k = 0; k < WIDTH; k++)
            add_row(sum, e->basis[k], y[r][k]);
        memcpy(y[r], sum, sizeof sum);
    }
}

/* Columns that span the same and are at right angles, of length 1 or (beyond the rank) 0. */
static void orthonormalise(wide *y, size_t rows, struct eigen *e)
{
    gram(y, rows, e->a);
    solve(e, -0.5);
    change_basis(y, rows, e);
}

int svd_rows(const struct svd_matrix *m, unsigned iterations, float *ret)
{
    int result = -1;
    wide *x = calloc(m->size + 1, sizeof *x), *y = calloc(m->size + 1, sizeof *y);
    struct eigen *e = calloc(1, sizeof *e);
    if (x == NULL || y == NULL || e == NULL)
        goto done;
    fill_normal(x, m->size);
    multiply(m, x, y);
    orthonormalise(y, m->size, e);
    for (unsigned i = 0; i < iterations; i++) {
        multiply_transposed(m, y, x);
        multiply(m, x, y);
        orthonormalise(y, m->size, e);
    }
    /* With Q in y, A ≈ QQᵀA, and QᵀA = WSVᵀ, where W and S² come of QᵀA(QᵀA)ᵀ: U is QW. */
    multiply_transposed(m, y, x);
    gram(x, m->size, e->a);
    solve(e, 0);
    change_basis(y, m->size, e);
    for (size_t r = 0; r < m->size; r++)
        for (size_t i = 0; i < SVD_SIZE; i++)
            ret[r * SVD_SIZE + i] = y[r][i] * (float)sqrt(e->values[i] > 0 ? e->values[i] : 0);
    result = 0;
done:
    free(e);
    free(y);
    free(x);
    return result;
}
