/* Distance: how many slips lie between two spellings. Threads: any. */
#ifndef BASE_DISTANCE_H
#define BASE_DISTANCE_H

#include <stddef.h>

enum { DISTANCE_BYTES = 64, DISTANCE_FAR = 2 * DISTANCE_BYTES };

/* The least number of insertions, deletions, substitutions and swaps of neighbours, in bytes, that make one of the
 * other (no piece is changed twice). DISTANCE_FAR if either has more than DISTANCE_BYTES. */
size_t distance_between(const char *a, size_t a_size, const char *b, size_t b_size);

#endif
