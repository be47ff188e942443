/* Wording_add: one more wording for an entry of a knowledge file, with every other byte of the file as it was.
 *
 * Good for: what an editor accepted. The wording goes to the end of the list under the question; a list is
 * begun where there is none. What comes out has been read back:
 * the file says exactly what it said and one wording more, or nothing is given out.
 * Errors: -1 with what stands in the way and the line (0 = no line). Memory: strings in the arena.
 * Threads: one at a time for an arena. */
#ifndef CONTENT_WORDING_ADD_H
#define CONTENT_WORDING_ADD_H

#include "base/arena.h"
#include "base/buf.h"
#include "content/lines.h"

struct wording_add {
    struct span file;    /* the whole file */
    const char *id;      /* of the entry or intent */
    const char *wording; /* one line */
    const char *ret_why;
    int ret_line;
};

/* Appends the new bytes of a Markdown file to `out`. */
int wording_add_markdown(struct wording_add *, struct arena *, struct buf *out);
#endif
