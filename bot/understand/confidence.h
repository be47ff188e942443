/* Confidence: probabilities out of scores, in two stages, each a logistic function.
 *
 * 1. in scope: does any entry answer this at all?
 * 2. first: given that, is the best one the right one, clearly ahead of the next?
 * The weights are fitted for each edition (calibrate.h), starting from what fitted several FAQ
 * together, which a tiny site hardly moves. Private to this floor. Threads: any. */
#ifndef UNDERSTAND_CONFIDENCE_H
#define UNDERSTAND_CONFIDENCE_H

#include "understand/rank.h"

/* What a stage sees of a ranking; the first is always 1. All but that are 0–1 or so. */
void confidence_scope_inputs(const struct question *, const struct ranking *, double ret[CONFIDENCE_SCOPE_SIZE]);
void confidence_first_inputs(const struct question *, const struct ranking *, double ret[CONFIDENCE_FIRST_SIZE]);

struct confidence {
    double in_scope, first;
};

/* By the model for the kinds of meanings that the ranking has. */
struct confidence confidence_of(const struct confidence_model[CONFIDENCE_MODELS], const struct question *,
                                const struct ranking *);

/* The weights before an edition's own examples, with and without a classifier, … */
extern const struct confidence_model confidence_prior, confidence_prior_unclassified;
/* … and, of either, for some kinds of meanings (bits 1 << kind). */
struct confidence_model confidence_prior_meant(const struct confidence_model *, unsigned kinds);

/* An example for fitting: inputs, whether it held, how much it counts. */
struct confidence_example {
    double inputs[CONFIDENCE_SCOPE_SIZE];
    double weight;
    bool holds;
};

/* Moves `weights` (of `size`) from where they stand to what fits the examples, held back by a
 * Gaussian around where they stood. Newton's method: a few rounds. */
void confidence_fit(double *weights, size_t size, const struct confidence_example *, size_t count);

#endif
