/* Whatever is sent as a file: it is read within its bytes, what comes out is what is let through, no longer than it was
 * but for an orientation, and clean once it has been cleaned; its name fits. */
// needs: bot/content/media.c
#include "content/file_name.h"
#include "content/media.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PIXELS = 30000000, ALL = (1 << MEDIA_KINDS) - 1 };

static void clean_again(const struct buf *once, enum media_kind kind)
{
    struct buf twice;
    struct media media;
    buf_init(&twice, once->size + MEDIA_GROWTH);
    if (media_clean(once->data, once->size, ALL, PIXELS, &twice, &media) != MEDIA_GOOD || media.kind != kind ||
        twice.size != once->size || memcmp(twice.data, once->data, once->size) != 0)
        __builtin_trap();
    buf_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct media media;
    struct buf out;
    char name[FILE_NAME_BYTES], again[FILE_NAME_BYTES];
    /* In memory of exactly that size, so that a byte too far is seen. */
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL)
        return 0;
    if (size > 0)
        memcpy(copy, data, size);
    buf_init(&out, size + MEDIA_GROWTH);
    if (media_clean(copy, size, ALL, PIXELS, &out, &media) == MEDIA_GOOD) {
        if ((int64_t)media.width * media.height > PIXELS || (media.kind != MEDIA_PDF) != (media.width > 0))
            __builtin_trap();
        clean_again(&out, media.kind);
    }
    for (int kind = 0; kind < MEDIA_KINDS; kind++) {
        file_name_clean((const char *)copy, size, (enum media_kind)kind, name);
        file_name_clean(name, strlen(name), (enum media_kind)kind, again);
        if (strcmp(name, again) != 0 || strpbrk(name, "/\\<>:\"|?*\n\r") != NULL || name[0] == '.' || name[0] == '\0')
            __builtin_trap();
    }
    buf_free(&out);
    free(copy);
    return 0;
}
