/* Whatever a browser says of encodings: one of those that are there is chosen, and never one that is not. */
#include "net/encoding.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    for (unsigned there = 0; there < 1U << ENCODING_PLAIN; there++) {
        enum encoding chosen = encoding_choose(text, there);
        if (chosen != ENCODING_PLAIN && (there & 1U << chosen) == 0)
            abort();
    }
    free(text);
    return 0;
}
