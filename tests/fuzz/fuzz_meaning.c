/* A section of meanings as it might stand in a damaged or hostile image. */
#include "understand/meaning_format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NEAREST = 8, ENTRIES_MOST = 64 };

static void must(int holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct meaning_header h;
    if (size < sizeof h)
        return 0;
    memcpy(&h, data, sizeof h);
    if (h.entries > ENTRIES_MOST)
        return 0;
    char *bytes = aligned_alloc(8, (size + 7) / 8 * 8);
    h.magic = MEANING_MAGIC;
    h.version = MEANING_VERSION;
    h.bytes = size;
    memcpy(bytes, data, size);
    memcpy(bytes, &h, sizeof h);
    struct meaning m;
    if (meaning_open(bytes, size, h.entries, &m) == 0) {
        static struct meaning_query q;
        static float vector[MEANING_SIZE_MAX];
        float cosines[ENTRIES_MOST];
        uint32_t best[NEAREST];
        for (size_t i = 0; i < meaning_size(&m); i++)
            vector[i] = (float)(i % 7) - 3.5f;
        meaning_ask(&m, vector, &q);
        meaning_scores(&m, &q, NULL, h.entries, cosines);
        for (uint32_t e = 0; e < h.entries; e++) {
            must(cosines[e] == MEANING_NONE || fabsf(cosines[e]) <= 1);
            meaning_centroid(&m, &q, e);
        }
        size_t count = meaning_best(&m, &q, NEAREST, best, cosines);
        for (size_t i = 0; i < count; i++)
            must(best[i] < h.entries);
    }
    free(bytes);
    return 0;
}
