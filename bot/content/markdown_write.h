/* Markdown_write: an entry as an editor would write it, made so that reading it back gives the
 * question, the wordings, the answer and the buttons exactly.
 *
 * Every text is tried as it stands and, where that would read differently, written with escapes,
 * with the headings of an answer at level 3, and between `---` where its lists would be taken for
 * wordings or buttons. A line break within a paragraph of the answer is kept as one. What is
 * written has been read back. Threads: one at a time for an arena. */
#ifndef CONTENT_MARKDOWN_WRITE_H
#define CONTENT_MARKDOWN_WRITE_H

#include "base/arena.h"
#include "base/buf.h"
#include "content/site.h"

#include <stdbool.h>

struct markdown_entry {
    const char *id, *question; /* one line */
    const char *answer;        /* Markdown */
    const char *const *wordings;
    size_t wording_count;
    const struct option *options; /* buttons below the answer */
    size_t option_count;
    const char *const *follows; /* ids */
    size_t follow_count;
    const char *mood; /* NULL = none */
};

enum markdown_written {
    MARKDOWN_EXACT,
    MARKDOWN_PLAIN /* the answer's marks could not be kept as marks: they are written as text */
};

/* Appends the entry. `scratch` is reset. -1 without memory or if nothing reads back (a text that
 * is no UTF-8, an empty one, an id that is none). */
int markdown_write(struct buf *out, const struct markdown_entry *, struct arena *scratch,
                   enum markdown_written *ret_how);

/* A wording as it is written behind "- ": as it stands where that reads back and `escaped` is false, else with all
 * its signs escaped. NULL without memory. */
const char *markdown_write_words(struct arena *, const char *words, bool escaped);

/* A button as it is written behind "- ": a link. NULL without memory. */
const char *markdown_write_option(struct arena *, const struct option *);

#endif
