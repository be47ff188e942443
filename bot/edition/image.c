/* Is this an edition of ours, and whole? See image.h. */
#include "edition/image.h"

#include "base/hash.h"
#include "content/block.h"
#include "content/site.h"
#include "edition/view.h"

const uint8_t edition_element[EDITION_SECTIONS] = {
    [EDITION_STRINGS] = 1,
    [EDITION_ENTRIES] = sizeof(struct image_entry),
    [EDITION_ORDER] = 4,
    [EDITION_SAYS] = 4,
    [EDITION_BLOCKS] = sizeof(struct image_block),
    [EDITION_OPTIONS] = sizeof(struct image_option),
    [EDITION_MAP] = 4,
    [EDITION_INDEXES] = sizeof(struct image_index),
    [EDITION_SETTINGS] = 1,
    [EDITION_AIML] = 1,
    [EDITION_FLOWS] = sizeof(struct image_flow),
    [EDITION_FOLLOWS] = 4,
};

uint64_t edition_image_checksum(const struct edition_header *h, const void *behind, size_t size)
{
    struct edition_header unsealed = *h;
    unsealed.checksum = 0;
    return hash_mix(hash_bytes(&unsealed, sizeof unsealed) ^ hash_bulk(behind, size));
}

static const char *check_header(const struct edition_header *h, size_t size)
{
    if (size < sizeof *h || h->magic != EDITION_MAGIC)
        return "it is not an edition";
    if (h->format != EDITION_FORMAT || h->unused != 0)
        return "it was made by another version of the program";
    if (h->size != size)
        return "it is cut short";
    if (h->checksum != edition_image_checksum(h, h + 1, size - sizeof *h))
        return "its checksum does not agree: it is damaged";
    uint64_t least = sizeof *h;
    for (size_t s = 0; s < EDITION_SECTIONS; s++) {
        uint64_t at = h->sections[s].at, count = h->sections[s].count;
        if (at % 8 != 0 || at < least || at > size || count > (size - at) / edition_element[s] || count > UINT32_MAX)
            return "its sections do not fit";
        least = at + count * edition_element[s];
    }
    return NULL;
}

static const void *section(const struct edition_header *h, enum edition_section s)
{
    return (const char *)h + h->sections[s].at;
}

static bool is_string(const struct edition_image *i, uint32_t at, bool may_lack)
{
    return at < edition_count(i, EDITION_STRINGS) || (may_lack && at == EDITION_NONE);
}

static bool is_range(uint32_t at, uint32_t count, size_t size)
{
    return (uint64_t)at + count <= size;
}

static bool entries_good(const struct edition_image *i)
{
    for (size_t e = 0; e < edition_count(i, EDITION_ENTRIES); e++) {
        const struct image_entry *n = &i->entries[e];
        const uint32_t strings[] = {n->id, n->lang, n->topic, n->title, n->file, n->mood};
        for (size_t s = 0; s < sizeof strings / sizeof *strings; s++)
            if (!is_string(i, strings[s], false))
                return false;
        if (n->kind > VIEW_INTENT || !is_string(i, n->handoff, true) ||
            !is_range(n->say_at, n->say_count, edition_count(i, EDITION_SAYS)) ||
            !is_range(n->option_at, n->option_count, edition_count(i, EDITION_OPTIONS)) ||
            !is_range(n->follow_at, n->follow_count, edition_count(i, EDITION_FOLLOWS)) ||
            i->order[e] >= edition_count(i, EDITION_ENTRIES))
            return false;
    }
    return true;
}

static bool blocks_good(const struct edition_image *i)
{
    size_t count = edition_count(i, EDITION_BLOCKS);
    for (size_t b = 0; b < count; b++) {
        const struct image_block *n = &i->blocks[b];
        if (n->kind >= BLOCK_KINDS || !is_string(i, n->text, true) || !is_string(i, n->target, true) ||
            (n->child != EDITION_NONE && (n->child <= b || n->child >= count)) ||
            (n->next != EDITION_NONE && (n->next <= b || n->next >= count)))
            return false;
    }
    for (size_t s = 0; s < edition_count(i, EDITION_SAYS); s++)
        if (i->says[s] >= count && i->says[s] != EDITION_NONE)
            return false;
    for (size_t o = 0; o < edition_count(i, EDITION_OPTIONS); o++)
        if (i->options[o].kind > OPTION_SAY || !is_string(i, i->options[o].target, false) ||
            !is_string(i, i->options[o].title, false))
            return false;
    return true;
}

static bool flows_good(const struct edition_image *i)
{
    for (size_t f = 0; f < edition_count(i, EDITION_FLOWS); f++) {
        uint32_t entry = i->flows[f].entry;
        if (entry >= edition_count(i, EDITION_ENTRIES) || i->entries[entry].kind != VIEW_INTENT ||
            !is_string(i, i->flows[f].text, false) || (f > 0 && entry <= i->flows[f - 1].entry))
            return false;
    }
    for (size_t f = 0; f < edition_count(i, EDITION_FOLLOWS); f++)
        if (!is_string(i, i->follows[f], false))
            return false;
    return true;
}

static bool indexes_good(const struct edition_image *i)
{
    for (size_t m = 0; m < edition_count(i, EDITION_MAP); m++)
        if (i->map[m] >= edition_count(i, EDITION_ENTRIES))
            return false;
    for (size_t k = 0; k < edition_count(i, EDITION_INDEXES); k++) {
        const struct image_index *x = &i->indexes[k];
        if (x->at % 8 != 0 || x->at > i->head->size || x->size > i->head->size - x->at ||
            !is_string(i, x->lang, false) || !is_range(x->map_at, x->map_count, edition_count(i, EDITION_MAP)))
            return false;
    }
    return edition_count(i, EDITION_INDEXES) <= EDITION_LANGS_MAX;
}

int edition_image_check(const void *bytes, size_t size, struct edition_image *ret, const char **ret_why)
{
    const struct edition_header *h = bytes;
    const char *why = (uintptr_t)bytes % 8 == 0 ? check_header(h, size) : "it is not aligned";
    if (why != NULL) {
        *ret_why = why;
        return -1;
    }
    struct edition_image i = {.head = h,
                              .strings = section(h, EDITION_STRINGS),
                              .settings = section(h, EDITION_SETTINGS),
                              .entries = section(h, EDITION_ENTRIES),
                              .order = section(h, EDITION_ORDER),
                              .says = section(h, EDITION_SAYS),
                              .map = section(h, EDITION_MAP),
                              .blocks = section(h, EDITION_BLOCKS),
                              .options = section(h, EDITION_OPTIONS),
                              .indexes = section(h, EDITION_INDEXES),
                              .aiml = section(h, EDITION_AIML),
                              .flows = section(h, EDITION_FLOWS),
                              .follows = section(h, EDITION_FOLLOWS)};
    size_t strings = edition_count(&i, EDITION_STRINGS);
    if (strings == 0 || i.strings[strings - 1] != '\0' ||
        edition_count(&i, EDITION_ORDER) != edition_count(&i, EDITION_ENTRIES) || !entries_good(&i) ||
        !blocks_good(&i) || !indexes_good(&i) || !flows_good(&i)) {
        *ret_why = "its contents do not agree with one another";
        return -1;
    }
    *ret = i;
    return 0;
}
