/* Kin: misspelt forms of a word that the entries have in another form ("spsoato" where an entry
 * has "sposarsi").
 *
 * The stems of words of questions stand in the typo index too, so that a slip is seen through
 * although the form itself stands nowhere. Private to this floor. Threads: any. */
#ifndef UNDERSTAND_KIN_H
#define UNDERSTAND_KIN_H

#include "text/token.h"
#include "understand/image.h"

enum { KIN_BYTES = 2 * TOKEN_BYTES };

/* Calls `found` with the hashes under which a word's stem is found, at most kin_form_count. */
void kin_forms(const char *lang, const char *word, size_t size, void (*found)(void *context, uint32_t hash),
               void *context);
size_t kin_form_count(size_t size);
/* Whether a word's stem is to be found: telling words of questions. */
bool kin_counts(const struct image_word *);

/* The word that was meant, of a stem that the entries have and a form that the dictionary has,
 * into `ret` (KIN_BYTES). Returns its length, or 0 where there is none or it might be several. */
size_t kin_mend(const struct index *, const struct token *, bool hide_lonely, char *ret);
/* A word of the vocabulary whose stem the token begins with, whatever became of its ending, or
 * IMAGE_NONE. */
uint32_t kin_begun(const struct index *, const struct token *, bool hide_lonely);

#endif
