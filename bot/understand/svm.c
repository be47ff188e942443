/* Dual coordinate descent: see svm.h. */
#include "understand/svm.h"

#include <stdbool.h>
#include <string.h>

/* Rounds at most, and the gradient below which a variable is left alone: the usual
 * tolerance, which decides no question otherwise than half or a fifth of it does. */
enum { ROUNDS_MAX = 60 };
static const float tolerance = 0.05f;

struct descent {
    const struct svm_problem *p;
    uint32_t label;
    float *f; /* of each example, without the bias */
    float *signed_alpha;
    float bias;
};

static void add_row_plain(float *f, const uint8_t *row, size_t count, float step)
{
    for (size_t i = 0; i < count; i++)
        f[i] += step * (float)row[i];
}

/* Nearly all the time goes here: wider registers where the processor has them. */
#ifdef __x86_64__
__attribute__((target("avx2"))) static void add_row_wide(float *f, const uint8_t *row, size_t count, float step)
{
    for (size_t i = 0; i < count; i++)
        f[i] += step * (float)row[i];
}

static void add_row(float *f, const uint8_t *row, size_t count, float step)
{
    if (__builtin_cpu_supports("avx2"))
        add_row_wide(f, row, count, step);
    else
        add_row_plain(f, row, count, step);
}
#else
#define add_row add_row_plain
#endif

/* One variable; true if it moved. */
static bool descend(struct descent *d, size_t i)
{
    const struct svm_problem *p = d->p;
    if (p->labels[i] == SVM_LEFT_OUT)
        return false;
    float y = p->labels[i] == d->label ? 1 : -1, ridge = 0.5f / p->costs[i];
    float alpha = d->signed_alpha[i] * y;
    float gradient = y * (d->f[i] + d->bias) - 1 + ridge * alpha;
    if (alpha <= 0 ? gradient > -tolerance : gradient > -tolerance && gradient < tolerance)
        return false;
    const uint8_t *row = p->kernel + i * p->count;
    float own = (float)row[i] / SVM_KERNEL_ONE + 1;
    float next = alpha - gradient / (own + ridge);
    if (next < 0)
        next = 0;
    float step = (next - alpha) * y;
    d->signed_alpha[i] = next * y;
    d->bias += step;
    add_row(d->f, row, p->count, step / SVM_KERNEL_ONE);
    return step != 0;
}

void svm_solve(const struct svm_problem *p, uint32_t label, float *scratch, float *ret)
{
    struct descent d = {.p = p, .label = label, .f = scratch, .signed_alpha = ret};
    memset(scratch, 0, p->count * sizeof *scratch);
    memset(ret, 0, p->count * sizeof *ret);
    bool moved = true;
    for (int round = 0; round < ROUNDS_MAX && moved; round++) {
        moved = false;
        for (size_t i = 0; i < p->count; i++)
            if (p->labels[i] == label)
                moved |= descend(&d, i);
        /* A stride that shares no factor with most counts: neighbours are of one class. */
        for (size_t k = 0, i = 0; k < p->count; k++, i = (i + 7919) % p->count)
            if (p->labels[i] != label || p->count % 7919 == 0)
                moved |= descend(&d, p->count % 7919 == 0 ? k : i);
    }
}
