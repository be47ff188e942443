/* Misspelt: which words of a text that somebody is writing a dictionary does not have, and where they stand.
 *
 * Good for: marks beside what a person writes. Not for: reading visitors (understand/reading.h). What is no word of the
 * language is left alone: addresses of pages and mail, numbers, words with digits or capitals inside, what stands in
 * braces, names (a capital inside a sentence) and words of fewer than three letters. Threads: any. */
#ifndef TEXT_MISSPELT_H
#define TEXT_MISSPELT_H

#include <stdbool.h>
#include <stddef.h>

struct misspelt {
    size_t at, size;             /* in bytes */
    size_t at_units, size_units; /* in UTF-16 units, as browsers count */
};

/* Fills at most `room` in order; returns how many. `known` is asked about words that the dictionary refuses (NULL =
 * nobody is). None where there is no dictionary of the language. */
size_t misspelt_words(const char *lang, const char *text, bool (*known)(void *context, const char *word, size_t size),
                      void *context, struct misspelt *ret, size_t room);

#endif
