/* Aiml_bot: the files of one case as a site would have them: its .aiml files, and the sets, maps, substitutions and
 * properties that lie in the same folders.
 *
 * Another interpreter's tests keep those anywhere beside: what is in `sets/` or `maps/` keeps its folder; a file
 * whose name says what it is keeps its name; of the rest one whose every line has a colon is a map, else a set.
 * Errors: NULL with the reason in words in *ret_why. Threads: any. */
#ifndef CLI_AIML_BOT_H
#define CLI_AIML_BOT_H

#include "aiml/aiml.h"
#include "wire/aiml_cases.h"

/* Opened; to be freed with aiml_bot_free. */
struct aiml_bot {
    struct aiml *aiml;
    struct buf image;
};

int aiml_bot_open(const char *folder, const struct aiml_case *, struct arena *, struct aiml_bot *ret,
                  const char **ret_why);
void aiml_bot_free(struct aiml_bot *);

#endif
