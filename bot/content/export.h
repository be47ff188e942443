/* Export: the entries of a site as they are given away.
 *
 * In an order that does not depend on how they lie in files: by language, topic and review date, and within as they
 * stand. As CSV they come back in by csv_entries.h as the same entries.
 * Memory: the arena; rows point into the site. Threads: one at a time for an arena. */
#ifndef CONTENT_EXPORT_H
#define CONTENT_EXPORT_H

#include "content/site.h"

struct export_row {
    const struct article *article;
    const char *answer; /* Markdown: as it stands in the file, or as it reads the same where line breaks count */
};

/* Of one language (NULL = all). An answer that has no such Markdown is a warning. -1 without memory. */
int export_rows(struct arena *, const struct site *, const char *lang, struct problems *, struct export_row **ret_rows,
                size_t *ret_count);

/* Columns id, lang, topic, question, wordings, answer, buttons, review, follows, mood; commas, lines end with LF. */
void export_csv(const struct export_row *, size_t count, struct arena *scratch, struct buf *out);

#endif
