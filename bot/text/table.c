/* Files of a language and the head of binary ones: see table.h. */
#include "text/table.h"

#include "base/hash.h"
#include "base/share.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { FILES_MAX = 32, NAME_BYTES = 64 };

/* Each file that was asked for, found or not. */
static struct known {
    const struct table_kind *kind;
    char lang[TABLE_LANG_BYTES];
    enum table_state state;
    void *opened;
} known[FILES_MAX];
static size_t known_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

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

static void open_file(struct known *k)
{
    char name[NAME_BYTES];
    size_t size;
    int length = snprintf(name, sizeof name, "%s.%s.%s", k->kind->name, k->lang, k->kind->ending);
    const void *bytes = (size_t)length < sizeof name ? share_file(name, &size) : NULL;
    if (bytes != NULL)
        k->opened = k->kind->open(bytes, size, k->lang);
    k->state = bytes == NULL ? TABLE_ABSENT : k->opened == NULL ? TABLE_DAMAGED : TABLE_GOOD;
}

static const struct known *known_of(const struct table_kind *kind, const char *lang)
{
    for (size_t i = 0; i < known_count; i++)
        if (known[i].kind == kind && strcmp(known[i].lang, lang) == 0)
            return &known[i];
    if (known_count == FILES_MAX)
        return NULL;
    struct known *k = &known[known_count++];
    k->kind = kind;
    memcpy(k->lang, lang, strlen(lang) + 1);
    open_file(k);
    return k;
}

/* An entry does not change once it is there, so it may be read outside the lock. */
static const struct known *look_up(const struct table_kind *kind, const char *lang)
{
    if (strlen(lang) >= TABLE_LANG_BYTES)
        return NULL;
    pthread_mutex_lock(&lock);
    const struct known *k = known_of(kind, lang);
    pthread_mutex_unlock(&lock);
    return k;
}

const void *table_of(const struct table_kind *kind, const char *lang)
{
    const struct known *k = look_up(kind, lang);
    return k == NULL ? NULL : k->opened;
}

enum table_state table_state(const struct table_kind *kind, const char *lang)
{
    const struct known *k = look_up(kind, lang);
    return k == NULL ? TABLE_ABSENT : k->state;
}

__attribute__((destructor)) static void close_files(void)
{
    for (size_t i = 0; i < known_count; i++)
        if (known[i].opened != NULL)
            known[i].kind->close(known[i].opened);
    known_count = 0;
}
