/* Typo: words of the vocabulary one slip away (a letter more, less, another, or two swapped).
 *
 * A delete-neighbourhood index: two words at distance 1 share a form when a letter is taken
 * from one or both, so a look-up is a few binary searches. Private to this floor. */
#ifndef UNDERSTAND_TYPO_H
#define UNDERSTAND_TYPO_H

#include "understand/image.h"

/* Words shorter than this are neither mended nor mended to. */
enum { TYPO_LEAST = 4 };

/* Calls `found` with the hash of a word and of each form that lacks one letter. */
void typo_forms(const char *word, size_t size, void (*found)(void *context, uint32_t hash), void *context);
/* Whether two words differ by exactly one slip. */
bool typo_is_one(const char *a, size_t a_size, const char *b, size_t b_size);
/* The one word of the vocabulary that a folded word was meant to be, or IMAGE_NONE where there is
 * none or it might be several. Forms of one stem count as one; words of questions come first. */
uint32_t typo_mend(const struct index *, const char *word, size_t size);

#endif
