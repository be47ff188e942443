/* Whatever is sent as a picture, its head is read within its bytes, and what is taken has sane sizes. */
// needs: bot/net/picture.c
#include "net/picture.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int width = 0, height = 0;
    /* In memory of exactly that size, so that a byte too far is seen. */
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL)
        return 0;
    if (size > 0)
        memcpy(copy, data, size);
    const char *type = picture_type(copy, size, &width, &height);
    if (type != NULL && (width < 1 || width > PICTURE_SIDE_MOST || height < 1 || height > PICTURE_SIDE_MOST))
        __builtin_trap();
    free(copy);
    return 0;
}
