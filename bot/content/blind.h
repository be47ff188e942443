/* Blind: texts compared without regard to case and accents.
 *
 * Unlike ident_fold punctuation counts: "AB-1234" is not "AB 1234". Spaces at both ends do not, and several
 * between words are one. Broken UTF-8 is compared byte by byte. Threads: any. */
#ifndef CONTENT_BLIND_H
#define CONTENT_BLIND_H

#include <stdbool.h>
#include <stddef.h>

enum { BLIND_BYTES = 4096 }; /* blind_contains looks at so much of a text */

/* Below, at or above 0, as strcmp. */
int blind_compare(const char *, const char *);
/* An empty `part` is in every text. */
bool blind_contains(const char *text, const char *part);
/* Letters as a reader counts them: combining marks do not. */
size_t blind_length(const char *);

#endif
