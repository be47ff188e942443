/* Stems and rows of letters: see features.h. */
#include "understand/features.h"

#include "base/hash.h"
#include "text/stem.h"
#include "text/token.h"

#include <math.h>
#include <string.h>

/* A word of average length has 15 rows of letters; at this share they weigh together about as
 * much as its stem. Function words keep a fifth: enough to part two questions that differ in
 * nothing else, too little to be evidence. */
const float features_stop_share = 0.2f, features_stem_share = 1.0f, features_gram_share = 0.3f;

enum { GRAM_LEAST = 3, GRAM_MOST = 5 };

static bool has_digit(const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (word[i] >= '0' && word[i] <= '9')
            return true;
    return false;
}

/* FNV-1a, told apart from the hashes of stems by its start. */
static uint32_t gram_hash(const char *text, size_t size)
{
    uint32_t h = 0x9747b28cu;
    for (size_t i = 0; i < size; i++)
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    h ^= h >> 15;
    return h * 0x2c1b3c6du;
}

size_t features_of(const char *lang, const char *word, size_t size, bool stop, uint32_t *ret)
{
    if (size > TOKEN_BYTES)
        size = TOKEN_BYTES;
    char stem[TOKEN_BYTES + 1];
    size_t stem_size = stop ? 0 : stem_word(lang, word, size, stem, sizeof stem);
    ret[0] = stem_size > 0 ? (uint32_t)hash_bytes(stem, stem_size) : (uint32_t)hash_bytes(word, size);
    if (stop || has_digit(word, size))
        return 1;
    char framed[TOKEN_BYTES + 2] = "^";
    memcpy(framed + 1, word, size);
    framed[size + 1] = '$';
    size_t count = 1;
    for (size_t n = GRAM_LEAST; n <= GRAM_MOST; n++)
        for (size_t at = 0; at + n <= size + 2 && count < FEATURES_MAX; at++)
            ret[count++] = gram_hash(framed + at, n);
    return count;
}

double features_idf(double entries, double df)
{
    return log(1 + (entries - df + 0.5) / (df + 0.5));
}
