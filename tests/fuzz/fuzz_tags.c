/* Whatever an agent types as tags, what is taken is within its ceilings, stands once, and reads back as itself. */
// needs: bot/conversation/tags.c bot/base/arena.c
#include "conversation/tags.h"

#include <stdlib.h>
#include <string.h>

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(1 << 20);
    const char *tags[WORK_TAGS], *again[WORK_TAGS], *text = arena_strndup(arena, (const char *)data, size);
    size_t count = 0, one;
    if (text != NULL && tags_read(arena, text, tags, &count) == 0) {
        must(count <= WORK_TAGS);
        for (size_t i = 0; i < count; i++) {
            must(tags[i][0] != '\0' && strlen(tags[i]) <= WORK_TAG_BYTES && strchr(tags[i], ',') == NULL);
            must(tags_read(arena, tags[i], again, &one) == 0 && one == 1 && strcmp(again[0], tags[i]) == 0);
            for (size_t k = 0; k < i; k++)
                must(strcmp(tags[i], tags[k]) != 0);
        }
    }
    arena_free(arena);
    return 0;
}
