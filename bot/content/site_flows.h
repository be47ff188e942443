/* Site_flows: the checks of flows that need the whole site: names, circles, patterns, twins.
 *
 * Used by site_check only. Memory: the collector's arena. Threads: one at a time. */
#ifndef CONTENT_SITE_FLOWS_H
#define CONTENT_SITE_FLOWS_H

#include "content/collect.h"
#include "content/settings.h"

/* Errors: names that nothing fills, webhooks that sportello.yaml has not, circles of `goto` without a question. -1
 * without memory. */
int site_flows_errors(const struct collect *, const struct settings *);
/* Warnings: patterns that never win, twins that ask for other things, intents that nothing begins. */
int site_flows_warnings(const struct collect *, const struct settings *);

#endif
