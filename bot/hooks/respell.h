/* Respell: what a dictionary suggests for the misspelt words of a second look.
 * Blocks for milliseconds a word: for workers and commands. Threads: any but a loop's. */
#ifndef HOOKS_RESPELL_H
#define HOOKS_RESPELL_H

#include "base/arena.h"
#include "understand/index.h"

/* The suggestions for each word that few slips lead to, likeliest first, in the arena; *ret_count of them. NULL where
 * there are none. */
const struct respelling *respell(const char *lang, const char *const *words, size_t count, struct arena *,
                                 size_t *ret_count);

/* Whether one slip leads from the word to the other, or two from six letters on; case and accents are no slips. */
bool respell_near(const char *word, const char *instead);

#endif
