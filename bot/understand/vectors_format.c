/* The layout of quantised word vectors, and the names of words: see vectors_format.h. */
#include "understand/vectors_format.h"

#include "base/hash.h"
#include "text/fold.h"

#include <string.h>
#include <utf8proc.h>

enum { POINTS_MAX = 4 * VECTORS_WORD_BYTES, FOLDED_BYTES = 1024 };

static uint64_t align(uint64_t at)
{
    return (at + VECTORS_ALIGN - 1) / VECTORS_ALIGN * VECTORS_ALIGN;
}

struct vectors_layout vectors_layout(const struct vectors_header *h)
{
    struct vectors_layout l;
    l.rows = align(sizeof *h);
    l.gains = align(l.rows + h->rows * h->stride);
    l.common = align(l.gains + h->rows * sizeof(float));
    l.slots = align(l.common + h->size * sizeof(float));
    l.bytes = l.slots + h->slots * sizeof(struct vectors_slot);
    return l;
}

uint64_t vectors_header_checksum(const struct vectors_header *h)
{
    struct vectors_header unsealed = *h;
    unsealed.checksum = 0;
    return hash_bytes(&unsealed, sizeof unsealed);
}

static void name(const char *written, size_t written_size, const char *folded, size_t folded_size,
                 struct vectors_keys *ret)
{
    ret->written = hash_mix(hash_bytes(written, written_size));
    ret->folded = hash_mix(~hash_bytes(folded, folded_size));
}

/* A word of plain letters and digits is its own lower and folded form. False for any other. */
static bool plain(const char *word, size_t size, struct vectors_keys *ret)
{
    char lower[VECTORS_WORD_BYTES];
    ret->lower = true;
    for (size_t i = 0; i < size; i++) {
        char c = word[i];
        bool capital = c >= 'A' && c <= 'Z';
        if (!capital && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
            return false;
        lower[i] = capital ? (char)(c - 'A' + 'a') : c;
        ret->lower = ret->lower && !capital;
    }
    name(lower, size, lower, size, ret);
    return true;
}

/* The word in lower case, composed (“è” is one code point), as UTF-8. Its size, or 0. */
static size_t lower_form(const char *word, size_t size, char ret[FOLDED_BYTES])
{
    utf8proc_int32_t points[POINTS_MAX + 1];
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_ssize_t count =
        utf8proc_decompose((const utf8proc_uint8_t *)word, (utf8proc_ssize_t)size, points, POINTS_MAX, how);
    if (count <= 0 || count > POINTS_MAX)
        return 0;
    utf8proc_ssize_t bytes = utf8proc_reencode(points, count, how);
    if (bytes <= 0 || bytes > FOLDED_BYTES)
        return 0;
    memcpy(ret, points, (size_t)bytes);
    return (size_t)bytes;
}

bool vectors_keys(const char *word, size_t size, struct vectors_keys *ret)
{
    char folded[FOLDED_BYTES], written[FOLDED_BYTES];
    size_t folded_size = 0;
    if (size == 0 || size > VECTORS_WORD_BYTES)
        return false;
    if (plain(word, size, ret))
        return true;
    for (size_t at = 0; at < size;) {
        char letters[FOLD_POINT_BYTES];
        size_t length;
        enum fold_kind kind;
        at += fold_point(word + at, size - at, letters, &length, &kind);
        if (kind == FOLD_GAP || folded_size + length > sizeof folded)
            return false;
        memcpy(folded + folded_size, letters, length);
        folded_size += length;
    }
    size_t written_size = folded_size > 0 ? lower_form(word, size, written) : 0;
    if (written_size == 0)
        return false;
    ret->lower = written_size == size && memcmp(written, word, size) == 0;
    name(written, written_size, folded, folded_size, ret);
    return true;
}
