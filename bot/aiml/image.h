/* Image: how compiled AIML lies in memory. Private to bot/aiml.
 *
 * A header, then sections, each at a multiple of 8: arrays of the plain structs below. Texts are offsets into
 * one section of bytes, each ended by a NUL. In the graph and in templates every index of something below is
 * higher than that of what it hangs from, so that nothing goes round in a circle, whatever the bytes say.
 * Index 0 of nodes and ops means "none"; node 0 and op 0 exist and are empty. */
#ifndef AIML_IMAGE_H
#define AIML_IMAGE_H

#include "aiml/aiml.h"

#include <stdint.h>

#define IMAGE_MAGIC "SPaiml\n"
enum { IMAGE_VERSION = 1, IMAGE_ROOT = 1 };

enum image_section {
    SECTION_TEXT,         /* char */
    SECTION_WORDS,        /* struct image_word; word 0 = one that no pattern has */
    SECTION_BUCKETS,      /* uint32_t: word or 0; a power of two, open addressing */
    SECTION_NODES,        /* struct image_node */
    SECTION_KIDS,         /* struct image_kid */
    SECTION_EDGES,        /* struct image_edge */
    SECTION_OPS,          /* struct image_op */
    SECTION_CATEGORIES,   /* struct image_category */
    SECTION_SETS,         /* struct image_table */
    SECTION_MEMBERS,      /* struct image_member */
    SECTION_MEMBER_WORDS, /* uint32_t: words of members */
    SECTION_MAPS,         /* struct image_table */
    SECTION_PAIRS,        /* struct image_pair: of maps, properties and defaults */
    SECTION_NAMED,        /* struct image_table: TABLE_PROPERTIES, TABLE_DEFAULTS, then the five substitutions */
    SECTION_CHANGES,      /* struct image_change: of substitutions */
    SECTION_STARTS,       /* uint32_t: where changes begin with a byte, 257 numbers a substitution */
    SECTIONS
};

enum { CHANGE_NORMAL, CHANGE_DENORMAL, CHANGE_PERSON, CHANGE_PERSON2, CHANGE_GENDER, CHANGES };
enum { TABLE_PROPERTIES, TABLE_DEFAULTS, TABLE_CHANGES, TABLES = TABLE_CHANGES + CHANGES };
enum { STARTS_EACH = 257 };

struct image_header {
    char magic[8];
    uint32_t version, sections;
    uint64_t size;
    struct {
        uint64_t offset, count;
    } section[SECTIONS];
};

struct image_word {
    uint32_t text, size;
};

/* A kid's word may have IMAGE_PRIORITY set: `$WORD`, which goes before everything. */
#define IMAGE_PRIORITY 0x80000000u
struct image_kid {
    uint32_t word, node;
};

struct image_edge {
    uint32_t set, node;
};

enum image_wild { WILD_HASH, WILD_UNDERLINE, WILD_ARROW, WILD_STAR, WILDS };

struct image_node {
    uint32_t kids, kid_count; /* sorted by word */
    uint32_t wild[WILDS];
    uint32_t edges, edge_count;
    uint32_t next;     /* where the pattern ends here: the graph of the thats (of the topics); 0 = only `*` */
    uint32_t category; /* 1 + category where the rest is `*`; 0 = none */
    uint32_t priority; /* some kid is `$WORD` */
    uint32_t spare;
};

struct image_op {
    uint8_t tag;   /* enum element_tag */
    uint8_t param; /* of TAG_PARAM: which */
    uint16_t spare;
    uint32_t text, size; /* of TAG_TEXT; of links and such their target */
    uint32_t child, next;
};

struct image_category {
    uint32_t file, line;
    uint32_t pattern, that, topic;
    uint32_t template; /* op */
    uint32_t uses;
    uint32_t flags; /* enum category_flag */
};
enum category_flag { CATEGORY_DEFAULT = 1, CATEGORY_REACHABLE = 2 };

/* A named row of members or pairs. */
struct image_table {
    uint32_t name;
    uint32_t first, count;
    uint32_t built_in; /* enum built_in; 0 = from a file */
};

struct image_member {
    uint32_t words, count; /* in SECTION_MEMBER_WORDS; members are sorted by first word, then the longest first */
    uint32_t text;
};

struct image_pair {
    uint32_t key, value; /* sorted by key */
};

struct image_change {
    uint32_t from, from_size; /* without the spaces at its ends */
    uint32_t to;
    uint32_t flags; /* enum change_flag */
};
enum change_flag { CHANGE_LEFT = 1, CHANGE_RIGHT = 2, CHANGE_SWALLOW = 4, CHANGE_STAND_IN = 8 };

struct aiml {
    const struct image_header *header;
    const char *text;
    const struct image_word *words;
    const uint32_t *buckets;
    uint32_t bucket_mask;
    const struct image_node *nodes;
    const struct image_kid *kids;
    const struct image_edge *edges;
    const struct image_op *ops;
    const struct image_category *categories;
    const struct image_table *sets, *maps, *named;
    const struct image_member *members;
    const uint32_t *member_words;
    const struct image_pair *pairs;
    const struct image_change *changes;
    const uint32_t *starts;
};

static inline size_t image_count(const struct aiml *a, enum image_section s)
{
    return a->header->section[s].count;
}

/* Size of one element of a section. */
size_t image_unit(enum image_section);
/* The value of a key in a table of pairs, or NULL. */
const char *image_find(const struct aiml *, const struct image_table *, const char *key);

#endif
