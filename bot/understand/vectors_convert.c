/* From fastText's text to quantised word vectors: see vectors.h and the layout in vectors_format.h. */
#include "understand/vectors_format.h"
#include "understand/vectors_read.h"

#include "base/hash.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Smooth inverse frequency: a word of probability p weighs A / (A + p). By Zipf's law (with Mandelbrot's
 * shift) the word at place r of a language's list has p = 1 / (HARMONIC × (r + SHIFT)), where HARMONIC
 * is the sum over a million words. */
static const double A = 1e-3, HARMONIC = 13, SHIFT = 2.7;
enum {
    COMMON_LEAST = 10000, /* rows below which “what all have in common” is the texts' own sense */
    FLUSH_BYTES = 1 << 20,
    STEPS = 127
};

struct convert {
    struct vectors_reader reader;
    struct vectors_header head;
    struct vectors_slot *slots;
    uint64_t *seen; /* hashes of words, 0 = free */
    uint64_t seen_mask;
    float *gains, *values;
    double *common;
    int8_t *pending; /* rows not yet written */
    size_t pending_size;
    uint64_t written; /* offset in the file */
    int to;
    struct vectors_report *report;
};

static uint64_t power_above(uint64_t least)
{
    uint64_t size = 16;
    while (size < least)
        size *= 2;
    return size;
}

static int failed(struct convert *c, const char *what)
{
    c->report->line = 0;
    snprintf(c->report->why, sizeof c->report->why, "%s", what);
    return -1;
}

static int put(struct convert *c, const void *bytes, size_t size, uint64_t at)
{
    for (size_t done = 0; done < size;) {
        ssize_t n = pwrite(c->to, (const char *)bytes + done, size - done, (off_t)(at + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            failed(c, "");
            snprintf(c->report->why, sizeof c->report->why, "its quantised form cannot be written: %s",
                     strerror(errno));
            return -1;
        }
        done += (size_t)n;
    }
    return 0;
}

static int prepare(struct convert *c)
{
    c->head = (struct vectors_header){.magic = VECTORS_MAGIC,
                                      .version = VECTORS_VERSION,
                                      .size = (uint32_t)c->reader.size,
                                      .stride = (uint32_t)(c->reader.size + 15) / 16 * 16,
                                      .slots = power_above(c->reader.count * 5 / 2),
                                      .source = hash_mix(VECTORS_VERSION)};
    c->seen_mask = power_above(c->reader.count * 3 / 2) - 1;
    c->slots = calloc(c->head.slots, sizeof *c->slots); /* pages come as they are used */
    c->seen = calloc(c->seen_mask + 1, sizeof *c->seen);
    c->gains = calloc(c->reader.count, sizeof *c->gains);
    c->values = calloc(c->reader.size, sizeof *c->values);
    c->common = calloc(c->reader.size, sizeof *c->common);
    c->pending = malloc(FLUSH_BYTES + c->head.stride);
    c->written = vectors_layout(&c->head).rows;
    bool all = c->slots != NULL && c->seen != NULL && c->gains != NULL && c->values != NULL && c->common != NULL &&
               c->pending != NULL;
    return all ? 0 : failed(c, "there is not enough memory to read it");
}

static void convert_free(struct convert *c)
{
    vectors_reader_free(&c->reader);
    free(c->slots);
    free(c->seen);
    free(c->gains);
    free(c->values);
    free(c->common);
    free(c->pending);
}

/* Whether this word, letter by letter, stood there before. */
static bool seen_before(struct convert *c, const char *word, size_t size)
{
    uint64_t hash = hash_mix(hash_bytes(word, size));
    hash += hash == 0;
    uint64_t at = hash & c->seen_mask;
    while (c->seen[at] != 0 && c->seen[at] != hash)
        at = (at + 1) & c->seen_mask;
    bool seen = c->seen[at] == hash;
    c->seen[at] = hash;
    return seen;
}

/* The first word with a key has it, but one that the file has in lower case goes before “Roma” and “ROMA”. */
static bool enter(struct convert *c, uint64_t key, uint32_t row, bool lower)
{
    uint64_t at = vectors_slot_of(key, c->head.slots);
    uint32_t check = vectors_check_of(key), steps = 1;
    for (; c->slots[at].row != 0; steps++, at = (at + 1) & (c->head.slots - 1))
        if (c->slots[at].check == check)
            break;
    if (c->slots[at].row != 0 && (!lower || (c->slots[at].row & VECTORS_ROW_LOWER) != 0))
        return false;
    c->slots[at] = (struct vectors_slot){check, (row + 1) | (lower ? VECTORS_ROW_LOWER : 0)};
    c->head.longest = steps > c->head.longest ? steps : c->head.longest;
    return true;
}

/* Quantises the values into the next pending row. False where they have no direction. */
static bool add_row(struct convert *c, size_t place)
{
    const size_t size = c->head.size;
    int8_t *row = c->pending + c->pending_size;
    float most = 0;
    double length = 0, steps = 0;
    for (size_t i = 0; i < size; i++)
        most = fmaxf(most, fabsf(c->values[i]));
    if (!(most > 1e-30f))
        return false;
    memset(row, 0, c->head.stride);
    for (size_t i = 0; i < size; i++) {
        row[i] = (int8_t)lrintf(c->values[i] / most * STEPS);
        steps += (double)row[i] * row[i];
        c->values[i] /= most;
        length += (double)c->values[i] * (double)c->values[i];
    }
    double p = 1 / (HARMONIC * ((double)place + SHIFT)), weight = A / (A + p);
    for (size_t i = 0; i < size; i++)
        c->common[i] += p * weight * (double)c->values[i] / sqrt(length);
    c->gains[c->head.rows] = (float)(weight / sqrt(steps));
    return true;
}

static int flush_rows(struct convert *c)
{
    if (put(c, c->pending, c->pending_size, c->written) < 0)
        return -1;
    c->written += c->pending_size;
    c->pending_size = 0;
    return 0;
}

static int add_word(struct convert *c, const char *word, size_t size)
{
    struct vectors_keys keys;
    if (seen_before(c, word, size)) {
        c->report->twice++;
        return 0;
    }
    if (!vectors_keys(word, size, &keys) || !add_row(c, c->reader.words - 1)) {
        c->report->unused++;
        return 0;
    }
    uint32_t row = (uint32_t)c->head.rows;
    bool wanted = enter(c, keys.written, row, keys.lower);
    wanted |= enter(c, keys.folded, row, false);
    if (!wanted)
        return 0; /* another case of a word that is there */
    c->head.source = hash_more(c->head.source, c->pending + c->pending_size, c->head.size);
    c->head.source = hash_mix(c->head.source ^ keys.written);
    c->head.rows++;
    c->pending_size += c->head.stride;
    return c->pending_size >= FLUSH_BYTES ? flush_rows(c) : 0;
}

/* What all texts have in common, as a unit vector; of few words nothing. */
static void common_direction(const struct convert *c, float *ret)
{
    double length = 0;
    for (size_t i = 0; i < c->head.size; i++)
        length += c->common[i] * c->common[i];
    bool some = c->head.rows >= COMMON_LEAST && length > 0;
    for (size_t i = 0; i < c->head.size; i++)
        ret[i] = some ? (float)(c->common[i] / sqrt(length)) : 0;
}

static int finish(struct convert *c)
{
    if (c->head.rows == 0)
        return failed(c, "no word in it can be used; is it a file of word vectors?");
    common_direction(c, c->values);
    struct vectors_layout l = vectors_layout(&c->head);
    c->head.bytes = l.bytes;
    c->head.checksum = vectors_header_checksum(&c->head);
    if (flush_rows(c) < 0 || put(c, c->gains, c->head.rows * sizeof *c->gains, l.gains) < 0 ||
        put(c, c->values, c->head.size * sizeof *c->values, l.common) < 0 ||
        put(c, c->slots, c->head.slots * sizeof *c->slots, l.slots) < 0)
        return -1;
    return put(c, &c->head, sizeof c->head, 0);
}

int vectors_convert(int from, int to, bool (*progress)(void *context, double share), void *context,
                    struct vectors_report *ret)
{
    *ret = (struct vectors_report){0};
    struct convert c = {.to = to, .report = ret};
    int found = vectors_reader_init(&c.reader, from, ret) < 0 || prepare(&c) < 0 ? -1 : 1;
    for (uint64_t told = 0; found > 0;) {
        const char *word;
        size_t size;
        found = vectors_reader_next(&c.reader, &word, &size, c.values);
        if (found > 0 && add_word(&c, word, size) < 0)
            found = -1;
        if (found > 0 && progress != NULL && c.reader.read - told >= FLUSH_BYTES) {
            told = c.reader.read;
            if (!progress(context, (double)told / (double)(c.reader.total + 1))) {
                failed(&c, "");
                found = -1;
            }
        }
    }
    ret->words = c.head.rows;
    ret->size = c.head.size;
    int result = found == 0 ? finish(&c) : -1;
    if (result == 0) {
        ret->line = 0;
        if (progress != NULL)
            progress(context, 1);
    }
    convert_free(&c);
    return result;
}
