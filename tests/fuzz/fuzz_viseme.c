/* The events of a voice helper that says anything: a track comes of it, or nothing. */
#include "text/viseme.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    struct buf out;
    int length = size > 0 ? bytes[0] * 100 : 0;
    buf_init(&out, 1 << 20);
    if (viseme_track((const char *)bytes, size, length, &out) == 0) {
        if (out.size > VISEME_TRACK_BYTES || out.size % 2 != 0)
            abort();
        for (size_t i = 0; i < out.size; i += 2)
            if (out.data[i] < 'a' || out.data[i] > 'o')
                abort();
    }
    buf_free(&out);
    return 0;
}
