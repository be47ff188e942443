/* Html_parts: the text of one paragraph while it is read from HTML, run by run.
 *
 * HTML lets marks begin and end anywhere, also around paragraphs; here each run of text knows its marks, and the tree
 * is built when the paragraph ends. White space is single; spaces and breaks at marks' edges stand outside of them,
 * so that Markdown can say the same. Used by html_blocks.c only. Memory: the arena. */
#ifndef CONTENT_HTML_PARTS_H
#define CONTENT_HTML_PARTS_H

#include "content/block.h"

#include <stddef.h>

struct html_marks {
    bool strong, emphasis;
    const char *target; /* of the link it is in; NULL = none. The same link is the same pointer */
};

struct html_run {
    enum block_kind kind; /* BLOCK_TEXT, BLOCK_CODE, BLOCK_IMAGE, BLOCK_BREAK or BLOCK_GESTURE */
    struct html_marks marks;
    const char *text;
    const char *image; /* its address */
};

struct html_parts {
    struct arena *arena;
    struct html_run *runs;
    size_t count, room;
};

/* Text as it stands in HTML: white space counts as one space. */
void html_parts_text(struct html_parts *, const struct html_marks *, const char *text);
void html_parts_code(struct html_parts *, const struct html_marks *, const char *text);
void html_parts_image(struct html_parts *, const struct html_marks *, const char *address, const char *alternative);
void html_parts_break(struct html_parts *);
/* `name` as in gesture.h, static. */
void html_parts_gesture(struct html_parts *, const struct html_marks *, const char *name);

/* The runs as blocks at this depth (see BLOCK_DEPTH_MAX), and empty again. NULL where they say nothing. */
struct block *html_parts_take(struct html_parts *, int depth);

#endif
