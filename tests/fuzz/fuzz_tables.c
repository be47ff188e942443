/* Any bytes as a language table or as sentences: refused, or read without a step outside. The
 * checksum is set right first, so that what lies behind it is reached. */
#include "base/hash.h"
#include "text/background.h"
#include "text/kinship.h"
#include "text/negatives.h"
#include "text/table.h"
#include "text/thesaurus.h"

#include <stdlib.h>
#include <string.h>

/* The head of a good table with the counts that were given, before the rest as its body. */
static char *as_table(const uint8_t *data, size_t size, const char *magic, size_t *ret_size)
{
    uint32_t counts[3] = {0};
    struct buf out;
    buf_init(&out, 1 << 22);
    size_t head = size < sizeof counts ? size : sizeof counts;
    memcpy(counts, data, head);
    if (table_write(&out, magic, 1, "it", counts, data + head, size - head) < 0)
        abort();
    return buf_take(&out, ret_size);
}

static void must(int holds)
{
    if (!holds)
        abort();
}

static void read_thesaurus(const uint8_t *data, size_t size)
{
    size_t all;
    char *bytes = as_table(data, size, "SPth", &all);
    struct thesaurus *t = thesaurus_open(bytes, all, "it");
    for (unsigned i = 0; t != NULL && i < 256; i++) {
        struct thesaurus_set sets[THESAURUS_SETS];
        char word[2] = {(char)i, (char)(i * 7)};
        size_t count = thesaurus_sets(t, word, sizeof word, sets);
        must(count <= THESAURUS_SETS);
        for (size_t s = 0; s < count; s++)
            must(sets[s].id < thesaurus_set_count(t) && sets[s].rank < THESAURUS_SETS);
    }
    thesaurus_free(t);
    free(bytes);
}

/* Its counts are what the size of its body says, so that more than the head is reached. */
static void read_kinship(const uint8_t *data, size_t size)
{
    struct buf out;
    buf_init(&out, 1 << 22);
    uint32_t slots = size > 0 ? 1u << data[0] % 8 : 1;
    size_t head = slots * 8 < size ? slots * 8 : 0, rows = (size - head) / KINSHIP_SIZE;
    uint32_t counts[3] = {(uint32_t)rows, slots, KINSHIP_SIZE};
    must(table_write(&out, "SPkn", 1, "it", counts, data, head + rows * KINSHIP_SIZE) == 0);
    struct kinship *k = kinship_open(out.data, out.size, "it");
    for (size_t i = 0; i + 4 <= size; i += 4) {
        uint32_t stem;
        float scale = 0, square = 0;
        memcpy(&stem, data + i, sizeof stem);
        const int8_t *row = kinship_vector(k, stem, &scale);
        for (size_t s = 0; row != NULL && s < KINSHIP_SIZE; s++)
            square += (float)row[s] * scale * (float)row[s] * scale;
        must(square < 1.001f);
    }
    kinship_free(k);
    buf_free(&out);
}

/* Its body is of one size only: the data are repeated up to it. */
static void read_background(const uint8_t *data, size_t size)
{
    static uint8_t body[12 + BACKGROUND_ROWS * BACKGROUND_BUCKETS];
    size_t all, length = size > 1 && data[1] == 'b' ? size : sizeof body;
    for (size_t i = 0; i < sizeof body && size > 0; i++)
        body[i] = data[i % size];
    char *bytes = as_table(body, length < sizeof body ? length : sizeof body, "SPbg", &all);
    struct background *b = background_open(bytes, all, "it");
    for (uint32_t i = 0; i < 64; i++) {
        double idf = background_idf(b, i * 0x9e3779b9u), df = background_df(b, i * 0x9e3779b9u);
        must(idf >= 0 && df >= 0 && df <= background_documents(b));
    }
    background_free(b);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct negatives n;
    if (negatives_read((const char *)data, size, &n) == 0) {
        must(n.count > 0 && n.count <= NEGATIVES_MAX);
        negatives_free(&n);
    }
    char *aligned = malloc(size + 1);
    memcpy(aligned, data, size);
    background_free(background_open(aligned, size, "it"));
    thesaurus_free(thesaurus_open(aligned, size, "it"));
    kinship_free(kinship_open(aligned, size, "it"));
    free(aligned);
    read_thesaurus(data, size);
    read_kinship(data, size);
    if (size > 0 && data[0] == 'b') /* half a megabyte each: seldom */
        read_background(data, size);
    return 0;
}
