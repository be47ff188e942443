/* Spell: whether a word stands in a language's dictionary (Hunspell's), as a veto against
 * "correcting" good words.
 *
 * Dictionaries are looked for in the system's folders once a language; without one nothing is
 * known. spell_has takes a few microseconds at most and may be called in a turn. Suggestions
 * take milliseconds and have a dictionary of their own, so that no turn ever waits for them.
 * Hunspell's objects are not thread-safe: each is behind a lock. Threads: any. */
#ifndef TEXT_SPELL_H
#define TEXT_SPELL_H

#include <stdbool.h>
#include <stddef.h>

enum { SPELL_SUGGESTED_MAX = 4, SPELL_WORD_BYTES = 64, SPELL_SUGGEST_BYTES = 32 };

/* Loads the dictionary of a language now (some 100 ms), so that no question has to wait. */
void spell_prepare(const char *lang);
/* Whether there is a dictionary of a language. */
bool spell_knows(const char *lang);
/* Whether the dictionary has this word (UTF-8, as it was written, accents and all) or, of a word
 * all in small letters, its title case ("roma"). False without a dictionary. */
bool spell_has(const char *lang, const char *word, size_t size);

struct spell_suggestions {
    char words[SPELL_SUGGESTED_MAX][SPELL_WORD_BYTES];
    size_t count;
};

/* What the dictionary suggests for a misspelt word, likeliest first; one suggestion may be
 * several words. None for a good word, for one of more than SPELL_SUGGEST_BYTES bytes and
 * without a dictionary. Remembers the last few hundred words. Blocks for milliseconds, at its
 * first use in a language for some 100: only for a worker, never for the loop. */
void spell_suggest(const char *lang, const char *word, size_t size, struct spell_suggestions *ret);

#endif
