/* Tongue: words of the language at large that a misspelt word was meant to be, where the entries have none:
 * "exhivition" is exhibition also where no entry speaks of one, and what that word is akin to may then be found.
 *
 * Only slips that fingers make are undone: a letter forgotten, doubled or swapped with the next, or a neighbour on the
 * keyboard, and only words that have kin (text/kinship.h): another would tell nothing. Of several words the commonest
 * by far in the language's background is meant; words rarer than TONGUE_LEAST sentences there are no candidates.
 * Private to this floor. Threads: any. */
#ifndef UNDERSTAND_TONGUE_H
#define UNDERSTAND_TONGUE_H

#include "text/token.h"
#include "understand/typo.h"

enum {
    TONGUE_SHORTEST = 4, /* letters of a word that is mended */
    TONGUE_LONGEST = 16,
    TONGUE_LEAST = 2,   /* sentences of the background that have the word */
    TONGUE_FOREIGN = 4, /* sentences of another language's that make it a word of that one */
};

/* The word that was meant into `ret` (TOKEN_BYTES); its length, or 0. Looks at some hundred spellings: 20 to 80 µs. */
size_t tongue_mend(const char *lang, const struct token *, enum typo_slip least, char *ret);

#endif
