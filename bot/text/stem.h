/* Stem: what the forms of a word have in common (Snowball's stemmers).
 *
 * A language that libstemmer has not gives the word itself. libstemmer's objects are not
 * thread-safe: each thread has its own, made when it first stems a language and freed when the
 * thread ends, and remembers what it stemmed last (some 16 kB). Threads: any. */
#ifndef TEXT_STEM_H
#define TEXT_STEM_H

#include <stddef.h>

/* Writes the stem of a folded word, NUL-terminated, into `ret` and returns its length. At most
 * room - 1 bytes are written. */
size_t stem_word(const char *lang, const char *word, size_t size, char *ret, size_t room);

#endif
