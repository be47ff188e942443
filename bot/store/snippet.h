/* Snippet: an agent's own canned replies.
 *
 * Each belongs to one user, who alone sees and changes it; names are unique within the user's, whatever their case.
 * Errors, memory, threads: as in store.h. */
#ifndef STORE_SNIPPET_H
#define STORE_SNIPPET_H

#include "store/store.h"

/* Ceilings; what is over them is STORE_REFUSED. */
enum { SNIPPETS_MAX = 200, SNIPPET_NAME_BYTES = 80, SNIPPET_TEXT_BYTES = 4096 };

struct snippet {
    int64_t id, changed_ms;
    const char *name, *text;
};

/* A user's, by name. */
struct store_snippets {
    struct store_job job;
    int64_t user;
    struct snippet *rows;
    size_t count;
};
extern const struct store_job_kind store_snippets_kind;

/* Adds one (snippet.id 0, the id comes back there) or changes one; with `remove` it goes. STORE_MISSING = the user has
 * none of this id; STORE_REFUSED = the name is taken, empty or over a ceiling, or there are SNIPPETS_MAX. */
struct store_snippet_save {
    struct store_job job;
    int64_t user;
    struct snippet snippet;
    bool remove;
};
extern const struct store_job_kind store_snippet_save_kind;

#endif
