/* Example_add: wording_add.h's work for an intent's file: one more text in its `examples`, in quotes, behind the first
 * one (which may be the intent's title), in a block list or one in brackets. What comes out has been read back.
 * Errors, memory, threads: as there. */
#ifndef CONTENT_EXAMPLE_ADD_H
#define CONTENT_EXAMPLE_ADD_H

#include "content/wording_add.h"

/* Appends the new bytes of the file to `out`. */
int example_add(struct wording_add *, struct arena *, struct buf *out);

#endif
