/* Language: which of a few languages a text is in, by its function words and letters and, where
 * those do not show it, by what only one dictionary has.
 *
 * Conservative: short, mixed or foreign texts give no answer, and the caller keeps what the
 * page says. Only languages with text/data/stop.LANG.txt and grams.LANG.txt can be told.
 * Threads: any. */
#ifndef TEXT_LANGUAGE_H
#define TEXT_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

/* Index in `langs` of the language of a text, or -1 where it does not show. */
int language_guess(const char *text, size_t size, const char *const *langs, size_t count);
/* Whether a text has a word, no name, that of these languages' dictionaries only that of langs[lang] has. False where
 * one of them has no dictionary. */
bool language_own_word(const char *text, size_t size, const char *const *langs, size_t count, size_t lang);

#endif
