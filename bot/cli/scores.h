/* Scores: how good predictions were, as shares from 0 to 1. Undefined ones are NAN.
 *
 * A prediction is right when its label is the gold one; what is out of scope has no right label. Order does not
 * matter, and equal values are never told apart: a threshold takes all of them or none.
 * Errors: -1 without memory. Threads: any. */
#ifndef CLI_SCORES_H
#define CLI_SCORES_H

#include <stdbool.h>
#include <stddef.h>

struct score_line {
    double confidence, in_scope; /* 0–1 */
    bool right;                  /* the first candidate is the gold one */
    bool among_three;            /* … or the second or third */
    bool out_of_scope;           /* no entry answers it */
};

struct scores {
    double accuracy;      /* right among those in scope */
    double top3;          /* right among the first three, among those in scope */
    double auroc;         /* that a line in scope has the higher `in_scope` of two, ties count half */
    double oos_recall_95; /* out of scope refused, where at least 95 % of what is in scope is accepted */
    double coverage_95;   /* largest share of all lines whose most confident answers are ≥ 95 % right */
    double ece;           /* expected calibration error of `confidence`, SCORES_BINS equal bins */
};

/* Bins hold their lower end: [0, 1/15) … [14/15, 1]. */
enum { SCORES_BINS = 15 };

int scores_of(const struct score_line *, size_t count, struct scores *ret);

/* The value that `share` of the sorted values do not exceed (nearest rank); NAN of none. Sorts `values`. */
double scores_quantile(double *values, size_t count, double share);

#endif
