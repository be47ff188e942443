/* Document frequencies of a language: see background.h. */
#include "text/background.h"

#include "base/hash.h"
#include "text/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { VERSION = 1, STEPS = 12 /* a doubling: 2^(1/12) is 6 %, so 3 % off at most */ };

static const char magic[4] = {'S', 'P', 'b', 'g'};

struct background {
    const uint8_t *rows; /* BACKGROUND_ROWS × BACKGROUND_BUCKETS: STEPS × log2(1 + df) */
    uint32_t documents;
    float idf[256], df[256]; /* of each value of a byte */
};

uint32_t background_bucket(uint32_t feature, int row)
{
    return (uint32_t)(hash_mix(feature + 1ull) >> (row * BACKGROUND_BITS)) & (BACKGROUND_BUCKETS - 1);
}

struct background *background_open(const void *bytes, size_t size, const char *lang)
{
    const void *rows = table_body(bytes, size, magic, VERSION, lang);
    const struct table_head *h = bytes;
    if (rows == NULL || h->body != (uint64_t)BACKGROUND_ROWS * BACKGROUND_BUCKETS || h->counts[0] == 0)
        return NULL;
    struct background *b = calloc(1, sizeof *b);
    if (b == NULL)
        return NULL;
    b->rows = rows;
    b->documents = h->counts[0];
    for (int q = 0; q < 256; q++) {
        double df = fmin(exp2((double)q / STEPS) - 1, b->documents);
        b->df[q] = (float)df;
        b->idf[q] = (float)log((1.0 + b->documents) / (1 + df));
    }
    return b;
}

void background_free(struct background *b)
{
    free(b);
}

static uint8_t least(const struct background *b, uint32_t feature)
{
    uint8_t q = UINT8_MAX;
    for (int row = 0; row < BACKGROUND_ROWS; row++) {
        uint8_t here = b->rows[row * BACKGROUND_BUCKETS + background_bucket(feature, row)];
        q = here < q ? here : q;
    }
    return q;
}

double background_idf(const struct background *b, uint32_t feature)
{
    return b == NULL ? 0 : (double)b->idf[least(b, feature)];
}

double background_df(const struct background *b, uint32_t feature)
{
    return b == NULL ? 0 : (double)b->df[least(b, feature)];
}

uint32_t background_documents(const struct background *b)
{
    return b == NULL ? 0 : b->documents;
}

int background_write(struct buf *out, const char *lang, uint32_t documents, uint32_t (*df)[BACKGROUND_BUCKETS])
{
    size_t size = (size_t)BACKGROUND_ROWS * BACKGROUND_BUCKETS;
    uint8_t *body = malloc(size);
    if (body == NULL)
        return -1;
    for (size_t i = 0; i < size; i++) {
        double q = round(STEPS * log2(1.0 + df[i / BACKGROUND_BUCKETS][i % BACKGROUND_BUCKETS]));
        body[i] = q > UINT8_MAX ? UINT8_MAX : (uint8_t)q;
    }
    int result = table_write(out, magic, VERSION, lang, (const uint32_t[3]){documents}, body, size);
    free(body);
    return result;
}

/* --- the language's own --- */

static void *open_any(const void *bytes, size_t size, const char *lang)
{
    return background_open(bytes, size, lang);
}

static void close_any(void *table)
{
    background_free(table);
}

const struct table_kind background_kind = {"background", "tab", open_any, close_any};

const struct background *background_of(const char *lang)
{
    return table_of(&background_kind, lang);
}
