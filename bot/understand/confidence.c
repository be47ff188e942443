/* Two logistic functions and their fitting: see confidence.h. */
#include "understand/confidence.h"

#include <math.h>
#include <string.h>

/* Scope: 1, cosine, BM25, cover, unknown share, exact, evidence.
 * First: 1, gap to the rival's score, cosine, exact, what it covers more than the rival. */
const struct confidence_model confidence_prior = {
    .scope = {-3.4, 4.0, 5.0, -1.0, -0.3, 4.0, 0.9},
    .first = {-1.9, 4.8, 3.2, 2.0, 0.4},
};

/* How firmly the prior holds: like so many examples an input (their variance taken as a quarter). */
static const double prior_strength = 30;

static const double bare_most = 0.5;

enum { NEWTON_ROUNDS = 12 };

/* Three content words are all the evidence that one may ask for. */
static double evidence_of(const struct question *q)
{
    return q->content_count >= 3 ? 1 : (double)q->content_count / 3;
}

void confidence_scope_inputs(const struct question *q, const struct ranking *r, double ret[CONFIDENCE_SCOPE_SIZE])
{
    const struct ranked none = {0}, *best = r->count > 0 ? &r->all[0] : &none;
    const double inputs[CONFIDENCE_SCOPE_SIZE] = {
        1,
        best->found.cosine,
        best->found.bm25,
        best->cover,
        q->content > 0 ? q->unknown / q->content : 0,
        best->found.exact,
        evidence_of(q),
    };
    memcpy(ret, inputs, sizeof inputs);
}

void confidence_first_inputs(const struct question *q, const struct ranking *r, double ret[CONFIDENCE_FIRST_SIZE])
{
    (void)q;
    const struct ranked none = {0}, *best = r->count > 0 ? &r->all[0] : &none;
    const struct ranked *rival = r->rival < r->count ? &r->all[r->rival] : &none;
    const double inputs[CONFIDENCE_FIRST_SIZE] = {
        1,
        best->score > 0 ? (best->score - rival->score) / best->score : 0,
        best->found.cosine,
        best->found.exact,
        best->cover - rival->cover,
    };
    memcpy(ret, inputs, sizeof inputs);
}

static double logistic(double z)
{
    return 1 / (1 + exp(-z));
}

static double product(const double *a, const double *b, size_t size)
{
    double sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += a[i] * b[i];
    return sum;
}

/* A single word that the best and the next both have cannot tell which is meant, however short
 * the one's phrasing is. */
static bool is_bare(const struct question *q, const struct ranking *r)
{
    return q->word_count == 1 && !r->all[0].found.exact && r->rival < r->count &&
           r->all[r->rival].cover >= r->all[0].cover;
}

struct confidence confidence_of(const struct confidence_model *m, const struct question *q, const struct ranking *r)
{
    double scope[CONFIDENCE_SCOPE_SIZE], first[CONFIDENCE_FIRST_SIZE];
    if (r->count == 0)
        return (struct confidence){0, 0};
    confidence_scope_inputs(q, r, scope);
    confidence_first_inputs(q, r, first);
    struct confidence c = {logistic(product(m->scope, scope, CONFIDENCE_SCOPE_SIZE)),
                           logistic(product(m->first, first, CONFIDENCE_FIRST_SIZE))};
    if (is_bare(q, r) && c.first > bare_most)
        c.first = bare_most;
    return c;
}

/* Solves a symmetric positive system in place by Cholesky: `a` is size × size. */
static void solve(double a[CONFIDENCE_SCOPE_SIZE][CONFIDENCE_SCOPE_SIZE], double *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = a[i][j];
            for (size_t k = 0; k < j; k++)
                sum -= a[i][k] * a[j][k];
            a[i][j] = i == j ? sqrt(sum > 1e-9 ? sum : 1e-9) : sum / a[j][j];
        }
    for (size_t i = 0; i < size; i++) {
        for (size_t k = 0; k < i; k++)
            b[i] -= a[i][k] * b[k];
        b[i] /= a[i][i];
    }
    for (size_t i = size; i-- > 0;) {
        for (size_t k = i + 1; k < size; k++)
            b[i] -= a[k][i] * b[k];
        b[i] /= a[i][i];
    }
}

void confidence_fit(double *weights, size_t size, const struct confidence_example *examples, size_t count)
{
    double prior[CONFIDENCE_SCOPE_SIZE];
    memcpy(prior, weights, size * sizeof *prior);
    for (int round = 0; round < NEWTON_ROUNDS; round++) {
        double hessian[CONFIDENCE_SCOPE_SIZE][CONFIDENCE_SCOPE_SIZE] = {{0}}, gradient[CONFIDENCE_SCOPE_SIZE] = {0};
        for (size_t i = 0; i < size; i++) {
            hessian[i][i] = prior_strength;
            gradient[i] = prior_strength * (prior[i] - weights[i]);
        }
        for (size_t e = 0; e < count; e++) {
            const double *x = examples[e].inputs;
            double p = logistic(product(weights, x, size));
            for (size_t i = 0; i < size; i++) {
                gradient[i] += examples[e].weight * ((examples[e].holds ? 1 : 0) - p) * x[i];
                for (size_t j = 0; j <= i; j++)
                    hessian[i][j] += examples[e].weight * p * (1 - p) * x[i] * x[j];
            }
        }
        solve(hessian, gradient, size);
        for (size_t i = 0; i < size; i++)
            weights[i] += gradient[i];
    }
}
