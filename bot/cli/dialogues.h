/* Dialogues: runs editors' `.chat` files against an edition and tells the differences.
 * The people behind the counter are taken to be there, the clock stands still, and the choice among
 * several sayings is by turn, so the same files give the same result. Threads: any. */
#ifndef CLI_DIALOGUES_H
#define CLI_DIALOGUES_H

#include "cli/secondlook.h"
#include "content/chat.h"
#include "edition/view.h"

#include <stdio.h>

struct dialogues_result {
    size_t passed, failed;
};

/* Runs one dialogue, with second looks where `look` is not NULL; differences go to `out` as `file:line: expected …, got
 * …`. Adds to *result. */
void dialogues_run(const struct view *, struct secondlook *, const struct chat *, FILE *out,
                   struct dialogues_result *result);
/* Hands each of a site's dialogues to `each`; mistakes in the files become problems. */
void dialogues_each(const struct site *, struct problems *, void (*each)(void *context, const struct chat *),
                    void *context);
/* All of a site's dialogues among its sources. Mistakes in the files become problems. */
void dialogues_run_all(const struct view *, struct secondlook *, const struct site *, struct problems *, FILE *out,
                       struct dialogues_result *result);
/* The same with other settings than the site's, without a word about differences. */
void dialogues_try(const struct view *, const struct site *, const struct settings *, struct dialogues_result *result);
/* The language of a dialogue by its path: …/dialogues/<lang>/NAME.chat, else `fallback`. In the arena. */
const char *dialogues_lang(const char *path, const char *fallback, struct arena *);

#endif
