/* Utf8: is this well-formed UTF-8 (Unicode, table 3-7: no overlong forms, no surrogates, nothing past
 * U+10FFFF)? Threads: any. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"

#include <stddef.h>

/* Bytes of the well-formed sequence at `at`, of which `left` are there; 0 where it is none. A NUL is one. */
size_t utf8_length(const char *at, size_t left);

/* The text as valid UTF-8 without control characters (but tabs): what is not becomes U+FFFD. In the arena; NULL without
 * memory. */
const char *utf8_mend(struct arena *, const char *text, size_t size);

#endif
