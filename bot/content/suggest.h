/* Suggest: which of the known names somebody probably meant.
 *
 *     struct suggest s = suggest_start("polcy");
 *     for (…) suggest_offer(&s, name);
 *     … s.best … (NULL = nothing near)
 * Threads: any. */
#ifndef CONTENT_SUGGEST_H
#define CONTENT_SUGGEST_H

#include "base/arena.h"

struct suggest {
    const char *word, *best;
    int distance;
};

/* Words of more than 64 bytes get no suggestion. */
struct suggest suggest_start(const char *word);
void suggest_offer(struct suggest *, const char *candidate);
/* "; did you mean “policy”?" or "". */
const char *suggest_phrase(const struct suggest *, struct arena *);

#endif
