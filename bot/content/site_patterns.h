/* Site_patterns: patterns that can never win, because one before them matches all that they match.
 *
 * Patterns are tried in the order of the files, and in a file from above. Used by site_flows.c only. Past
 * SITE_PATTERNS_MAX patterns the rest is not compared. Threads: one at a time. */
#ifndef CONTENT_SITE_PATTERNS_H
#define CONTENT_SITE_PATTERNS_H

#include "content/collect.h"

enum { SITE_PATTERNS_MAX = 3000 };

void site_patterns(const struct collect *);

#endif
