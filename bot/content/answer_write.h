/* Answer_write: blocks as Markdown that reads back as the same blocks.
 *
 * Good for: what was read from somewhere else than a knowledge file, and for giving entries away. As few escapes as
 * possible; what would read differently is written with all its signs escaped.
 * Memory: the arena. Threads: one at a time for an arena. */
#ifndef CONTENT_ANSWER_WRITE_H
#define CONTENT_ANSWER_WRITE_H

#include "content/answer.h"

/* NULL only without memory. *ret_exact: whether it reads back the same (line breaks count). */
const char *answer_write(struct arena *, const struct block *, bool *ret_exact);
/* Whether the Markdown reads as these blocks. */
bool answer_reads_as(struct arena *, const char *markdown, const struct block *);

#endif
