/* The image while it grows: words, texts, ops and edges. See build.h. */
#include "aiml/build.h"

#include "base/hash.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SECTION_CEILING = 1 << 30, NAME_ROOM = 256 };

/* Places for edges to begin with: half of them stay free, and a file has a word of a pattern every 30 bytes or so. */
enum { EDGES_LEAST = 1 << 10, EDGES_GUESSED = 1 << 21, BYTES_EACH = 12 };

static int grow_edges(struct build *b, size_t room)
{
    struct build_edge *wider = calloc(room, sizeof *wider);
    if (wider == NULL)
        return -1;
    for (size_t i = 0; i < b->edge_room; i++) {
        struct build_edge e = b->edges[i];
        if (e.parent == 0)
            continue;
        size_t at = hash_mix((uint64_t)e.parent << 32 | e.word) & (room - 1);
        while (wider[at].parent != 0)
            at = (at + 1) & (room - 1);
        wider[at] = e;
    }
    free(b->edges);
    b->edges = wider;
    b->edge_room = room;
    return 0;
}

static int grow_buckets(struct build *b)
{
    size_t room = b->bucket_room > 0 ? b->bucket_room * 2 : 1 << 10;
    uint32_t *wider = calloc(room, sizeof *wider);
    if (wider == NULL)
        return -1;
    const struct image_word *words = (const void *)b->section[SECTION_WORDS].data;
    for (size_t w = 1; w < build_count(b, SECTION_WORDS); w++) {
        size_t at = hash_bytes(build_text_at(b, words[w].text), words[w].size) & (room - 1);
        while (wider[at] != 0)
            at = (at + 1) & (room - 1);
        wider[at] = (uint32_t)w;
    }
    free(b->buckets);
    b->buckets = wider;
    b->bucket_room = room;
    return 0;
}

int build_init(struct build *b, struct problems *problems, size_t bytes)
{
    size_t edges = EDGES_LEAST;
    while (edges < EDGES_GUESSED && edges < bytes / BYTES_EACH)
        edges *= 2;
    *b = (struct build){.problems = problems};
    for (int s = 0; s < SECTIONS; s++)
        buf_init(&b->section[s], SECTION_CEILING);
    b->sets = map_new(1 << 16);
    b->maps = map_new(1 << 16);
    if (b->sets == NULL || b->maps == NULL || grow_edges(b, edges) < 0 || grow_buckets(b) < 0)
        return -1;
    build_text(b, "", 0);
    build_add(b, SECTION_WORDS, &(struct image_word){0});
    build_add(b, SECTION_NODES, &(struct image_node){0});
    build_add(b, SECTION_NODES, &(struct image_node){0});
    build_add(b, SECTION_OPS, &(struct image_op){0});
    return b->failed ? -1 : 0;
}

void build_free(struct build *b)
{
    for (int s = 0; s < SECTIONS; s++)
        buf_free(&b->section[s]);
    map_free(b->sets);
    map_free(b->maps);
    free(b->edges);
    free(b->buckets);
}

void *build_add(struct build *b, enum image_section s, const void *element)
{
    size_t unit = image_unit(s);
    struct buf *to = &b->section[s];
    if (buf_add(to, element, unit) < 0) {
        b->failed = true;
        return NULL;
    }
    return to->data + to->size - unit;
}

size_t build_count(const struct build *b, enum image_section s)
{
    return b->section[s].size / image_unit(s);
}

uint32_t build_text(struct build *b, const char *bytes, size_t size)
{
    struct buf *t = &b->section[SECTION_TEXT];
    size_t at = t->size;
    if (size == 0 && at > 0)
        return 0;
    if (buf_add(t, bytes, size) < 0 || buf_putc(t, '\0') < 0) {
        b->failed = true;
        return 0;
    }
    return (uint32_t)at;
}

const char *build_text_at(const struct build *b, uint32_t text)
{
    return b->section[SECTION_TEXT].data + text;
}

uint32_t build_word(struct build *b, const char *key, size_t length, bool add)
{
    size_t at = hash_bytes(key, length) & (b->bucket_room - 1);
    for (; b->buckets[at] != 0; at = (at + 1) & (b->bucket_room - 1)) {
        const struct image_word *w =
            (const struct image_word *)(const void *)b->section[SECTION_WORDS].data + b->buckets[at];
        if (w->size == length && memcmp(build_text_at(b, w->text), key, length) == 0)
            return b->buckets[at];
    }
    if (!add)
        return 0;
    struct image_word made = {build_text(b, key, length), (uint32_t)length};
    uint32_t index = (uint32_t)build_count(b, SECTION_WORDS);
    if (build_add(b, SECTION_WORDS, &made) == NULL)
        return 0;
    b->buckets[at] = index;
    if ((size_t)index * 2 > b->bucket_room && grow_buckets(b) < 0)
        b->failed = true;
    return index;
}

struct image_op *build_op_at(struct build *b, uint32_t op)
{
    return (struct image_op *)(void *)b->section[SECTION_OPS].data + op;
}

uint32_t build_op(struct build *b, enum element_tag tag, uint32_t parent, uint32_t last)
{
    uint32_t index = (uint32_t)build_count(b, SECTION_OPS);
    if (build_add(b, SECTION_OPS, &(struct image_op){.tag = (uint8_t)tag}) == NULL)
        return 0;
    if (last != 0)
        build_op_at(b, last)->next = index;
    else if (parent != 0)
        build_op_at(b, parent)->child = index;
    return index;
}

static uint32_t registered(const struct map *m, const char *name)
{
    char key[NAME_ROOM];
    size_t n = 0;
    for (; name[n] != '\0' && n + 1 < sizeof key; n++)
        key[n] = (char)tolower((unsigned char)name[n]);
    return (uint32_t)(uintptr_t)map_get(m, key, n);
}

uint32_t build_set(const struct build *b, const char *name)
{
    return registered(b->sets, name);
}

uint32_t build_map(const struct build *b, const char *name)
{
    return registered(b->maps, name);
}

const char *build_property(const struct build *b, const char *name)
{
    const struct image_table *t = (const void *)b->section[SECTION_NAMED].data;
    const struct image_pair *pairs = (const void *)b->section[SECTION_PAIRS].data;
    for (uint32_t i = 0; i < t[TABLE_PROPERTIES].count; i++) {
        const struct image_pair *p = &pairs[t[TABLE_PROPERTIES].first + i];
        if (strcasecmp(build_text_at(b, p->key), name) == 0)
            return build_text_at(b, p->value);
    }
    return NULL;
}

static struct image_node *node_at(struct build *b, uint32_t node)
{
    return (struct image_node *)(void *)b->section[SECTION_NODES].data + node;
}

static uint32_t new_node(struct build *b)
{
    uint32_t index = (uint32_t)build_count(b, SECTION_NODES);
    return build_add(b, SECTION_NODES, &(struct image_node){0}) != NULL ? index : 0;
}

uint32_t build_step(struct build *b, uint32_t node, uint32_t word)
{
    size_t at = hash_mix((uint64_t)node << 32 | word) & (b->edge_room - 1);
    for (; b->edges[at].parent != 0; at = (at + 1) & (b->edge_room - 1))
        if (b->edges[at].parent == node && b->edges[at].word == word)
            return b->edges[at].node;
    uint32_t made = new_node(b);
    if (made == 0)
        return 0;
    b->edges[at] = (struct build_edge){node, word, made};
    b->edge_count++;
    if ((word & BUILD_SET) != 0)
        node_at(b, node)->edge_count++;
    else
        node_at(b, node)->kid_count++;
    if ((word & IMAGE_PRIORITY) != 0)
        node_at(b, node)->priority = 1;
    if (b->edge_count * 2 > b->edge_room && grow_edges(b, b->edge_room * 2) < 0)
        b->failed = true;
    return made;
}

uint32_t build_step_set(struct build *b, uint32_t node, uint32_t set)
{
    return build_step(b, node, set | BUILD_SET);
}

uint32_t build_step_wild(struct build *b, uint32_t node, enum image_wild wild)
{
    if (node_at(b, node)->wild[wild] == 0) {
        uint32_t made = new_node(b);
        node_at(b, node)->wild[wild] = made;
    }
    return node_at(b, node)->wild[wild];
}

uint32_t build_step_next(struct build *b, uint32_t node)
{
    if (node_at(b, node)->next == 0) {
        uint32_t made = new_node(b);
        node_at(b, node)->next = made;
    }
    return node_at(b, node)->next;
}
