/* Diff: what would change in a file, line by line, as `diff -u` shows it.
 *
 * Good for: files of editors. Texts that differ in more than some hundred lines are shown as all
 * old lines followed by all new ones. Threads: any. */
#ifndef CONTENT_DIFF_H
#define CONTENT_DIFF_H

#include "content/lines.h"

#include <stdio.h>

/* -1 only without memory. Prints nothing when both are the same. */
int diff_print(FILE *out, const char *path, struct span old_text, struct span new_text);

#endif
