/* The end of a build: kids in order, tables where they are read, sections behind a header. See build.h. */
#include "aiml/build.h"

#include <stdlib.h>
#include <string.h>

static int by_word(const void *a, const void *b)
{
    const struct image_kid *x = a, *y = b;
    return x->word < y->word ? -1 : x->word > y->word;
}

static int by_node(const void *a, const void *b)
{
    const struct image_edge *x = a, *y = b;
    return x->node < y->node ? -1 : x->node > y->node;
}

/* Gives every node its stretch of kids and edges, then fills them. */
static int place_edges(struct build *b)
{
    size_t count = build_count(b, SECTION_NODES);
    struct image_node *nodes = (void *)b->section[SECTION_NODES].data;
    uint32_t kids = 0, edges = 0;
    for (size_t i = 0; i < count; i++) {
        nodes[i].kids = kids;
        nodes[i].edges = edges;
        kids += nodes[i].kid_count;
        edges += nodes[i].edge_count;
        nodes[i].kid_count = nodes[i].edge_count = 0;
    }
    struct buf *to_kids = &b->section[SECTION_KIDS], *to_edges = &b->section[SECTION_EDGES];
    size_t kid_bytes = kids * sizeof(struct image_kid), edge_bytes = edges * sizeof(struct image_edge);
    if (buf_reserve(to_kids, kid_bytes) < 0 || buf_reserve(to_edges, edge_bytes) < 0)
        return -1;
    to_kids->size = kid_bytes;
    to_edges->size = edge_bytes;
    struct image_kid *kid = (void *)to_kids->data;
    struct image_edge *edge = (void *)to_edges->data;
    for (size_t i = 0; i < b->edge_room; i++) {
        struct build_edge e = b->edges[i];
        struct image_node *n = &nodes[e.parent];
        if (e.parent != 0 && (e.word & BUILD_SET) != 0)
            edge[n->edges + n->edge_count++] = (struct image_edge){e.word & ~BUILD_SET, e.node};
        else if (e.parent != 0)
            kid[n->kids + n->kid_count++] = (struct image_kid){e.word, e.node};
    }
    for (size_t i = 0; i < count; i++) {
        if (nodes[i].kid_count > 1)
            qsort(kid + nodes[i].kids, nodes[i].kid_count, sizeof *kid, by_word);
        if (nodes[i].edge_count > 1)
            qsort(edge + nodes[i].edges, nodes[i].edge_count, sizeof *edge, by_node);
    }
    return 0;
}

static int pad(struct buf *out, size_t from)
{
    static const char zeros[8];
    size_t over = (out->size - from) % 8;
    return over > 0 ? buf_add(out, zeros, 8 - over) : 0;
}

int build_finish(struct build *b, struct buf *out)
{
    if (b->failed || place_edges(b) < 0)
        return -1;
    free(b->edges);
    b->edges = NULL;
    b->edge_room = 0;
    if (buf_add(&b->section[SECTION_BUCKETS], b->buckets, b->bucket_room * sizeof *b->buckets) < 0)
        return -1;
    size_t from = out->size;
    struct image_header h = {.magic = IMAGE_MAGIC, .version = IMAGE_VERSION, .sections = SECTIONS};
    size_t at = sizeof h;
    for (int s = 0; s < SECTIONS; s++) {
        h.section[s].offset = at;
        h.section[s].count = build_count(b, s);
        at += (b->section[s].size + 7) / 8 * 8;
    }
    h.size = at;
    if (buf_reserve(out, at) < 0 || buf_add(out, &h, sizeof h) < 0)
        return -1;
    for (int s = 0; s < SECTIONS; s++) {
        if (buf_add(out, b->section[s].data, b->section[s].size) < 0 || pad(out, from) < 0)
            return -1;
        buf_free(&b->section[s]);
        buf_init(&b->section[s], 1 << 10);
    }
    return 0;
}
