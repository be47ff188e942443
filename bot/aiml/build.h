/* Build: an image while it grows. Private to bot/aiml.
 *
 * Each section is a buffer of its own; the edges of the graph lie in one hash table until build_finish puts them
 * in order. Errors: -1 without memory; `failed` remembers it, so that a reader may go on and ask once. Threads: one. */
#ifndef AIML_BUILD_H
#define AIML_BUILD_H

#include "aiml/element.h"
#include "aiml/image.h"
#include "base/map.h"

/* A word in the table of edges that is a set. */
#define BUILD_SET 0x40000000u

struct build_edge {
    uint32_t parent, word, node; /* parent 0 = a free place */
};

struct build {
    struct problems *problems;
    struct buf section[SECTIONS];
    struct build_edge *edges;
    size_t edge_count, edge_room;
    uint32_t *buckets;
    size_t bucket_room;
    struct map *sets; /* name in small letters → 1 + index, as a number in the pointer */
    struct map *maps;
    bool failed;
};

/* `bytes`: of all files, from which the size of the tables is guessed. */
int build_init(struct build *, struct problems *, size_t bytes);
void build_free(struct build *);

/* Bytes appended to the texts with a NUL behind; their place. */
uint32_t build_text(struct build *, const char *bytes, size_t size);
/* The number of a word by its key; `add` makes it where it is not there. 0 = none. */
uint32_t build_word(struct build *, const char *key, size_t length, bool add);
/* A new op behind `last` (0 = the first child) of `parent` (0 = of nothing). Its index. */
uint32_t build_op(struct build *, enum element_tag, uint32_t parent, uint32_t last);
struct image_op *build_op_at(struct build *, uint32_t op);
const char *build_text_at(const struct build *, uint32_t text);
size_t build_count(const struct build *, enum image_section);
void *build_add(struct build *, enum image_section, const void *element);

/* The set or map of this name, whatever its case: 1 + index, 0 = none. */
uint32_t build_set(const struct build *, const char *name);
uint32_t build_map(const struct build *, const char *name);
/* The value of a property of the bot, or NULL; after build_tables. */
const char *build_property(const struct build *, const char *name);

/* One step in the graph from `node`. 0 without memory. */
uint32_t build_step(struct build *, uint32_t node, uint32_t word);
uint32_t build_step_set(struct build *, uint32_t node, uint32_t set);
uint32_t build_step_wild(struct build *, uint32_t node, enum image_wild);
uint32_t build_step_next(struct build *, uint32_t node);

/* build_tables.c: sets, maps, substitutions, properties, and what is built in. */
int build_tables(struct build *, const struct source *, size_t count);

/* build_pattern.c: a category whose template is there, by its pattern, that and topic as the reader collected them
 * (sets and properties between PATTERN_MARK and PATTERN_END). */
enum { PATTERN_MARK = 1, PATTERN_END = 2 };
struct build_category {
    const char *file;
    int line, column;
    const char *pattern, *that, *topic; /* that and topic may be NULL or "" = `*` */
    uint32_t file_text, template;
    unsigned uses;
};
int build_category(struct build *, const struct build_category *);

/* build_finish.c: the sections in order behind a header, appended to `out`. */
int build_finish(struct build *, struct buf *out);

/* read.c: the categories of one file. -1 without memory. */
int read_categories(struct build *, const struct source *);

#endif
