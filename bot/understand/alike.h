/* Alike: which of many texts says nearly the same as this one.
 *
 * Good for: putting visitors' questions into groups, a hundred thousand in seconds, the same way whatever edition is
 * live. Two texts are as alike as the cosine of their stems and letter triples, function words counting less.
 * Not for: finding answers (index.h). Errors: -1 without memory or past ALIKE_MAX.
 * Threads: one at a time for a set. */
#ifndef UNDERSTAND_ALIKE_H
#define UNDERSTAND_ALIKE_H

#include <stddef.h>
#include <stdint.h>

enum { ALIKE_MAX = 1 << 20 };

struct alike;

/* An empty set of texts of a language. NULL without memory. */
struct alike *alike_new(const char *lang);
void alike_free(struct alike *);
/* Adds a text under a number of the caller's. */
int alike_add(struct alike *, const char *text, int64_t number);
/* The number of the text that is most alike, the one added first where several are, if it is at least `least` (0–1),
 * else 0. *ret_likeness may be NULL. */
int64_t alike_find(struct alike *, const char *text, double least, double *ret_likeness);

#endif
