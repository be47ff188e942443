/* Hurried spellings: see texting.h. The words lie in one hash table a language; the few letters
 * and accents in lists. All values are places in the built-in file. */
#include "text/texting.h"

#include "base/embed.h"
#include "base/hash.h"
#include "text/token.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { TABLES_MAX = 8, SLOTS = 1024, SWAPS_MAX = 16 };

struct span {
    const char *at;
    size_t size;
};

/* One line of [letters] or [accents]. */
struct swap {
    struct span written, meant;
};

struct swaps {
    struct swap all[SWAPS_MAX];
    size_t count;
};

struct texting {
    char lang[8];
    struct {
        uint64_t written; /* hash, 0 = free */
        struct span meant;
    } words[SLOTS];
    size_t word_count;
    struct swaps letters, accents;
};

static struct texting tables[TABLES_MAX];
static size_t table_count;

static size_t slot_of(const struct texting *t, uint64_t hash)
{
    size_t i = hash % SLOTS;
    while (t->words[i].written != 0 && t->words[i].written != hash)
        i = (i + 1) % SLOTS;
    return i;
}

/* Half of the table stays free, so that every search ends. */
static void add_words(struct texting *t, struct span written, struct span meant)
{
    struct token_reader reader = token_reader(written.at, written.size);
    for (struct token w; token_next(&reader, &w) && t->word_count < SLOTS / 2; t->word_count++) {
        uint64_t hash = hash_bytes(w.word, w.length);
        size_t i = slot_of(t, hash);
        t->words[i].written = hash;
        t->words[i].meant = meant;
    }
}

static void add_swap(struct swaps *s, struct span written, struct span meant)
{
    if (s->count < SWAPS_MAX && written.size > 0 && meant.size > 0)
        s->all[s->count++] = (struct swap){written, meant};
}

static struct span trimmed(const char *at, size_t size)
{
    while (size > 0 && *at == ' ') {
        at++;
        size--;
    }
    while (size > 0 && at[size - 1] == ' ')
        size--;
    return (struct span){at, size};
}

static void add_line(struct texting *t, char part, const char *line, size_t size)
{
    const char *equals = memchr(line, '=', size);
    if (equals == NULL)
        return;
    struct span written = trimmed(line, (size_t)(equals - line));
    struct span meant = trimmed(equals + 1, size - (size_t)(equals + 1 - line));
    if (part == 'w')
        add_words(t, written, meant);
    else
        add_swap(part == 'l' ? &t->letters : &t->accents, written, meant);
}

static void read_file(struct texting *t, const char *text)
{
    char part = 'w'; /* the letter behind the bracket: [words], [letters], [accents] */
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        if (*text == '[')
            part = text[1];
        else if (*text != '#')
            add_line(t, part, text, size);
        text += size + (text[size] == '\n');
    }
}

static void read_all(void)
{
    static const char prefix[] = "text/data/texting.";
    const struct embedded *file;
    for (size_t i = 0; (file = embed_at(i)) != NULL && table_count < TABLES_MAX; i++) {
        if (strncmp(file->path, prefix, strlen(prefix)) != 0)
            continue;
        struct texting *t = &tables[table_count++];
        const char *lang = file->path + strlen(prefix);
        snprintf(t->lang, sizeof t->lang, "%.*s", (int)strcspn(lang, "."), lang);
        read_file(t, file->data);
    }
}

const struct texting *texting_of(const char *lang)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_all);
    for (size_t i = 0; i < table_count; i++)
        if (strcmp(tables[i].lang, lang) == 0)
            return &tables[i];
    return NULL;
}

const char *texting_meant(const struct texting *t, const char *word, size_t size, size_t *ret_size)
{
    if (t == NULL)
        return NULL;
    size_t i = slot_of(t, hash_bytes(word, size));
    if (t->words[i].written == 0)
        return NULL;
    *ret_size = t->words[i].meant.size;
    return t->words[i].meant.at;
}

/* The word with every `written` made `meant`; 0 where it has none or there is no room. */
static size_t replace(const char *word, size_t size, const struct swap *s, char *ret)
{
    size_t used = 0;
    bool found = false;
    for (size_t at = 0; at < size;) {
        bool here = size - at >= s->written.size && memcmp(word + at, s->written.at, s->written.size) == 0;
        const char *from = here ? s->meant.at : word + at;
        size_t length = here ? s->meant.size : 1;
        if (used + length >= TEXTING_WORD_BYTES)
            return 0;
        memcpy(ret + used, from, length);
        used += length;
        at += here ? s->written.size : 1;
        found = found || here;
    }
    return found ? used : 0;
}

size_t texting_letters(const struct texting *t, const char *word, size_t size, size_t i, char *ret)
{
    for (size_t s = 0; t != NULL && s < t->letters.count; s++) {
        size_t used = replace(word, size, &t->letters.all[s], ret);
        if (used > 0 && i-- == 0)
            return used;
    }
    return 0;
}

size_t texting_accent(const struct texting *t, const char *word, size_t size, size_t i, char *ret)
{
    for (size_t s = 0; t != NULL && s < t->accents.count; s++) {
        const struct swap *a = &t->accents.all[s];
        if (size <= a->written.size || memcmp(word + size - a->written.size, a->written.at, a->written.size) != 0)
            continue;
        size_t stays = size - a->written.size;
        if (i-- > 0 || stays + a->meant.size >= TEXTING_WORD_BYTES)
            continue;
        memcpy(ret, word, stays);
        memcpy(ret + stays, a->meant.at, a->meant.size);
        return stays + a->meant.size;
    }
    return 0;
}
