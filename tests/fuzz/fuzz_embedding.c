/* Whatever an embeddings server answers, the reader gives whole finite vectors or a reason, and nothing between. */
#include "wire/embedding.h"

#include <math.h>
#include <string.h>

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[EMBEDDING_WHY_BYTES + 1];
    if (size < 2)
        return 0;
    size_t count = data[0] % 4 + 1, wanted = data[1] % 5, got = 0;
    const char *bytes = (const char *)data + 2, *why = NULL;
    float *vectors = NULL;
    struct arena *arena = arena_new(1 << 20);
    if (embedding_read(bytes, size - 2, count, wanted, arena, &vectors, &got, &why) == 0) {
        must(got > 0 && got <= EMBEDDING_SIZE_MAX && (wanted == 0 || got == wanted));
        for (size_t i = 0; i < count * got; i++)
            must(isfinite(vectors[i]));
    } else {
        must(why != NULL && vectors == NULL);
    }
    embedding_error(bytes, size - 2, text);
    must(strlen(text) <= EMBEDDING_WHY_BYTES && strchr(text, '\n') == NULL);
    arena_free(arena);
    return 0;
}
