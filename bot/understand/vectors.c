/* Texts' meanings by mapped word vectors: see vectors.h. */
#include "understand/vectors.h"

#include "base/hash.h"
#include "text/stop.h"
#include "text/token.h"
#include "understand/vectors_format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum { LANG_BYTES = 8, TEXT_WORDS = 200 };
static const float STOP_WEIGHT = 0.3f; /* of a function word, beside its frequency */

struct part {
    char lang[LANG_BYTES];
    const char *bytes;
    size_t size;
    const struct vectors_header *head;
    const int8_t *rows;
    const float *gains, *common;
    const struct vectors_slot *slots;
};

struct vectors {
    struct part parts[VECTORS_PARTS_MAX];
    size_t count, size;
    uint64_t source;
    int owners; /* changed atomically */
};

static const char *check(const struct vectors_header *h, size_t size)
{
    if (size < sizeof *h || h->magic != VECTORS_MAGIC)
        return "it holds no word vectors";
    if (h->version != VECTORS_VERSION)
        return "it was made by another version of the program";
    if (h->bytes != size)
        return "it is cut short";
    if (h->checksum != vectors_header_checksum(h))
        return "it is damaged";
    bool fits = h->size >= 1 && h->size <= MEANING_SIZE_MAX && h->stride == (h->size + 15) / 16 * 16 && h->rows >= 1 &&
                h->rows <= VECTORS_WORDS_MAX && h->slots >= 1 && (h->slots & (h->slots - 1)) == 0 &&
                h->slots <= (uint64_t)VECTORS_WORDS_MAX * 8 && h->longest <= h->slots;
    return fits && vectors_layout(h).bytes == size ? NULL : "its sections do not fit";
}

static const char *open_part(const struct vectors_part *from, struct part *ret)
{
    struct stat st;
    if (strlen(from->lang) >= sizeof ret->lang)
        return "it is for no language";
    if (fstat(from->file, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size < (off_t)sizeof(struct vectors_header))
        return "it holds no word vectors";
    void *bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, from->file, 0);
    if (bytes == MAP_FAILED)
        return "it cannot be mapped: there is not enough memory";
    memcpy(ret->lang, from->lang, strlen(from->lang) + 1);
    ret->bytes = bytes;
    ret->size = (size_t)st.st_size;
    ret->head = bytes;
    const char *why = check(ret->head, ret->size);
    if (why != NULL)
        return why;
    struct vectors_layout l = vectors_layout(ret->head);
    ret->rows = (const int8_t *)ret->bytes + l.rows;
    ret->gains = (const float *)(ret->bytes + l.gains);
    ret->common = (const float *)(ret->bytes + l.common);
    ret->slots = (const struct vectors_slot *)(ret->bytes + l.slots);
    for (size_t i = 0; i < ret->head->size; i++)
        if (!(fabsf(ret->common[i]) <= 1.001f))
            return "it is damaged";
    /* Read ahead in the background, so that the first questions do not wait for the disk. */
    madvise(bytes, ret->size, MADV_WILLNEED);
    return NULL;
}

struct vectors *vectors_open(const struct vectors_part *parts, size_t count, const char **ret_why)
{
    struct vectors *v = calloc(1, sizeof *v);
    *ret_why = v == NULL ? "there is not enough memory" : NULL;
    if (v != NULL)
        v->owners = 1;
    if (v != NULL && (count == 0 || count > VECTORS_PARTS_MAX))
        *ret_why = "there are too many files";
    for (size_t i = 0; *ret_why == NULL && i < count; i++) {
        struct part *p = &v->parts[v->count++];
        *ret_why = open_part(&parts[i], p);
        if (*ret_why != NULL)
            break;
        v->size = p->head->size > v->size ? p->head->size : v->size;
        v->source = hash_mix(hash_more(v->source, p->lang, strlen(p->lang)) ^ p->head->source);
    }
    if (*ret_why == NULL)
        return v;
    vectors_close(v);
    return NULL;
}

struct vectors *vectors_share(struct vectors *v)
{
    if (v != NULL)
        __atomic_add_fetch(&v->owners, 1, __ATOMIC_RELAXED);
    return v;
}

void vectors_close(struct vectors *v)
{
    if (v == NULL || __atomic_sub_fetch(&v->owners, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    for (size_t i = 0; i < v->count; i++)
        if (v->parts[i].bytes != NULL)
            munmap((void *)v->parts[i].bytes, v->parts[i].size);
    free(v);
}

uint64_t vectors_source(const struct vectors *v)
{
    return v->source;
}

size_t vectors_size(const struct vectors *v)
{
    return v->size;
}

static const struct part *part_of(const struct vectors *v, const char *lang)
{
    for (size_t i = 0; i < v->count; i++)
        if (v->parts[i].lang[0] == '\0' || strcmp(v->parts[i].lang, lang) == 0)
            return &v->parts[i];
    return NULL;
}

/* The row of a key, or NULL; nothing in the table is trusted. */
static const int8_t *find(const struct part *p, uint64_t key, float *ret_gain)
{
    const struct vectors_header *h = p->head;
    uint64_t at = vectors_slot_of(key, h->slots);
    for (uint32_t i = 0; i < h->longest; i++, at = (at + 1) & (h->slots - 1)) {
        uint32_t row = p->slots[at].row & VECTORS_ROW_MASK;
        if (row == 0)
            return NULL;
        if (p->slots[at].check != vectors_check_of(key))
            continue;
        if (row > h->rows)
            return NULL;
        *ret_gain = p->gains[row - 1];
        return *ret_gain > 0 && *ret_gain <= 1 ? p->rows + (size_t)(row - 1) * h->stride : NULL;
    }
    return NULL;
}

/* A word of the text on its way: first its names, then its row. */
struct word {
    struct vectors_keys keys;
    bool stop;
    float gain;
    const int8_t *row;
};

/* The words and their names. Where each will be looked for is fetched meanwhile: a table of 2 million
 * words is in no cache. */
static size_t read_words(const struct part *p, const char *lang, const char *text, size_t size,
                         struct word ret[TEXT_WORDS])
{
    const struct stop *stop = stop_of(lang);
    struct token_reader reader = token_reader(text, size);
    struct token t;
    size_t count = 0;
    while (count < TEXT_WORDS && token_next(&reader, &t)) {
        struct word *w = &ret[count];
        if (!vectors_keys(text + t.at, t.size, &w->keys))
            continue;
        w->stop = stop_has(stop, t.word, t.length);
        __builtin_prefetch(&p->slots[vectors_slot_of(w->keys.written, p->head->slots)]);
        count++;
    }
    return count;
}

static void find_rows(const struct part *p, struct word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct word *w = &words[i];
        w->row = find(p, w->keys.written, &w->gain);
        if (w->row == NULL)
            w->row = find(p, w->keys.folded, &w->gain);
        for (size_t at = 0; w->row != NULL && at < p->head->stride; at += VECTORS_ALIGN)
            __builtin_prefetch(w->row + at);
    }
}

static void add(float *restrict sum, const int8_t *restrict row, size_t size, float gain)
{
    for (size_t i = 0; i < size; i++)
        sum[i] += gain * (float)row[i];
}

/* Takes out the common direction and makes the length 1. False where nothing is left. */
static bool finish(float *restrict sum, const float *restrict common, size_t size)
{
    float along = 0, length = 0;
    for (size_t i = 0; i < size; i++)
        along += sum[i] * common[i];
    for (size_t i = 0; i < size; i++) {
        sum[i] -= along * common[i];
        length += sum[i] * sum[i];
    }
    float by = length > 1e-12f ? 1 / sqrtf(length) : 0;
    for (size_t i = 0; i < size; i++)
        sum[i] *= by;
    return by > 0;
}

bool vectors_text(const struct vectors *v, const char *lang, const char *text, size_t size, float *ret)
{
    const struct part *p = part_of(v, lang);
    memset(ret, 0, v->size * sizeof *ret);
    if (p == NULL)
        return false;
    struct word words[TEXT_WORDS];
    size_t count = read_words(p, lang, text, size, words);
    find_rows(p, words, count);
    for (size_t i = 0; i < count; i++)
        if (words[i].row != NULL)
            add(ret, words[i].row, p->head->size, words[i].stop ? words[i].gain * STOP_WEIGHT : words[i].gain);
    return finish(ret, p->common, p->head->size);
}

static int make(void *context, const char *lang, const char *const *texts, size_t count, float *ret)
{
    const struct vectors *v = context;
    for (size_t i = 0; i < count; i++)
        vectors_text(v, lang, texts[i], strlen(texts[i]), ret + i * v->size);
    return 0;
}

struct meaning_maker vectors_maker(const struct vectors *v)
{
    return (struct meaning_maker){.source = v->source, .size = v->size, .make = make, .context = (void *)v};
}
