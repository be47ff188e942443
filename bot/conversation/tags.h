/* Tags: labels of a ticket, as an agent types them.
 *
 * A text is parted at its commas; each tag is trimmed and in lower case, blanks inside are one, none stands twice; what
 * is empty is left out. Limits: WORK_TAGS of WORK_TAG_BYTES. Threads: any. */
#ifndef CONVERSATION_TAGS_H
#define CONVERSATION_TAGS_H

#include "base/arena.h"
#include "store/work.h"

#include <stddef.h>

/* 0, or -1: too many, one too long, broken UTF-8 or no memory. NULL is no tags. Tags lie in the arena. */
int tags_read(struct arena *, const char *text, const char *ret[WORK_TAGS], size_t *ret_count);

#endif
