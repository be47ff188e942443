/* Need: what a message must have for a pattern to fit it, so that most patterns need not be tried at all.
 *
 * A message's words are bits of one number (need_bit). A need is a few sets of bits, of each of which the message has
 * one: "(dove|quando) * ordine" needs dove or quando, and ordine. Bits are shared by many words, so a need that is met
 * says nothing; one that is not met says that the pattern does not fit. Memory: none. Threads: any. */
#ifndef EDITION_NEED_H
#define EDITION_NEED_H

#include "content/pattern.h"

#include <stdint.h>

enum { NEED_SETS = 3 };

struct needed {
    uint64_t sets[NEED_SETS]; /* the smallest ones of the pattern */
    size_t count;
};

/* The bit of a folded word (text/token.h). */
uint64_t need_bit(const char *word, size_t size);
/* What this pattern needs; words in any form of their stem, slots and optional parts need nothing. */
struct needed need_of(const struct pattern_node *root);

/* `bits`: of all words of the message. */
static inline bool need_met(const struct needed *need, uint64_t bits)
{
    for (size_t i = 0; i < need->count; i++)
        if ((need->sets[i] & bits) == 0)
            return false;
    return true;
}

#endif
