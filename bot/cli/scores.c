/* Accuracy, ranking, calibration: see scores.h. */
#include "cli/scores.h"

#include <math.h>
#include <stdlib.h>

static const double wanted = 0.95; /* of the two measures at 95 % */

/* A value and whether it belongs to what is looked for. */
struct point {
    double value;
    bool holds;
};

static int falling(const void *a, const void *b)
{
    double x = ((const struct point *)a)->value, y = ((const struct point *)b)->value;
    return x < y ? 1 : x > y ? -1 : 0;
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

double scores_quantile(double *values, size_t count, double share)
{
    if (count == 0)
        return NAN;
    qsort(values, count, sizeof *values, rising);
    size_t rank = (size_t)ceil(share * (double)count);
    return values[rank > 0 ? rank - 1 : 0];
}

static double share_of(size_t part, size_t whole)
{
    return whole > 0 ? (double)part / (double)whole : NAN;
}

/* The end of the run of equal values that begins at `at`, and how many of them hold. */
static size_t run_end(const struct point *p, size_t count, size_t at, size_t *ret_holding)
{
    size_t end = at;
    *ret_holding = 0;
    while (end < count && p[end].value >= p[at].value)
        *ret_holding += p[end++].holds;
    return end;
}

/* Both measures of `in_scope`, of points sorted from the highest down; those that hold are in scope. */
static void score_scope(const struct point *p, size_t count, size_t in, struct scores *ret)
{
    size_t out = count - in, in_seen = 0, out_seen = 0, accepted = 0, holding;
    double pairs = 0;
    bool reached = false;
    if (in == 0 || out == 0)
        return;
    for (size_t at = 0, end; at < count; at = end) {
        end = run_end(p, count, at, &holding);
        size_t strangers = end - at - holding;
        pairs += (double)holding * ((double)(out - out_seen - strangers) + (double)strangers / 2);
        in_seen += holding;
        out_seen += strangers;
        if (!reached && (double)in_seen >= wanted * (double)in) {
            reached = true;
            accepted = out_seen;
        }
    }
    ret->auroc = pairs / ((double)in * (double)out);
    ret->oos_recall_95 = share_of(out - accepted, out);
}

static double coverage(const struct point *p, size_t count)
{
    size_t right = 0, best = 0, holding;
    for (size_t at = 0, end; at < count; at = end) {
        end = run_end(p, count, at, &holding);
        right += holding;
        if ((double)right >= wanted * (double)end)
            best = end;
    }
    return share_of(best, count);
}

static double calibration_error(const struct score_line *lines, size_t count)
{
    double confidence[SCORES_BINS] = {0}, right[SCORES_BINS] = {0}, error = 0;
    for (size_t i = 0; i < count; i++) {
        int bin = (int)(lines[i].confidence * SCORES_BINS);
        bin = bin < 0 ? 0 : bin >= SCORES_BINS ? SCORES_BINS - 1 : bin;
        confidence[bin] += lines[i].confidence;
        right[bin] += lines[i].right && !lines[i].out_of_scope;
    }
    for (int b = 0; b < SCORES_BINS; b++)
        error += fabs(confidence[b] - right[b]);
    return count > 0 ? error / (double)count : NAN;
}

int scores_of(const struct score_line *lines, size_t count, struct scores *ret)
{
    struct point *by_scope = calloc(count + 1, sizeof *by_scope), *by_confidence = calloc(count + 1, sizeof *by_scope);
    if (by_scope == NULL || by_confidence == NULL) {
        free(by_scope);
        free(by_confidence);
        return -1;
    }
    size_t in = 0, right = 0, three = 0;
    for (size_t i = 0; i < count; i++) {
        const struct score_line *l = &lines[i];
        in += !l->out_of_scope;
        right += !l->out_of_scope && l->right;
        three += !l->out_of_scope && l->among_three;
        by_scope[i] = (struct point){l->in_scope, !l->out_of_scope};
        by_confidence[i] = (struct point){l->confidence, !l->out_of_scope && l->right};
    }
    qsort(by_scope, count, sizeof *by_scope, falling);
    qsort(by_confidence, count, sizeof *by_confidence, falling);
    *ret = (struct scores){.accuracy = share_of(right, in),
                           .top3 = share_of(three, in),
                           .auroc = NAN,
                           .oos_recall_95 = NAN,
                           .coverage_95 = coverage(by_confidence, count),
                           .ece = calibration_error(lines, count)};
    score_scope(by_scope, count, in, ret);
    free(by_scope);
    free(by_confidence);
    return 0;
}
