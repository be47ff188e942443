/* Suggestions for several words: see respell.h. */
#include "hooks/respell.h"

#include "text/spell.h"

#include <string.h>

const struct respelling *respell(const char *lang, const char *const *words, size_t count, struct arena *arena,
                                 size_t *ret_count)
{
    struct respelling *all = arena_array(arena, count * SPELL_SUGGESTED_MAX + 1, sizeof *all);
    size_t filled = 0;
    for (size_t w = 0; all != NULL && w < count; w++) {
        struct spell_suggestions found = {0};
        spell_suggest(lang, words[w], strlen(words[w]), &found);
        for (size_t i = 0; i < found.count; i++) {
            struct respelling r = {arena_strdup(arena, words[w]), arena_strdup(arena, found.words[i])};
            if (r.word != NULL && r.instead != NULL)
                all[filled++] = r;
        }
    }
    *ret_count = filled;
    return filled > 0 ? all : NULL;
}
