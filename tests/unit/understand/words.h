/* An index of a few phrasings, each an entry of its own: for tests of how words are read. */
#ifndef TESTS_WORDS_H
#define TESTS_WORDS_H

#include "understand/image.h"

#include <string.h>

enum { WORDS_ENTRIES_MAX = 16 };

struct words {
    struct buf image;
    struct index *index;
    struct arena *arena;
};

static struct words words_new(const char *lang, const char *const *texts, size_t count)
{
    struct words w;
    struct index_entry entries[WORDS_ENTRIES_MAX];
    for (size_t i = 0; i < count && i < WORDS_ENTRIES_MAX; i++)
        entries[i] = (struct index_entry){&texts[i], 1, "", ""};
    buf_init(&w.image, 1 << 20);
    w.index = index_build(lang, entries, count, NULL, &w.image) == 0 ? index_open(w.image.data, w.image.size) : NULL;
    w.arena = arena_new(16 << 20);
    return w;
}

static void words_free(struct words *w)
{
    index_close(w->index);
    buf_free(&w->image);
    arena_free(w->arena);
}

#endif
