/* Function words: see stop.h. All lists lie in one table of hashes, filled before first use. */
#include "text/stop.h"

#include "base/embed.h"
#include "base/hash.h"
#include "text/token.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

enum { LISTS_MAX = 16, SLOTS = 2048, LANG_BYTES = 4 };

struct stop {
    char lang[LANG_BYTES];
    size_t count;
    uint64_t slots[SLOTS]; /* hash of a word, 0 = free */
};

static struct stop lists[LISTS_MAX];
static size_t list_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static struct stop *list_named(const char *lang, size_t size)
{
    for (size_t i = 0; i < list_count; i++)
        if (strncmp(lists[i].lang, lang, size) == 0 && lists[i].lang[size] == '\0')
            return &lists[i];
    if (list_count == LISTS_MAX || size >= LANG_BYTES)
        return NULL;
    memcpy(lists[list_count].lang, lang, size);
    return &lists[list_count++];
}

static size_t slot_of(const struct stop *s, uint64_t hash)
{
    size_t i = hash % SLOTS;
    while (s->slots[i] != 0 && s->slots[i] != hash)
        i = (i + 1) % SLOTS;
    return i;
}

static void add_words(struct stop *s, const char *line, size_t size)
{
    struct token_reader reader = token_reader(line, size);
    for (struct token t; token_next(&reader, &t) && s->count < SLOTS / 2;) {
        uint64_t hash = hash_bytes(t.word, t.length);
        size_t i = slot_of(s, hash);
        s->count += s->slots[i] == 0;
        s->slots[i] = hash;
    }
}

static void add_file(const struct embedded *file, size_t prefix)
{
    const char *lang = file->path + prefix;
    struct stop *s = list_named(lang, strcspn(lang, "."));
    for (const char *line = file->data, *end; s != NULL && *line != '\0'; line = *end ? end + 1 : end) {
        end = line + strcspn(line, "\n");
        if (*line != '#')
            add_words(s, line, (size_t)(end - line));
    }
}

static void read_all(void)
{
    static const char *const prefixes[] = {"text/data/stop.", "text/data/elisions."};
    for (size_t i = 0; embed_at(i) != NULL; i++)
        for (size_t p = 0; p < sizeof prefixes / sizeof *prefixes; p++)
            if (strncmp(embed_at(i)->path, prefixes[p], strlen(prefixes[p])) == 0)
                add_file(embed_at(i), strlen(prefixes[p]));
}

const struct stop *stop_of(const char *lang)
{
    pthread_once(&once, read_all);
    for (size_t i = 0; i < list_count; i++)
        if (strcmp(lists[i].lang, lang) == 0)
            return &lists[i];
    return NULL;
}

bool stop_has(const struct stop *s, const char *word, size_t size)
{
    return s != NULL && s->slots[slot_of(s, hash_bytes(word, size))] != 0;
}
