/* Meaning_format: the layout of a section of meanings. Private to this floor.
 *
 * A header, then arrays, each 8-byte aligned. Rows are 8-bit steps, padded with zeros to a
 * multiple of 16; a scale a row makes its length 1. First come the centres, one for each entry
 * that has any meaning, group by group, so that a scan reads on and on; then the phrasings of
 * entries that have several; then the middles of the groups. Little endian. */
#ifndef UNDERSTAND_MEANING_FORMAT_H
#define UNDERSTAND_MEANING_FORMAT_H

#include "understand/meaning.h"

#define MEANING_MAGIC 0x676e696e61654d53u /* reads differently on a machine of other endianness */

enum { MEANING_VERSION = 1 };

struct meaning_header {
    uint64_t magic;
    uint32_t version, size, stride, entries; /* size: dimensions; stride: bytes of a row */
    uint32_t centres, phrasings, groups;     /* rows of each sort */
    uint32_t unused;
    uint64_t source, bytes; /* bytes: of the whole section */
};

/* Where an entry's rows are. Of one phrasing the centre is the phrasing. */
struct meaning_entry {
    uint32_t centre, first, count; /* count 0 = without meaning */
};

struct meaning_layout {
    uint64_t entries, scales, order, group_at, rows, bytes;
};

struct meaning_layout meaning_layout(const struct meaning_header *);

/* Turns `size` floats into `steps` whole numbers up to ±most in `ret` (int8_t or int16_t), padded with zeros to
 * `stride`. Returns the scale that makes their length 1, or 0 where there is no direction. */
float meaning_steps8(const float *, size_t size, size_t stride, int8_t *ret);
float meaning_steps16(const float *, size_t size, size_t stride, int16_t *ret);

/* The sum of products; `stride` is a multiple of 16. Below 2³¹ for steps made by the functions above. */
int32_t meaning_dot(const int16_t *restrict query, const int8_t *restrict row, size_t stride);

/* Puts `count` centres into groups: ret_group[i] is the group of centre i, `ret_middles` gets groups × size
 * floats. -1 without memory. */
uint32_t meaning_group_count(size_t count);
int meaning_group(const int8_t *rows, const float *scales, size_t count, size_t size, size_t stride, uint32_t groups,
                  uint32_t *ret_group, float *ret_middles);

#endif
