/* Site report: what a site trial found, in an editor's words or as one JSON object.
 * Threads: any. */
#ifndef CLI_SITE_REPORT_H
#define CLI_SITE_REPORT_H

#include "cli/site_trial.h"

#include <stdio.h>

enum {
    SITE_REPORT_BYTES = 256 << 20,
    SITE_REPORT_PAIRS = 20, /* entries confused with one another that are listed */
    SITE_REPORT_MISSED = 40 /* questions not found that are listed; JSON has all */
};

/* -1 without memory. */
int site_report_print(const struct site_trial *, const struct site *, FILE *out);
int site_report_json(const struct site_trial *, const struct site *, FILE *out);

#endif
