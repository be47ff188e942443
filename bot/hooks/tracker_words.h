/* Tracker_words: what stands in a ticket in Request Tracker: the question and what is known, and the transcript.
 *
 * In the company's language (the site's first), as plain text. Errors: -1 without memory. Threads: any. */
#ifndef HOOKS_TRACKER_WORDS_H
#define HOOKS_TRACKER_WORDS_H

#include "content/settings.h"
#include "store/delivery.h"

enum { TRACKER_CONTENT_BYTES = 64 << 10, TRACKER_TRANSCRIPT_BYTES = 200 << 10 };

/* Appends the text of a new ticket. */
int tracker_content(const struct settings *, const struct ticket *, struct buf *out);
/* Appends the messages of a step, oldest first; where they are too long, the oldest are left out. */
int tracker_transcript(const struct settings *, const struct ticket_step *, struct buf *out);

#endif
