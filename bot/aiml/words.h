/* Words: how a text, a pattern and the entry of a set are parted, so that they can meet. Private to bot/aiml.
 *
 * A word is a run of letters and digits without case and accents, with `_ # + $ % @ & * = [ ] < > ^ | ~` as they
 * stand, a full stop between two of them (test.org, 3.5) and a minus sign before a number. Apostrophes, hyphens
 * and all other marks part words. Nothing is allocated. Threads: any. */
#ifndef AIML_WORDS_H
#define AIML_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORD_BYTES = 96 }; /* of a key; what is longer is cut */

struct words_reader {
    const char *text;
    size_t size, at;
};

struct word {
    size_t at, size; /* in the text */
    size_t length;   /* of the key, which is not 0 */
    char key[WORD_BYTES + 1];
};

/* The next word, or false at the end. */
bool words_next(struct words_reader *, struct word *ret);

/* The keys of a text with one space between, as keys of maps are compared: at most `room` − 1 bytes and a NUL.
 * Returns the length. */
size_t words_key(const char *text, size_t size, char *ret, size_t room);

/* The end of the sentence that begins at `at`: after its `.`, `?`, `!` (or their CJK sisters) with white space or
 * the end behind, or after a line's end. */
size_t words_sentence(const char *text, size_t size, size_t at);

#endif
