/* Same: whether two parts of a site say the same: for whoever writes a file and reads it back. Threads: any. */
#ifndef CONTENT_SAME_H
#define CONTENT_SAME_H

#include "content/site.h"

/* Either may be NULL, which is the same as NULL alone. */
bool same_text(const char *, const char *);
/* The same buttons in the same order, wherever they stand. */
bool same_options(const struct option *a, size_t a_count, const struct option *b, size_t b_count);

#endif
