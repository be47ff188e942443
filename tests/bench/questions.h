/* Questions: generated FAQ entries that look like those people write, for measuring.
 *
 * Words are those of the Italian Hunspell dictionary, chosen by Zipf's laws (few are frequent, and those
 * are short), so that they have the letters, endings and
 * stems of a language; without the dictionary they are made of syllables. An entry is about a few words; each of its
 * wordings opens as questions do and has two to four of those words, sometimes another in place of one, with function
 * words between. Answers are longer and have them too. The same every time. Threads: one. */
#ifndef BENCH_QUESTIONS_H
#define BENCH_QUESTIONS_H

#include "base/arena.h"
#include "understand/index.h"

enum { QUESTIONS_TEXT = 1024, QUESTIONS_SUBJECT = 4 };

/* What an entry is about: ordinals of words. */
struct questions_subject {
    uint32_t words[QUESTIONS_SUBJECT];
};

/* Reads the words; once, before anything else. */
void questions_prepare(void);
/* `count` entries of `wordings` phrasings each (0 = one or two) and what they are about, in the arena. */
struct index_entry *questions_entries(struct arena *, size_t count, size_t wordings,
                                      struct questions_subject **ret_subjects);
/* A new question of a visitor about a subject: another wording; one in five has a word misspelt, one in eight a word
 * that is in no dictionary. */
void questions_ask(const struct questions_subject *, char ret[QUESTIONS_TEXT]);

#endif
