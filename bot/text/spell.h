/* Spell: whether a word stands in a language's dictionary (Hunspell's), as a veto against
 * "correcting" good words.
 *
 * Dictionaries are looked for in the system's folders once a language; without one nothing is
 * known. Only spell() is used: a call is about a microsecond, suggestions would be
 * milliseconds. Hunspell's objects are not thread-safe: one a language, behind a lock.
 * Threads: any. */
#ifndef TEXT_SPELL_H
#define TEXT_SPELL_H

#include <stdbool.h>
#include <stddef.h>

/* Loads the dictionary of a language now (some 100 ms), so that no question has to wait. */
void spell_prepare(const char *lang);
/* Whether the dictionary has this word (UTF-8, as it was written, accents and all) or its lower
 * or title case. False without a dictionary. */
bool spell_has(const char *lang, const char *word, size_t size);

#endif
