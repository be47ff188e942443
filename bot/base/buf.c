/* A growing byte string with a ceiling: see buf.h. */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Stands in for the bytes of an empty buffer, so that `data` is always a C string.
 * It is never written: room is 0 while data points here. */
static char empty[1];

void buf_init(struct buf *b, size_t ceiling)
{
    *b = (struct buf){.data = empty, .ceiling = ceiling};
}

void buf_free(struct buf *b)
{
    if (b->room > 0)
        free(b->data);
    buf_init(b, b->ceiling);
}

void buf_clear(struct buf *b)
{
    b->size = 0;
    b->failed = false;
    if (b->room > 0)
        b->data[0] = '\0';
}

int buf_reserve(struct buf *b, size_t more)
{
    if (b->failed || more > b->ceiling || b->ceiling - more < b->size)
        goto refused;
    size_t need = b->size + more + 1;
    if (need <= b->room)
        return 0;
    size_t room = b->room ? b->room : 256;
    while (room < need)
        room = room > SIZE_MAX / 2 ? need : room * 2;
    if (room > b->ceiling && b->ceiling < SIZE_MAX)
        room = b->ceiling + 1; /* so that what has room is below the ceiling */
    char *grown = realloc(b->room ? b->data : NULL, room);
    if (grown == NULL)
        goto refused;
    b->data = grown;
    b->room = room;
    return 0;
refused:
    b->failed = true;
    return -1;
}

int buf_vprintf(struct buf *b, const char *format, va_list values)
{
    /* Nearly always there is room: then it is formatted once. */
    size_t room = b->failed || b->room == 0 ? 0 : b->room - b->size;
    va_list again;
    va_copy(again, values);
    int length = vsnprintf(room > 0 ? b->data + b->size : NULL, room, format, again);
    va_end(again);
    if (length >= 0 && (size_t)length < room) {
        b->size += (size_t)length;
        return 0;
    }
    if (room > 0)
        b->data[b->size] = '\0';
    if (length < 0 || buf_reserve(b, (size_t)length) < 0)
        return -1;
    vsnprintf(b->data + b->size, (size_t)length + 1, format, values);
    b->size += (size_t)length;
    return 0;
}

int buf_printf(struct buf *b, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int result = buf_vprintf(b, format, values);
    va_end(values);
    return result;
}

int buf_u32(struct buf *b, uint32_t v)
{
    unsigned char bytes[4];
    for (int i = 0; i < 4; i++)
        bytes[i] = (unsigned char)(v >> (8 * i));
    return buf_add(b, bytes, sizeof bytes);
}

int buf_u64(struct buf *b, uint64_t v)
{
    return buf_u32(b, (uint32_t)v) < 0 || buf_u32(b, (uint32_t)(v >> 32)) < 0 ? -1 : 0;
}

char *buf_take(struct buf *b, size_t *ret_size)
{
    if (b->failed || (b->room == 0 && buf_reserve(b, 0) < 0))
        return NULL;
    b->data[b->size] = '\0';
    char *bytes = b->data;
    if (ret_size != NULL)
        *ret_size = b->size;
    buf_init(b, b->ceiling);
    return bytes;
}
