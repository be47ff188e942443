/* Kept: words that outlive their conversation, without what may point at the visitor.
 *
 * E-mail addresses and long numbers are masked (text/mask.h) and, where the visitor's name is known, each part of it is
 * "…". Other names stay: an editor reads before anything is published.
 * Errors: NULL without memory. Threads: one at a time for an arena. */
#ifndef CONVERSATION_KEPT_H
#define CONVERSATION_KEPT_H

#include "base/arena.h"

/* `name` may be NULL or "". */
const char *kept_text(struct arena *, const char *text, const char *name);
/* The same on one line with single spaces, at most LEARN_TEXT_BYTES (whole characters). */
const char *kept_line(struct arena *, const char *text, const char *name);
/* A line without case, accents and signs: equal = the same question. */
const char *kept_fold(struct arena *, const char *line);
/* Both for what somebody said, as it is kept to be learnt from; NULL also for what is no question. */
const char *kept_fold_said(struct arena *, const char *text);

#endif
