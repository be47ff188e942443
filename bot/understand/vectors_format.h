/* Vectors_format: the layout of a quantised file of word vectors. Private to this floor.
 *
 * A header, then sections, each 64-byte aligned: the rows (8-bit steps, padded with zeros to a
 * multiple of 16), a gain a row, the common direction, the hash table. A word's part in a text is
 * gain × row: its weight, and its unit length, are in the gain. Rows and gains are read without a
 * look at all of them first, so a look-up checks what it takes. Little endian. */
#ifndef UNDERSTAND_VECTORS_FORMAT_H
#define UNDERSTAND_VECTORS_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VECTORS_MAGIC 0x3871635674726f53u /* reads differently on a machine of other endianness */

enum { VECTORS_VERSION = 1, VECTORS_ALIGN = 64, VECTORS_WORD_BYTES = 128 };
enum { VECTORS_ROW_LOWER = 1u << 30, VECTORS_ROW_MASK = VECTORS_ROW_LOWER - 1 };

struct vectors_header {
    uint64_t magic;
    uint32_t version, size, stride; /* dimensions, bytes of a row */
    uint32_t longest;               /* steps of the longest search */
    uint64_t rows, slots;           /* slots: a power of two */
    uint64_t source;
    uint64_t bytes;    /* of the file */
    uint64_t checksum; /* of this header with 0 here */
};

/* The row of a word: 0 = free, else the row + 1, with VECTORS_ROW_LOWER where the file has it in lower case. */
struct vectors_slot {
    uint32_t check, row;
};

/* Where the sections begin, and the whole's size. */
struct vectors_layout {
    uint64_t rows, gains, common, slots, bytes;
};

struct vectors_layout vectors_layout(const struct vectors_header *);
uint64_t vectors_header_checksum(const struct vectors_header *);

/* The two names a word is looked up by. */
struct vectors_keys {
    uint64_t written, folded;
    bool lower; /* it is written in lower case as it stands */
};

/* False where no word of a text can be this: gaps within, nothing but marks, too long. */
bool vectors_keys(const char *word, size_t size, struct vectors_keys *ret);

/* The first slot to look at, and the next. */
static inline uint64_t vectors_slot_of(uint64_t key, uint64_t slots)
{
    return key & (slots - 1);
}

static inline uint32_t vectors_check_of(uint64_t key)
{
    return (uint32_t)(key >> 32);
}

#endif
