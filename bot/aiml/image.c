/* Opening an image: every number is checked once, here. See image.h. */
#include "aiml/image.h"

#include "aiml/element.h"

#include <stdlib.h>
#include <string.h>

static const size_t units[SECTIONS] = {
    [SECTION_TEXT] = 1,
    [SECTION_WORDS] = sizeof(struct image_word),
    [SECTION_BUCKETS] = sizeof(uint32_t),
    [SECTION_NODES] = sizeof(struct image_node),
    [SECTION_KIDS] = sizeof(struct image_kid),
    [SECTION_EDGES] = sizeof(struct image_edge),
    [SECTION_OPS] = sizeof(struct image_op),
    [SECTION_CATEGORIES] = sizeof(struct image_category),
    [SECTION_SETS] = sizeof(struct image_table),
    [SECTION_MEMBERS] = sizeof(struct image_member),
    [SECTION_MEMBER_WORDS] = sizeof(uint32_t),
    [SECTION_MAPS] = sizeof(struct image_table),
    [SECTION_PAIRS] = sizeof(struct image_pair),
    [SECTION_NAMED] = sizeof(struct image_table),
    [SECTION_CHANGES] = sizeof(struct image_change),
    [SECTION_STARTS] = sizeof(uint32_t),
};

size_t image_unit(enum image_section s)
{
    return units[s];
}

const char *image_find(const struct aiml *a, const struct image_table *t, const char *key)
{
    size_t low = 0, high = t->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct image_pair *p = &a->pairs[t->first + middle];
        int order = strcmp(key, a->text + p->key);
        if (order == 0)
            return a->text + p->value;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* --- checks --- */

static bool sections_lie_within(const struct image_header *h, size_t size)
{
    if (memcmp(h->magic, IMAGE_MAGIC, sizeof h->magic) != 0 || h->version != IMAGE_VERSION || h->sections != SECTIONS ||
        h->size != size)
        return false;
    for (int s = 0; s < SECTIONS; s++) {
        uint64_t at = h->section[s].offset, count = h->section[s].count;
        if (at % 8 != 0 || at < sizeof *h || at > size || count > (size - at) / units[s] || count > UINT32_MAX / 2)
            return false;
    }
    return true;
}

static bool stretch(uint64_t first, uint64_t count, size_t of)
{
    return first <= of && count <= of - first;
}

static bool words_good(const struct aiml *a)
{
    size_t texts = image_count(a, SECTION_TEXT), words = image_count(a, SECTION_WORDS);
    size_t buckets = image_count(a, SECTION_BUCKETS), used = 0;
    if (texts == 0 || a->text[texts - 1] != '\0' || words == 0 || buckets == 0 || (buckets & (buckets - 1)) != 0)
        return false;
    for (size_t i = 0; i < words; i++)
        if (!stretch(a->words[i].text, a->words[i].size, texts - 1))
            return false;
    for (size_t i = 0; i < buckets; i++) {
        if (a->buckets[i] >= words)
            return false;
        used += a->buckets[i] != 0;
    }
    return used < buckets; /* so that a search ends */
}

static bool node_good(const struct aiml *a, size_t i)
{
    const struct image_node *n = &a->nodes[i];
    size_t nodes = image_count(a, SECTION_NODES);
    if (!stretch(n->kids, n->kid_count, image_count(a, SECTION_KIDS)) ||
        !stretch(n->edges, n->edge_count, image_count(a, SECTION_EDGES)) ||
        n->category > image_count(a, SECTION_CATEGORIES))
        return false;
    for (int w = 0; w < WILDS; w++)
        if (n->wild[w] != 0 && (n->wild[w] <= i || n->wild[w] >= nodes))
            return false;
    if (n->next != 0 && (n->next <= i || n->next >= nodes))
        return false;
    for (uint32_t k = 0; k < n->kid_count; k++) {
        const struct image_kid *kid = &a->kids[n->kids + k];
        if (kid->node <= i || kid->node >= nodes || (k > 0 && kid->word <= kid[-1].word))
            return false;
    }
    for (uint32_t e = 0; e < n->edge_count; e++) {
        const struct image_edge *edge = &a->edges[n->edges + e];
        if (edge->node <= i || edge->node >= nodes || edge->set >= image_count(a, SECTION_SETS))
            return false;
    }
    return true;
}

static bool graph_good(const struct aiml *a)
{
    size_t nodes = image_count(a, SECTION_NODES);
    if (nodes <= IMAGE_ROOT)
        return false;
    for (size_t i = 0; i < nodes; i++)
        if (!node_good(a, i))
            return false;
    return true;
}

static bool templates_good(const struct aiml *a)
{
    size_t ops = image_count(a, SECTION_OPS), texts = image_count(a, SECTION_TEXT);
    for (size_t i = 0; i < ops; i++) {
        const struct image_op *o = &a->ops[i];
        if (o->tag >= TAGS || o->param >= PARAMS || !stretch(o->text, o->size, texts - 1) ||
            (o->child != 0 && (o->child <= i || o->child >= ops)) || (o->next != 0 && (o->next <= i || o->next >= ops)))
            return false;
    }
    for (size_t i = 0; i < image_count(a, SECTION_CATEGORIES); i++) {
        const struct image_category *c = &a->categories[i];
        if (c->file >= texts || c->pattern >= texts || c->that >= texts || c->topic >= texts || c->template >= ops)
            return false;
    }
    return true;
}

static bool tables_good(const struct aiml *a)
{
    size_t texts = image_count(a, SECTION_TEXT), words = image_count(a, SECTION_WORDS);
    size_t pairs = image_count(a, SECTION_PAIRS), member_words = image_count(a, SECTION_MEMBER_WORDS);
    for (size_t i = 0; i < image_count(a, SECTION_SETS); i++)
        if (a->sets[i].name >= texts || !stretch(a->sets[i].first, a->sets[i].count, image_count(a, SECTION_MEMBERS)))
            return false;
    for (size_t i = 0; i < image_count(a, SECTION_MAPS); i++)
        if (a->maps[i].name >= texts || !stretch(a->maps[i].first, a->maps[i].count, pairs))
            return false;
    for (size_t i = 0; i < image_count(a, SECTION_MEMBERS); i++) {
        const struct image_member *m = &a->members[i];
        if (m->count == 0 || !stretch(m->words, m->count, member_words) || m->text >= texts)
            return false;
    }
    for (size_t i = 0; i < member_words; i++)
        if (a->member_words[i] >= words)
            return false;
    for (size_t i = 0; i < pairs; i++)
        if (a->pairs[i].key >= texts || a->pairs[i].value >= texts)
            return false;
    return true;
}

static bool changes_good(const struct aiml *a)
{
    size_t changes = image_count(a, SECTION_CHANGES), texts = image_count(a, SECTION_TEXT);
    if (image_count(a, SECTION_NAMED) != TABLES || image_count(a, SECTION_STARTS) != CHANGES * STARTS_EACH)
        return false;
    for (int t = 0; t < TABLES; t++)
        if (!stretch(a->named[t].first, a->named[t].count,
                     image_count(a, t < TABLE_CHANGES ? SECTION_PAIRS : SECTION_CHANGES)))
            return false;
    for (size_t i = 0; i < changes; i++) {
        const struct image_change *c = &a->changes[i];
        if (c->from_size == 0 || !stretch(c->from, c->from_size, texts - 1) || c->to >= texts)
            return false;
    }
    for (size_t i = 0; i < CHANGES * STARTS_EACH; i++)
        if (a->starts[i] > changes || (i % STARTS_EACH > 0 && a->starts[i] < a->starts[i - 1]))
            return false;
    return true;
}

struct aiml *aiml_open(const void *bytes, size_t size)
{
    const struct image_header *h = bytes;
    if (bytes == NULL || size < sizeof *h || (uintptr_t)bytes % 8 != 0 || !sections_lie_within(h, size))
        return NULL;
    struct aiml *a = calloc(1, sizeof *a);
    if (a == NULL)
        return NULL;
    const void *at[SECTIONS];
    for (int s = 0; s < SECTIONS; s++)
        at[s] = (const char *)bytes + h->section[s].offset;
    *a = (struct aiml){.header = h,
                       .text = at[SECTION_TEXT],
                       .words = at[SECTION_WORDS],
                       .buckets = at[SECTION_BUCKETS],
                       .bucket_mask = (uint32_t)h->section[SECTION_BUCKETS].count - 1,
                       .nodes = at[SECTION_NODES],
                       .kids = at[SECTION_KIDS],
                       .edges = at[SECTION_EDGES],
                       .ops = at[SECTION_OPS],
                       .categories = at[SECTION_CATEGORIES],
                       .sets = at[SECTION_SETS],
                       .maps = at[SECTION_MAPS],
                       .named = at[SECTION_NAMED],
                       .members = at[SECTION_MEMBERS],
                       .member_words = at[SECTION_MEMBER_WORDS],
                       .pairs = at[SECTION_PAIRS],
                       .changes = at[SECTION_CHANGES],
                       .starts = at[SECTION_STARTS]};
    if (words_good(a) && graph_good(a) && templates_good(a) && tables_good(a) && changes_good(a))
        return a;
    free(a);
    return NULL;
}

void aiml_free(struct aiml *a)
{
    free(a);
}

size_t aiml_categories(const struct aiml *a)
{
    return image_count(a, SECTION_CATEGORIES);
}

struct aiml_category aiml_category(const struct aiml *a, size_t i)
{
    const struct image_category *c = &a->categories[i];
    return (struct aiml_category){.file = a->text + c->file,
                                  .line = (int)c->line,
                                  .pattern = a->text + c->pattern,
                                  .that = a->text + c->that,
                                  .topic = a->text + c->topic,
                                  .uses = c->uses,
                                  .reachable = (c->flags & CATEGORY_REACHABLE) != 0};
}
