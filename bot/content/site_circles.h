/* Site_circles: intents that lead round in a circle by `goto` without a question on the way: an error, for the visitor
 * would never come to speak.
 *
 * A confirmation is a question. So is one for a slot, unless all of the circle have it (it is handed on, and asked for
 * once only) and none of them sets it. Where it is not certain, nothing is told.
 * Used by site_flows.c only. Threads: one at a time. */
#ifndef CONTENT_SITE_CIRCLES_H
#define CONTENT_SITE_CIRCLES_H

#include "content/collect.h"

/* -1 without memory. */
int site_circles(const struct collect *);

#endif
