/* Feed: the entries of an RSS (0.9x, 1.0, 2.0) or Atom feed as questions and answers.
 *
 * The title is the question, the whole content (else the description) the answer, made Markdown; the link becomes a
 * button with the title's words; the first category is the topic, else the feed's title. The text must be XML without a
 * DOCTYPE. Memory: the list's arena. Threads: one at a time for a list. */
#ifndef CONTENT_FEED_H
#define CONTENT_FEED_H

#include "content/import_list.h"
#include "content/lines.h"

/* `text` is UTF-8. What it was, in words; NULL with an error. */
const char *feed_read(struct import_list *, struct span text, const char *address);

#endif
