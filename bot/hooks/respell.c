/* Suggestions for several words: see respell.h. */
#include "hooks/respell.h"

#include "base/distance.h"
#include "text/fold.h"
#include "text/spell.h"

#include <string.h>

/* A dictionary always suggests something; what is farther than this has another word in mind. A short word has too many
 * others within two slips. */
enum { SLIPS = 2, SLIPS_SHORT = 1, SHORT = 6, FOLDED_BYTES = 1024 };

static size_t fold(const char *text, char ret[DISTANCE_BYTES])
{
    struct buf folded;
    buf_init(&folded, FOLDED_BYTES);
    size_t size = fold_text(text, strlen(text), &folded) == 0 && folded.size <= DISTANCE_BYTES ? folded.size : 0;
    if (size > 0)
        memcpy(ret, folded.data, size);
    buf_free(&folded);
    return size;
}

bool respell_near(const char *word, const char *instead)
{
    char a[DISTANCE_BYTES], b[DISTANCE_BYTES];
    size_t a_size = fold(word, a), b_size = fold(instead, b);
    return a_size > 0 && b_size > 0 && distance_between(a, a_size, b, b_size) <= (a_size < SHORT ? SLIPS_SHORT : SLIPS);
}

const struct respelling *respell(const char *lang, const char *const *words, size_t count, struct arena *arena,
                                 size_t *ret_count)
{
    struct respelling *all = arena_array(arena, count * SPELL_SUGGESTED_MAX + 1, sizeof *all);
    size_t filled = 0;
    for (size_t w = 0; all != NULL && w < count; w++) {
        struct spell_suggestions found = {0};
        spell_suggest(lang, words[w], strlen(words[w]), &found);
        for (size_t i = 0; i < found.count; i++) {
            if (!respell_near(words[w], found.words[i]))
                continue;
            struct respelling r = {arena_strdup(arena, words[w]), arena_strdup(arena, found.words[i])};
            if (r.word != NULL && r.instead != NULL)
                all[filled++] = r;
        }
    }
    *ret_count = filled;
    return filled > 0 ? all : NULL;
}
