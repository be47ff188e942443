/* Dual coordinate descent: see svm.h. */
#include "understand/svm.h"

#include <stdbool.h>
#include <string.h>

/* Sweeps over all and rounds over the support vectors at most, and the gradient below which a variable is left alone:
 * the usual tolerance, which decides no question otherwise than half or a fifth of it does. */
enum { SWEEPS_MAX = 20, ROUNDS_MAX = 20 };
static const float tolerance = 0.05f;

struct descent {
    const struct svm_problem *p;
    uint32_t label;
    float *f; /* of each example, without the bias */
    float *signed_alpha;
    float bias; /* and what the kernel is kept above its value by */
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
    float own = (float)row[i] / p->one - p->below + 1;
    float next = alpha - gradient / (own + ridge);
    if (next < 0)
        next = 0;
    float step = (next - alpha) * y;
    d->signed_alpha[i] = next * y;
    d->bias += step * (1 - p->below);
    add_row(d->f, row, p->count, step / p->one);
    return step != 0;
}

/* Goes through all examples, the class's own first, and notes which are support vectors. */
static bool sweep_all(struct descent *d, uint32_t *active, size_t *ret_active)
{
    const struct svm_problem *p = d->p;
    bool moved = false;
    size_t count = 0;
    for (int own = 1; own >= 0; own--)
        for (size_t k = 0; k < p->count; k++) {
            uint32_t i = p->order[k];
            if ((p->labels[i] == d->label) != own)
                continue;
            moved |= descend(d, i);
            if (d->signed_alpha[i] != 0)
                active[count++] = i;
        }
    *ret_active = count;
    return moved;
}

void svm_solve(const struct svm_problem *p, uint32_t label, float *scratch, uint32_t *active, float *ret)
{
    struct descent d = {.p = p, .label = label, .f = scratch, .signed_alpha = ret};
    size_t count;
    memset(scratch, 0, p->count * sizeof *scratch);
    memset(ret, 0, p->count * sizeof *ret);
    for (int sweep = 0; sweep < SWEEPS_MAX && sweep_all(&d, active, &count); sweep++) {
        /* Nearly all that still moves is a support vector already. */
        bool moved = true;
        for (int round = 0; round < ROUNDS_MAX && moved; round++) {
            moved = false;
            for (size_t k = 0; k < count; k++)
                moved |= descend(&d, active[k]);
        }
    }
}
