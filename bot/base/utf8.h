/* Utf8: is this well-formed UTF-8 (Unicode, table 3-7: no overlong forms, no surrogates, nothing past
 * U+10FFFF)? Threads: any. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>

/* Bytes of the well-formed sequence at `at`, of which `left` are there; 0 where it is none. A NUL is one. */
size_t utf8_length(const char *at, size_t left);

#endif
