/* Image: the layout of an edition in a file and in memory. Private to this floor.
 *
 * A header, then sections of plain numbers, each 8-byte aligned, then the indexes. Ordinals
 * refer to other sections; strings are offsets into one pool and end in a NUL. The checksum
 * covers everything but itself; all the same every ordinal is checked at opening, so
 * that not even a file made to hurt can lead outside. Little endian. */
#ifndef EDITION_IMAGE_H
#define EDITION_IMAGE_H

#include "base/buf.h"
#include "understand/index.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EDITION_MAGIC 0x3144457473723453u /* reads differently on a machine of other endianness */
#define EDITION_NONE  UINT32_MAX

enum { EDITION_FORMAT = 6, EDITION_LANGS_MAX = 8, EDITION_DEPTH_MAX = 64 };

struct image_entry {
    uint32_t kind, line;
    uint32_t id, lang, topic, title, file, mood, handoff; /* strings; handoff may be EDITION_NONE */
    uint32_t say_at, say_count, option_at, option_count;
    uint32_t follow_at, follow_count; /* ids of articles */
};

/* A block of a tree in preorder: `child` and `next` are greater than its own ordinal, or NONE. */
struct image_block {
    uint32_t kind;
    int32_t level;
    uint32_t text, target, child, next;
};

struct image_option {
    uint32_t kind, target, title;
};

/* The file of an intent with a flow: what an editor wrote. In the order of entries, each once. */
struct image_flow {
    uint32_t entry, text;
};

/* One language's index: `at` in the file, and which entry of the edition its entry i is. */
struct image_index {
    uint64_t at, size;
    uint32_t lang, map_at, map_count, meanings; /* bits: 1 << enum meaning_kind */
};

enum edition_section {
    EDITION_STRINGS,
    EDITION_ENTRIES,
    EDITION_ORDER, /* entries by kind, language and id */
    EDITION_SAYS,  /* first blocks */
    EDITION_BLOCKS,
    EDITION_OPTIONS,
    EDITION_MAP,
    EDITION_INDEXES,
    EDITION_SETTINGS, /* bytes of sportello.yaml */
    EDITION_AIML,     /* the image of the site's AIML; empty = it has none */
    EDITION_FLOWS,
    EDITION_FOLLOWS, /* strings */
    EDITION_SECTIONS
};

extern const uint8_t edition_element[EDITION_SECTIONS];

struct edition_header {
    uint64_t magic;
    uint32_t format, unused;
    uint64_t size, checksum;
    uint64_t meanings[MEANING_KINDS]; /* sources of the makers it was made with, 0 = none */
    struct {
        uint64_t at, count;
    } sections[EDITION_SECTIONS];
};

/* Sections of an image that was found good. */
struct edition_image {
    const struct edition_header *head;
    const char *strings, *settings, *aiml;
    const struct image_entry *entries;
    const uint32_t *order, *says, *map, *follows;
    const struct image_block *blocks;
    const struct image_option *options;
    const struct image_index *indexes;
    const struct image_flow *flows;
};

/* The checksum of an image with this header and `size` bytes behind it. */
uint64_t edition_image_checksum(const struct edition_header *, const void *behind, size_t size);
/* Checks `size` bytes (8-byte aligned) and finds the sections. -1 with the reason in words. */
int edition_image_check(const void *bytes, size_t size, struct edition_image *ret, const char **ret_why);

static inline size_t edition_count(const struct edition_image *i, enum edition_section s)
{
    return i->head->sections[s].count;
}

#endif
