/* Marks of what was said of late: see said.h. */
#include "store/said.h"

#include "base/hash.h"

#include <string.h>

static void mark_of(const char *cid, unsigned char ret[SAID_MARK_BYTES])
{
    uint64_t hash = hash_bytes(cid, strlen(cid));
    for (size_t i = 0; i < SAID_MARK_BYTES; i++)
        ret[i] = (unsigned char)(hash >> (8 * i));
}

bool said_read(struct said *s, const void *bytes, size_t size)
{
    s->size = 0;
    if (size > SAID_BYTES || size % SAID_MARK_BYTES != 0)
        return false;
    if (size > 0)
        memcpy(s->marks, bytes, size);
    s->size = size;
    return true;
}

bool said_perhaps(const struct said *s, const char *cid)
{
    unsigned char mark[SAID_MARK_BYTES];
    mark_of(cid, mark);
    for (size_t at = 0; at < s->size; at += SAID_MARK_BYTES)
        if (memcmp(&s->marks[at], mark, SAID_MARK_BYTES) == 0)
            return true;
    return false;
}

void said_add(struct said *s, const char *cid)
{
    if (s->size == SAID_BYTES) {
        s->size -= SAID_MARK_BYTES;
        memmove(s->marks, s->marks + SAID_MARK_BYTES, s->size);
    }
    mark_of(cid, &s->marks[s->size]);
    s->size += SAID_MARK_BYTES;
}
