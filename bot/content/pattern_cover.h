/* Pattern_cover: does one pattern match everything that another matches?
 *
 * Decided by walking both as automata over words. What the answer cannot know (which words share a stem, what the
 * reader of a slot takes) counts as not covered, so true is always right; past its ceilings it is false.
 * Memory: its own. Threads: any. */
#ifndef CONTENT_PATTERN_COVER_H
#define CONTENT_PATTERN_COVER_H

#include "content/flow.h"

/* A pattern with the flow that its slots are of. */
struct pattern_of {
    const struct pattern_node *pattern;
    const struct flow *flow;
};

bool pattern_covers(const struct pattern_of *wide, const struct pattern_of *narrow);
/* Bits of the words that every message needs, and of all words in it: `wide` can cover `narrow` only if its needed
 * bits are among all of the other's. */
void pattern_words(const struct pattern_node *, uint64_t *ret_needed, uint64_t *ret_all);

#endif
