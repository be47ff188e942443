/* Memory for one piece of work: see arena.h. Pieces come from blocks that double up
 * to BLOCK_MAX; a piece larger than a block gets a block of its own. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_FIRST = 4096, BLOCK_MAX = 1 << 20 };

#if defined(__SANITIZE_ADDRESS__)
#define PIECE_A_BLOCK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PIECE_A_BLOCK 1
#endif
#endif
#ifndef PIECE_A_BLOCK
#define PIECE_A_BLOCK 0
#endif

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *head;
    size_t ceiling, used, next_block;
    bool failed;
};

struct arena *arena_new(size_t ceiling)
{
    struct arena *a = calloc(1, sizeof *a);
    if (a == NULL)
        return NULL;
    a->ceiling = ceiling;
    a->next_block = BLOCK_FIRST;
    return a;
}

static void drop_blocks(struct arena *a, struct block *keep)
{
    for (struct block *b = a->head; b != NULL;) {
        struct block *next = b->next;
        if (b != keep)
            free(b);
        b = next;
    }
    a->head = keep;
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    drop_blocks(a, NULL);
    free(a);
}

void arena_reset(struct arena *a)
{
    struct block *keep = PIECE_A_BLOCK ? NULL : a->head;
    drop_blocks(a, keep);
    if (keep != NULL) {
        keep->next = NULL;
        keep->used = 0;
    }
    a->used = 0;
    a->failed = false;
}

static struct block *block_new(struct arena *a, size_t size)
{
    size_t room = size;
    if (!PIECE_A_BLOCK && room < a->next_block) {
        room = a->next_block;
        if (a->next_block < BLOCK_MAX)
            a->next_block *= 2;
    }
    struct block *b = malloc(sizeof *b + room);
    if (b == NULL)
        return NULL;
    b->size = room;
    b->used = 0;
    b->next = a->head;
    a->head = b;
    return b;
}

void *arena_alloc_raw(struct arena *a, size_t size)
{
    const size_t unit = alignof(max_align_t);
    if (size == 0)
        size = 1;
    if (size > a->ceiling || a->ceiling - size < a->used) {
        a->failed = true;
        return NULL;
    }
    size_t rounded = PIECE_A_BLOCK ? size : (size + unit - 1) / unit * unit;
    struct block *b = a->head;
    if (b == NULL || PIECE_A_BLOCK || b->size - b->used < rounded)
        b = block_new(a, rounded);
    if (b == NULL) {
        a->failed = true;
        return NULL;
    }
    void *piece = b->bytes + b->used;
    b->used += rounded;
    a->used += size;
    return piece;
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *piece = arena_alloc_raw(a, size);
    if (piece != NULL)
        memset(piece, 0, size);
    return piece;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        a->failed = true;
        return NULL;
    }
    return arena_alloc(a, count * size);
}

void *arena_grow(struct arena *a, const void *old, size_t old_size, size_t new_size)
{
    void *grown = arena_alloc(a, new_size);
    if (grown != NULL && old != NULL)
        memcpy(grown, old, old_size < new_size ? old_size : new_size);
    return grown;
}

char *arena_strndup(struct arena *a, const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? arena_alloc_raw(a, length + 1) : NULL;
    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

char *arena_strdup(struct arena *a, const char *text)
{
    return arena_strndup(a, text, strlen(text));
}

char *arena_join(struct arena *a, const char *first, const char *second)
{
    const size_t before = strlen(first), after = strlen(second);
    char *text = before < SIZE_MAX - after ? arena_alloc_raw(a, before + after + 1) : NULL;
    if (text != NULL) {
        memcpy(text, first, before);
        memcpy(text + before, second, after + 1);
    }
    return text;
}

char *arena_vprintf(struct arena *a, const char *format, va_list values)
{
    /* Nearly every text is short: formatted once, and copied. */
    char brief[256];
    va_list again;
    va_copy(again, values);
    int length = vsnprintf(brief, sizeof brief, format, again);
    va_end(again);
    if (length >= 0 && (size_t)length < sizeof brief)
        return arena_strndup(a, brief, (size_t)length);
    char *text = length >= 0 ? arena_alloc(a, (size_t)length + 1) : NULL;
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, values);
    return text;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    char *text = arena_vprintf(a, format, values);
    va_end(values);
    return text;
}

bool arena_failed(const struct arena *a)
{
    return a->failed;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
