/* Site findings: what follows from a site trial for its editor. Threads: any. */
#ifndef CLI_SITE_FINDINGS_H
#define CLI_SITE_FINDINGS_H

#include "cli/site_trial.h"

/* The share of the answers that should be right at a setting that is recommended. */
extern const double site_findings_right;

/* Two entries, and how often a question for the first was taken for the second. */
struct confusion {
    const struct site_entry *expected, *first;
    size_t count;
};

/* Another entry than the expected one came first. */
bool site_findings_mistaken(const struct site_question *);
/* The expected entry is not among what the visitor would have been shown at the site's own setting. */
bool site_findings_missed(const struct site_trial *, const struct site_question *);
/* The pairs, the most frequent first. NULL without memory; free it. */
struct confusion *site_findings_confused(const struct site_trial *, size_t *ret_count);
/* The lowest setting at which enough of the answers are right, or setting_count where none is. */
size_t site_findings_recommended(const struct site_trial *);
/* The line of sportello.yaml that holds `policy.answer`, or 0 where it is not written; *ret_policy is
 * the line of `policy`, or 0. */
int site_findings_line(const struct site *, int *ret_policy);

#endif
