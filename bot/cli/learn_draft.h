/* Learn_draft: an agent's answer that an editor accepts becomes a new entry of the site's files.
 * Threads: a command's own. */
#ifndef CLI_LEARN_DRAFT_H
#define CLI_LEARN_DRAFT_H

#include "cli/command.h"
#include "cli/sitefiles.h"

struct learn_draft {
    const char *lang, *title, *answer;
    const char *path;            /* of the file, relative to the site */
    const struct source *source; /* the file as it was read; NULL = it is made */
    const char *ret_id;          /* in the site's arena */
    uint64_t ret_hash;           /* of the file from now on */
    int ret_line;
};

/* The file for a language: --to, or knowledge/LANG/from-the-desk.md. In the arena; NULL after saying why it cannot be.
 */
const char *learn_draft_path(const struct call *, const char *lang, struct arena *);
/* Writes it. -1 after saying why not: then nothing has changed. */
int learn_draft_write(const struct call *, const struct sitefiles *, struct learn_draft *);

/* A draft as one line for learn_accept's plan, and back (in place). */
void learn_draft_escape(const char *answer, FILE *out);
void learn_draft_unescape(char *line);

#endif
