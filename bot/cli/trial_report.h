/* Trial report: the figures of a trial, one table row each. Threads: any. */
#ifndef CLI_TRIAL_REPORT_H
#define CLI_TRIAL_REPORT_H

#include "cli/scores.h"

#include <stdio.h>

/* Undefined figures are NAN. */
struct trial_report {
    size_t n;
    struct scores scores;
    double train_s, us_median, us_p99;
    size_t model_bytes;
};

/* To be read, … */
void trial_report_print(const struct trial_report *, FILE *out);
/* … or as one JSON object, where what is undefined is null. */
void trial_report_json(const struct trial_report *, FILE *out);

#endif
