/* The head of language tables: see table.h. */
#include "text/table.h"

#include "base/hash.h"

#include <string.h>

static uint64_t checksum_of(const struct table_head *h, const void *body)
{
    return hash_more(hash_bytes(body, h->body), h, offsetof(struct table_head, checksum));
}

const void *table_body(const void *bytes, size_t size, const char magic[4], uint32_t version, const char *lang)
{
    const struct table_head *h = bytes;
    if (size < sizeof *h || memcmp(h->magic, magic, sizeof h->magic) != 0 || h->version != version)
        return NULL;
    if (h->body != size - sizeof *h || strncmp(h->lang, lang, sizeof h->lang) != 0)
        return NULL;
    return h->checksum == checksum_of(h, h + 1) ? h + 1 : NULL;
}

int table_write(struct buf *out, const char magic[4], uint32_t version, const char *lang, const uint32_t counts[3],
                const void *body, size_t size)
{
    struct table_head h = {.version = version, .body = size};
    memcpy(h.magic, magic, sizeof h.magic);
    memcpy(h.lang, lang, strnlen(lang, sizeof h.lang - 1));
    memcpy(h.counts, counts, sizeof h.counts);
    h.checksum = checksum_of(&h, body);
    return buf_add(out, &h, sizeof h) < 0 ? -1 : buf_add(out, body, size);
}
