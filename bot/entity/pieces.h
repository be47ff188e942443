/* Pieces: a text cut into words, runs of digits and signs, which is what the readers of values look at.
 *
 * Words are folded (text/fold.h) and at most PIECE_WORD_BYTES long; letters and digits are parted ("3pm" is "3", "pm").
 * Spaces and apostrophes are no pieces. Private to this floor. Threads: any. */
#ifndef ENTITY_PIECES_H
#define ENTITY_PIECES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PIECE_WORD_BYTES = 48 };

enum piece_kind { PIECE_WORD, PIECE_DIGITS, PIECE_SIGN };

struct piece {
    size_t at, size; /* in the text, in bytes */
    uint64_t hash;   /* of `word` */
    const char *word;
    uint32_t sign; /* PIECE_SIGN: its code point */
    uint8_t length;
    uint8_t kind; /* enum piece_kind */
    bool glued;   /* nothing stands between it and the piece before */
};

struct pieces {
    const char *text;
    size_t size; /* of what was cut: at most ENTITY_TEXT_BYTES */
    const struct piece *all;
    size_t count;
};

/* Cuts a text. -1 without memory. */
int pieces_cut(const char *text, size_t size, struct arena *, struct pieces *ret);

/* Whether there is a piece i and it is this sign, these digits … */
bool pieces_sign(const struct pieces *, size_t i, uint32_t sign);
/* The value of a run of at most `most` digits at i, or -1. */
int pieces_digits(const struct pieces *, size_t i, size_t least, size_t most);
/* The byte where the pieces i … i + used end. */
size_t pieces_end(const struct pieces *, size_t i, size_t used);

#endif
