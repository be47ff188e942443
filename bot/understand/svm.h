/* SVM: a linear support vector machine with squared hinge loss, one class against the rest,
 * solved in the dual by coordinate descent (Hsieh et al., "A Dual Coordinate Descent Method for
 * Large-scale Linear SVM", ICML 2008) over a kernel that is computed once for all classes.
 *
 * Good for: up to some ten thousand examples of which each class has few: what is not a support
 * vector costs a comparison a round. Private to this floor. Threads: any. */
#ifndef UNDERSTAND_SVM_H
#define UNDERSTAND_SVM_H

#include <stddef.h>
#include <stdint.h>

/* An example that takes no part. */
#define SVM_LEFT_OUT UINT32_MAX

struct svm_problem {
    size_t count;
    const uint8_t *kernel; /* count × count, symmetric: each value as (value + below) × one, 0 to 255 */
    float one, below;
    const uint32_t *labels; /* the class of each example, or SVM_LEFT_OUT */
    const float *costs;     /* what an error on it costs, > 0 (the usual C) */
    const uint32_t *order;  /* in which the examples are gone through: all of them, well mixed */
};

/* Writes to ret[count] what each example contributes to the class's function: its dual variable,
 * negative for examples of other classes; 0 = it is no support vector. `scratch` and `active` have
 * `count` elements. The function is f(x) = Σ ret[i] · (kernel(i, x) + 1). */
void svm_solve(const struct svm_problem *, uint32_t label, float *scratch, uint32_t *active, float *ret);

#endif
