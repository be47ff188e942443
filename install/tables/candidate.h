/* Candidates: short plain sentences, from which those that sound like talk are chosen.
 * Threads: one. */
#ifndef TABLES_CANDIDATE_H
#define TABLES_CANDIDATE_H

#include <stddef.h>
#include <stdint.h>

struct candidate {
    uint64_t hash;
    int kind;
    char *text;
};

struct candidates {
    struct candidate *all;
    size_t count, room;
    char **texts; /* what candidates_choose chose */
};

void candidates_free(struct candidates *);
/* Keeps a sentence if it is short and plain enough. `hash` is of its `words` words. */
void candidates_offer(struct candidates *, const char *lang, const char *text, size_t size, size_t words,
                      uint64_t hash);
/* Chooses at most `most` into texts, in the order of their hashes; returns how many. */
size_t candidates_choose(struct candidates *, size_t most);

#endif
