/* Compound: words that are written in one here and apart there (wifi and wi-fi, buongiorno and
 * buon giorno), or that lost the space between them.
 *
 * All words are folded. With `hide_lonely`, words of the vocabulary that one entry alone has are
 * as if they were not there. Private to this floor. Threads: any. */
#ifndef UNDERSTAND_COMPOUND_H
#define UNDERSTAND_COMPOUND_H

#include "text/token.h"
#include "understand/image.h"

/* Where a word that the vocabulary has not is to be parted, because some entry asks with just
 * these two words side by side; 0 = nowhere. */
size_t compound_apart(const struct index *, const char *word, size_t size, bool hide_lonely);
/* Where a word that nobody has lost its space, both halves being known; 0 = nowhere. */
size_t compound_torn(const struct index *, const char *word, size_t size, bool hide_lonely);
/* The word of the vocabulary, no function word, that two words make together, or IMAGE_NONE. */
uint32_t compound_together(const struct index *, const struct token *first, const struct token *second,
                           bool hide_lonely);

#endif
