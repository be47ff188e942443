/* Texting: how hurried people write the words of a language ("nn", "xké", "pls", "citta").
 *
 * Read once from text/data/texting.LANG.txt, which says what its three parts are; a language
 * without a file has none. Words are compared folded. Threads: any. */
#ifndef TEXT_TEXTING_H
#define TEXT_TEXTING_H

#include <stddef.h>

enum { TEXTING_WORD_BYTES = 64 };

struct texting;

/* The table of a language, or NULL. It lives as long as the program. */
const struct texting *texting_of(const char *lang);
/* What a folded word stands for: words as they are written, with spaces between, *ret_size bytes
 * in all, not NUL-terminated; or NULL. */
const char *texting_meant(const struct texting *, const char *word, size_t size, size_t *ret_size);
/* The i-th other spelling of a folded word by letters that stand for others ("kiave": "chiave"),
 * into `ret` (TEXTING_WORD_BYTES). Returns its length, or 0 where there is none behind this. */
size_t texting_letters(const struct texting *, const char *word, size_t size, size_t i, char *ret);
/* The same with the accent that a folded word may lack at its end ("citta": "città"). */
size_t texting_accent(const struct texting *, const char *word, size_t size, size_t i, char *ret);

#endif
