/* Site_files: the files of a site's folder as sources. Used by site.c only.
 *
 * Reads sportello.yaml, knowledge/<lang>/NAME.md, intents/<lang>/NAME.yaml, tests/dialogues/<lang>/NAME.chat and
 * what a bot in AIML is made of below aiml/, and nothing through symbolic links. Files that look as if they were
 * meant but would not be read get a warning. Limits: SITE_FILES, SITE_FILE_BYTES. */
#ifndef CONTENT_SITE_FILES_H
#define CONTENT_SITE_FILES_H

#include "content/site.h"

/* Sorted by path. -1 without memory, past SITE_FILES, without a folder or where nothing of a site is in it (a problem
 * says so). */
int site_files(struct arena *, const char *folder, struct problems *, const struct source **ret_sources,
               size_t *ret_count);

#endif
