/* Site_check: what only shows across files. Used by site.c only.
 *
 * Errors: an id given twice in a language, dead links, starters and dialogues that name what does
 * not exist. Warnings: the same question in two entries, a missing twin in another language,
 * a greeting that does not say that the assistant is automatic. */
#ifndef CONTENT_SITE_CHECK_H
#define CONTENT_SITE_CHECK_H

#include "content/chat.h"
#include "content/collect.h"

/* `settings_source` is sportello.yaml or NULL. -1 only without memory. */
int site_check(const struct collect *, const struct settings *, const struct source *settings_source,
               const struct chat *const *chats, size_t chat_count);

#endif
