/* Import: entries from elsewhere made into knowledge files.
 *
 * Each topic (of one review date) becomes FOLDER/<topic>.md; entries without one go to faq.md. Reading the files back
 * gives question, wordings, answer and buttons exactly (markdown_write.h). Nothing is written if anything is wrong;
 * what is written is written beside first and put in place together at the end, and a Ctrl-C meanwhile waits for that.
 * Threads: one import into a folder at a time. */
#ifndef CONTENT_IMPORT_H
#define CONTENT_IMPORT_H

#include "content/import_list.h"

#include <stdio.h>

enum import_mode {
    IMPORT_PLAIN, /* writes new files; differences from existing ones are printed instead */
    IMPORT_UPDATE /* writes those too */
};

/* 0 = the folder holds what the list says (a line on `out` for each file written),
 * 1 = files differ: the differences are on `out` and nothing was written, -1 = errors. */
int import_write(const struct import_list *, const char *folder, enum import_mode, FILE *out);

#endif
