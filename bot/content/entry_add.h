/* Entry_add: one more entry at the end of a knowledge file, with every byte before it as it was.
 *
 * Good for: an answer that an editor accepted. What comes out has been read back: the file says what it said and one
 * entry more, and gives rise to no further complaint, or nothing is given out.
 * Errors: -1 with what stands in the way. Memory: strings in the arena. Threads: one at a time for an arena. */
#ifndef CONTENT_ENTRY_ADD_H
#define CONTENT_ENTRY_ADD_H

#include "base/arena.h"
#include "base/buf.h"
#include "content/lines.h"

struct entry_add {
    struct span file;          /* the whole file; empty = a new one */
    const char *id, *question; /* one line */
    const char *answer;        /* Markdown, or words: see markdown_write.h */
    const char *ret_why;
    int ret_line; /* where the entry stands */
};

/* Appends the new bytes of a Markdown file to `out`. */
int entry_add_markdown(struct entry_add *, struct arena *, struct buf *out);

#endif
