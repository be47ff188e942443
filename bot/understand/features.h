/* Features: what a word is compared by: its stem, and its rows of 3 to 5 letters as hashes.
 * Function words and numbers have a stem alone. Private to this floor. Threads: any. */
#ifndef UNDERSTAND_FEATURES_H
#define UNDERSTAND_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FEATURES_MAX = 160 };

/* Writes the hashes of a folded word's features, its stem's first; returns how many (≥ 1). */
size_t features_of(const char *lang, const char *word, size_t size, bool stop, uint32_t *ret);

/* Weights: inverse document frequency over `entries`, of something that `df` of them have. */
double features_idf(double entries, double df);
/* … and what becomes of it for the stem of a function word, another stem, a row of letters. */
extern const float features_stop_share, features_stem_share, features_gram_share;

#endif
