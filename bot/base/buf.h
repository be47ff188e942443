/* Buf: a byte string that grows up to a ceiling given at its birth.
 *
 * Invariants: `data` is never NULL after buf_init and data[size] is a NUL that is not
 * counted, so a buffer of text is a C string. Life: buf_init, any number of appends,
 * buf_free (or buf_take, which gives the bytes to the caller to free()).
 * Errors: an append that would pass the ceiling (or finds no memory) changes nothing but
 * sets `failed`, which stays set until buf_clear; the append returns -1.
 * Threads: one at a time. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf {
    char *data;
    size_t size, room, ceiling;
    bool failed;
};

void buf_init(struct buf *, size_t ceiling);
void buf_free(struct buf *);
/* Empties it and keeps the memory. */
void buf_clear(struct buf *);
/* The bytes, to be freed with free(); the buffer is empty afterwards. NULL if it failed. */
char *buf_take(struct buf *, size_t *ret_size);

/* Makes room for `more` bytes and a NUL, or fails. The appends below call it only where there is none yet. */
int buf_reserve(struct buf *, size_t more);

static inline int buf_add(struct buf *b, const void *bytes, size_t size)
{
    if ((b->failed || b->room - b->size <= size) && buf_reserve(b, size) < 0)
        return -1;
    if (size > 0)
        memcpy(b->data + b->size, bytes, size);
    b->size += size;
    b->data[b->size] = '\0';
    return 0;
}

static inline int buf_puts(struct buf *b, const char *text)
{
    return buf_add(b, text, strlen(text));
}

static inline int buf_putc(struct buf *b, char c)
{
    return buf_add(b, &c, 1);
}

int buf_printf(struct buf *, const char *format, ...) __attribute__((format(printf, 2, 3)));
int buf_vprintf(struct buf *, const char *format, va_list) __attribute__((format(printf, 2, 0)));
/* Fixed-width integers, little endian, for files and images. */
int buf_u32(struct buf *, uint32_t);
int buf_u64(struct buf *, uint64_t);

#endif
