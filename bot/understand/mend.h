/* Mend: what a word was meant to be that neither the entries nor the language have.
 *
 * Good for: one refused word at a time, in the order of the table in mend.c (hurried spellings,
 * suggestions handed in, words without their space, slips of the finger). Not for: good words;
 * whether a word is good is asked before. Private to this floor. Threads: one a mender. */
#ifndef UNDERSTAND_MEND_H
#define UNDERSTAND_MEND_H

#include "text/texting.h"
#include "text/token.h"
#include "understand/typo.h"

enum { MEND_BYTES = 128 };

struct mender {
    const struct index *x;
    const struct texting *texting;
    const struct respelling *respellings;
    size_t respelling_count;
    bool hide_lonely; /* words that one entry alone has are as if they were not there */
    /* Bounds of one text: so many more words are mended, so many more in vain, and so many by the
     * searches that cost most. Once one of the first two is 0, no word is asked for any more. */
    unsigned words_left, vain_left, dear_left, tongue_left;
    enum typo_slip least; /* believed of the word at hand */
};

struct mender mender_of(const struct index *, const struct respelling *, size_t respelling_count, bool hide_lonely);
/* Whether more words are to be asked for. */
bool mend_goes_on(const struct mender *);
/* Whether the language's dictionary has a word, as it was written or with a forgotten accent. */
bool mend_is_good(const struct mender *, const char *written, size_t written_size, const struct token *);
/* What was meant: one word or several with spaces between, folded or not, into `ret`
 * (MEND_BYTES). Returns its length, 0 = nobody knows. Of a `name` only the surest slips are
 * believed: nobody knows all names. */
size_t mend_word(struct mender *, const struct token *, bool name, char *ret);
/* The same for a word that the dictionary has: the entries' own that is one slip away and no form of it, or 0. */
size_t mend_doubted(const struct mender *, const struct token *, char *ret);

#endif
